"""Verdicts: findings, and the monitor that keeps them current."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, Callable, Dict, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

from ._arrow import capsule
from ._errors import Outcome
from ._handles import Day, Language, ProgressFunction, _Handle, _optional, _ProgressCall, _table
from ._library import AuditOptions, library, texts
from ._table import Table, to_number

if TYPE_CHECKING:
    from ._snapshot import Snapshot

Parameters = Optional[Mapping[str, Union[int, str]]]


def _audit_options(rules: Sequence[str], parameters: Parameters) -> AuditOptions:
    given = AuditOptions(ctypes.sizeof(AuditOptions))
    rule_array, given.rule_count = texts(rules)
    parameter_array, given.parameter_count = texts([f"{name}={value}" for name, value in (parameters or {}).items()])
    if rule_array is not None:
        given.rules = rule_array  # the struct keeps the array alive
    if parameter_array is not None:
        given.parameters = parameter_array
    return given


def _judge(
    ask: Callable[[Any, Any, Any], int],
    rules: Sequence[str],
    parameters: Parameters,
    max_threads: int,
    progress: Optional[ProgressFunction],
) -> ctypes.c_void_p:
    """What an ask(options, out_handle, out_error) gives that judges everything."""
    given = _audit_options(rules, parameters)
    given.max_threads = max_threads
    call = _ProgressCall(progress)
    given.progress = call.c
    outcome, pointer = Outcome(), ctypes.c_void_p()
    call.check(outcome, ask(ctypes.byref(given), ctypes.byref(pointer), outcome.out))
    return pointer


class Findings(_Handle):
    """Verdicts of one audit, ordered by subject and rule.  Iterating reads them with their texts in Chinese."""

    def __init__(self, pointer: ctypes.c_void_p) -> None:
        super().__init__(pointer, library.jiceng_findings_free)

    def __len__(self) -> int:
        return int(library.jiceng_findings_count(self._handle))

    def __iter__(self) -> Any:
        """Row by row, a thousand at a time."""
        for first in range(0, len(self), 1000):
            yield from self.table(first=first, limit=1000)

    def counts(self) -> Dict[str, int]:
        """Unmet and not waived, for every rule that was evaluated."""
        table = _table(lambda out, error: library.jiceng_findings_counts(self._handle, out, error))
        return {row.rule: row.findings for row in table}

    def table(self, language: Language = Language.ZH, *, first: int = 0, limit: int = 0) -> Table:
        """The findings with their messages, citations and facts."""
        return _table(
            lambda out, error: library.jiceng_findings_table(
                self._handle, int(language), first, limit, out, error
            )
        )

    def evidence(self, row: int) -> Table:
        """What one of them rests on, node by node and tie by tie."""
        return _table(lambda out, error: library.jiceng_findings_evidence(self._handle, row, out, error))

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """As `Table.__arrow_c_stream__`, with the texts in Chinese, rendered batch by batch as they are read."""
        return self.arrow(Language.ZH)

    def arrow(self, language: Language) -> Any:
        """The stream of `__arrow_c_stream__` with its texts in a language."""
        return capsule(
            lambda stream, error: library.jiceng_findings_arrow(self._handle, int(language), stream, error)
        )

    def __repr__(self) -> str:
        return f"<jiceng.Findings {len(self)}>"


class Change(NamedTuple):
    """What one step of a monitor brought: findings that are new, and those that are no longer."""

    appeared: Findings
    gone: Findings


class Monitor(_Handle):
    """The findings of a whole store and its indicators on one date, kept current as commits come.

    Any thread may read while another follows.
    """

    def __init__(self, pointer: ctypes.c_void_p) -> None:
        super().__init__(pointer, library.jiceng_monitor_close)

    @property
    def seq(self) -> int:
        return int(library.jiceng_monitor_seq(self._handle))

    @property
    def date(self) -> Day:
        number = library.jiceng_monitor_date(self._handle)
        return Day(number // 10000, number // 100 % 100, number % 100)

    def follow(self, snapshot: Snapshot, date: Optional[Day] = None) -> Change:
        """Goes on to a later snapshot, and to another date if one is given."""
        outcome, appeared, gone = Outcome(), ctypes.c_void_p(), ctypes.c_void_p()
        outcome.check(
            library.jiceng_monitor_follow(
                self._handle,
                snapshot._handle,
                to_number(date),
                ctypes.byref(appeared),
                ctypes.byref(gone),
                outcome.out,
            )
        )
        return Change(Findings(appeared), Findings(gone))

    def findings(self) -> Findings:
        """All of them, as `Snapshot.audit` gives them."""
        outcome, pointer = Outcome(), ctypes.c_void_p()
        outcome.check(library.jiceng_monitor_findings(self._handle, ctypes.byref(pointer), outcome.out))
        return Findings(pointer)

    def rollup(self, indicator: str, *, level: Optional[str] = None) -> Table:
        """An indicator at every unit, as `Snapshot.rollup` gives it."""
        return _table(
            lambda out, error: library.jiceng_monitor_rollup(
                self._handle, indicator.encode(), _optional(level), out, error
            )
        )

    def members(self, unit: int) -> Optional[Tuple[int, int]]:
        """Full and probationary members at or below a unit, given by its number; None when it is no unit."""
        full, probationary = ctypes.c_int64(), ctypes.c_int64()
        found = library.jiceng_monitor_members(
            self._handle, unit, ctypes.byref(full), ctypes.byref(probationary)
        )
        return (full.value, probationary.value) if found else None

    def __repr__(self) -> str:
        return f"<jiceng.Monitor seq={self.seq} date={self.date}>"
