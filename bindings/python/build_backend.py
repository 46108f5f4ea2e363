"""Builds the wheel: `pip wheel bindings/python`, or `python3 bindings/python/build_backend.py FOLDER`.  With the standard library
alone, so that it works where there is no network: this is the build backend that pyproject.toml names (PEP 517).

The library that goes into it is the file named in JICENG_LIBRARY, or is built from the source tree around this folder.
"""

import base64
import hashlib
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import tomllib
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
SONAME = "libjiceng.so.1"
MACHINES = {62: "x86_64", 183: "aarch64", 258: "loongarch64", 243: "riscv64"}  # e_machine of an ELF header


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with tempfile.TemporaryDirectory() as scratch:
        library = _library(pathlib.Path(scratch))
        tag = f"py3-none-linux_{_machine(library)}"
        files = {f"jiceng/{path.name}": path.read_bytes() for path in sorted((HERE / "src/jiceng").iterdir()) if path.is_file()}
        files[f"jiceng/{SONAME}"] = library.read_bytes()
    files[f"jiceng-{project['version']}.dist-info/METADATA"] = _metadata(project).encode()
    files[f"jiceng-{project['version']}.dist-info/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: jiceng\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()
    )
    name = f"jiceng-{project['version']}-{tag}.whl"
    _write(pathlib.Path(wheel_directory) / name, files, f"jiceng-{project['version']}.dist-info/RECORD")
    return name


def build_sdist(sdist_directory, config_settings=None):
    raise RuntimeError("the package is built from the source tree of the library; there is no sdist of it alone")


def _library(scratch):
    """The shared library without what only a debugger reads."""
    named = os.environ.get("JICENG_LIBRARY")
    if not named:
        build = os.environ.get("JICENG_WHEEL_BUILD") or str(scratch / "build")
        root = str(HERE.parents[1])
        subprocess.run(["cmake", "-S", root, "-B", build, "-DCMAKE_BUILD_TYPE=Release", "-DJICENG_INSTALL=OFF"], check=True)
        subprocess.run(["cmake", "--build", build, "--parallel", "--target", "jiceng_shared"], check=True)
        named = f"{build}/src/capi/libjiceng.so"
    stripped = scratch / SONAME
    if shutil.which("strip") is None:
        shutil.copyfile(named, stripped)
    else:
        subprocess.run(["strip", "--strip-unneeded", "-o", str(stripped), named], check=True)
    return stripped


def _machine(library):
    head = library.read_bytes()[:20]
    if head[:5] != b"\x7fELF\x02":
        raise RuntimeError(f"{library} is no 64-bit ELF library")
    number = struct.unpack(">H" if head[5] == 2 else "<H", head[18:20])[0]
    if number not in MACHINES:
        raise RuntimeError(f"no platform tag is known for machine {number}")
    return MACHINES[number]


def _metadata(project):
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {project['name']}",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"License: {project['license']['text']}",
        f"Requires-Python: {project['requires-python']}",
        "Description-Content-Type: text/markdown",
        *(f"Classifier: {one}" for one in project["classifiers"]),
    ]
    return "\n".join(lines) + "\n\n" + (HERE / project["readme"]).read_text(encoding="utf-8")


def _write(path, files, record):
    """The archive, byte for byte the same from the same files."""
    rows = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        def put(name, content):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)

        for name, content in sorted(files.items()):
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            rows.append(f"{name},sha256={digest},{len(content)}\n")
            put(name, content)
        put(record, "".join(rows) + f"{record},,\n")


if __name__ == "__main__":
    print(build_wheel(sys.argv[1]))
