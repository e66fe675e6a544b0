"""A picture of each page, once a layout: what proofs and report show."""

from collections.abc import Sequence

from printkit.batch.journal import Record
from printkit.batch.piece import guarded
from printkit.batch.plan import Planned
from printkit.batch.session import Session
from printkit.errors import PrintkitError


def make_pictures(session: Session, group: Sequence[Planned]) -> None:
    """Bring the pictures of a group's layout into proofs/, or keep those that stand there."""
    records = [session.now.records[piece.id] for piece in group]
    made = [record for record in records if record.file]
    if not made:
        return
    shown = _shown(session, made)
    planned = next((piece for piece in group if piece.id == shown.id), None)
    files = picture_files(shown)
    # All are looked at, as looking keeps them.
    standing = [session.has(file, shown.key) for file in files]
    if all(standing):
        return
    if session.run.options.proofs and planned:
        _make(session, shown, planned)


def picture_files(record: Record) -> list[str]:
    """Name the pictures of a record's pages."""
    return [f"proofs/{record.id}-{page}.png" for page in range(1, (record.pages or 0) + 1)]


def representatives(session: Session) -> dict[str, Record]:
    """Return the record whose pictures stand for each layout, by layout."""
    found: dict[str, Record] = {}
    for name in sorted(session.now.records):
        record = session.now.records[name]
        if record.file and all(file in session.now.extras for file in picture_files(record)):
            found.setdefault(record.layout, record)
    return found


def _shown(session: Session, made: Sequence[Record]) -> Record:
    """Choose the first piece of the layout, of those not planned now only one whose pictures still stand."""
    others = (
        record
        for record in session.now.records.values()
        if record.layout == made[0].layout
        and record.id not in {one.id for one in made}
        and all(session.has(file, record.key) for file in picture_files(record))
    )
    return min([made[0], *others], key=lambda record: record.id)


def _make(session: Session, shown: Record, planned: Planned) -> None:
    pictures = guarded(session.producer.pictures, planned)
    if isinstance(pictures, PrintkitError):
        session.progress.say(f"{shown.id}: no proof: {pictures}")
        return
    for file, data in zip(picture_files(shown), pictures, strict=True):
        session.place(file, data, shown.key)
