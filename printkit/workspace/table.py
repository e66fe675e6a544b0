"""Read a table as spreadsheets save it, and say a row by the number that they show beside it."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from typing import TypeAlias

from printkit.errors import WorkspaceError
from printkit.words import Message

# The number of a row as a spreadsheet counts (the header is row 1, an empty row counts, a cell with line
# breaks is one row), and its cells by column.
Row: TypeAlias = tuple[int, dict[str, str]]

SEPARATORS = ";,\t"
# Excel's own first line, which names the separator and is not shown as a row
DECLARED = "sep="


def parse_table(text: str, shown: str) -> list[Row]:
    """Return the rows that are not empty; raise WorkspaceError that names the row.

    Cells are separated by semicolons or commas. A column without a name is passed over while it is empty;
    cells that a spreadsheet left out at a row's end are empty. Letters are composed
    (NFC), as a Mac may part them.
    """
    first, _, rest = text.partition("\n")
    separator = first.strip().removeprefix(DECLARED) if first.startswith(DECLARED) else ""
    body = unicodedata.normalize("NFC", rest if separator else text)
    separator = separator or _separator(body.partition("\n")[0])
    if separator not in SEPARATORS or separator == "\t":
        reason = Message(
            "the cells are not separated by semicolons; separate them with semicolons: save as 'CSV UTF-8'"
        )
        raise WorkspaceError(shown, "row 1", reason)
    rows = list(_rows(body, separator, shown))
    if not rows:
        raise WorkspaceError(shown, None, Message("the table is empty; its first row names the columns"))
    names = _names(shown, *rows[0])
    return [(number, _cells(shown, number, names, cells)) for number, cells in rows[1:]]


def _separator(header: str) -> str:
    return max(SEPARATORS, key=header.count)


def _rows(body: str, separator: str, shown: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each cell without blanks around it."""
    number = 0
    try:
        for row in csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True):
            number += 1
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, cells
    except csv.Error as error:
        reason = Message(
            "a quotation mark is not closed, or stands within a cell; double it there, or remove it"
        )
        raise WorkspaceError(shown, Message("row %(row)s", row=number + 1), reason) from error


def _names(shown: str, number: int, cells: list[str]) -> list[str]:
    names = [cell.lower() for cell in cells]
    # Spreadsheets save empty columns at the right along.
    while not names[-1]:
        names.pop()
    for name in names:
        if names.count(name) > 1:
            what = (
                Message("two columns have the name '%(name)s'", name=name)
                if name
                else Message("two columns have no name")
            )
            raise WorkspaceError(
                shown, Message("row %(row)s", row=number), Message("%(what)s; give each its own", what=what)
            )
    return names


def _cells(shown: str, number: int, names: list[str], cells: list[str]) -> dict[str, str]:
    for column, cell in enumerate(cells, 1):
        if cell and (column > len(names) or not names[column - 1]):
            cure = Message("name it in the first row, or put a text that holds the separator in quotes")
            reason = Message(
                "column %(column)s has no name, but here '%(cell)s'; %(cure)s",
                column=column,
                cell=cell,
                cure=cure,
            )
            raise WorkspaceError(shown, Message("row %(row)s", row=number), reason)
    cells = cells + [""] * (len(names) - len(cells))
    return {name: cell for name, cell in zip(names, cells, strict=False) if name}
