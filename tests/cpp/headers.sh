#!/bin/sh
# What a strict host's compiler says of the C++ headers: COMPILER INCLUDE-DIR
set -eu
compiler=$1 include=$2

# compiles HEADER STANDARD OPTIONS...: alone and included twice.
compiles() {
  header=$1
  shift
  printf '#include <jiceng/%s>\n#include <jiceng/%s>\nint jiceng_headers_are_clean;\n' "$header" "$header" |
    "$compiler" -x c++ "$@" -pedantic-errors -Wall -Wextra -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Wundef \
      -Wnon-virtual-dtor -Werror -fsyntax-only -I "$include" - || {
    echo "$header does not compile with $*"
    exit 1
  }
}

for header in "$include"/jiceng/*.hpp; do compiles "$(basename "$header")" -std=c++17; done
compiles jiceng.hpp -std=c++20
for standard in c++17 c++20; do compiles jiceng.hpp -std=$standard -fno-exceptions -fno-rtti; done
