"""Open a table by what its bytes are; a name only settles what bytes leave open."""

import re
from pathlib import PurePosixPath

from printkit.units import MB
from printkit.words import Message
from printkit.workspace.tables.json_rows import open_json, open_json_lines
from printkit.workspace.tables.letters import letters
from printkit.workspace.tables.model import Table, TableLimits
from printkit.workspace.tables.separated import open_separated

ZIP = b"PK\x03\x04"
# OLE2: .xls, and every office file that is locked by a password
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD = Message(
    "this is an old .xls, or locked by a password; "
    "open it in the spreadsheet and save it as .xlsx, without a password"
)
# What is called .csv or .xls and is none, by its first signs
FOREIGN = {
    b"<": Message("this is a web page or other XML; open it in the spreadsheet and save it as .xlsx"),
    b"%PDF": Message("this is a PDF; ask for the table that it was made from"),
}
_BEFORE = b"\xef\xbb\xbf \t\r\n"
_OBJECTS = re.compile(r"\s*\{.*\}\s*\n\s*\{")


def open_table(data: bytes, shown: str, limits: TableLimits, sheet: str | None = None) -> Table:
    """Return the table that a file's bytes hold; what is wrong with it stands in its `faults`.

    `shown` is what complaints call it, `sheet` the sheet of a workbook, without it the first that is seen.
    """
    table = Table(shown)
    if len(data) > limits.file_mb * MB:
        table.fault(
            None,
            None,
            Message("over %(file_mb)s MB; a table of pieces is smaller: split it", file_mb=limits.file_mb),
        )
    elif data.startswith(ZIP):
        # Loads openpyxl, which takes as long as all else that a table of text needs.
        from printkit.workspace.tables.workbook import open_workbook

        open_workbook(table, data, limits, sheet)
    elif data.startswith(OLE):
        table.fault(None, None, OLD)
    elif foreign := [why for begins, why in FOREIGN.items() if data.lstrip(_BEFORE).startswith(begins)]:
        table.fault(None, None, foreign[0])
    else:
        text = letters(table, data)
        if text is not None:
            _open_text(table, text, limits)
    return table


def _open_text(table: Table, text: str, limits: TableLimits) -> None:
    kind = PurePosixPath(table.shown).suffix.lower()
    first = text.lstrip()[:1]
    if kind in (".jsonl", ".ndjson"):
        open_json_lines(table, text, limits)
    elif kind == ".json" or (not kind and first in "[{" and first):
        # From stdin no name tells: two objects on two lines are no JSON.
        reads = open_json_lines if first == "{" and _OBJECTS.match(text) else open_json
        reads(table, text, limits)
    else:
        open_separated(table, text, limits)
