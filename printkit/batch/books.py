"""The contact sheet and each committee's proof, put together from records and pictures."""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from babel.dates import format_date

from printkit.batch.journal import Record
from printkit.batch.pictures import picture_files, representatives
from printkit.batch.session import Session
from printkit.proof import Book, Leaf, Place, ProofFonts, Sheet, Tile, committee_book, contact_sheet

CONTACT_SHEET = "proofs/contact-sheet.pdf"
# So many reasons on a sheet; the rest stands in the report.
REMARKS = 4
# For people outside, who read Norwegian; one name for each kind of value that may await confirmation.
VALUES = {
    "brand.logo": "merket",
    "brand.": "fargene",
    "committee.form": "skjemaets adresse",
    "committee.page": "utvalgets nettside",
    "committee.short_address": "kortadressen",
}


def make_books(session: Session) -> None:
    """Bring the contact sheet and the committees' proofs up to date."""
    shown = representatives(session)
    if not shown:
        return
    layouts = sorted(shown.values(), key=lambda record: (_order(session, record), record.id))
    _bring(session, CONTACT_SHEET, layouts, lambda: contact_sheet(_sheet(session, layouts), _fonts(session)))
    for committee in sorted({record.committee for record in layouts}):
        own = [record for record in layouts if record.committee == committee]
        _bring(
            session,
            f"proofs/{committee}.pdf",
            [record for record in session.now.records.values() if record.committee == committee],
            lambda own=own: committee_book(_book(session, own), _fonts(session)),  # type: ignore[misc]
        )


def _bring(session: Session, file: str, records: Iterable[Record], make: Callable[[], bytes]) -> None:
    key = _key(session, records)
    if session.has(file, key) or not session.run.options.proofs:
        return
    session.progress.say(file)
    session.place(file, make(), key)


def _key(session: Session, records: Iterable[Record]) -> str:
    """Hash all that a book shows: records, names, pictures, program and engines."""
    run, extras = session.run, session.now.extras
    told: list[Any] = [run.campaign.name, run.date.isoformat(), dict(run.versions)]
    told += [profile.model_dump(mode="json") for profile in run.profiles.committees.values()]
    told += [profile.model_dump(mode="json") for profile in run.profiles.sites.values()]
    for record in records:
        told.append(record.model_dump(mode="json", exclude={"state", "seconds", "mtime_ns"}))
        told += [extras[file].sha256 for file in picture_files(record) if file in extras]
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _fonts(session: Session) -> ProofFonts:
    fonts, workspace = session.run.profiles.brand.fonts, session.run.workspace
    return ProofFonts(*(workspace.read_bytes(file) for file in (fonts.head, fonts.text, fonts.strong)))


def _pictures(session: Session, record: Record) -> tuple[bytes, ...]:
    return tuple(session.folder.read(file) for file in picture_files(record))


def _order(session: Session, record: Record) -> tuple[float, str]:
    """Sort large formats first."""
    width, height = session.run.profiles.formats[record.format].trim_mm
    return -width * height, record.format


def _sheet(session: Session, layouts: list[Record]) -> Sheet:
    count, run = len(session.now.records), session.run
    subtitle = f"{count} trykkfiler av {len(layouts)} oppsett · {_day(session)}"
    return Sheet(run.campaign.name, subtitle, tuple(_tile(session, record) for record in layouts))


def _tile(session: Session, record: Record) -> Tile:
    profiles, same = session.run.profiles, _same_layout(session, record)
    committee = profiles.committees[record.committee]
    places = f"{len(same)} steder" if len(same) > 1 else "1 sted" if record.site else "uten sted"
    return Tile(
        group=f"{profiles.formats[record.format].name} · {_size(record)}",
        pages=_pictures(session, record),
        caption=f"{committee.number} {', '.join(committee.areas)}",
        detail=f"{places} · {sum(one.quantity for one in same)} stk.",
        held=any(one.held for one in same),
    )


def _book(session: Session, layouts: list[Record]) -> Book:
    run, committee = session.run, session.run.profiles.committees[layouts[0].committee]
    lines = [
        f"{run.campaign.name}. Les alle tekster, prøv alle koder og se at steder og antall stemmer.",
        "Feil som står her, blir trykt. Svar nederst på dette arket; merk endringer på arkene som følger.",
    ]
    unconfirmed = {name for record in layouts for name in record.unconfirmed}
    if unconfirmed:
        waiting = ", ".join(_words(unconfirmed))
        lines.append(f"DRAFT: ikke klart for trykk. Disse verdiene er ikke bekreftet: {waiting}.")
    return Book(
        title=f"Korrektur · Nærutvalg {committee.number} · {_day(session)}",
        subtitle=committee.name,
        lines=tuple(lines),
        leaves=tuple(_leaf(session, record) for record in layouts),
    )


def _leaf(session: Session, record: Record) -> Leaf:
    page, same = session.run.profiles.formats[record.format], _same_layout(session, record)
    pages = f"{record.pages} {'side' if record.pages == 1 else 'sider'}"
    reasons = dict.fromkeys(reason for one in same for reason in one.reasons)
    return Leaf(
        title=page.name,
        detail=f"{_size(record)} · {pages} · {page.paper} · {record.id}",
        pages=_pictures(session, record),
        texts=record.texts,
        addresses=tuple(dict.fromkeys(code.url for code in record.qr)),
        places=tuple(_place(session, one) for one in same),
        remarks=tuple(f"Holdt tilbake: {reason}" for reason in list(reasons)[:REMARKS]),
    )


def _place(session: Session, record: Record) -> Place:
    site = session.run.profiles.sites.get(record.site or "")
    codes = tuple(code.print_id for code in record.qr)
    return Place(site.name if site else "Uten sted", record.quantity, codes)


def _same_layout(session: Session, record: Record) -> list[Record]:
    found = (one for one in session.now.records.values() if one.layout == record.layout)
    return sorted(found, key=lambda one: one.id)


def _size(record: Record) -> str:
    return " × ".join(f"{side:g}" for side in record.trim_mm) + " mm"


def _words(unconfirmed: Iterable[str]) -> list[str]:
    """Name values as a reader knows them, each kind once."""
    found: dict[str, None] = {}
    for name in sorted(unconfirmed):
        words = next((words for key, words in VALUES.items() if name.startswith(key)), None)
        found[words or name.rpartition(".")[2]] = None
    return list(found)


def _day(session: Session) -> str:
    return format_date(session.run.date, "d. MMMM y", locale="nb")
