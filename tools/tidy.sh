#!/usr/bin/env bash
# clang-tidy over our sources with the compile commands of a build directory (default build/test).
set -eu
cd "$(dirname "$0")/.."
dir=${1:-build/test}
git ls-files 'src/*.cc' | xargs -P "$(nproc)" -n 4 clang-tidy-14 -quiet -p "$dir" --extra-arg=-Wno-unknown-warning-option
