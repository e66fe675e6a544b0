"""What the lists for the print shop and for the driver say, row by row, and how a spreadsheet opens them."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from printkit.batch.journal import Record
from printkit.batch.run import Run
from printkit.words import Words

# How a cell begins that a spreadsheet would run, and what begins so and is none.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?[\d ()]*([.,]\d+)?")


class OrderLine(NamedTuple):
    """Tell the print shop of one file."""

    file: str
    size: str
    pages: int
    colours: str
    paper: str
    finishing: str
    quantity: int
    print_ids: str
    language: str
    edition: str
    campaign: str


class DriverLine(NamedTuple):
    """Tell the driver of one piece; for an address it has no place, for nobody none of the first three."""

    place: str
    address: str
    contact: str
    piece: str
    file: str
    quantity: int
    note: str
    print_ids: str
    language: str
    edition: str
    campaign: str


@dataclass(frozen=True)
class Span:
    """Say on which pages of a merged file a piece stands."""

    file: str
    first: int
    last: int
    record: Record


def order_lines(run: Run, records: Iterable[Record]) -> list[OrderLine]:
    """Return a line for each file that may be printed."""
    return [_order_line(run, record) for record in records if not record.held]


def _order_line(run: Run, record: Record) -> OrderLine:
    page = run.profiles.formats[record.format]
    return OrderLine(
        record.file or "",
        _size(record),
        record.pages or 0,
        # Inks on front and back, as print shops write it
        "4+4" if record.pages == 2 else "4+0",
        page.paper,
        page.finishing,
        record.quantity,
        *_known_by(run, record),
    )


def deliveries(run: Run, records: Iterable[Record], words: Words) -> list[DriverLine]:
    """Return a line for each stop of what may be printed: places, then addresses, then what has none."""
    lines = [
        _delivery(run, record, stop, words)
        for record in delivered(run, records)
        for stop in _stops(run, record)
    ]
    # Stable: places stay by their names, as `delivered` has them
    return sorted(lines, key=lambda line: (0, "") if line.place else (1 if line.address else 2, line.address))


def _stops(run: Run, record: Record) -> list[tuple[str, str, str, int]]:
    """Return where a piece goes: place, address, contact, copies."""
    site = run.profiles.sites.get(record.site or "")
    if site is not None:
        return [(site.name, site.address, site.contact, record.quantity)]
    addressed = run.origin.deliveries.get(record.id, ())
    found = [("", one.address, one.contact, one.copies) for one in addressed]
    return found or [("", "", "", record.quantity)]


def _delivery(run: Run, record: Record, stop: tuple[str, str, str, int], words: Words) -> DriverLine:
    committee = run.profiles.committees[record.committee]
    name = words.gettext(
        "%(format)s, %(committee)s",
        format=run.profiles.formats[record.format].name,
        committee=run.profiles.municipality.known_as(committee, words.language),
    )
    place, address, contact, copies = stop
    return DriverLine(
        place, address, contact, name, record.file or "", copies, record.note, *_known_by(run, record)
    )


def _known_by(run: Run, record: Record) -> tuple[str, str, str, str]:
    """Return what tells a print from another: print ids, language, edition, campaign."""
    ids = " ".join(code.print_id for code in record.qr)
    return ids, record.lang, run.origin.edition, run.origin.name


def delivered(run: Run, records: Iterable[Record]) -> list[Record]:
    """Return the pieces that may be printed as the driver's list has them, then those that go to no site."""
    sites = run.profiles.sites

    def place(record: Record) -> tuple[bool, str, str]:
        site = sites.get(record.site or "")
        return site is None, site.name if site else "", record.file or ""

    return sorted((record for record in records if not record.held), key=place)


def order_heads(words: Words) -> tuple[str, ...]:
    """Return what the columns of the print shop's list are called."""
    gettext = words.gettext
    first = (
        gettext("File"),
        gettext("Trim size (mm)"),
        gettext("Pages"),
        gettext("Colours"),
        gettext("Paper"),
        gettext("Finishing"),
    )
    return *first, gettext("Quantity"), *_known_by_heads(words)


def delivery_heads(words: Words) -> tuple[str, ...]:
    """Return what the columns of the driver's list are called."""
    gettext = words.gettext
    first = (
        gettext("Place"),
        gettext("Address"),
        gettext("Contact"),
        gettext("Piece"),
        gettext("File"),
        gettext("Quantity"),
        gettext("Note"),
    )
    return *first, *_known_by_heads(words)


def _known_by_heads(words: Words) -> tuple[str, ...]:
    gettext = words.gettext
    return gettext("Print id"), gettext("Language"), gettext("Edition"), gettext("Campaign")


def index(run: Run, spans: Iterable[Span], words: Words) -> bytes:
    """Return the list of merged files: a row for each piece with its pages."""
    profiles, gettext = run.profiles, words.gettext
    heads = [
        gettext("Merged file"),
        gettext("From page"),
        gettext("To page"),
        gettext("Piece"),
        gettext("Place"),
        gettext("Address"),
    ]
    committee = profiles.municipality.committee_in(words.language)
    heads += [
        committee[:1].upper() + committee[1:],
        gettext("Format"),
        gettext("Trim size (mm)"),
        gettext("Quantity"),
    ]
    rows = []
    for span in spans:
        record, site = span.record, profiles.sites.get(span.record.site or "")
        place = (site.name, site.address) if site else (None, None)
        named = profiles.committees[record.committee].name_in(record.lang)
        names = (named, profiles.formats[record.format].name)
        pages = (span.file, span.first, span.last)
        rows.append((*pages, record.id, *place, *names, _size(record), record.quantity))
    return as_csv(heads, rows)


def _size(record: Record) -> str:
    return " × ".join(f"{side:g}" for side in record.trim_mm)


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table of a line for each row and nothing else: programs would count sums in it twice."""
    text = io.StringIO(newline="")
    # Semicolons and a BOM, as spreadsheets of countries with decimal commas open them by a double click
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([cell(value) for value in row] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode()


def cell(value: object) -> str:
    """Return the cell as text; one that a spreadsheet would run as a formula gets an apostrophe in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text
