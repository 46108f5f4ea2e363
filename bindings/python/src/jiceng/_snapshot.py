"""A version of the organisation, and all that can be asked of it."""

from __future__ import annotations

import ctypes
import enum
import functools
import os
from typing import Dict, List, Mapping, NamedTuple, Optional, Sequence, Union

from ._catalogue import tie_kinds
from ._errors import Outcome
from ._findings import Findings, Monitor, _audit_options, _judge
from ._handles import Day, Language, ProgressFunction, _node, _optional, _ProgressCall, _table, _text
from ._library import TieStruct, library
from ._matters import _ReadsMatters
from ._table import Row, Table, to_date, to_number


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


class Snapshot(_ReadsMatters):
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

    def nodes_by_number(self, numbers: Sequence[int], date: Optional[Day] = None) -> Table:
        """What `numbers` stand for, in their order; all but the number is None where that is nothing to be seen."""
        given = (ctypes.c_int64 * len(numbers))(*numbers)
        return _table(
            lambda out, error: library.jiceng_nodes_by_number(
                self._handle, given, len(given), to_number(date), out, error
            )
        )

    def count(self, node: str, date: Day) -> Dict[str, int]:
        """Members, units, organisations at or below a unit or organisation."""
        table = _table(
            lambda out, error: library.jiceng_count(self._handle, *_text(node), to_number(date), out, error)
        )
        return {row.measure: row.value for row in table}

    def rollup(self, indicator: str, date: Day, *, level: Optional[str] = None) -> Table:
        """An indicator at every unit with something to count; `members.full`, `report.rate`, one over matters, or a rule's id."""
        return _table(
            lambda out, error: library.jiceng_rollup(
                self._handle, indicator.encode(), _optional(level), to_number(date), out, error
            )
        )

    def rollup_across(self, indicator: str, date: Day, territory_of: Day, *, level: Optional[str] = None) -> Table:
        """The same as it was and, by the territory of another day, as it is."""
        return _table(
            lambda out, error: library.jiceng_rollup_across(
                self._handle, indicator.encode(), _optional(level), to_number(date), to_number(territory_of), out, error
            )
        )

    def rollup_party_line(self, indicator: str, date: Day) -> Table:
        """The same at every organisation, along the Party line."""
        return _table(
            lambda out, error: library.jiceng_rollup_party_line(
                self._handle, indicator.encode(), to_number(date), out, error
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

    def officers(self, node: Optional[str], role: str, date: Day, where: Optional[str] = None) -> Table:
        """Who holds a role at or below a node; ``where``: on the units of a level or the organisations of a kind."""
        return _table(
            lambda out, error: library.jiceng_list_officers_at(
                self._handle,
                *_node(node),
                role.encode(),
                None if where is None else where.encode(),
                to_number(date),
                out,
                error,
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

    def seat_changes(self, after: "Snapshot", date: Day) -> Table:
        """What becomes of posts in another snapshot, as `Writer.tried()`: begins, ends, vacant, filled."""
        return _table(
            lambda out, error: library.jiceng_list_seat_changes(
                self._handle, after._handle, to_number(date), out, error
            )
        )

    def rules(self, *, language: Language = Language.ZH) -> Table:
        """The rules: the catalogue's, and behind them those that attached packs carry."""
        return _table(lambda out, error: library.jiceng_snapshot_rules(self._handle, int(language), out, error))

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
