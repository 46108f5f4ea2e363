#!/usr/bin/env python3
"""Doxygen has nothing to complain of in the public headers, and its reference has every function of the map.

usage: reference.py DOXYGEN SOURCE-FOLDER
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree


def main():
    doxygen, source = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        settings = (source / "docs/Doxyfile").read_text(encoding="utf-8")
        settings += f'\nOUTPUT_DIRECTORY = "{folder}"\nGENERATE_XML = YES\n'
        run = subprocess.run([doxygen, "-"], input=settings, capture_output=True, text=True, cwd=source)
        if run.returncode != 0 or run.stderr:
            sys.exit(f"doxygen ends with {run.returncode}:\n{run.stderr}")
        told, fields = {}, 0
        for file in pathlib.Path(folder, "xml").glob("*.xml"):
            for member in tree.parse(file).iter("memberdef"):
                text = "".join("".join(member.find(part).itertext()) for part in ("briefdescription", "detaileddescription"))
                if member.get("kind") == "function":
                    told[member.find("name").text] = text.strip()
                elif file.name.startswith("struct"):
                    fields += 1
                    if not text.strip():
                        sys.exit(f"{file.name}: {member.find('name').text} is not documented")
    promised = set(re.findall(r"^\s+(jiceng_[a-z0-9_]+);$", (source / "src/capi/jiceng.map").read_text(), re.M))
    if set(told) != promised:
        sys.exit(f"not the functions of the map: {sorted(promised ^ set(told))}")
    silent = sorted(name for name, text in told.items() if not text)
    if silent:
        sys.exit(f"not documented: {silent}")
    print(f"{len(told)} functions, {fields} fields")


if __name__ == "__main__":
    main()
