#!/usr/bin/env python3
"""Writes C functions that stop the process, one for every name the library has inside.

A host that exports them takes the place of whatever the library leaves open to others: the loader looks in the host first.  Names that the
host, or the shared libraries ours is loaded with, have or need are left out: those would be hit by rights.

usage: traps.py NM LIBRARY HOST OUT NAME-OUT [--stock LIBRARY]... [--must NAME]...

--stock: a library whose exported names are trapped as well, as a host's own copy of it would bring them.
--must:  a name for which there has to be a trap.
"""
import argparse
import pathlib
import re
import subprocess
import sys


def names(nm, *arguments):
    text = subprocess.run([nm, *arguments], check=True, capture_output=True, text=True).stdout
    return {line.split()[-1].partition("@")[0] for line in text.splitlines() if line}


def loaded_with(library):
    text = subprocess.run(["ldd", library], check=True, capture_output=True, text=True).stdout
    return re.findall(r"(/\S+) \(0x", text)


def main():
    parser = argparse.ArgumentParser()
    for argument in ("nm", "library", "host", "out", "name_out"):
        parser.add_argument(argument)
    parser.add_argument("--stock", action="append", default=[])
    parser.add_argument("--must", action="append", default=[])
    arguments = parser.parse_args()
    nm = arguments.nm

    trapped = names(nm, "--defined-only", arguments.library)
    for stock in arguments.stock:
        trapped |= names(nm, "-D", "--defined-only", stock)
    trapped -= names(nm, "-D", "--defined-only", arguments.library) | names(nm, arguments.host)
    for other in loaded_with(arguments.library):
        trapped -= names(nm, "-D", other)
    trapped = sorted(name for name in trapped if re.fullmatch(r"[A-Za-z_]\w*", name))

    missing = set(arguments.must) - set(trapped)
    ours = [name for name in trapped if name.startswith("_ZN6jiceng")]
    if missing or not ours:
        sys.exit(f"no trap for {missing or 'any name of ours'}: is the library stripped?")
    text = ["#include <stdio.h>", "#include <stdlib.h>",
            "static void stop(const char* name) { fprintf(stderr, \"trap: %s\\n\", name); abort(); }"]
    for number, name in enumerate(trapped):
        text.append(f'void trap{number}(void) __asm__("{name}"); void trap{number}(void) {{ stop("{name}"); }}')
    pathlib.Path(arguments.out).write_text("\n".join(text) + "\n")
    pathlib.Path(arguments.name_out).write_text(f'#define A_TRAPPED_NAME "{ours[0]}"\n')
    print(f"{len(trapped)} traps")


main()
