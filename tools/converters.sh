#!/bin/sh
# converters.sh ARCHITECTURE FOLDER: puts glibc's converters of character sets for another architecture, from Debian's libc6, into FOLDER for
# GCONV_PATH.  Debian's cross compilers come without them, and GB18030 is one.  apt keeps an index of its own for it; the machine's is not touched.
set -eu
arch=$1 folder=$2
[ ! -e "$folder/GB18030.so" ] || exit 0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$folder" "$scratch/lists/partial" "$scratch/cache/archives/partial"
cd "$scratch"
apt() {
  apt-get -qq -o APT::Architecture="$arch" -o APT::Architectures="$arch" -o Dir::State::Lists="$scratch/lists" -o Dir::State::status=/dev/null \
    -o Dir::Cache="$scratch/cache" -o APT::Sandbox::User= -o Acquire::Languages=none "$@"
}
apt update
apt download "libc6:$arch"
dpkg-deb -x libc6_*.deb root
cd - >/dev/null
cp -r "$scratch"/root/usr/lib/*/gconv/. "$folder"
