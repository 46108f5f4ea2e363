#!/bin/sh
# Runs a host in an empty folder: in_scratch.sh FOLDER HOST LIBRARY LEDGERS.  What it prints is a failure.
set -eu
rm -rf "$1"
mkdir -p "$1"
cd "$1"
said=$("$2" "$3" "$4" 2>&1) || { echo "exit $?: $said"; exit 1; }
[ -z "$said" ] || { echo "$said"; exit 1; }
