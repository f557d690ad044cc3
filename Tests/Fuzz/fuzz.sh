#!/bin/sh
# Replays each target's corpus, then fuzzes it for so many seconds.
#
#   fuzz.sh BINARY SECONDS [TARGET ...]
#
# What is found new is kept beside the binary and not in the repository; an input that ends the program is left as crash-*,
# to become a file of the corpus.
set -eu
binary=$1 seconds=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
found=$(dirname "$binary")/found
[ $# -gt 0 ] || set -- $(ls "$here/Corpus")
for target; do
  mkdir -p "$found/$target"
  FUZZ_TARGET=$target ASAN_OPTIONS=detect_leaks=0 "$binary" "$found/$target" "$here/Corpus/$target" \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 \
    -artifact_prefix="$found/crash-$target-" > "$found/$target.log" 2>&1 || {
      tail -40 "$found/$target.log"
      echo "$target: an input ends the program, or takes too long or too much; it is in $found"
      exit 1
    }
  echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$found/$target.log") inputs"
done
