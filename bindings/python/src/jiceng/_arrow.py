"""Tables and findings as Arrow streams: capsules as pyarrow, pandas, polars and DuckDB take them (PyCapsule protocol)."""

from __future__ import annotations

import ctypes
from ctypes import c_char_p, c_int, c_void_p
from typing import Any, Callable, Dict

from ._errors import Outcome

_NAME = b"arrow_array_stream"


class _Stream(ctypes.Structure):
    """struct ArrowArrayStream of include/jiceng/arrow.h."""

    _fields_ = [
        ("get_schema", c_void_p),
        ("get_next", c_void_p),
        ("get_last_error", c_void_p),
        ("release", ctypes.CFUNCTYPE(None, c_void_p)),
        ("private_data", c_void_p),
    ]


_python = ctypes.pythonapi
_new = _python.PyCapsule_New
_new.restype = ctypes.py_object
_new.argtypes = [c_void_p, c_char_p, c_void_p]
# The capsule being destroyed has no references left: it goes by its address, not as an object.
_pointer_in = ctypes.PYFUNCTYPE(c_void_p, c_void_p, c_char_p)(("PyCapsule_GetPointer", _python))
_is_valid = ctypes.PYFUNCTYPE(c_int, c_void_p, c_char_p)(("PyCapsule_IsValid", _python))

# Structs that capsules point at, by their address.  Whoever takes a stream moves it out of the struct, whose release is
# null then; the struct itself lives as long as its capsule.
_structs: Dict[int, _Stream] = {}


def _give_back(capsule: int) -> None:
    if not _is_valid(capsule, _NAME):
        return
    stream = _structs.pop(_pointer_in(capsule, _NAME), None)
    if stream is not None and stream.release:
        stream.release(ctypes.addressof(stream))


_destroy = ctypes.PYFUNCTYPE(None, c_void_p)(_give_back)


def capsule(fill: Callable[[Any, Any], int]) -> Any:
    """A capsule with the stream of a call(out_stream, out_error)."""
    stream, outcome = _Stream(), Outcome()
    outcome.check(fill(ctypes.byref(stream), outcome.out))
    address = ctypes.addressof(stream)
    _structs[address] = stream
    return _new(address, _NAME, ctypes.cast(_destroy, c_void_p))
