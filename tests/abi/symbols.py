#!/usr/bin/env python3
"""The functions of the headers, the names in the symbol map and what the library exports are one list.

usage: symbols.py HEADER-DIR MAP LIBRARY NM
"""
import pathlib
import re
import subprocess
import sys


def header_functions(folder):
    text = "".join(path.read_text() for path in sorted(pathlib.Path(folder).glob("*.h")))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    declarations = re.findall(r"JICENG_API\s+[^;]*?\b(jiceng_\w+)\s*\([^;]*\)\s*;", text)
    if len(declarations) != len(re.findall(r"^JICENG_API\b", text, flags=re.M)):
        sys.exit("a declaration with JICENG_API could not be read")
    return set(declarations)


def map_names(path):
    text = re.sub(r"#.*", "", pathlib.Path(path).read_text())
    names, node = {}, None
    for line in text.splitlines():
        line = line.strip()
        if match := re.fullmatch(r"(\w+)\s*\{", line):
            node = match[1]
        elif match := re.fullmatch(r"([\w*]+);", line):
            if "*" in match[1]:
                if not hidden:
                    sys.exit("the map exports by wildcard")
                continue
            if match[1] in names:
                sys.exit(f"{match[1]} is in the map twice")
            names[match[1]] = node
        elif line in ("global:", "local:"):
            hidden = line == "local:"
    return names


def exported(library, nm):
    lines = subprocess.run([nm, "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout
    names, nodes, others = {}, set(), []
    for line in lines.splitlines():
        kind, name = line.split()[-2:]
        base, _, version = name.partition("@@")
        if kind == "A":
            nodes.add(base)
        elif kind == "T" and version:
            names[base] = version
        else:
            others.append(line)
    return names, nodes, others


def main():
    headers, mapped = header_functions(sys.argv[1]), map_names(sys.argv[2])
    names, nodes, others = exported(sys.argv[3], sys.argv[4])
    problems = [f"in the headers, not in the map: {name}" for name in sorted(headers - mapped.keys())]
    problems += [f"in the map, not in the headers: {name}" for name in sorted(mapped.keys() - headers)]
    problems += [f"in the map, not in the library: {name}" for name in sorted(mapped.keys() - names.keys())]
    problems += [f"exported and not in the map: {name}" for name in sorted(names.keys() - mapped.keys())]
    problems += [f"exported as {version}, mapped as {mapped[name]}: {name}"
                 for name, version in names.items() if mapped.get(name, version) != version]
    problems += [f"exported and no function of ours: {line}" for line in others]
    problems += [f"a version node nobody knows: {node}" for node in sorted(nodes - set(mapped.values()))]
    print("\n".join(problems) or f"{len(headers)} functions")
    sys.exit(1 if problems or not headers else 0)


main()
