#!/bin/sh
# Runs an example and compares what it prints: PROGRAM EXPECTED ARGUMENTS...
set -eu
program=$1 expected=$2
shift 2
"$program" "$@" | diff -u "$expected" -
