"""Stores, snapshots, writers, and what needs none."""

from __future__ import annotations

import ctypes
import datetime
import enum
import functools
import os
from typing import Any, Callable, Dict, Iterator, List, Mapping, NamedTuple, Optional, Sequence, Union

from ._errors import NotFound, Outcome
from ._findings import Findings, Monitor, _audit_options, _judge
from ._handles import Day, Language, ProgressFunction, _Handle, _node, _optional, _ProgressCall, _table, _text
from ._library import ImportOptions, OpenOptions, TieStruct, WriterOptions, library, texts
from ._table import Row, Table, to_date, to_number


class ImportOutcome(enum.IntEnum):
    DONE = 1  # kept, or nothing to change
    CHECKED = 2  # a dry run that would have been kept
    REJECTED = 3  # bad rows; nothing kept
    REFUSED = 4  # more closures than allowed, or a blocking rule; nothing kept


class Ends(enum.IntFlag):
    """Which end of a tie a node is."""

    FROM = 1
    TO = 2
    BOTH = 3


class Tie(NamedTuple):
    """A dated link between two nodes, which are given by their numbers; so is the role, see `roles()`."""

    number: int
    kind: str
    from_node: int
    to_node: int
    role: int
    manner: int
    valid_from: Optional[Day]
    valid_to: Optional[Day]


@functools.lru_cache(maxsize=None)
def _tie_kinds() -> Dict[str, int]:
    return {row.id: row.number for row in tie_kinds()}


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
    """Opens the store at a path, "sqlite:/path" or "memory:"; `create` makes a new one, which must not exist."""
    given = OpenOptions(ctypes.sizeof(OpenOptions))
    given.flags = (1 if create else 0) | (2 if read_only else 0) | (0 if mmap else 4)
    given.busy_timeout_ms = max(1, int(busy_timeout * 1000))
    call = _ProgressCall(progress)
    given.progress = call.c
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


class Writer(_Handle):
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
        """Applies length-delimited jiceng.v1.Change messages; the head after it, or 0: see `refused`."""
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


