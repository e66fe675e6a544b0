"""The contact sheet and each committee's proof, put together from records and pictures."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from typing import Any

from printkit.batch.books import DuePaper
from printkit.batch.journal import Record, has_several_languages
from printkit.batch.pictures import picture_files
from printkit.batch.run import Run
from printkit.batch.session import Session
from printkit.errors import MissingError
from printkit.papers.parts import Afar, ContactSheet, Delivery, Leaf, ProofBook, ProofFonts, Tile
from printkit.template.language import own_name
from printkit.words import Message, Words, capital
from printkit.work.copies import beside
from printkit.work.limits import making
from printkit.work.pool import AHEAD, Lost, Pool

# So many reasons on a sheet; the rest stands in the report.
REMARKS = 4
Alike = Mapping[str, list[Record]]


def draw_papers(session: Session, due: Mapping[str, DuePaper], pool: Pool | None) -> None:
    """Have papers drawn, by the pool where there is one, and put them in place."""
    fonts = _fonts(session)
    # Made one by one as they are asked for, since each holds the pictures of its pages.
    calls = ((_paper(session, one, pool), fonts) for one in due.values())
    for (file, one), data in zip(due.items(), drawn(pool, "draw", calls), strict=True):
        session.progress.say(file)
        session.place(file, data, one.key)


def drawn(pool: Pool | None, method: str, calls: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Yield what comes of each call, in their order; a few are out at a time, as they are large.

    Where there is no pool, this process does them and loads what that needs.
    """
    most = AHEAD * pool.workers if pool else 1
    asked: deque[Callable[[], bytes]] = deque()
    for arguments in calls:
        asked.append(_asked(pool, method, arguments))
        if len(asked) >= most:
            yield asked.popleft()()
    for result in asked:
        yield result()


def _asked(pool: Pool | None, method: str, arguments: tuple[Any, ...]) -> Callable[[], bytes]:
    """Return what gives the result once it is asked for."""
    future = pool.submit(method, *arguments) if pool else None

    def result() -> bytes:
        # A proof is not worth the run: where the worker was lost, this process draws it
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


def _paper(session: Session, due: DuePaper, pool: Pool | None) -> ProofBook | ContactSheet:
    return _book(session, due.layouts) if due.committee else _sheet(session, due.layouts, pool)


def fonts_checked(run: Run) -> AbstractContextManager[Callable[[], None]]:
    """Begin to check the fonts of proofs; what is yielded raises MissingError, by its key, for a bad one."""
    # What reads fonts is loaded in a copy: the caller needs no more of it.
    return beside(lambda: _check_fonts(run), making(run.profiles.batch))


def _check_fonts(run: Run) -> None:
    from printkit.typeface import TypefaceProblem, check_typeface

    for key, file in run.profiles.brand.fonts:
        path = run.workspace.path(file)
        if not path.is_file():
            raise MissingError(
                Message("profiles/brand.toml: fonts.%(key)s: font %(file)s is not there", key=key, file=file)
            )
        try:
            check_typeface(path.read_bytes())
        except TypefaceProblem as problem:
            raise MissingError(
                Message(
                    "profiles/brand.toml: fonts.%(key)s: font %(file)s: %(problem)s",
                    key=key,
                    file=file,
                    problem=problem,
                )
            ) from problem


def _fonts(session: Session) -> ProofFonts:
    fonts, workspace = session.run.profiles.brand.fonts, session.run.workspace
    return ProofFonts(*(workspace.read_bytes(file) for file in (fonts.head, fonts.text, fonts.strong)))


def _pictures(session: Session, record: Record) -> tuple[bytes, ...]:
    """Return a record's pages as they go into its committee's book, the only one that has them."""
    return tuple(session.jpegs.pop(file, b"") or session.folder.read(file) for file in picture_files(record))


def _sheet(session: Session, layouts: list[Record], pool: Pool | None) -> ContactSheet:
    count, run, alike = len(session.now.records), session.run, _alike(session)
    words = run.words
    files = words.ngettext("%(count)s press file", "%(count)s press files", count)
    made = words.ngettext("%(count)s layout", "%(count)s layouts", len(layouts))
    subtitle = words.gettext("%(files)s of %(layouts)s · %(date)s", files=files, layouts=made, date=_day(run))
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
    words, copies = session.run.words, sum(one.quantity for one in same)
    places = words.ngettext("%(count)s place", "%(count)s places", len(same))
    where = places if record.site else words.gettext("no place")
    return Tile(
        group=f"{profiles.formats[record.format].name} · {_size(record)}",
        pages=tuple(session.thumbnails[file] for file in picture_files(record)),
        caption=profiles.municipality.numbered_name(committee, committee.name_in(words.language)),
        detail=_spoken(session, record, ends=" · ") + f"{where} · {_copies(words, copies)}",
        held=any(one.held for one in same),
    )


