#!/bin/sh
# Runs an example and compares what it prints: EXPECTED PROGRAM ARGUMENTS...
set -eu
expected=$1
shift
"$@" | diff -u "$expected" -
