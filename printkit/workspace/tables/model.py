"""A table as every reader gives it: rows of typed cells, numbered as the spreadsheet counts."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias


@dataclass(frozen=True)
class Figure:
    """A spreadsheet's number with what its cell's format shows of it.

    `decimals` are those shown, None for as many as there are; `percent`: 0.25 is shown as 25 %. `known` is
    false for a format that adds words or signs of its own, which nobody can tell from the number.
    """

    value: float
    decimals: int | None = None
    percent: bool = False
    known: bool = True


# A list or a mapping comes from JSON only. Numbers stand as int or float where their format is plain.
Value: TypeAlias = (
    str
    | bool
    | int
    | float
    | Figure
    | datetime.date
    | datetime.time
    | datetime.timedelta
    | list[object]
    | dict[str, object]
    | None
)


class TableLimits(Protocol):
    """What a table may be: `file_mb` as it lies on the disk, `unpacked_mb` what an XLSX may grow to."""

    @property
    def file_mb(self) -> int: ...
    @property
    def unpacked_mb(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def columns(self) -> int: ...
    @property
    def cell_characters(self) -> int: ...


@dataclass(frozen=True)
class Fault:
    """What is wrong with a table itself, at a row or a column where it has a place."""

    row: int | None
    column: str | None
    problem: str


@dataclass(frozen=True)
class Row:
    """A row that is not empty: its number as the spreadsheet counts, a value for each column."""

    number: int
    values: tuple[Value, ...]


@dataclass
class Table:
    """A table that is read while its rows are asked for, once.

    `columns` are their names as written. `faults` and `remarks` grow until the last row was read: what is
    wrong, and what somebody should know though nothing stops for it. `sheet` is what was read of a workbook,
    `header` the number of the row with the names, 0 where they stand in none.
    """

    shown: str
    columns: tuple[str, ...] = ()
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))
    faults: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    sheet: str | None = None
    header: int = 0

    def fault(self, row: int | None, column: str | None, problem: str) -> None:
        self.faults.append(Fault(row, column, problem))
