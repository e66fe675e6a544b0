"""The lists for the print shop and for the driver, as a Norwegian Excel opens them."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from printkit.batch.journal import Record
from printkit.batch.run import Run

ORDER = ("Fil", "Format (mm)", "Sider", "Farger", "Papir", "Etterbehandling", "Antall")
INDEX = (
    "Samlefil",
    "Fra side",
    "Til side",
    "Trykksak",
    "Sted",
    "Adresse",
    "Nærutvalg",
    "Format",
    "Format (mm)",
    "Antall",
)
DISTRIBUTION = ("Sted", "Adresse", "Kontakt", "Trykksak", "Fil", "Antall", "Merknad")

# How a cell begins that a spreadsheet would run, and what begins so and is none.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
TELEPHONE = re.compile(r"[+-]?[\d ()]*")


def order(run: Run, records: Iterable[Record]) -> bytes:
    """Return the print shop's list: a row for each file that may be printed."""
    rows = []
    for record in records:
        if record.held:
            continue
        page = run.profiles.formats[record.format]
        colours = "4+4" if record.pages == 2 else "4+0"
        rows.append(
            (record.file, _size(record), record.pages, colours, page.paper, page.finishing, record.quantity)
        )
    return _csv(ORDER, rows)


def distribution(run: Run, records: Iterable[Record]) -> bytes:
    """Return the driver's list: a row for each piece that goes to a site, places in order of their names."""
    rows = []
    for record in records:
        site = run.profiles.sites.get(record.site or "")
        if record.held or site is None:
            continue
        committee = run.profiles.committees[record.committee]
        name = f"{run.profiles.formats[record.format].name}, nærutvalg {committee.number}"
        rows.append((site.name, site.address, site.contact, name, record.file, record.quantity, record.note))
    return _csv(DISTRIBUTION, sorted(rows, key=lambda row: (row[0], row[4] or "")))


@dataclass(frozen=True)
class Span:
    """Say on which pages of a merged file a piece stands."""

    file: str
    first: int
    last: int
    record: Record


def delivered(run: Run, records: Iterable[Record]) -> list[Record]:
    """Return the pieces that may be printed as the driver's list has them, then those that go to no site."""
    sites = run.profiles.sites

    def place(record: Record) -> tuple[bool, str, str]:
        site = sites.get(record.site or "")
        return site is None, site.name if site else "", record.file or ""

    return sorted((record for record in records if not record.held), key=place)


def index(run: Run, spans: Iterable[Span]) -> bytes:
    """Return the list of merged files: a row for each piece with its pages."""
    profiles = run.profiles
    rows = []
    for span in spans:
        record, site = span.record, profiles.sites.get(span.record.site or "")
        place = (site.name, site.address) if site else (None, None)
        names = (profiles.committees[record.committee].name, profiles.formats[record.format].name)
        pages = (span.file, span.first, span.last)
        rows.append((*pages, record.id, *place, *names, _size(record), record.quantity))
    return _csv(INDEX, rows)


def _size(record: Record) -> str:
    return " × ".join(f"{side:g}" for side in record.trim_mm)


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([cell(value) for value in row] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode()


def cell(value: object) -> str:
    """Return the cell as text; one that a spreadsheet would run as a formula gets an apostrophe in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not TELEPHONE.fullmatch(text) else text
