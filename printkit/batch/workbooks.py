"""The lists as workbooks, for people: sums on the first sheet, lines on the second, each as wide as a page.

A CSV says nothing of pages, and sums in it would be read as lines; so what is printed and ticked off by hand
is a file of its own beside it. XLSX, as Excel, LibreOffice, Numbers and web offices all open it.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from math import ceil
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from babel import Locale

from printkit.batch.journal import Record
from printkit.batch.run import Run
from printkit.batch.session import Session
from printkit.batch.tables import DriverLine, deliveries, order_heads, order_lines
from printkit.version import VERSION
from printkit.words import Words, translate
from printkit.workspace.bundle import ZIP_DAY

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Row: TypeAlias = Sequence[str | int]
# Of texts, of numbers
Look: TypeAlias = tuple["Format", "Format"]

# Paper sizes as spreadsheets number them (ECMA-376, 18.3.1.63)
A4 = 9
# A column is as wide as its longest cell and a gap, in characters within these; a longer one breaks.
NARROWEST, WIDEST, BESIDE = 7, 56, 3
# A line of text in a workbook's own font, and the page's edge
LINE_POINTS, SIDE_INCHES = 15, 0.4
MOST_OF_A_NAME = 31
BOX = "☐"


@dataclass(frozen=True)
class Table:
    """A sheet's lines; `apart` stand in a block of their own beneath, `total` is the last line."""

    name: str
    heads: Row
    rows: Sequence[Row]
    apart: Sequence[Row] = ()
    total: Row = ()


def write_workbooks(session: Session) -> None:
    """Bring order.xlsx and distribution.xlsx up to date; one whose lines stay is left as it is."""
    run, records = session.run, [session.now.records[name] for name in sorted(session.now.records)]
    words = translate(run.profiles.municipality.language)
    books = {
        "order.xlsx": order_tables(run, records, words),
        "distribution.xlsx": delivery_tables(deliveries(run, records, words), words),
    }
    for file, tables in books.items():
        told = (VERSION, version("xlsxwriter"), words.language, _title(run, words), tables)
        # Another version of the library writes other bytes
        key = sha256(repr(told).encode()).hexdigest()
        if not (session.has(file, key) or session.bring_back(file, key)):
            session.place(file, workbook(run, tables, words), key)


def order_tables(run: Run, records: Iterable[Record], words: Words) -> tuple[Table, Table]:
    """Return what is ordered in all, by format and paper, and the files."""
    gettext, printed = words.gettext, [record for record in records if not record.held]
    lines = order_lines(run, printed)
    files, copies = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for record, line in zip(printed, lines, strict=True):
        kind = (run.profiles.formats[record.format].name, *line[1:2], *line[3:6])
        files[kind] += 1
        copies[kind] += line.quantity
    heads = (
        gettext("Format"),
        *order_heads(words)[1:2],
        *order_heads(words)[3:6],
        gettext("Files"),
        gettext("Quantity"),
    )
    total = (gettext("Sum"), "", "", "", "", len(lines), copies.total())
    sums = Table(
        gettext("Sums"), heads, [(*kind, files[kind], copies[kind]) for kind in sorted(files)], (), total
    )
    rest = Table(
        gettext("Files"), order_heads(words)[:-2], [(_name(line.file), *line[1:-2]) for line in lines]
    )
    return sums, rest


def _name(file: str) -> str:
    """Return a file's name without its folder, which its first letters tell: paper is narrow."""
    return PurePosixPath(file).name


def delivery_tables(lines: Sequence[DriverLine], words: Words) -> tuple[Table, Table]:
    """Return places with a box to tick off, and pieces; what goes to no place stands apart in both."""
    gettext, driven = words.gettext, [line for line in lines if line.place or line.address]
    # Lines that go nowhere come last, as `deliveries` sorts them
    loose = lines[len(driven) :]
    pieces, copies = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for line in driven:
        pieces[line[:3]] += 1
        copies[line[:3]] += line.quantity
    heads: Row = (
        gettext("Place"),
        gettext("Address"),
        gettext("Contact"),
        gettext("Pieces"),
        gettext("Quantity"),
        gettext("Delivered"),
    )
    places = [(*place, pieces[place], copies[place], BOX) for place in pieces]
    without = (gettext("Without a place"), "", "", len(loose), sum(line.quantity for line in loose), "")
    total = (gettext("Sum"), "", "", len(lines), sum(line.quantity for line in lines), "")
    sums = Table(gettext("Places"), heads, places, (without,) if loose else (), total)
    columns = (
        gettext("Place"),
        gettext("Piece"),
        gettext("Quantity"),
        gettext("Note"),
        gettext("Print id"),
        gettext("Language"),
        gettext("File"),
    )
    rows = [
        (
            one.place or one.address or without[0],
            one.piece,
            one.quantity,
            one.note,
            one.print_ids,
            one.language,
            _name(one.file),
        )
        for one in lines
    ]
    return sums, Table(gettext("Pieces"), columns, rows[: len(driven)], rows[len(driven) :])