class Snapshot(_Handle):
    """The organisation as one commit left it.  Immutable: share it between threads.

    Every question takes a date: "what held on that day".  Nodes are named in text: unit:ID, org:ID, person:ID.
    """

    def __init__(self, pointer: ctypes.c_void_p) -> None:
        super().__init__(pointer, library.jiceng_snapshot_close)
        self.seq: int = library.jiceng_snapshot_seq(self._handle)

    def __repr__(self) -> str:
        return f"<jiceng.Snapshot seq={self.seq}>"

    def find(self, node: str, date: Optional[Day] = None) -> int:
        """The number of a node named by its id, or by a code in force on `date` (none: the latest)."""
        outcome, number = Outcome(), ctypes.c_int64()
        outcome.check(
            library.jiceng_find(self._handle, *_text(node), to_number(date), ctypes.byref(number), outcome.out)
        )
        return number.value

    def text(self, number: int) -> str:
        """The text form of a node's number; "" when there is none."""
        size = library.jiceng_node_text(self._handle, number, None, 0)
        buffer = ctypes.create_string_buffer(size + 1)
        library.jiceng_node_text(self._handle, number, buffer, size + 1)
        return buffer.value.decode()

    def is_under(self, node: Union[int, str], ancestor: Union[int, str], date: Day) -> bool:
        lower = self.find(node, date) if isinstance(node, str) else node
        upper = self.find(ancestor, date) if isinstance(ancestor, str) else ancestor
        return bool(library.jiceng_is_under(self._handle, lower, upper, to_number(date)))

    def path(self, node: str, ancestor: str, date: Day, *, via: Optional[str] = None) -> List[str]:
        """The way up from a node to an ancestor, both included; empty when it is not under it."""
        table = _table(
            lambda out, error: library.jiceng_path(
                self._handle, *_text(node), *_text(ancestor), to_number(date), _optional(via), out, error
            )
        )
        return [str(cell) for cell in table.column("node")]

    def node_ties(
        self, node: Union[int, str], kind: str = "", *, ends: Ends = Ends.FROM, date: Optional[Day] = None
    ) -> List[Tie]:
        """The ties that leave a node, reach it, or both; of one kind or all, on a day or over the whole history."""
        number = self.find(node) if isinstance(node, str) else node
        kind_number = _tie_kinds()[kind] if kind else 0
        handle, day = self._handle, to_number(date)
        size = library.jiceng_node_ties(handle, number, kind_number, int(ends), day, None, 0)
        found = (TieStruct * size)()
        library.jiceng_node_ties(handle, number, kind_number, int(ends), day, found, size)
        names = {value: name for name, value in _tie_kinds().items()}
        return [
            Tie(
                one.number,
                names[one.kind],
                getattr(one, "from"),
                one.to,
                one.role,
                one.manner,
                to_date(one.valid_from),
                to_date(one.valid_to),
            )
            for one in found
        ]

    def ties(self, kind: str, date: Optional[Day] = None) -> Table:
        """All ties of a kind in columns, on a day or over the whole history; for `pyarrow.table(...)` and the like."""
        return _table(lambda out, error: library.jiceng_ties(self._handle, kind.encode(), to_number(date), out, error))

    def nodes(self, kind: str, date: Optional[Day] = None) -> Table:
        """All nodes of a kind (`unit`, `org`, `person`): what the numbers in `ties` stand for."""
        return _table(lambda out, error: library.jiceng_nodes(self._handle, kind.encode(), to_number(date), out, error))

    def count(self, node: str, date: Day) -> Dict[str, int]:
        """Members, units, organisations at or below a unit or organisation."""
        table = _table(
            lambda out, error: library.jiceng_count(self._handle, *_text(node), to_number(date), out, error)
        )
        return {row.measure: row.value for row in table}

    def rollup(self, indicator: str, date: Day, *, level: Optional[str] = None) -> Table:
        """An indicator at every unit with something to count; `members.full` or `report.rate`."""
        return _table(
            lambda out, error: library.jiceng_rollup(
                self._handle, indicator.encode(), _optional(level), to_number(date), out, error
            )
        )

    def unreported(self, node: Optional[str], date: Day) -> Table:
        """In-service members living at or below `node` without an open report to their community."""
        return _table(
            lambda out, error: library.jiceng_list_unreported(
                self._handle, *_node(node), to_number(date), out, error
            )
        )

    def cross_appointments(self, node: Optional[str], date: Day) -> Table:
        """People with open posts in two or more kinds of organisation seated in one community."""
        return _table(
            lambda out, error: library.jiceng_list_cross_appointments(
                self._handle, *_node(node), to_number(date), out, error
            )
        )

    def officers(self, node: Optional[str], role: str, date: Day) -> Table:
        """Who holds a role at or below a node."""
        return _table(
            lambda out, error: library.jiceng_list_officers(
                self._handle, *_node(node), role.encode(), to_number(date), out, error
            )
        )

    def posts(self, node: Optional[str], role: str, where: str, date: Day) -> Table:
        """The posts of a role, filled and vacant, of the units of a level or the organisations of a kind."""
        return _table(
            lambda out, error: library.jiceng_list_posts(
                self._handle, *_node(node), role.encode(), where.encode(), to_number(date), out, error
            )
        )

    def pairings(self, node: Optional[str], date: Day) -> Table:
        """Paired organisations with the tier that follows from where both stand."""
        return _table(
            lambda out, error: library.jiceng_list_pairings(
                self._handle, *_node(node), to_number(date), out, error
            )
        )

    def policies(self, *, language: Language = Language.ZH) -> Table:
        """The policy packs attached, on whatever days."""
        return _table(lambda out, error: library.jiceng_policies(self._handle, int(language), out, error))

    def policy_effective(self, node: str, date: Day, *, rule: Optional[str] = None) -> Table:
        """What the rules are where a node lies: each value, and by which pack, unit and document."""
        return _table(
            lambda out, error: library.jiceng_policy_effective(
                self._handle, *_text(node), to_number(date), _optional(rule), out, error
            )
        )

    def waivers(self) -> Table:
        """The findings that are borne with, on whatever days."""
        return _table(lambda out, error: library.jiceng_waivers(self._handle, out, error))

    def show(self, node: str, date: Day, *, language: Language = Language.ZH) -> Table:
        """What the store knows of one node."""
        return _table(
            lambda out, error: library.jiceng_show(
                self._handle, *_text(node), to_number(date), int(language), out, error
            )
        )

    def tree(
        self, node: Optional[str], date: Day, *, max_depth: int = 0, units_only: bool = False
    ) -> Table:
        """The nodes below a node, depth first, each with its depth."""
        return _table(
            lambda out, error: library.jiceng_tree(
                self._handle, *_node(node), to_number(date), max_depth, 1 if units_only else 0, out, error
            )
        )

    def search(self, text: str, date: Day, *, limit: int = 0) -> Table:
        """Nodes whose name contains a text."""
        return _table(
            lambda out, error: library.jiceng_search(self._handle, *_text(text), to_number(date), limit, out, error)
        )

    def upcoming(
        self, node: Optional[str], date: Day, until: Day, *, language: Language = Language.ZH
    ) -> Table:
        """What turns by time alone in (date, until]."""
        return _table(
            lambda out, error: library.jiceng_upcoming(
                self._handle, *_node(node), to_number(date), to_number(until), int(language), out, error
            )
        )

    def turns(
        self,
        node: Optional[str],
        date: Day,
        until: Day,
        *,
        rules: Sequence[str] = (),
        parameters: Optional[Mapping[str, Union[int, str]]] = None,
        language: Language = Language.ZH,
    ) -> Table:
        """The verdicts that turn by time alone in (date, until], each with its first day."""
        given = _audit_options(rules, parameters)
        return _table(
            lambda out, error: library.jiceng_turns(
                self._handle,
                *_node(node),
                to_number(date),
                to_number(until),
                ctypes.byref(given),
                int(language),
                out,
                error,
            )
        )

    def audit(
        self,
        date: Day,
        *,
        node: Optional[str] = None,
        rules: Sequence[str] = (),
        parameters: Optional[Mapping[str, Union[int, str]]] = None,
        max_threads: int = 1,
        progress: Optional[ProgressFunction] = None,
    ) -> Findings:
        """Checks everything at or below `node` against the rules.  Findings are no exception."""
        return Findings(
            _judge(
                lambda given, out, error: library.jiceng_audit(
                    self._handle, *_node(node), to_number(date), given, out, error
                ),
                rules,
                parameters,
                max_threads,
                progress,
            )
        )

    def monitor(
        self,
        date: Day,
        *,
        rules: Sequence[str] = (),
        parameters: Optional[Mapping[str, Union[int, str]]] = None,
        max_threads: int = 1,
        progress: Optional[ProgressFunction] = None,
    ) -> Monitor:
        """Audits the whole store once; what it gives follows later snapshots at the cost of what they changed."""
        return Monitor(
            _judge(
                lambda given, out, error: library.jiceng_monitor_open(
                    self._handle, to_number(date), given, out, error
                ),
                rules,
                parameters,
                max_threads,
                progress,
            )
        )

    def explain(
        self,
        rule: str,
        node: str,
        date: Day,
        *,
        parameters: Optional[Mapping[str, Union[int, str]]] = None,
        language: Language = Language.ZH,
    ) -> Row:
        """How one rule judges one node, and what that rests on; met and not applicable verdicts too."""
        given = _audit_options((), parameters)
        outcome, pointer = Outcome(), ctypes.c_void_p()
        outcome.check(
            library.jiceng_explain(
                self._handle,
                rule.encode(),
                *_text(node),
                to_number(date),
                ctypes.byref(given),
                ctypes.byref(pointer),
                outcome.out,
            )
        )
        return Findings(pointer).table(language)[0]

    def export(
        self, folder: Union[str, "os.PathLike[str]"], progress: Optional[ProgressFunction] = None
    ) -> Dict[str, int]:
        """Writes the ledgers into a folder; how many rows each has."""
        call = _ProgressCall(progress)
        table = _table(
            lambda out, error: library.jiceng_snapshot_export(
                self._handle, *_text(os.fspath(folder)), call.c, None, out, error
            ),
            call,
        )
        return {row.file: row.rows for row in table}

    def export_texts(self, progress: Optional[ProgressFunction] = None) -> Dict[str, str]:
        """The ledgers by the names of their files."""
        call = _ProgressCall(progress)
        table = _table(
            lambda out, error: library.jiceng_snapshot_export_bytes(self._handle, call.c, None, out, error), call
        )
        return {row.file: row.content for row in table}


