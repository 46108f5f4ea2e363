"""Tables: the one shape of every list-like answer."""

from __future__ import annotations

import ctypes
import datetime
import unicodedata
import weakref
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple, Type, Union, overload

from ._arrow import capsule
from ._library import library

Cell = Union[int, bool, str, datetime.date, datetime.datetime, List[str], None]

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
_BOOL, _DATE, _TIME, _TEXT, _TEXT_LIST = 2, 3, 4, 5, 6


def to_number(day: Optional[datetime.date]) -> int:
    """A day as the library writes it, YYYYMMDD; 0 for none."""
    return 0 if day is None else day.year * 10000 + day.month * 100 + day.day


def to_date(number: int) -> Optional[datetime.date]:
    return None if number == 0 else datetime.date(number // 10000, number // 100 % 100, number % 100)


class Row(Tuple[Cell, ...]):
    """One row: a tuple whose cells are also reached by the names of their columns."""

    _names: Tuple[str, ...] = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self[self._names.index(name)]
        except ValueError:
            raise AttributeError(f"no column {name}; there are {', '.join(self._names)}") from None

    def as_dict(self) -> Dict[str, Cell]:
        return dict(zip(self._names, self))

    def __repr__(self) -> str:
        return "Row(" + ", ".join(f"{name}={cell!r}" for name, cell in zip(self._names, self)) + ")"


class Table:
    """Named, typed columns of equal length, as a sequence of rows.  Immutable; cells are read when they are asked for.

    Not a `collections.abc.Sequence` by name: some readers look for that first and would take a million rows one by one
    instead of the columns.
    """

    def __init__(self, pointer: int, owner: Any = None, free: Optional[Callable[[int], None]] = None) -> None:
        self._pointer = pointer
        self._owner = owner  # the handle a borrowed table lives in, and with
        self._finalizer = weakref.finalize(self, free, pointer) if free else None
        count = library.jiceng_table_columns(pointer)
        self.columns: Tuple[str, ...] = tuple(
            library.jiceng_table_column_name(pointer, i).decode() for i in range(count)
        )
        self._types = [library.jiceng_table_column_type(pointer, i) for i in range(count)]
        self._rows: int = library.jiceng_table_rows(pointer)
        self._row_type: Type[Row] = type("Row", (Row,), {"_names": self.columns})

    @property
    def _handle(self) -> int:
        if self._owner is not None:
            self._owner._handle  # raises when it is closed
        return self._pointer

    def __len__(self) -> int:
        return self._rows

    @overload
    def __getitem__(self, row: int) -> Row: ...

    @overload
    def __getitem__(self, row: slice) -> List[Row]: ...

    def __getitem__(self, row: Union[int, slice]) -> Union[Row, List[Row]]:
        if isinstance(row, slice):
            return [self[i] for i in range(*row.indices(self._rows))]
        if row < 0:
            row += self._rows
        if not 0 <= row < self._rows:
            raise IndexError(f"row {row} of {self._rows}")
        return self._row_type(self._cell(row, i) for i in range(len(self.columns)))

    def __iter__(self) -> Iterator[Row]:
        for row in range(self._rows):
            yield self[row]

    def column(self, name: str) -> List[Cell]:
        """All cells of one column."""
        if name not in self.columns:
            raise KeyError(f"no column {name}; there are {', '.join(self.columns)}")
        place = self.columns.index(name)
        return [self._cell(row, place) for row in range(self._rows)]

    def to_dict(self) -> Dict[str, List[Cell]]:
        """Column by column, as pandas.DataFrame and pyarrow.table take it."""
        return {name: self.column(name) for name in self.columns}

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """For pyarrow.table(), polars.DataFrame(), pandas.DataFrame.from_arrow() and DuckDB; numbers are not copied."""
        return capsule(lambda stream, error: library.jiceng_table_arrow(self._handle, stream, error))

    def _cell(self, row: int, column: int) -> Cell:
        kind = self._types[column]
        table = self._handle
        if library.jiceng_table_is_null(table, row, column):
            return None
        size = ctypes.c_size_t()
        if kind == _TEXT:
            return _text(library.jiceng_table_text(table, row, column, ctypes.byref(size)), size.value)
        if kind == _TEXT_LIST:
            return [
                _text(
                    library.jiceng_table_list_text(table, row, column, item, ctypes.byref(size)), size.value
                )
                for item in range(library.jiceng_table_list_size(table, row, column))
            ]
        number: int = library.jiceng_table_int64(table, row, column)
        if kind == _BOOL:
            return number != 0
        if kind == _DATE:
            return to_date(number)
        if kind == _TIME:
            return _EPOCH + datetime.timedelta(seconds=number)
        return number

    def __repr__(self) -> str:
        """The first rows in columns, as a terminal shows them; Chinese characters are two cells wide."""
        shown = [[_shown(cell) for cell in row] for row in self[:10]]
        widths = [max(map(_width, (name, *cells))) for name, *cells in zip(self.columns, *shown)] if shown else []
        lines = ["  ".join(_padded(cell, width) for cell, width in zip(line, widths)).rstrip()
                 for line in [list(self.columns), *shown]] if shown else ["  ".join(self.columns)]
        if self._rows > len(shown):
            lines.append(f"… {self._rows} rows")
        return "\n".join(lines)


def _text(pointer: Optional[int], size: int) -> str:
    return ctypes.string_at(pointer, size).decode() if pointer else ""


def _shown(cell: Cell) -> str:
    if cell is None:
        return "-"
    return ";".join(cell) if isinstance(cell, list) else str(cell)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
