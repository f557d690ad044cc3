#!/bin/sh
# deb.sh SWEEP FOLDER: makes a Debian package of a binary, with man pages, completions and examples.
# It is called sweeplab, like the Python package: Debian has had a `sweep`, an editor of sounds.
set -eu
umask 022
sweep=$(realpath "$1") folder=$(realpath "$2")
here=$(dirname "$(realpath "$0")") root=$(mktemp -d)
chmod 755 "$root"
trap 'rm -rf "$root"' EXIT
version=$("$sweep" --version | cut -d' ' -f2)
architecture=$(dpkg --print-architecture)
# The newest version of a symbol that the binary asks the C library for.
libc=$(objdump -T "$sweep" | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -1 | cut -d_ -f2)
doc=$root/usr/share/doc/sweeplab

install -D -m 755 "$sweep" "$root/usr/bin/sweep"
ZSH_FOLDER=zsh/vendor-completions sh "$here/share.sh" "$sweep" "$root/usr/share"
gzip -9n "$root"/usr/share/man/man1/*.1
# A completion is read by the shell and not started.
sed -i '1{/^#!/d}' "$root/usr/share/bash-completion/completions/sweep"
mkdir -p "$doc/examples"
cp -R "$here/../examples/." "$here/../sweeps" "$doc/examples/"
find "$doc/examples" -name __pycache__ -prune -exec rm -rf {} +
find "$doc/examples" -type f -exec chmod 644 {} +
cp "$here/../README.md" "$here/../SQL.md" "$doc/"
gzip -9nc "$here/../CHANGELOG.md" > "$doc/changelog.gz"
{
  printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n'
  printf 'Upstream-Name: sweep\n\nFiles: *\nCopyright: 2026 the authors of sweep\nLicense: Apache-2.0\n'
  printf ' On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.\n .\n'
  sed 's/^$/./; s/^/ /' "$here/../NOTICE"
} > "$doc/copyright"
mkdir -p "$root/DEBIAN" "$root/usr/share/lintian/overrides"
cat > "$root/usr/share/lintian/overrides/sweeplab" << END
# One program that runs on every machine carries the libraries that others would share.
sweeplab: embedded-library *
END
size=$(du -sk --exclude DEBIAN "$root" | cut -f1)
cat > "$root/DEBIAN/control" << END
Package: sweeplab
Version: $version
Architecture: $architecture
Maintainer: The authors of sweep <sweep-lab@users.noreply.github.com>
Installed-Size: $size
Depends: libc6 (>= $libc), libgcc-s1, libstdc++6
Recommends: git
Conflicts: sweep
Section: science
Priority: optional
Description: learn what each setting of a training did
 A JSON file of settings, values and seeds becomes a grid of training runs, made
 in parallel and kept in one SQLite file, and a report of what each setting did:
 effects with intervals over seeds, and no answer where there is none. A class
 writes its predictions down first, and sees them beside the outcome.
END
(cd "$root" && find usr -type f -exec md5sum {} + > DEBIAN/md5sums)
dpkg-deb --root-owner-group --build "$root" "$folder/sweeplab_${version}_$architecture.deb"
