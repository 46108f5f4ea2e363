#!/usr/bin/env python3
"""Every function of the C headers is called somewhere in the C++ ones.

usage: functions.py HEADER-DIR
"""
import collections
import pathlib
import re
import sys

headers = pathlib.Path(sys.argv[1])


def text(pattern):
    joined = "".join(path.read_text() for path in sorted(headers.glob(pattern)))
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", joined, flags=re.S)


declared = set(re.findall(r"JICENG_API\s+[^;]*?\b(jiceng_\w+)\s*\(", text("*.h")))
# A call, or the function given as what closes a handle.
called = collections.Counter(re.findall(r"\b(jiceng_\w+)\b", text("*.hpp")))
missing = sorted(declared - called.keys())
print("\n".join(f"not wrapped: {name}" for name in missing) or f"{len(declared)} functions")
sys.exit(1 if missing or not declared else 0)
