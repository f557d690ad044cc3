#!/bin/sh
# The kernels under the sanitizers, for each instruction set of this processor, and on ARM64 by emulation, where their bits
# must be those of AVX2. Needs clang; for ARM64 gcc-aarch64-linux-gnu and qemu-user (Debian), and says so where not.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$here/../../Sources/Kernels
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
files="$here/kernels.c $source/kernels.c $source/convolution/*.c $source/pictures/resampling.c $source/pictures/resizing.c $source/files/checksum.c"
clang -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -Werror -Wall -Wno-psabi -Wstrict-aliasing -fuse-ld=lld \
  -I"$source/include" -o "$built/checked" $files -lm
clang -O2 -I"$source/include" -o "$built/plain" $files -lm
for set in baseline avx2 avx512; do
  code=0
  "$built/checked" $set > "$built/$set" || code=$?
  if [ $code = 2 ]; then
    echo "$set: this processor does not have it"
    rm "$built/$set"
    continue
  fi
  [ $code = 0 ] || exit 1
  "$built/plain" $set | cmp - "$built/$set"
  echo "$set: $(wc -l < "$built/$set") results, no finding"
done
if [ -e "$built/avx2" ] && [ -e "$built/avx512" ]; then cmp "$built/avx2" "$built/avx512"; fi
if ! command -v qemu-aarch64 > /dev/null || ! [ -d /usr/aarch64-linux-gnu ]; then
  echo "ARM64: not tried; it needs gcc-aarch64-linux-gnu and qemu-user"
  exit
fi
aarch64=$built/aarch64
objects=
for file in $files; do
  object=$aarch64-$(basename "$file" .c)-$(echo "$file" | cksum | cut -d' ' -f1).o
  clang --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -O2 -c -I"$source/include" -o "$object" "$file"
  objects="$objects $object"
done
aarch64-linux-gnu-gcc -static -o "$aarch64" $objects -lm
qemu-aarch64 "$aarch64" > "$built/neon"
if [ -e "$built/avx2" ]; then
  if cmp -s "$built/avx2" "$built/neon"; then
    echo "ARM64: $(wc -l < "$built/neon") results, bits as with AVX2"
  else
    echo "ARM64: $(diff "$built/avx2" "$built/neon" | grep -c '^>') of $(wc -l < "$built/neon") results have other bits than with AVX2:"
    diff "$built/avx2" "$built/neon" | grep '^>' | head -20
    exit 1
  fi
fi
