#!/bin/sh
# sysroot.sh FOLDER: puts the C and C++ libraries of an old Debian there, for the linker alone.
#
# A program asks for the C library that it was linked with, or a newer one: linked with an old one it runs on old systems and
# on new ones. Ends with 1, and says why, where the old libraries are not to be had.
set -eu
folder=$1 suite=bullseye
libraries='libc6,libc6-dev,libgcc-s1,libgcc-10-dev,libstdc++6,libstdc++-10-dev'
[ -e "$folder/usr/lib/$(gcc -dumpmachine)/libc_nonshared.a" ] && exit 0
if [ "$(id -u)" != 0 ]; then
  echo "root alone can fetch the libraries of Debian $suite, with debootstrap" >&2
  exit 1
fi
command -v debootstrap > /dev/null || { apt-get update -qq && apt-get install -y -qq debootstrap; } >&2
rm -rf "$folder" "$folder.fetched"
# Nothing of it is run: its packages are fetched, and those that the linker needs are unpacked.
if ! debootstrap --foreign --variant=minbase --include="$libraries" $suite "$folder.fetched" > "$folder.log" 2>&1; then
  tail -1 "$folder.log" >&2
  exit 1
fi
mkdir -p "$folder"
for name in $(echo "$libraries" | tr , ' '); do
  dpkg -x "$folder.fetched"/var/cache/apt/archives/"$name"_*.deb "$folder"
done
# A link that begins at the root would lead out of the folder.
find "$folder" -type l | while read -r link; do
  target=$(readlink "$link")
  case $target in /*) ln -sfn "$folder$target" "$link" ;; esac
done
rm -rf "$folder.fetched"
