"""Stores, and how they are written to."""

from __future__ import annotations

import ctypes
import datetime
import enum
import logging
import os
from typing import Any, Callable, Iterator, Mapping, Optional, Sequence, Union

from ._errors import NotFound, Outcome
from ._findings import Findings
from ._handles import Day, Language, ProgressFunction, _Handle, _optional, _ProgressCall, _table, _text
from ._library import ImportOptions, Notice, OpenOptions, WriterOptions, library, texts
from ._matters import _WritesMatters
from ._snapshot import Snapshot
from ._table import Row, Table, to_number


class ImportOutcome(enum.IntEnum):
    DONE = 1  # kept, or nothing to change
    CHECKED = 2  # a dry run that would have been kept
    REJECTED = 3  # bad rows; nothing kept
    REFUSED = 4  # more closures than allowed, or a blocking rule; nothing kept


_logger = logging.getLogger("jiceng")


def _tell(level: int, event: bytes, text: bytes, _user: Any) -> None:
    _logger.log(logging.WARNING if level == 2 else logging.INFO, "%s: %s", event.decode(), text.decode("utf-8", "replace"))


_notice = Notice(_tell)  # for all stores and for good, so that none can outlive it


def _seconds(moment: datetime.datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("recorded_at needs a time zone, for instance datetime.timezone.utc")
    return int(moment.timestamp())


def open(  # noqa: A001 - read as jiceng.open
    url: Union[str, "os.PathLike[str]"],
    *,
    create: bool = False,
    read_only: bool = False,
    mmap: bool = True,
    busy_timeout: float = 5.0,
    progress: Optional[ProgressFunction] = None,
) -> Store:
    """Opens the store at a path, "sqlite:/path" or "memory:"; `create` makes a new one, which must not exist.

    What no answer tells, such as a base file that could not be used, goes to the logger "jiceng".
    """
    given = OpenOptions(ctypes.sizeof(OpenOptions))
    given.flags = (1 if create else 0) | (2 if read_only else 0) | (0 if mmap else 4)
    given.busy_timeout_ms = max(1, int(busy_timeout * 1000))
    call = _ProgressCall(progress)
    given.progress = call.c
    given.notice = _notice
    outcome, pointer = Outcome(), ctypes.c_void_p()
    status = library.jiceng_store_open(
        *_text(os.fspath(url)), ctypes.byref(given), ctypes.byref(pointer), outcome.out
    )
    call.check(outcome, status)
    return Store(pointer, os.fspath(url))


class Store(_Handle):
    """A store.  May be used from several threads; not in a child after fork()."""

    def __init__(self, pointer: ctypes.c_void_p, url: str) -> None:
        super().__init__(pointer, library.jiceng_store_close)
        self.url = url

    def __repr__(self) -> str:
        return f"<jiceng.Store {self.url}{' (closed)' if self.closed else ''}>"

    def snapshot(self, *, actor: Optional[Actor] = None, seq: int = 0) -> Snapshot:
        """The organisation as the head believes it, or as commit `seq` left it."""
        outcome, pointer = Outcome(), ctypes.c_void_p()
        outcome.check(
            library.jiceng_snapshot_open(
                self._handle, actor._handle if actor else None, seq, ctypes.byref(pointer), outcome.out
            )
        )
        return Snapshot(pointer)

    def writer(
        self,
        recorded_at: datetime.datetime,
        *,
        author: Optional[str] = None,
        reason: Optional[str] = None,
        basis: Optional[str] = None,
        expected_seq: int = -1,
        keep: bool = True,
        progress: Optional[ProgressFunction] = None,
    ) -> Writer:
        """For changes.  The library has no clock: say when, with a time zone.

        `keep=False`: every call does all but keep; `Writer.tried()` is the organisation as it would be.
        """
        given = WriterOptions(ctypes.sizeof(WriterOptions), 0 if keep else 1)
        given.recorded_at, given.expected_seq = _seconds(recorded_at), expected_seq
        given.author, given.reason, given.basis = _optional(author), _optional(reason), _optional(basis)
        call = _ProgressCall(progress)
        given.progress = call.c
        outcome, pointer = Outcome(), ctypes.c_void_p()
        outcome.check(
            library.jiceng_writer_open(self._handle, None, ctypes.byref(given), ctypes.byref(pointer), outcome.out)
        )
        return Writer(pointer, call)

    def seq_at(self, moment: datetime.datetime) -> int:
        """The last commit recorded at or before a moment; 0 when there is none."""
        outcome, seq = Outcome(), ctypes.c_int64()
        outcome.check(
            library.jiceng_store_seq_at(self._handle, _seconds(moment), ctypes.byref(seq), outcome.out)
        )
        return seq.value

    def log(self, *, before: int = 0, limit: int = 0) -> Table:
        """Commits, newest first."""
        return _table(lambda out, error: library.jiceng_store_log(self._handle, before, limit, out, error))

    def changes(self, after_seq: int = 0, after_row: int = -1, *, limit: int = 0) -> Table:
        """What commits have said after a place in the log, about `limit` rows; none: there is nothing new.

        The last row's `seq` and `row` are what the next call takes; `after_row=-1` is after the whole commit.
        """
        return _table(
            lambda out, error: library.jiceng_store_changes(self._handle, after_seq, after_row, limit, out, error)
        )

    def wait(
        self, seq: int, timeout: Optional[float] = None, progress: Optional[ProgressFunction] = None
    ) -> int:
        """Waits for a commit after `seq`: the head then, or `seq` when `timeout` seconds have passed.

        Ctrl-C is heeded, and `progress` may stop it; both are looked at twenty times a second.
        """
        call = _ProgressCall(progress or (lambda stage, done, total: None))  # lets the interpreter see to signals
        outcome, head = Outcome(), ctypes.c_int64()
        milliseconds = -1 if timeout is None else max(0, int(timeout * 1000))
        status = library.jiceng_store_wait(
            self._handle, seq, milliseconds, call.c, None, ctypes.byref(head), outcome.out
        )
        call.check(outcome, status)
        return head.value

    def feed(self, after_seq: int = 0, after_row: int = -1, *, timeout: Optional[float] = 0) -> Iterator[Row]:
        """The rows of `changes` one after the other, and those of commits to come.

        Ends when there has been no commit for `timeout` seconds; `None` waits without end.
        """
        while True:
            page = self.changes(after_seq, after_row)
            yield from page
            if len(page) > 0:
                after_seq, after_row = page[-1].seq, page[-1].row
            elif self.wait(after_seq, timeout) == after_seq:
                return

    def verify(self, progress: Optional[ProgressFunction] = None) -> Table:
        """Walks the hash chain and re-checks the laws; a table of problems, empty when all is well."""
        call = _ProgressCall(progress)
        return _table(lambda out, error: library.jiceng_store_verify(self._handle, call.c, None, out, error), call)

    def optimize(self, progress: Optional[ProgressFunction] = None) -> None:
        """Folds everything into a new base file, so that opening reads no rows."""
        call, outcome = _ProgressCall(progress), Outcome()
        call.check(outcome, library.jiceng_store_optimize(self._handle, call.c, None, outcome.out))

    def backup(self, file: Union[str, "os.PathLike[str]"]) -> None:
        outcome = Outcome()
        outcome.check(library.jiceng_store_backup(self._handle, *_text(os.fspath(file)), outcome.out))


class Actor(_Handle):
    """Someone on whose behalf one reads, limited to what lies at or below one node."""

    def __init__(self, name: str, scope: str) -> None:
        outcome, pointer = Outcome(), ctypes.c_void_p()
        outcome.check(
            library.jiceng_actor_create(*_text(name), *_text(scope), ctypes.byref(pointer), outcome.out)
        )
        super().__init__(pointer, library.jiceng_actor_free)
        self.name, self.scope = name, scope

    def __repr__(self) -> str:
        return f"<jiceng.Actor {self.name} in {self.scope}>"


class ImportReport(_Handle):
    """What an import did.  Bad rows are not an exception: `problems` says what and where."""

    def __init__(self, pointer: ctypes.c_void_p) -> None:
        super().__init__(pointer, library.jiceng_import_report_free)
        self.outcome = ImportOutcome(library.jiceng_import_report_outcome(self._handle))
        self.seq: int = library.jiceng_import_report_seq(self._handle)
        self.rejected: int = library.jiceng_import_report_rejected(self._handle)
        self.rows = self._borrow(library.jiceng_import_report_rows)
        self.warnings = self._borrow(library.jiceng_import_report_warnings)
        self.problems = self._borrow(library.jiceng_import_report_problems)
        self.warning_rows = self._borrow(library.jiceng_import_report_warning_rows)
        self.closures = self._borrow(library.jiceng_import_report_closures)

    def _borrow(self, of: Callable[[Any], int]) -> Table:
        return Table(of(self._handle), owner=self)

    def __repr__(self) -> str:
        return f"<jiceng.ImportReport {self.outcome.name} seq={self.seq} rejected={self.rejected}>"


class Writer(_WritesMatters):
    """Changes, each call one commit or none.  One thread at a time."""

    def __init__(self, pointer: ctypes.c_void_p, call: _ProgressCall) -> None:
        super().__init__(pointer, library.jiceng_writer_close)
        self._call = call

    def import_ledgers(
        self,
        ledgers: Union[
            str, "os.PathLike[str]", Sequence[Union[str, "os.PathLike[str]"]], Mapping[str, Union[str, bytes]]
        ],
        *,
        dry_run: bool = False,
        keep_good: bool = False,
        date: Optional[Day] = None,
        snapshot_of: Optional[str] = None,
        max_closures: int = -1,
        under: Optional[str] = None,
        language: Language = Language.ZH,
    ) -> ImportReport:
        """Reads ledgers and registers: files and folders, or their contents by file name, `{"people.csv": "..."}`.

        `snapshot_of`: the ledgers list all that holds on `date` within that node, and ties not listed end.
        """
        given = ImportOptions(ctypes.sizeof(ImportOptions))
        given.flags = (1 if dry_run else 0) | (2 if keep_good else 0) | (4 if snapshot_of is not None else 0)
        given.date, given.lang, given.max_closures = to_number(date), int(language), max_closures
        given.scope, given.under = _optional(snapshot_of), _optional(under)
        outcome, pointer = Outcome(), ctypes.c_void_p()
        if isinstance(ledgers, Mapping):
            contents = [one.encode() if isinstance(one, str) else bytes(one) for one in ledgers.values()]
            array, count = texts(list(ledgers))
            starts = ctypes.cast((ctypes.c_char_p * count)(*contents), ctypes.POINTER(ctypes.c_void_p))
            lengths = (ctypes.c_size_t * count)(*map(len, contents))
            status = library.jiceng_writer_import_bytes(
                self._handle, array, starts, lengths, count, ctypes.byref(given), ctypes.byref(pointer), outcome.out
            )
        else:
            many = [ledgers] if isinstance(ledgers, (str, os.PathLike)) else ledgers
            array, count = texts([os.fspath(path) for path in many])
            status = library.jiceng_writer_import(
                self._handle, array, count, ctypes.byref(given), ctypes.byref(pointer), outcome.out
            )
        self._call.check(outcome, status)
        return ImportReport(pointer)

    def apply(self, changes: bytes) -> int:
        """Applies length-delimited jiceng.v1.Change messages; the head, or 0: see `refused`, `refused_step`."""
        outcome, seq = Outcome(), ctypes.c_int64()
        status = library.jiceng_writer_apply(self._handle, changes, len(changes), ctypes.byref(seq), outcome.out)
        self._call.check(outcome, status)
        return seq.value

    def refused(self) -> Optional[Findings]:
        """What the last call was refused for, or would have been: what it newly breaks of rules a pack blocks."""
        outcome, pointer = Outcome(), ctypes.c_void_p()
        try:
            outcome.check(library.jiceng_writer_refused(self._handle, ctypes.byref(pointer), outcome.out))
        except NotFound:
            return None
        return Findings(pointer)

    def tried(self) -> Snapshot:
        """What the last call would have left, of a writer that does not keep."""
        outcome, pointer = Outcome(), ctypes.c_void_p()
        outcome.check(library.jiceng_writer_tried(self._handle, ctypes.byref(pointer), outcome.out))
        return Snapshot(pointer)

    def erase(self, people: Sequence[str]) -> int:
        """Erases people, `person:ID`, from the store and its files; with none only cleans these.  The head after it."""
        array, count = texts(people)
        outcome, head = Outcome(), ctypes.c_int64()
        status = library.jiceng_writer_erase(self._handle, array, count, ctypes.byref(head), outcome.out)
        self._call.check(outcome, status)
        return head.value

    def revert(self, seq: int) -> int:
        """Takes back what a commit changed, as a commit of its own; the head after it."""
        outcome, head = Outcome(), ctypes.c_int64()
        status = library.jiceng_writer_revert(self._handle, seq, ctypes.byref(head), outcome.out)
        self._call.check(outcome, status)
        return head.value
