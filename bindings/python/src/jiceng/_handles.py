"""What every handle of the library shares: life, texts, progress, tables."""

from __future__ import annotations

import ctypes
import datetime
import enum
import weakref
from typing import Any, Callable, Optional, Type, TypeVar

from ._errors import Outcome
from ._library import Progress, library
from ._table import Table

# progress(stage, done, total); `total` is 0 when it is not known.  Returning False stops the work; raising stops it too,
# and the call raises the same.
ProgressFunction = Callable[[str, int, int], Optional[bool]]
Day = datetime.date

_Self = TypeVar("_Self", bound="_Handle")


class Language(enum.IntEnum):
    ZH = 1
    EN = 2


class _ProgressCall:
    """A progress function for one call, with what it raised."""

    def __init__(self, function: Optional[ProgressFunction]) -> None:
        self._raised: Optional[BaseException] = None
        if function is None:
            self.c = Progress()
            return

        def call(stage: bytes, done: int, total: int, _user: Any) -> int:
            try:
                return 1 if function(stage.decode(), done, total) is False else 0
            except BaseException as error:  # must not pass through C
                self._raised = error
                return 1

        self.c = Progress(call)

    def check(self, outcome: Outcome, status: int) -> None:
        if self._raised is not None:
            try:
                outcome.check(status)
            except Exception:
                raise self._raised
        outcome.check(status)


class _Handle:
    """Something of the library's that is given back when it is closed or forgotten."""

    def __init__(self, pointer: ctypes.c_void_p, free: Callable[[Any], None]) -> None:
        self._pointer = pointer.value
        self._finalizer = weakref.finalize(self, free, pointer.value)

    @property
    def _handle(self) -> Any:
        if not self._finalizer.alive:
            raise ValueError(f"this {type(self).__name__} is closed")
        return self._pointer

    def close(self) -> None:
        """Gives it back.  A second call does nothing."""
        self._finalizer()

    @property
    def closed(self) -> bool:
        return not self._finalizer.alive

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Any, trace: Any) -> None:
        self.close()


def _text(value: str) -> "tuple[bytes, int]":
    encoded = value.encode()
    return encoded, len(encoded)


def _node(value: Optional[str]) -> "tuple[Optional[bytes], int]":
    return (None, 0) if value is None else _text(value)


def _optional(value: Optional[str]) -> Optional[bytes]:
    return None if value is None else value.encode()


def _table(call: Callable[[Any, Any], int], progress: Optional[_ProgressCall] = None) -> Table:
    """The table of a call(out_table, out_error), which may tell `progress`."""
    outcome, pointer = Outcome(), ctypes.c_void_p()
    status = call(ctypes.byref(pointer), outcome.out)
    (progress or _ProgressCall(None)).check(outcome, status)
    return Table(pointer.value or 0, free=library.jiceng_table_free)
