#!/bin/sh
# The kernels under the sanitizers, for each instruction set of this processor, and on ARM64 by emulation, where their bits
# must be those of AVX2. Needs clang; for ARM64 gcc-aarch64-linux-gnu and qemu-user (Debian), and says so where not.
#
# The two programs are kernels.c, of what the built-in networks are made of, and lite.c, of what EfficientNet-Lite0 adds.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$here/../../Sources/Kernels
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
shared="$source/kernels.c $source/convolution/*.c $source/pictures/resampling.c $source/pictures/resizing.c $source/files/checksum.c"

emulated() {
  objects=
  for file in "$here/$1.c" $shared; do
    object=$built/aarch64-$(basename "$file" .c)-$(echo "$file" | cksum | cut -d' ' -f1).o
    clang --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -O2 -c -I"$source/include" -o "$object" "$file"
    objects="$objects $object"
  done
  aarch64-linux-gnu-gcc -static -o "$built/$1-aarch64" $objects -lm
  qemu-aarch64 "$built/$1-aarch64" > "$built/$1-neon"
  [ -e "$built/$1-avx2" ] || return 0
  if cmp -s "$built/$1-avx2" "$built/$1-neon"; then
    echo "$1, ARM64: $(wc -l < "$built/$1-neon") results, bits as with AVX2"
  else
    echo "$1, ARM64: $(diff "$built/$1-avx2" "$built/$1-neon" | grep -c '^>') of $(wc -l < "$built/$1-neon") results have other bits than with AVX2:"
    diff "$built/$1-avx2" "$built/$1-neon" | grep '^>' | head -20
    exit 1
  fi
}

for program in kernels lite; do
  files="$here/$program.c $shared"
  clang -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -Werror -Wall -Wno-psabi -Wstrict-aliasing -fuse-ld=lld \
    -I"$source/include" -o "$built/checked" $files -lm
  clang -O2 -I"$source/include" -o "$built/plain" $files -lm
  for set in baseline avx2 avx512; do
    code=0
    "$built/checked" $set > "$built/$program-$set" || code=$?
    if [ $code = 2 ]; then
      echo "$program, $set: this processor does not have it"
      rm "$built/$program-$set"
      continue
    fi
    [ $code = 0 ] || exit 1
    "$built/plain" $set | cmp - "$built/$program-$set"
    echo "$program, $set: $(wc -l < "$built/$program-$set") results, no finding"
  done
  if [ -e "$built/$program-avx2" ] && [ -e "$built/$program-avx512" ]; then
    cmp "$built/$program-avx2" "$built/$program-avx512"
  fi
  if command -v qemu-aarch64 > /dev/null && [ -d /usr/aarch64-linux-gnu ]; then
    emulated $program
  else
    echo "$program, ARM64: not tried; it needs gcc-aarch64-linux-gnu and qemu-user"
  fi
done