def _book(session: Session, layouts: list[Record]) -> ProofBook:
    run, committee = session.run, session.run.profiles.committees[layouts[0].committee]
    alike = _alike(session)
    words, profiles = run.words, run.profiles
    lines = [
        words.gettext(
            "%(campaign)s. Read every text, try every code, and see that places and numbers are right.",
            campaign=run.origin.name,
        ),
        words.gettext(
            "A mistake that stands here gets printed. Answer at the foot of this sheet; "
            "mark changes on the sheets that follow."
        ),
    ]
    unconfirmed = {name for record in layouts for name in record.unconfirmed}
    if unconfirmed:
        waiting = ", ".join(_named(words, unconfirmed))
        lines.append(
            words.gettext(
                "%(draft)s: not ready for print. These values are not confirmed: %(values)s.",
                draft=words.gettext("DRAFT"),
                values=waiting,
            )
        )
    whose = capital(profiles.municipality.known_as(committee, words.language))
    return ProofBook(
        title=words.gettext("Proof · %(committee)s · %(date)s", committee=whose, date=_day(run)),
        subtitle=committee.name_in(words.language),
        lines=tuple(lines),
        leaves=tuple(_leaf(session, record, alike[record.layout]) for record in layouts),
        language=words.language,
    )


def _leaf(session: Session, record: Record, same: list[Record]) -> Leaf:
    page = session.run.profiles.formats[record.format]
    words = session.run.words
    pages = words.ngettext("%(count)s page", "%(count)s pages", record.pages or 0)
    # Each once, as the sites of a layout are mostly held for the same.
    reasons = dict.fromkeys(reason for one in same for reason in one.reasons)
    return Leaf(
        title=page.name + _spoken(session, record, begins=" · "),
        detail=f"{_size(record)} · {pages} · {page.paper} · {record.id}",
        pages=_pictures(session, record),
        texts=record.texts,
        addresses=tuple(dict.fromkeys(code.url for code in record.qr)),
        places=tuple(_place(session, one) for one in same),
        afar=tuple(_afar(session, record.trim_mm[0])),
        remarks=tuple(
            words.gettext("Held: %(reason)s", reason=session.run.errors.say(one))
            for one in list(reasons)[:REMARKS]
        ),
    )


def _spoken(session: Session, record: Record, *, begins: str = "", ends: str = "") -> str:
    """Name a layout's language in itself, where the run has more than one."""
    several = has_several_languages(session.now.records.values())
    return f"{begins}{own_name(record.lang)}{ends}" if several else ""


def _afar(session: Session, width_mm: float) -> Iterator[Afar]:
    """Yield how wide a page looks on a sheet at arm's length from each distance."""
    view = session.run.profiles.batch.proof
    if view is not None:
        yield from (Afar(metres, width_mm * view.arm_m / metres) for metres in view.afar_m)


def _place(session: Session, record: Record) -> Delivery:
    site = session.run.profiles.sites.get(record.site or "")
    codes = tuple(code.print_id for code in record.qr)
    return Delivery(
        site.name if site else capital(session.run.words.gettext("no place")), record.quantity, codes
    )


def _alike(session: Session) -> Alike:
    """Gather the records of each layout, in order of their ids."""
    found: dict[str, list[Record]] = {}
    for name in sorted(session.now.records):
        record = session.now.records[name]
        found.setdefault(record.layout, []).append(record)
    return found


def _size(record: Record) -> str:
    return " × ".join(f"{side:g}" for side in record.trim_mm) + " mm"


def _named(words: Words, unconfirmed: Iterable[str]) -> list[str]:
    """Name values as a reader knows them, each kind once."""
    known = {
        "brand.logo": words.gettext("the mark"),
        "brand.": words.gettext("the colours"),
        "committee.form": words.gettext("the form's address"),
        "committee.page": words.gettext("the committee's page"),
        "committee.short_address": words.gettext("the short address"),
    }
    found: dict[str, None] = {}
    for name in sorted(unconfirmed):
        called = next((one for key, one in known.items() if name.startswith(key)), None)
        found[called or name.rpartition(".")[2]] = None
    return list(found)


def _copies(words: Words, count: int) -> str:
    return words.ngettext("%(count)s copy", "%(count)s copies", count)


def _day(run: Run) -> str:
    return run.language.date(run.date, "year")
