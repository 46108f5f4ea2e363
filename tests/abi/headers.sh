#!/bin/sh
# Compiles each public header alone, and included twice, as the strictest reading of one language standard: COMPILER LANGUAGE STANDARD INCLUDE-DIR
set -eu
for header in "$4"/jiceng/*.h; do
  name=jiceng/$(basename "$header")
  printf '#include <%s>\n#include <%s>\nint jiceng_headers_are_clean;\n' "$name" "$name" |
    "$1" -x "$2" -std="$3" -pedantic-errors -Wall -Wextra -Werror -Wundef -fsyntax-only -I "$4" - || {
    echo "$name does not compile as $3"
    exit 1
  }
done
