#!/bin/sh
# Makes a folder of 334 pictures of single things in ten classes, cut out on a transparent ground, from Debian's package
# tuxpaint-stamps-default (GPL-2, its file 'copyright' says so; about 160 MB are fetched and thrown away again).
#
# Nothing with more classes of real photographs is in Debian or on PyPI under 30 MB, as far as was looked: scikit-image has 26
# single pictures, scikit-learn two, plasma-workspace-wallpapers and gnome-backgrounds landscapes without classes, and
# gcompris-qt-data no picture outside of its compiled resources.
#
# usage: photos.sh FOLDER [PACKAGE.deb]
set -eu
target=${1:?usage: photos.sh FOLDER [PACKAGE.deb]}
case ${2-} in '') package= ;; *) package=$(realpath "$2") ;; esac
if [ -e "$target" ]; then
  echo "'$target' is there already; remove it to make it anew."
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "$package" ]; then
  (cd "$work" && apt-get download -q tuxpaint-stamps-default) || {
    echo "Debian's 'apt-get download tuxpaint-stamps-default' did not work; on another system fetch that package" >&2
    echo "from packages.debian.org and give its file: photos.sh FOLDER PACKAGE.deb" >&2
    exit 1
  }
  package=$(echo "$work"/*.deb)
fi
mkdir "$work/all"
if command -v dpkg-deb >/dev/null; then
  dpkg-deb --fsys-tarfile "$package" | tar -x -C "$work/all" ./usr/share/tuxpaint/stamps ./usr/share/doc
else
  (cd "$work" && ar x "$package" && tar -xf data.tar.* -C all)
fi
stamps="$work/all/usr/share/tuxpaint/stamps"
made="$work/photos"
while read -r class folder; do
  mkdir -p "$made/$class"
  # Names of folders become part of the file's name, so that none hides another.
  find "$stamps/$folder" -name '*.png' | while read -r picture; do
    name=$(echo "${picture#"$stamps/$folder/"}" | tr / -)
    cp "$picture" "$made/$class/$name"
  done
done <<'CLASSES'
birds animals/birds
flowers plants/flowers
fruit food/fruit
household household
houses town/houses
insects animals/insects
mammals animals/mammals
roadsigns town/roadsigns
vegetables food/vegetables
vehicles vehicles
CLASSES
cp "$work/all/usr/share/doc/tuxpaint-stamps-default/copyright" "$made/COPYRIGHT"
mkdir -p "$(dirname "$target")"
mv "$made" "$target"
echo "$(find "$target" -name '*.png' | wc -l) pictures in $(ls -d "$target"/*/ | wc -l) classes are in '$target'."
