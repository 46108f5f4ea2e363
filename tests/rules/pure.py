#!/usr/bin/env python3
"""The rooms that decide what holds know no clock, no randomness, no locale and no environment: their object code does
not even name the functions that would tell them.

usage: pure.py NM ARCHIVE...
"""
import re
import subprocess
import sys

ASKING = re.compile(
    r"(clock_gettime|gettimeofday|time|times|clock|localtime(_r)?|gmtime(_r)?|mktime|timegm|strftime|tzset|getenv|"
    r"secure_getenv|s?rand(_r|om)?|[dlm]rand48|getrandom|getentropy|arc4random\w*|setlocale|newlocale|localeconv|"
    r"std::chrono::.*::now\(\)|std::random_device::.*|std::locale::(locale|classic|global).*)(@.*)?"
)


def undefined(nm, archive):
    listed = subprocess.run([nm, "-u", "-C", archive], check=True, capture_output=True, text=True).stdout
    return sorted({match[1] for match in re.finditer(r"^\s+[UwvV] (.*)$", listed, re.M)})


def main():
    nm, *archives = sys.argv[1:]
    for asking in ("time", "clock_gettime@GLIBC_2.17", "std::chrono::_V2::system_clock::now()"):
        if not ASKING.fullmatch(asking):
            sys.exit(f"{asking} would not be found")
    wrong = []
    for archive in archives:
        names = undefined(nm, archive)
        if not names:
            sys.exit(f"{archive}: no names could be read")
        wrong += [f"{archive}: {name}" for name in names if ASKING.fullmatch(name)]
    if wrong:
        sys.exit("asks what is not an argument:\n" + "\n".join(wrong))


main()
