"""What goes wrong, as exceptions."""

from __future__ import annotations

import ctypes
from typing import Any, Dict, Type

from ._library import library


class Error(Exception):
    """A call failed.  `reason` is stable and for programs; the message is for people."""

    status: int = 2

    def __init__(self, message: str, reason: str = "", field: str = "", message_zh: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason
        self.field = field
        self.message_zh = message_zh or message

    def __str__(self) -> str:
        return f"{self.message} [{self.reason}]" if self.reason else self.message


class Cancelled(Error):
    status = 1


class InvalidArgument(Error, ValueError):
    status = 3


class NotFound(Error, LookupError):
    status = 5


class AlreadyExists(Error):
    status = 6


class PermissionDenied(Error, PermissionError):
    status = 7


class ResourceExhausted(Error, MemoryError):
    status = 8


class FailedPrecondition(Error):
    status = 9


class Aborted(Error):
    """Someone else wrote meanwhile: look again and retry."""

    status = 10


class OutOfRange(Error, ValueError):
    status = 11


class Unavailable(Error):
    """A lock or the disk: may work later."""

    status = 14


class DataLoss(Error):
    """The file is not a store, or is damaged."""

    status = 15


_CLASSES: Dict[int, Type[Error]] = {
    one.status: one
    for one in (
        Cancelled,
        InvalidArgument,
        NotFound,
        AlreadyExists,
        PermissionDenied,
        ResourceExhausted,
        FailedPrecondition,
        Aborted,
        OutOfRange,
        Unavailable,
        DataLoss,
    )
}


class Outcome:
    """Where a call puts its error: pass `.out` as its last argument, its status to `.check`."""

    def __init__(self) -> None:
        self._error = ctypes.c_void_p()

    @property
    def out(self) -> Any:
        return ctypes.byref(self._error)

    def check(self, status: int) -> None:
        if status == 0:
            return
        error = self._error
        try:
            message = library.jiceng_error_message(error).decode()
            reason = library.jiceng_error_reason(error).decode()
            field = library.jiceng_error_field(error).decode()
            message_zh = library.jiceng_error_text(error, 1).decode()
        finally:
            library.jiceng_error_free(error)
        raise _CLASSES.get(status, Error)(message or f"status {status}", reason, field, message_zh)
