#!/bin/sh
# static.sh SCRATCH OUTPUT: builds the program with everything linked in but the C and C++ libraries of the system.
#
# On Linux the objects are linked a second time, without what nobody uses: the data of ICU (no_icu_data.c), the names of
# symbols for other programs, functions that are alike.
set -eu
scratch=$1 output=$2 static=$1/static
here=$(dirname "$(realpath "$0")")
mkdir -p "$static"
# The linker takes the archives from a folder that has nothing else, where the system's have shared libraries too.
for name in sqlite3 z png16 jpeg webp; do
  archive=$(clang -print-file-name=lib$name.a)
  ! [ -e "$archive" ] || ln -sf "$archive" "$static/"
done
swift build -c release --static-swift-stdlib --scratch-path "$scratch" --product sweep -Xlinker -L"$static"
if [ "$(uname)" != Linux ]; then
  cp "$scratch/release/sweep" "$output"
  strip "$output"
  exit
fi

icu=$(dirname "$(dirname "$(realpath "$(command -v swift)")")")/lib/swift_static/linux/lib_FoundationICU.a
if ! [ -e "$static/lib_FoundationICU.a" ]; then
  member=icu_packaged_data.cpp.o
  (cd "$static" && ar x "$icu" $member)
  symbol=$(nm "$static/$member" | sed -n 's/.* R \(icudt[0-9]*_dat\)$/\1/p')
  clang -c -O2 -DICU_DATA="$symbol" "$here/no_icu_data.c" -o "$static/$member"
  cp "$icu" "$static/icu.a"
  (cd "$static" && ar r icu.a $member && rm $member && mv icu.a lib_FoundationICU.a)
fi
# The toolchain's own folder would come first: this adds ours before all that clang is told.
CCC_OVERRIDE_OPTIONS="# ^-L$static" swiftc -emit-executable -static-stdlib -o "$output" -module-name sweep \
  -L "$scratch/release" "@$scratch/release/sweep.product/Objects.LinkFileList" \
  -lpng16 -ljpeg -lwebp -lz -lsqlite3 -Xlinker -L"$static" -Xlinker --defsym=main=sweep_main \
  -Xlinker --gc-sections -Xlinker --no-export-dynamic -Xlinker --icf=safe -Xlinker --strip-all \
  2> "$scratch/link.log" || { cat "$scratch/link.log" >&2; exit 1; }
