"""A picture of each page, once a layout: what proofs and report show."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from printkit.batch.journal import Record
from printkit.batch.planned import Planned
from printkit.batch.session import Session

if TYPE_CHECKING:
    from printkit.papers.parts import PagePicture


def shows(session: Session, piece: Planned, layout: str) -> bool:
    """Tell whether a layout will be shown by this piece, its first: no other's pictures stand for it."""
    return all(record.id > piece.id for record in _standing_others(session, layout))


def missing_pictures(session: Session, group: Sequence[Planned]) -> Planned | None:
    """Keep the pictures of a group's layout that stand; return the piece to show where they do not."""
    made = [record for piece in group if (record := session.now.records[piece.id]).file]
    if not made:
        return None
    shown = min([made[0], *_standing_others(session, made[0].layout)], key=lambda record: record.id)
    # All are looked at, as looking keeps them.
    standing = [session.has(file, picture_key(session, shown)) for file in picture_files(shown)]
    return None if all(standing) else next((piece for piece in group if piece.id == shown.id), None)


def standing_pictures(session: Session, groups: Iterable[Sequence[Planned]]) -> list[str]:
    """Return the pictures of layouts of which nothing is to be made, and keep them."""
    for group in groups:
        if all(piece.id in session.now.records for piece in group):
            missing_pictures(session, group)
    return [file for record in representatives(session).values() for file in picture_files(record)]


def place_pictures(session: Session, piece: Planned, pictures: "Sequence[PagePicture]") -> None:
    """Put the pictures of a made piece into proofs/; keep what books and contact sheet have of them."""
    record = session.now.records[piece.id]
    for file, picture in zip(picture_files(record), pictures, strict=True):
        session.place(file, picture.png, picture_key(session, record))
        session.thumbnails[file] = picture.thumbnail
        session.keep_jpeg(file, picture.jpeg)


def picture_key(session: Session, record: Record) -> str:
    """Return what a picture depends on: its piece, and the language of the word across it."""
    return f"{record.key}-{session.run.profiles.municipality.language}"


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


def _standing_others(session: Session, layout: str) -> list[Record]:
    """Return the layout's pieces that are not planned now and whose pictures still stand."""
    others = [session.now.records[name] for name in session.others.get(layout, ())]
    return [
        record
        for record in others
        if record.file
        and all(session.has(file, picture_key(session, record)) for file in picture_files(record))
    ]
