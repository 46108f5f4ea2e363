#!/usr/bin/env bash
# clang-tidy over our sources with the compile commands of a build directory (default build/test).
set -eu -o pipefail
cd "$(dirname "$0")/.."
dir=${1:-build/test}
# clang knows no -fno-gnu-unique, and takes what it does not know for an error.
commands=$(mktemp -d)
trap 'rm -rf "$commands"' EXIT
sed 's/ -fno-gnu-unique//g' "$dir/compile_commands.json" >"$commands/compile_commands.json"
# What it says of headers that are not ours it counts and does not show; the counts are no findings.
git ls-files 'src/*.cc' | xargs -P "$(nproc)" -n 4 clang-tidy-14 -quiet -p "$commands" --extra-arg=-Wno-unknown-warning-option 2>&1 |
  { grep -vE '^[0-9]+ warnings? generated\.$' || true; }
