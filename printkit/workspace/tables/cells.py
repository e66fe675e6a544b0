"""The value of one cell of a workbook, with what its number format shows of it."""

import datetime
import re
import unicodedata
from typing import Any

from printkit.words import Message
from printkit.workspace.tables.model import Figure, Table, Value

# Quoted words, escaped signs, colours, conditions and padding of a number format (ECMA-376 Part 1, 18.8.31)
_DECORATION = re.compile(r"\[(?!\$)[^\]]*\]|_.|\*.")
_PLAIN = re.compile(r"(?:[#,\s\u00a0]|\\[\s\u00a0])*([0#]*[0#?])(?:\.([0#?]+))?(%?)")
_ZEROS = re.compile(r"0{2,}")


def cell_value(table: Table, number: int, cell: Any, unvalued: set[tuple[int, str]]) -> Value:
    """Return a cell's value, None where it is empty; tell of an error value and of a formula without one."""
    value = cell.value
    if value is None:
        if unvalued and (number, _letters(cell)) in unvalued:
            cure = Message("open the file in the spreadsheet and save it there, or write the value")
            table.fault(
                number,
                _column(table, cell),
                Message("a formula whose value the file does not hold; %(cure)s", cure=cure),
            )
        return None
    # #REF! and the like: openpyxl gives them as texts.
    if cell.data_type == "e":
        table.fault(
            number,
            _column(table, cell),
            Message("the formula's value is %(value)s; mend it, or write the value", value=value),
        )
        return None
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip() or None
    # Before numbers, as Python counts True among them.
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "General")
    return _moment(value)


def _letters(cell: Any) -> str:
    return str(getattr(cell, "column_letter", ""))


def _column(table: Table, cell: Any) -> str:
    """Return a cell's column by its name, or its letters where the names are not read yet."""
    place = cell.column - 1
    return table.columns[place] if place < len(table.columns) and table.columns[place] else _letters(cell)


def _moment(value: datetime.datetime | datetime.date | datetime.time | datetime.timedelta) -> Value:
    """Return a day where a moment is midnight: Excel has no other days."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date()
    return value


def _number(value: float, written: str) -> Value:
    """Return a number as its cell shows it: text where zeros lead, a Figure where the format says more."""
    # What follows a semicolon is for numbers below zero, and for zero.
    shown = _DECORATION.sub("", written.split(";")[0]).strip()
    if shown in ("General", "@", ""):
        return _whole(value)
    # Postcodes and numbers of articles: the zeros in front belong to what people read.
    if _ZEROS.fullmatch(shown) and float(value).is_integer() and value >= 0:
        return f"{int(value):0{len(shown)}d}"
    form = _PLAIN.fullmatch(shown)
    if form is None:
        return Figure(value, known=False)
    decimals = form[2] or ""
    if form[3] or decimals:
        return Figure(value, len(decimals) if set(decimals) <= {"0"} else None, bool(form[3]))
    # Shown without decimals, 2.6 stands as 3.
    return _whole(value) if float(value).is_integer() else Figure(value, 0)


def _whole(value: float) -> int | float:
    """Return an int where nothing is lost: a spreadsheet has floating numbers only."""
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value
