#!/bin/sh
# share.sh SWEEP SHARE: completions and man pages of the program into a share folder, such as /usr/local/share.
# They come from the program's own definitions of its commands. Man pages need Python.
set -eu
sweep=$1 share=$2
completion() { mkdir -p "$share/$2" && "$sweep" --generate-completion-script "$1" > "$share/$2/$3"; }
completion bash bash-completion/completions sweep
completion zsh "${ZSH_FOLDER:-zsh/site-functions}" _sweep
completion fish fish/vendor_completions.d sweep.fish
if command -v python3 > /dev/null; then
  python3 "$(dirname "$0")/man.py" "$sweep" "$share/man/man1"
else
  echo "no man pages: they are made by Python, which is not here" >&2
fi
