"""Keep the contact sheet and each committee's proof up to date; what makes them is loaded once one is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from printkit.batch.journal import Record, has_several_languages
from printkit.batch.pictures import picture_files, representatives
from printkit.batch.session import Session
from printkit.digest import digest_of
from printkit.work.pool import Pool

CONTACT_SHEET = "proofs/contact-sheet.pdf"


@dataclass(frozen=True)
class DuePaper:
    """What a paper is to show: a committee's layouts, or all on the contact sheet."""

    committee: str | None
    layouts: list[Record]
    key: str


def make_books(session: Session, pool: Pool | None) -> None:
    """Bring the contact sheet and the committees' proofs up to date, by the pool where one is at work."""
    due = dict(_due(session))
    if due and session.run.options.proofs:
        # What they are drawn with is loaded once one is due.
        from printkit.batch.proofs import draw_papers

        draw_papers(session, due, pool)


def _due(session: Session) -> Iterator[tuple[str, DuePaper]]:
    """Yield what is not as it should be, by file; looking keeps the others."""
    shown = representatives(session)
    if not shown:
        return
    layouts = sorted(shown.values(), key=lambda record: (_order(session, record), record.id))
    names = _names(session)
    key = _key(session, names, session.now.records.values())
    if not session.has(CONTACT_SHEET, key):
        yield CONTACT_SHEET, DuePaper(None, layouts, key)
    for committee, records in _by_committee(session).items():
        own = [record for record in layouts if record.committee == committee]
        file, key = f"proofs/{committee}.pdf", _key(session, names, records)
        # None of its pieces is this run's to make, so its book stays, whatever its key would be now
        stands = committee in session.untouched and session.keep_extra(file)
        if own and not (stands or session.has(file, key)):
            yield file, DuePaper(committee, own, key)


def _by_committee(session: Session) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for record in session.now.records.values():
        found.setdefault(record.committee, []).append(record)
    return dict(sorted(found.items()))


def _names(session: Session) -> str:
    """Hash what every book shows beside its records: names, whether of languages too, program and engines."""
    run, profiles = session.run, session.run.profiles
    people = (profiles.municipality, *profiles.committees.values(), *profiles.sites.values())
    several = has_several_languages(session.now.records.values())
    told = [run.origin.name, run.date.isoformat(), dict(run.versions), several]
    return digest_of([*told, *(one.model_dump_json() for one in people)])


def _key(session: Session, names: str, records: Iterable[Record]) -> str:
    """Hash all that a book shows; a record's own key stands for what follows from its inputs."""
    extras = session.now.extras
    told: list[Any] = [names]
    for record in sorted(records, key=lambda record: record.id):
        told.append([record.id, record.key, record.sha256, record.file, record.quantity, record.reasons])
        told.append([extras[file].sha256 for file in picture_files(record) if file in extras])
    return digest_of(told)


def _order(session: Session, record: Record) -> tuple[float, str]:
    """Sort large formats first."""
    # The largest are seen from farthest and cost most: a fault in them is to be found first
    width, height = session.run.profiles.formats[record.format].trim_mm
    return -width * height, record.format