def workbook(run: Run, tables: Iterable[Table], words: Words) -> bytes:
    """Return an XLSX file; equal lines give equal bytes."""
    # Loaded where lists changed only
    from xlsxwriter import Workbook

    data = io.BytesIO()
    made = Workbook(data, {"in_memory": True, "strings_to_numbers": False})
    # The library would note the time of day, which equal lines must not differ in
    made.set_properties({"title": _title(run, words)[0], "created": run.date.replace(tzinfo=None)})
    for table in tables:
        _write(made, table, _title(run, words), words)
    made.close()
    return _loose(data)


def _title(run: Run, words: Words) -> tuple[str, str]:
    gettext, edition = words.gettext, run.origin.edition
    # In the form that proofs have it in, which the workspace may have said otherwise than CLDR
    day = run.language.date(run.date, "year")
    sender = run.profiles.brand.name
    return run.origin.name, gettext(
        "%(sender)s, edition %(edition)s, %(day)s", sender=sender, edition=edition, day=day
    )


def _locale(words: Words) -> Locale:
    return Locale.parse(words.language, sep="-")


def _write(made: "Workbook", table: Table, title: tuple[str, str], words: Words) -> None:
    sheet: Worksheet = made.add_worksheet(table.name[:MOST_OF_A_NAME])
    head = _look(made, bold=True, bottom=1)
    plain, strong = _look(made, bottom=4), _look(made, bold=True, top=1)
    sheet.write_string(0, 0, title[0], made.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, title[1])
    first, widths = 3, _widths(table)
    _write_row(sheet, first, table.heads, head)
    last = _write_rows(sheet, first + 1, table.rows, plain, widths=widths)
    if table.rows:
        sheet.autofilter(first, 0, last, len(table.heads) - 1)
    if table.apart:
        last = _write_rows(sheet, last + 2, table.apart, plain, widths=widths)
    if table.total:
        _write_row(sheet, last + 1, table.total, strong)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    _set_up(sheet, first)
    if _locale(words).text_direction == "rtl":
        sheet.right_to_left()


def _look(made: "Workbook", **edges: int) -> Look:
    """Return how texts and numbers of a row look; a number stands clear of the text to its right."""
    shared = {"valign": "top", "text_wrap": True, **edges}
    return made.add_format(shared | {"align": "left", "indent": 1}), made.add_format(
        shared | {"align": "right"}
    )


def _widths(table: Table) -> list[int]:
    rows = [row for row in (table.heads, *table.rows, *table.apart, table.total) if row]
    longest = (max(len(str(row[column])) for row in rows) for column in range(len(table.heads)))
    return [min(max(length + BESIDE, NARROWEST), WIDEST) for length in longest]


def _set_up(sheet: "Worksheet", first: int) -> None:
    """Let a sheet print across one page, its heads on each."""
    sheet.freeze_panes(first + 1, 0)
    sheet.repeat_rows(first)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=SIDE_INCHES, right=SIDE_INCHES)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


def _write_rows(
    sheet: "Worksheet", first: int, rows: Sequence[Row], look: Look, *, widths: Sequence[int]
) -> int:
    """Write rows from a line on; return the last line."""
    for number, row in enumerate(rows, first):
        _write_row(sheet, number, row, look)
        lines = max(ceil((len(str(cell)) + BESIDE) / width) for cell, width in zip(row, widths, strict=True))
        if lines > 1:
            # LibreOffice gives a row of a workbook no more than it says, however its text breaks.
            sheet.set_row(number, lines * LINE_POINTS)
    return first + len(rows) - 1


def _write_row(sheet: "Worksheet", number: int, row: Row, look: Look) -> None:
    """Write texts as texts: none is run as a formula or becomes a link, a number or a date."""
    text, figure = look
    for column, value in enumerate(row):
        if isinstance(value, int):
            sheet.write_number(number, column, value, figure)
        elif value:
            sheet.write_string(number, column, value, text)
        else:
            sheet.write_blank(number, column, None, text)


def _loose(data: io.BytesIO) -> bytes:
    """Return the archive with its parts not packed: another zlib would give other bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(data) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as loose:
        for name in packed.namelist():
            loose.writestr(zipfile.ZipInfo(name, ZIP_DAY), packed.read(name))
    return out.getvalue()
