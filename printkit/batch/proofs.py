"""The contact sheet and each committee's proof, put together from records and pictures."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from babel.dates import format_date

from printkit.batch.books import DuePaper
from printkit.batch.journal import Record
from printkit.batch.pictures import picture_files
from printkit.batch.run import Run
from printkit.batch.session import Session
from printkit.errors import MissingError
from printkit.papers.parts import Book, ContactSheet, Delivery, Leaf, ProofFonts, Tile
from printkit.work.copies import apart
from printkit.work.limits import making
from printkit.work.pool import AHEAD, Lost, Pool

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
Alike = Mapping[str, list[Record]]


def draw_papers(session: Session, due: Mapping[str, DuePaper], pool: Pool | None) -> None:
    """Have papers drawn, by the pool where there is one, and put them in place."""
    fonts = _fonts(session)
    orders = ((_paper(session, one, pool), fonts) for one in due.values())
    for (file, one), data in zip(due.items(), drawn(pool, "draw", orders), strict=True):
        session.progress.say(file)
        session.place(file, data, one.key)


def drawn(pool: Pool | None, method: str, orders: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Yield what comes of each order, in their order; a few are out at a time, as they are large.

    Where there is no pool, this process does them and loads what that needs.
    """
    most = AHEAD * pool.workers if pool else 1
    asked: deque[Callable[[], bytes]] = deque()
    for arguments in orders:
        asked.append(_asked(pool, method, arguments))
        if len(asked) >= most:
            yield asked.popleft()()
    for result in asked:
        yield result()


def _asked(pool: Pool | None, method: str, arguments: tuple[Any, ...]) -> Callable[[], bytes]:
    """Return what gives the result once it is asked for."""
    future = pool.submit(method, *arguments) if pool else None

    def result() -> bytes:
        with suppress(Lost):
            if future:
                return bytes(future.result())
        return _here(method)(*arguments)

    return result


def _here(method: str) -> Callable[..., bytes]:
    """Return what does the same in this process."""
    if method == "draw":
        from printkit.papers.drawing import draw

        return draw
    from printkit.papers.picture import thumbnail

    return thumbnail


def _paper(session: Session, due: DuePaper, pool: Pool | None) -> Book | ContactSheet:
    return _book(session, due.layouts) if due.committee else _sheet(session, due.layouts, pool)


def check_fonts(run: Run) -> None:
    """Raise MissingError, by its key, for a font of proofs that cannot be used: before pieces are made."""
    # What reads fonts is loaded in a copy: the caller needs no more of it.
    apart(lambda: _check_fonts(run), making(run.profiles.batch))


def _check_fonts(run: Run) -> None:
    from printkit.typeface import TypefaceProblem, check_typeface

    for key, file in run.profiles.brand.fonts:
        path = run.workspace.path(file)
        if not path.is_file():
            raise MissingError(f"profiles/brand.toml: fonts.{key}: font {file} is not there")
        try:
            check_typeface(path.read_bytes())
        except TypefaceProblem as problem:
            raise MissingError(f"profiles/brand.toml: fonts.{key}: font {file}: {problem}") from problem


def _fonts(session: Session) -> ProofFonts:
    fonts, workspace = session.run.profiles.brand.fonts, session.run.workspace
    return ProofFonts(*(workspace.read_bytes(file) for file in (fonts.head, fonts.text, fonts.strong)))


def _pictures(session: Session, record: Record) -> tuple[bytes, ...]:
    """Return a record's pages as they go into its committee's book, the only one that has them."""
    return tuple(session.jpegs.pop(file, b"") or session.folder.read(file) for file in picture_files(record))


def _sheet(session: Session, layouts: list[Record], pool: Pool | None) -> ContactSheet:
    count, run, alike = len(session.now.records), session.run, _alike(session)
    subtitle = f"{count} trykkfiler av {len(layouts)} oppsett · {_day(session)}"
    _bring_thumbnails(session, layouts, pool)
    tiles = tuple(_tile(session, record, alike[record.layout]) for record in layouts)
    return ContactSheet(run.origin.name, subtitle, tiles)


def _bring_thumbnails(session: Session, layouts: list[Record], pool: Pool | None) -> None:
    """Have small pictures made of the pages that this run did not make or shrink before."""
    files = [file for record in layouts for file in picture_files(record) if file not in session.thumbnails]
    made = drawn(pool, "thumbnail", ((session.folder.read(file),) for file in files))
    session.thumbnails.update(zip(files, made, strict=True))


def _tile(session: Session, record: Record, same: list[Record]) -> Tile:
    profiles = session.run.profiles
    committee = profiles.committees[record.committee]
    places = f"{len(same)} steder" if len(same) > 1 else "1 sted" if record.site else "uten sted"
    return Tile(
        group=f"{profiles.formats[record.format].name} · {_size(record)}",
        pages=tuple(session.thumbnails[file] for file in picture_files(record)),
        caption=f"{committee.number} {', '.join(committee.areas)}",
        detail=f"{places} · {sum(one.quantity for one in same)} stk.",
        held=any(one.held for one in same),
    )


def _book(session: Session, layouts: list[Record]) -> Book:
    run, committee = session.run, session.run.profiles.committees[layouts[0].committee]
    alike = _alike(session)
    lines = [
        f"{run.origin.name}. Les alle tekster, prøv alle koder og se at steder og antall stemmer.",
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
        leaves=tuple(_leaf(session, record, alike[record.layout]) for record in layouts),
    )


def _leaf(session: Session, record: Record, same: list[Record]) -> Leaf:
    page = session.run.profiles.formats[record.format]
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


def _place(session: Session, record: Record) -> Delivery:
    site = session.run.profiles.sites.get(record.site or "")
    codes = tuple(code.print_id for code in record.qr)
    return Delivery(site.name if site else "Uten sted", record.quantity, codes)


def _alike(session: Session) -> Alike:
    """Gather the records of each layout, in order of their ids."""
    found: dict[str, list[Record]] = {}
    for name in sorted(session.now.records):
        record = session.now.records[name]
        found.setdefault(record.layout, []).append(record)
    return found


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
