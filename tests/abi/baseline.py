"""The C interface against the baseline that was promised: baseline.py CC ABIDW ABIDIFF BASELINE INCLUDE [--write].

What the headers declare is compiled as a library of empty functions, so that what is compared is the interface and
nothing of what lies behind it (abi.symbols says that the real library exports just that).  Functions, types, enumerators
and macros may be added; nothing that is in the baseline may go or change.  --write makes the baseline what there is now.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

OPTIONS = re.compile(r"typedef struct (jiceng_\w+_options) \{(.*?)\} \1;", flags=re.S)
EXPORTED = re.compile(r'__attribute__\(\(visibility\("default"\)\)\)\s+([^;{]+);')


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **more).stdout


def constants(headers):
    """Enumerators with their values, one a line."""
    lines = []
    for header in sorted(headers.glob("jiceng/*.h")):
        text = re.sub(r"/\*.*?\*/", "", header.read_text(encoding="utf-8"), flags=re.S)
        for body in re.findall(r"enum(?:\s+\w+)?\s*\{(.*?)\}", text, flags=re.S):
            lines += [" ".join(one.split()) for one in body.split(",") if one.strip()]
    return sorted(lines)


def preprocessed(compiler, headers):
    return run(compiler, "-std=c99", "-E", "-P", f"-I{headers}", "-x", "c", "-", input="#include <jiceng/jiceng.h>\n")


def members(text):
    """How many members every struct of options has."""
    return {name: body.count(";") for name, body in OPTIONS.findall(text)}


def cut(struct, before):
    """A struct of options as far as the baseline has it."""
    name, body = struct.groups()
    if name not in before:
        return struct[0]
    return f"typedef struct {name} {{{';'.join(body.split(';')[:before[name]])};}} {name};"


def library(compiler, text, made):
    """A library of what is declared: the interface, and nothing of what lies behind it."""
    declared = EXPORTED.findall(text)
    assert len(declared) > 100, f"only {len(declared)} functions in the headers"
    for function in declared:
        text += f"{function} {{ {'' if re.match(r'void [a-z]', function) else 'return 0;'} }}\n"
    run(compiler, "-std=c99", "-g", "-fPIC", "-shared", "-Wl,-soname,libjiceng.so.1", "-x", "c", "-", "-o", made,
        input=text, cwd=made.parent)
    return made


def main():
    compiler, abidw, abidiff, baseline, headers = sys.argv[1:6]
    baseline, headers = pathlib.Path(baseline), pathlib.Path(headers)
    with tempfile.TemporaryDirectory() as folder:
        made, text = pathlib.Path(folder, "libinterface.so"), preprocessed(compiler, headers)
        if sys.argv[6:] == ["--write"]:
            shutil.rmtree(baseline, ignore_errors=True)
            (baseline / "include" / "jiceng").mkdir(parents=True)
            run(abidw, "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs", "--no-architecture",
                "--out-file", baseline / "jiceng.abi", library(compiler, text, made))
            (baseline / "constants.txt").write_text("\n".join(constants(headers)) + "\n", encoding="utf-8")
            for header in headers.glob("jiceng/*.h"):
                shutil.copy(header, baseline / "include" / "jiceng")
            return
        gone = sorted(set((baseline / "constants.txt").read_text(encoding="utf-8").splitlines()) - set(constants(headers)))
        assert not gone, f"constants of the baseline that are gone or have changed: {gone}"
        # Options may grow at their end, since their first member says how far the caller knows them: what has been added
        # is cut off again.
        before = members(preprocessed(compiler, baseline / "include"))
        text = OPTIONS.sub(lambda struct: cut(struct, before), text)
        compared = subprocess.run(
            [abidiff, "--no-added-syms", "--no-architecture", str(baseline / "jiceng.abi"),
             str(library(compiler, text, made))], check=False, capture_output=True, text=True)
        if compared.returncode != 0:
            sys.exit(compared.stdout + compared.stderr)


main()
