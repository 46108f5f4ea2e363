#!/usr/bin/env python3
"""Builds the wheel, installs it with requirements.txt into an environment of its own, and runs all Python tests there.

usage: run.py FOLDER LIBRARY

FOLDER is kept, so that a second run downloads nothing.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
PACKAGE = HERE.parent


def run(*command, **more):
    print("+", *map(str, command), flush=True)
    subprocess.run([str(part) for part in command], check=True, **more)


def main():
    folder, library = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("JICENG_", "PYTHON"))}
    wheels = folder / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    wheels.mkdir(parents=True)
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "venv", with_pip=True)
    pip = [python, "-m", "pip", "--disable-pip-version-check", "-q"]
    # The one command.
    run(*pip, "wheel", "--no-deps", "-w", wheels, PACKAGE, env={**environment, "JICENG_LIBRARY": str(library)})
    (wheel,) = wheels.iterdir()
    machine = os.uname().machine
    assert wheel.name.endswith(f"-py3-none-linux_{machine}.whl"), wheel.name
    run(*pip, "install", "-r", HERE / "requirements.txt", env=environment)
    run(*pip, "install", "--force-reinstall", "--no-deps", wheel, env=environment)
    # What was installed is what is loaded: the library of the package, where none is named and none installed.
    code = "import jiceng, jiceng._library as l; print(jiceng.__file__); print(l.library._name)"
    said = subprocess.check_output([python, "-I", "-c", code], env=environment, text=True)
    print(said, end="")
    place, loaded = said.splitlines()
    assert place.startswith(str(folder / "venv")), place
    assert loaded == "libjiceng.so.1" or loaded.startswith(str(pathlib.Path(place).parent)), loaded
    for tests in (PACKAGE / "tests", HERE):
        run(python, "-B", "-m", "unittest", "discover", "-s", tests, env=environment)
    mypy = [python, "-m", "mypy", "--no-incremental", "--config-file", PACKAGE / "pyproject.toml"]
    run(*mypy, PACKAGE / "src" / "jiceng", env=environment)


main()