def version() -> str:
    """The library's version."""
    return str(library.jiceng_version().decode())


def rules(language: Language = Language.ZH) -> Table:
    """The rules of the catalogue."""
    return _table(lambda out, error: library.jiceng_rules(int(language), out, error))


def organization_kinds(language: Language = Language.ZH) -> Table:
    return _table(lambda out, error: library.jiceng_organization_kinds(int(language), out, error))


def roles(language: Language = Language.ZH) -> Table:
    return _table(lambda out, error: library.jiceng_roles(int(language), out, error))


def tie_kinds(language: Language = Language.ZH) -> Table:
    return _table(lambda out, error: library.jiceng_tie_kinds(int(language), out, error))


def check_policy(pack: bytes) -> Table:
    """Checks a jiceng.v1.PolicyPack against the catalogue compiled in; a row for each thing it sets."""
    return _table(lambda out, error: library.jiceng_policy_check(None, pack, len(pack), out, error))


def check_codes(codes: Sequence[str]) -> Table:
    """What each code is and whether it is well formed; citizen numbers come back masked."""
    array, count = texts(codes)
    return _table(lambda out, error: library.jiceng_codes_check(array, count, out, error))


def working_day(start: Day, days: int) -> Day:
    """The n-th working day after `start`, by the State Council's schedules; a year without one is an error."""
    outcome, due = Outcome(), ctypes.c_int32()
    outcome.check(library.jiceng_calendar_due(to_number(start), days, ctypes.byref(due), outcome.out))
    return Day(due.value // 10000, due.value // 100 % 100, due.value % 100)


def working_days(start: Day, end: Day) -> int:
    """Working days in [start, end)."""
    outcome, days = Outcome(), ctypes.c_int32()
    outcome.check(
        library.jiceng_calendar_count(to_number(start), to_number(end), ctypes.byref(days), outcome.out)
    )
    return days.value
