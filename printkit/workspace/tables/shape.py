"""From bare rows to a table: the first row that is not empty names the columns."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import chain, islice

from printkit.words import Message
from printkit.workspace.tables.model import Row, Table, TableLimits, Value

_BLANKS = re.compile(r"\s+")
# What spreadsheets write for a formula that comes to nothing, and for a number wider than its column
_FORMULA = re.compile(
    r"#(?:DIV/0!|N/A|I/T|NAME\?|NAVN\?|NULL!|NUM!|REF!|VALUE!|VERDI!|SPILL!|CALC!|##+)|(?:Err|Feil):\d{3}"
)
# So many rows are looked at for heads that stand beneath a title
LOOKED = 12


def column_name(value: Value) -> str:
    """Return a head as people compare it: composed, with single blanks."""
    text = "" if value is None else str(value)
    # Signs that nobody sees come along from web pages
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def named_rows(table: Table, rows: Iterator[Row], limits: TableLimits) -> None:
    """Name the table's columns by the first row, and let it yield the others."""
    filled = (row for row in rows if any(value is not None for value in row.values))
    first = next(filled, None)
    if first is None:
        # What could not be read is told already, and is why nothing is there.
        if not table.faults:
            table.fault(None, None, Message("the table is empty; its first row names the columns"))
        return
    names = [column_name(value) for value in first.values]
    # Spreadsheets save empty columns at the right along.
    while names and not names[-1]:
        names.pop()
    if len(names) > limits.columns:
        table.fault(
            first.number,
            None,
            Message(
                "%(count)s columns, %(columns)s are read; leave some out",
                count=len(names),
                columns=limits.columns,
            ),
        )
        return
    table.columns, table.header = tuple(names), first.number
    table.rows = _checked(table, filled, limits)
    _check_names(table, first.number)


def name_columns(table: Table, names: list[str], rows: Iterator[Row], limits: TableLimits) -> None:
    """Take names that do not stand in a row."""
    named_rows(table, chain([Row(0, tuple(names))], rows), limits)


def heads_in_row(table: Table, says: Callable[[Value], bool]) -> int | None:
    """Return the row in which the heads stand, where the first row says nothing and a later one does."""
    if not table.columns or any(map(says, table.columns)):
        return None
    looked = list(islice(table.rows, LOOKED))
    # Rows are read once, so those that were looked at are put in front again.
    table.rows = chain(looked, table.rows)
    return next((row.number for row in looked if any(map(says, row.values))), None)


def _check_names(table: Table, number: int) -> None:
    seen: dict[str, str] = {}
    for name in table.columns:
        if name and (other := seen.setdefault(name.casefold(), name)) is not name:
            alike = f"'{name}'" if other == name else f"'{other}' and '{name}'"
            table.fault(
                number or None,
                name,
                Message("two columns have the name %(alike)s; give each its own", alike=alike),
            )


def _checked(table: Table, rows: Iterator[Row], limits: TableLimits) -> Iterator[Row]:
    """Yield the rows that are not empty, one value for each column; tell what stands outside of them."""
    width, heads = len(table.columns), [name.casefold() for name in table.columns]
    for count, row in enumerate(rows, 1):
        if count > limits.rows:
            table.fault(
                row.number, None, Message("more than %(rows)s rows; split the table", rows=limits.rows)
            )
            return
        if _repeats(row, heads):
            table.fault(row.number, None, Message("repeats the heads; delete it"))
            continue
        for place, value in enumerate(row.values):
            if value is None:
                continue
            if place >= width or not table.columns[place]:
                _tell_unnamed(table, row.number, place, value)
            elif isinstance(value, str) and _FORMULA.fullmatch(value):
                table.fault(
                    row.number,
                    table.columns[place],
                    Message("the formula's value is %(value)s; mend it, or write the value", value=value),
                )
            elif isinstance(value, str) and len(value) > limits.cell_characters:
                reason = Message(
                    "%(count)s characters, %(cell_characters)s are read; shorten it",
                    count=len(value),
                    cell_characters=limits.cell_characters,
                )
                table.fault(row.number, table.columns[place], reason)
                # Left out, so that no check spends time on it.
                row = Row(row.number, (*row.values[:place], None, *row.values[place + 1 :]))
        yield Row(row.number, (*row.values, *(None,) * (width - len(row.values)))[:width])


def _repeats(row: Row, heads: list[str]) -> bool:
    """Tell whether a row is the heads once more, as where two tables were pasted beneath each other."""
    cells = zip(row.values, heads, strict=False)
    return len(row.values) >= len(heads) and all(column_name(one).casefold() == head for one, head in cells)


def _tell_unnamed(table: Table, number: int, place: int, value: Value) -> None:
    cure = Message("name it in the first row, or put a text that holds the separator in quotes")
    told = str(value)[:40]
    table.fault(
        number,
        None,
        Message(
            "column %(place)s has no name, but here stands '%(told)s'; %(cure)s",
            place=place + 1,
            told=told,
            cure=cure,
        ),
    )
