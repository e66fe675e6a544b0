"""A copy of a table with a column of complaints, to send back to whoever filled it in."""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill

from printkit.errors import TableProblem
from printkit.rows.read import Source
from printkit.workspace.tables import TableLimits, Value, open_table
from printkit.workspace.tables.opening import ZIP

HEAD = "printkit"
WIDTH = 60
# An XLSX cell takes no more characters, and no sheet's name these signs.
MOST_CHARACTERS = 32_767
NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_MARK = PatternFill("solid", fgColor="FFF2CC")


def write_complaints(
    sources: Sequence[Source], problems: Iterable[TableProblem], limits: TableLimits
) -> bytes:
    """Return an XLSX with a sheet for each table, its complaints behind each row."""
    told: dict[str, list[TableProblem]] = defaultdict(list)
    for problem in problems:
        told[problem.file].append(problem)
    wrong = [source for source in sources if told[source.shown]]
    # Its own workbook, with the formats, widths and other sheets that its author knows.
    if len(wrong) == 1 and wrong[0].data.startswith(ZIP):
        book, page = _opened(wrong[0], limits)
        if page is not None:
            _complain(page, told[wrong[0].shown])
            return _saved(book)
    book = Workbook()
    book.remove(book.worksheets[0])
    for source in wrong:
        page = book.create_sheet(source.shown.rpartition("/")[2].translate(NO_NAME)[:31])
        _complain(page, told[source.shown], shift=_copy(page, source, limits))
    return _saved(book)


def _opened(source: Source, limits: TableLimits) -> tuple[Any, Any]:
    """Return the workbook itself with the sheet that was read; no sheet where it cannot be opened."""
    table = open_table(source.data, source.shown, limits, source.sheet)
    if table.sheet is None:
        return None, None
    book = load_workbook(io.BytesIO(source.data))
    return book, book[table.sheet]


def _copy(page: Any, source: Source, limits: TableLimits) -> int:
    """Write the table's cells, texts as text: no zero is lost, and nothing becomes a formula.

    Return by how much rows stand lower than their numbers: names that stood in no row take one.
    """
    table = open_table(source.data, source.shown, limits, source.sheet)
    shift = 0 if table.header else 1
    for place, name in enumerate(table.columns, 1):
        _write(page, table.header + shift, place, name)
    for row in table.rows:
        for place, value in enumerate(row.values, 1):
            if value is not None:
                _write(page, row.number + shift, place, value)
    return shift


def _write(page: Any, number: int, place: int, value: Value) -> None:
    cell = page.cell(number, place)
    # From JSON; no cell takes a list.
    if isinstance(value, list | dict):
        value = str(value)
    if isinstance(value, str):
        cell.value = _harmless(value)
        # A text that begins with = would be a formula.
        cell.data_type = "s"
        cell.number_format = "@"
    else:
        cell.value = value


def _harmless(text: str) -> str:
    """Leave out what XML has no sign for."""
    kept = "".join(one for one in text if one in "\t\n" or (one >= " " and not "\ud800" <= one <= "\udfff"))
    return kept[:MOST_CHARACTERS]


def _complain(page: Any, problems: Iterable[TableProblem], shift: int = 0) -> None:
    told: dict[int, list[str]] = defaultdict(list)
    for one in problems:
        told[one.row + shift if one.row else 1].append(
            f"{one.column}: {one.problem}" if one.column else one.problem
        )
    place = page.max_column + 1
    # The head of the new column, above what is wrong with the table as a whole.
    told[1].insert(0, HEAD)
    for number, lines in told.items():
        _write(page, number, place, "\n".join(lines))
        cell = page.cell(number, place)
        cell.fill, cell.alignment = _MARK, Alignment(wrap_text=True, vertical="top")
    page.cell(1, place).font = Font(bold=True)
    page.column_dimensions[page.cell(1, place).column_letter].width = WIDTH


def _saved(book: Any) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
