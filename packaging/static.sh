#!/bin/sh
# static.sh SCRATCH OUTPUT: builds the program with everything linked in but the C and C++ libraries of the system.
#
# Small before fast: nothing here but the C kernels is hot, and they are compiled as they always are. On Linux the objects are
# linked a second time, without what nobody uses: the data of ICU (no_icu_data.c), the tables by which C++ and debuggers walk up a
# stack (Swift's errors are returned, and its traps end the program), functions that nothing refers to, the names of
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
swift build -c release --static-swift-stdlib --scratch-path "$scratch" --product sweep -Xlinker -L"$static" \
  -Xswiftc -Osize -Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections -Xcc -fdata-sections
if [ "$(uname)" != Linux ]; then
  cp "$scratch/release/sweep" "$output"
  strip "$output"
  exit
fi

library=$(dirname "$(dirname "$(realpath "$(command -v swift)")")")/lib/swift_static/linux
bare=$scratch/bare
rm -rf "$bare"
mkdir -p "$bare/own" "$bare/others"
without_unwinding() {
  objcopy -R .eh_frame -R .rela.eh_frame -R '.gcc_except_table*' -R '.rela.gcc_except_table*' "$1" "$2"
}
for archive in "$library"/*.a "$static"/*.a; do
  without_unwinding "$archive" "$bare/$(basename "$archive")"
done

member=icu_packaged_data.cpp.o
(cd "$bare" && ar x lib_FoundationICU.a $member)
symbol=$(nm "$bare/$member" | sed -n 's/.* R \(icudt[0-9]*_dat\)$/\1/p')
clang -c -O2 -DICU_DATA="$symbol" "$here/no_icu_data.c" -o "$bare/$member"
(cd "$bare" && ar r lib_FoundationICU.a $member && rm $member)

# Of cryptography only digests are used: its files are taken where something refers to them, as of any archive. Of other
# packages every file is taken, for some have conformances that nothing refers to by name; the server ends without them.
number=0
while read -r object; do
  object=${object#\'} object=${object%\'}
  module=$(echo "$object" | sed 's|.*/\([^/]*\)\.build/.*|\1|')
  number=$((number + 1))
  case $module in
    Crypto | CryptoBoringWrapper | CCrypto* | CXKCP*) whose=others ;;
    *) whose=own ;;
  esac
  without_unwinding "$object" "$bare/$whose/$module-$number.o"
done < "$scratch/release/sweep.product/Objects.LinkFileList"
find "$bare/others" -name '*.o' | sort > "$bare/others.list"
ar qcS "$bare/libothers.a" "@$bare/others.list" && ranlib "$bare/libothers.a"

# The C library of an old system is linked with, so that the program runs there too.
if sh "$here/sysroot.sh" "$scratch/sysroot"; then
  clang -c -O2 "$here/array_length.c" -o "$bare/own/array_length.o"
  old="-Xclang-linker --sysroot=$scratch/sysroot"
else
  echo "linked with this machine's C library: the program runs where that is as new, $(getconf GNU_LIBC_VERSION) here"
  old=
fi

# The toolchain's own folder would come first: this adds ours before all that clang is told.
CCC_OVERRIDE_OPTIONS="# ^-L$bare" swiftc -emit-executable -static-stdlib -use-ld=lld $old -o "$output" -module-name sweep \
  "$bare"/own/*.o "$bare/libothers.a" -lpng16 -ljpeg -lwebp -lz -lsqlite3 -Xlinker --defsym=main=sweep_main \
  -Xlinker --gc-sections -Xlinker -z -Xlinker nostart-stop-gc -Xlinker --no-export-dynamic -Xlinker --icf=all \
  -Xlinker --strip-all -Xlinker -Map="$scratch/sweep.map" 2> "$scratch/link.log" \
  || { cat "$scratch/link.log" >&2; exit 1; }
rm -rf "$bare"
