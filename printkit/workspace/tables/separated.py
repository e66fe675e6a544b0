"""Rows of CSV as spreadsheets save it, by whatever separates its cells."""

import csv
import io
from collections.abc import Iterator

from printkit.words import Message
from printkit.workspace.table import DECLARED
from printkit.workspace.tables.model import Row, Table, TableLimits
from printkit.workspace.tables.shape import named_rows

SEPARATORS = ";,\t|"


def open_separated(table: Table, text: str, limits: TableLimits) -> None:
    """Take the rows of a text whose cells are parted by the sign that parts its heads best."""
    if "\n" not in text:
        # As Macs ended lines long ago, and Excel's "CSV (Macintosh)" still does
        text = text.replace("\r", "\n")
    first, _, rest = text.partition("\n")
    line = first.rstrip("\r")
    # Some programs put the declaration into quotes like any cell.
    if line.startswith('"') and line.endswith('"'):
        line = line[1:-1]
    declared = line[len(DECLARED) :] if line.lower().startswith(DECLARED) else ""
    if len(declared) > 1 or declared in ('"', "\n"):
        table.fault(
            1,
            None,
            Message(
                "'%(first)s' declares no separator; write sep=; or leave the line out",
                first=first.strip()[:40],
            ),
        )
        return
    body = rest if declared else text
    separator = declared or _separator(body)
    named_rows(table, _rows(table, body, separator), limits)


def _separator(text: str) -> str:
    """Return what parts the first row that is not empty into the most cells."""
    header = next((line for line in io.StringIO(text) if line.strip(" \t\r\n;,")), "")
    # Read as a row, as a comma may stand in a name in quotes.
    return max(SEPARATORS, key=lambda one: len(next(csv.reader([header], delimiter=one), [])))


def _rows(table: Table, text: str, separator: str) -> Iterator[Row]:
    """Yield all rows, each cell without blanks around it; stop with a fault where quoting is broken."""
    number = 0
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            number += 1
            yield Row(number, tuple(cell.strip() or None for cell in cells))
    except csv.Error:
        most = csv.field_size_limit()
        reason = Message(
            "cannot be read from here on: a quotation mark is not closed or "
            "stands within a cell (double it there), or a cell has more than %(most)s characters",
            most=most,
        )
        table.fault(number + 1, None, reason)
