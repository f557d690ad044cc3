#!/bin/sh
# static.sh SCRATCH: builds the program with everything linked in but the C and C++ libraries of the system, on Linux without
# the data of ICU (no_icu_data.c). The binary is SCRATCH/release/sweep.
set -eu
scratch=$1 static=$1/static
here=$(dirname "$(realpath "$0")")
mkdir -p "$static"
# The linker takes the archives from a folder that has nothing else, where the system's have shared libraries too.
for name in sqlite3 z png16 jpeg webp; do
  archive=$(clang -print-file-name=lib$name.a)
  ! [ -e "$archive" ] || ln -sf "$archive" "$static/"
done
icu=$(dirname "$(dirname "$(realpath "$(command -v swift)")")")/lib/swift_static/linux/lib_FoundationICU.a
if [ "$(uname)" = Linux ] && [ -e "$icu" ] && ! [ -e "$static/lib_FoundationICU.a" ]; then
  member=icu_packaged_data.cpp.o
  symbol=$(cd "$static" && ar x "$icu" $member && nm $member | sed -n 's/.* R \(icudt[0-9]*_dat\)$/\1/p')
  clang -c -O2 -DICU_DATA="$symbol" "$here/no_icu_data.c" -o "$static/$member"
  cp "$icu" "$static/icu.a"
  (cd "$static" && ar r icu.a $member && rm $member && mv icu.a lib_FoundationICU.a)
fi
swift build -c release --static-swift-stdlib --scratch-path "$scratch" --product sweep -Xlinker -L"$static"
