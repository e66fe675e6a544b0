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
from typing import TYPE_CHECKING, TypeAlias

from babel import Locale
from babel.dates import format_date

from printkit.batch.journal import Record
from printkit.batch.run import Run
from printkit.batch.session import Session
from printkit.batch.tables import Delivery, deliveries, order_heads, order_lines
from printkit.version import VERSION
from printkit.words import Words, translate

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Row: TypeAlias = Sequence[str | int]

# Paper sizes as spreadsheets number them (ECMA-376, 18.3.1.63)
A4 = 9
# A column is as wide as its longest cell in characters, within these; longer ones break.
NARROWEST, WIDEST = 7, 42
MOST_OF_A_NAME = 31
BOX = "☐"
# The earliest day that the format knows
DAY = (1980, 1, 1, 0, 0, 0)


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
        key = sha256(repr(told).encode()).hexdigest()
        if not session.has(file, key):
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
    rest = Table(gettext("Files"), order_heads(words)[:-2], [line[:-2] for line in lines])
    return sums, rest


def delivery_tables(lines: Sequence[Delivery], words: Words) -> tuple[Table, Table]:
    """Return places with a box to tick off, and pieces; what goes to no place stands apart in both."""
    gettext, driven = words.gettext, [line for line in lines if line.place]
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
        (one.place or without[0], one.piece, one.quantity, one.note, one.print_ids, one.language, one.file)
        for one in lines
    ]
    return sums, Table(gettext("Pieces"), columns, rows[: len(driven)], rows[len(driven) :])


def workbook(run: Run, tables: Iterable[Table], words: Words) -> bytes:
    """Return an XLSX file; equal lines give equal bytes."""
    # Loaded where lists changed only
    from xlsxwriter import Workbook

    data = io.BytesIO()
    made = Workbook(data, {"in_memory": True, "strings_to_numbers": False})
    made.set_properties({"title": _title(run, words)[0], "created": run.date.replace(tzinfo=None)})
    for table in tables:
        _write(made, table, _title(run, words), words)
    made.close()
    return _loose(data)


def _title(run: Run, words: Words) -> tuple[str, str]:
    gettext, edition = words.gettext, run.origin.edition
    day = format_date(run.date.date(), "long", locale=_locale(words))
    sender = run.profiles.brand.name
    return run.origin.name, gettext(
        "%(sender)s, edition %(edition)s, %(day)s", sender=sender, edition=edition, day=day
    )


def _locale(words: Words) -> Locale:
    return Locale.parse(words.language, sep="-")


def _write(made: "Workbook", table: Table, title: tuple[str, str], words: Words) -> None:
    sheet: Worksheet = made.add_worksheet(table.name[:MOST_OF_A_NAME])
    head = made.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = made.add_format({"bottom": 4, "text_wrap": True, "valign": "top"})
    strong = made.add_format({"bold": True, "top": 1, "valign": "top"})
    sheet.write_string(0, 0, title[0], made.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, title[1])
    first = 3
    _write_row(sheet, first, table.heads, head)
    last = _write_rows(sheet, first + 1, table.rows, plain) - 1
    if table.rows:
        sheet.autofilter(first, 0, last, len(table.heads) - 1)
    if table.apart:
        last = _write_rows(sheet, last + 2, table.apart, plain) - 1
    if table.total:
        _write_row(sheet, last + 1, table.total, strong)
    _set_up(sheet, table, first)
    if _locale(words).text_direction == "rtl":
        sheet.right_to_left()


def _set_up(sheet: "Worksheet", table: Table, first: int) -> None:
    """Give columns their widths, and let the sheet print across one page, its heads on each."""
    rows = (table.heads, *table.rows, *table.apart, table.total)
    for column in range(len(table.heads)):
        widest = max(len(str(row[column])) for row in rows if row) + 2
        sheet.set_column(column, column, min(max(widest, NARROWEST), WIDEST))
    sheet.freeze_panes(first + 1, 0)
    sheet.repeat_rows(first)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


def _write_rows(sheet: "Worksheet", first: int, rows: Sequence[Row], look: "Format") -> int:
    """Write rows from a line on; return the line after them."""
    for number, row in enumerate(rows, first):
        _write_row(sheet, number, row, look)
    return first + len(rows)


def _write_row(sheet: "Worksheet", number: int, row: Row, look: "Format") -> None:
    """Write texts as texts: none is run as a formula or becomes a link, a number or a date."""
    for column, value in enumerate(row):
        if isinstance(value, int):
            sheet.write_number(number, column, value, look)
        elif value:
            sheet.write_string(number, column, value, look)
        else:
            sheet.write_blank(number, column, None, look)


def _loose(data: io.BytesIO) -> bytes:
    """Return the archive with its parts not packed: another zlib would give other bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(data) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as loose:
        for name in packed.namelist():
            loose.writestr(zipfile.ZipInfo(name, DAY), packed.read(name))
    return out.getvalue()
