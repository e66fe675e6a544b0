"""A table as an office keeps it: its rows as text, and all that is wrong with it, told at once."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from printkit.errors import TableProblem
from printkit.units import MB
from printkit.words import Message
from printkit.workspace.files import read_named
from printkit.workspace.tables import Figure, Table, TableLimits, Value, open_table
from printkit.workspace.tables import Row as TableRow
from printkit.workspace.tables.shape import column_name, heads_in_row

# What comes along from web pages and nobody sees; soft hyphens and joiners are part of a script's words.
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
_LINES = re.compile(r"\s*[\r\n\v\u2028]+\s*")
# How alike a head is to a column's name that it was meant for, of 1
ALIKE = 0.8

Cells: TypeAlias = dict[str, str]
# The number of a row as a spreadsheet counts, and its cells by the names of columns
Row: TypeAlias = tuple[int, Cells]


@dataclass
class OfficeTable:
    """The rows of a table by the names of its columns.

    `problems` and `remarks` grow while it is read; there are no rows where it lacks a column that is needed.
    """

    shown: str
    heads: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    problems: list[TableProblem] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def tell(self, row: int | None, name: str | None, reason: str) -> None:
        """Note what is wrong with a row's cell, by the column's name as the table has it."""
        column = None if name is None else self.heads.get(name, name)
        self.problems.append(TableProblem(self.shown, row, column, reason))


def read_office_table(
    file: Path, known: Sequence[str], needed: Sequence[str], limits: TableLimits
) -> OfficeTable:
    """Read a table of any making; a column that says nothing known is passed over, which is told.

    A head that is nearly a known name is a complaint: what was meant would be missed without a word.
    """
    table = open_table(read_named(file, file, limits.file_mb * MB), str(file), limits)
    office = OfficeTable(str(file))
    places = _places(table, office, known)
    below = heads_in_row(table, lambda value: _key(value) in known)
    if below:
        reason = Message("the heads stand in row %(row)s; delete the rows above it", row=below)
        office.tell(table.header, None, reason)
        return office
    if not table.faults:
        _tell_missing(office, table, needed)
    # Without its columns each row would be told once more.
    if all(name in places for name in needed):
        office.rows = [
            (row.number, cells) for row in table.rows if (cells := _cells(office, places, row)) is not None
        ]
    office.problems += [TableProblem(office.shown, one.row, one.column, one.problem) for one in table.faults]
    office.remarks += [f"{office.shown}: {one}" for one in table.remarks]
    for number, cells in office.rows:
        for name in needed:
            if not cells.get(name):
                office.tell(number, name, Message("this is empty; a value is required"))
    return office


def _key(value: Value) -> str:
    return re.sub(r"[\s-]+", "_", column_name(value).casefold())


def _places(table: Table, office: OfficeTable, known: Sequence[str]) -> dict[str, int]:
    """Return where each known column stands."""
    places = {_key(head): place for place, head in enumerate(table.columns) if _key(head) in known}
    office.heads = {name: table.columns[place] for name, place in places.items()}
    free = [name for name in known if name not in places]
    passed = []
    for head in table.columns:
        if head and _key(head) not in known:
            # Among those that are missing: a second "name" is not a misspelt "name".
            for meant in difflib.get_close_matches(_key(head), free, 1, ALIKE):
                reason = Message("no such column; call it '%(meant)s', or remove it", meant=meant)
                office.tell(None, head, reason)
                break
            else:
                passed.append(head)
    if passed and places:
        told = Message(
            "columns that are not read: %(passed)s; read are: %(known)s",
            passed=", ".join(passed),
            known=", ".join(known),
        )
        office.remarks.append(Message("%(file)s: %(told)s", file=office.shown, told=told))
    return places


def _tell_missing(office: OfficeTable, table: Table, needed: Sequence[str]) -> None:
    there = ", ".join(f"'{head}'" for head in table.columns if head)
    for name in needed:
        if name not in office.heads:
            reason = Message(
                "no column '%(name)s'; there are %(there)s: call the one that says it '%(name)s'",
                name=name,
                there=there,
            )
            office.tell(None, None, reason)


def _cells(office: OfficeTable, places: dict[str, int], row: TableRow) -> Cells | None:
    """Return a row's cells as text; None for one that holds nothing in the columns that are read."""
    cells: Cells = {}
    for name, place in places.items():
        text = _text(row.values[place])
        if text is None:
            office.tell(row.number, name, Message("no text; write it as text"))
        cells[name] = text or ""
    return cells if any(cells.values()) else None


def _text(value: Value) -> str | None:
    """Return a cell as text in one line; None for a day, a list or another thing that is none."""
    if isinstance(value, Figure):
        # A percentage or a number with words is no text that an office meant.
        value = value.value if value.known and not value.percent else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, str):
        # An address that was written in lines is one for a list; hard spaces were copied from a page.
        return " ".join(_LINES.sub(", ", (value or "").translate(_UNSEEN).strip()).split())
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def all_problems(tables: Sequence[OfficeTable]) -> Iterator[TableProblem]:
    """Yield what is wrong with the tables, each in the order of its rows."""
    for table in tables:
        yield from sorted(table.problems, key=lambda one: one.row or 0)
