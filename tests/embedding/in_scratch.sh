#!/bin/sh
# Runs a host in an empty folder: in_scratch.sh FOLDER HOST ARGUMENT...  What it prints is a failure.
set -eu
folder=$1
shift
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
said=$("$@" 2>&1) || { echo "exit $?: $said"; exit 1; }
[ -z "$said" ] || { echo "$said"; exit 1; }
