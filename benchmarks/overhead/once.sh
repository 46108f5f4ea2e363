#!/bin/sh
# once.sh JICENG OVERHEAD LEDGERS STORE: every measurement once on a small organisation, so that it still runs.
set -eu
rm -f "$4" "$4".base "$4".inside* "$4"-*
"$1" init "$4" >/dev/null
"$1" import "$4" "$3" >/dev/null
"$1" optimize "$4" >/dev/null
"$2" "$4" --benchmark_min_time=0.001 --benchmark_repetitions=1
test ! -e "$4.inside"
