"""Rows of an XLSX workbook: openpyxl reads the cells in one pass, `survey` what it leaves out.

Tried beside it: python-calamine reads four times as fast, but tells neither a cell's number format (leading
zeros, percent) nor hidden rows, merged cells and formulas without a value.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from printkit.units import MB
from printkit.words import Message
from printkit.workspace.tables.cells import cell_value
from printkit.workspace.tables.model import Row, Table, TableLimits
from printkit.workspace.tables.shape import named_rows
from printkit.workspace.tables.survey import Survey, SurveyProblem, refuse_entities, survey_sheet

AGAIN = Message("open it in the spreadsheet and save it again as .xlsx")
# What a library says of it helps nobody who has but the spreadsheet
BROKEN = Message("cannot be read as .xlsx; %(again)s", again=AGAIN)
# It tells on stderr what it will not write back; nothing is written back.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


def open_workbook(table: Table, data: bytes, limits: TableLimits, sheet: str | None) -> None:
    """Take the rows of one sheet: the one named, else the first that is not hidden."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        # What the package says it unpacks to, before any of it is unpacked.
        size = sum(one.file_size for one in archive.infolist())
        if size > limits.unpacked_mb * MB:
            reason = Message(
                "unpacks to %(size).0f MB, %(unpacked_mb)s are read; save only the rows",
                size=size / MB,
                unpacked_mb=limits.unpacked_mb,
            )
            table.fault(None, None, reason)
            return
        if "xl/workbook.xml" not in archive.namelist():
            table.fault(None, None, Message("this is a package, but no .xlsx; ") + AGAIN)
            return
        refuse_entities(archive)
        # Row by row, and values as they were saved last: formulas are not worked out here.
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        page = _choose(table, book, sheet)
        if page is None:
            return
        table.sheet = page.title
        looked = survey_sheet(archive, page._worksheet_path)
        named_rows(table, _rows(table, page, looked), limits)
    except SurveyProblem as problem:
        table.fault(None, None, f"{problem}; {AGAIN}")
    # openpyxl lets out whatever reading a broken file leads to.
    except Exception:  # noqa: BLE001
        table.fault(None, None, BROKEN)


def _choose(table: Table, book: Any, sheet: str | None) -> Any:
    """Return the sheet that is read, and tell of the others."""
    pages = {page.title: page for page in book.worksheets}
    seen = [name for name, page in pages.items() if page.sheet_state == "visible"]
    if sheet is not None and sheet not in pages:
        names = ", ".join(f"'{name}'" for name in pages)
        table.fault(
            None,
            None,
            Message("there is no sheet '%(sheet)s'; there are: %(names)s", sheet=sheet, names=names),
        )
        return None
    if not pages or not (sheet or seen):
        table.fault(None, None, Message("no sheet is to be seen; unhide the one with the rows, or name it"))
        return None
    chosen = sheet or seen[0]
    hidden = [f"'{name}'" for name in pages if name not in seen and name != chosen]
    others = [f"'{name}'" for name in seen if name != chosen]
    if chosen not in seen:
        table.remarks.append(Message("sheet '%(chosen)s' is hidden, and is read", chosen=chosen))
    # Told, as somebody may have filled in the second sheet.
    if others:
        table.remarks.append(
            Message(
                "sheet '%(chosen)s' is read; not read: %(others)s", chosen=chosen, others=", ".join(others)
            )
        )
    if hidden:
        table.remarks.append(Message("hidden and not read: sheet %(hidden)s", hidden=", ".join(hidden)))
    return pages[chosen]


def _rows(table: Table, page: Any, looked: Survey) -> Iterator[Row]:
    """Yield all rows of a sheet, then tell what of it was not seen in the cells."""
    # What a file says of its size may be wrong either way: rows are as long as they are.
    page.reset_dimensions()
    last = 0
    try:
        for number, cells in enumerate(page.iter_rows(), 1):
            values = tuple(cell_value(table, number, cell, looked.unvalued) for cell in cells)
            if any(value is not None for value in values):
                last = number
                yield Row(number, values)
    except Exception:  # noqa: BLE001
        table.fault(last + 1, None, BROKEN)
    _tell(table, looked, last)


def _tell(table: Table, looked: Survey, last: int) -> None:
    # Below the last row hidden ones are empty.
    rows = [row for row in looked.hidden_rows if row <= last]
    if rows:
        named = ", ".join(map(str, rows[:12])) + (", ..." if len(rows) > 12 else "")
        table.remarks.append(
            Message(
                "hidden, and read as all others: row %(named)s; delete what is not to be made", named=named
            )
        )
    if looked.hidden_columns:
        table.remarks.append(
            Message(
                "hidden, and read as all others: column %(hidden_columns)s",
                hidden_columns=", ".join(looked.hidden_columns),
            )
        )
    for row, area in looked.merged:
        if row <= last:
            reason = Message(
                "%(area)s is one merged cell, and only its first has the value; part it and fill each cell",
                area=area,
            )
            table.fault(row, None, reason)
