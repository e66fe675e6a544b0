"""Pictures that committees hand in: stored by their content, seen by their own committee only."""

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import Connection, insert, select, update

from printkit.errors import OrderRefused
from printkit.orders.book import Book
from printkit.orders.content import Line
from printkit.orders.log import note
from printkit.orders.rights import Act, Person, demand
from printkit.orders.store import UPLOADS
from printkit.orders.tables import uploads
from printkit.words import Message

# What a layout can hold, by how the file begins.
KINDS = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


PICTURE = Message("the picture")


class Consent(StrEnum):
    """What who hands a picture in answers: may the people in it be printed?"""

    NOBODY = "nobody"
    GIVEN = "given"


def unnamed(problem: str) -> str:
    """Return what is said of a picture without the name that it is stored by, which nobody gave it."""
    if not isinstance(problem, Message):
        return problem
    fields = {name: PICTURE if _is_stored(one) else one for name, one in problem.fields.items()}
    return Message.of(problem.source, **fields) if problem.many is None else problem


def _is_stored(field: object) -> bool:
    return isinstance(field, str) and field.removeprefix("/").startswith(UPLOADS)


def owned(connection: Connection, committee: str) -> set[str]:
    """Return the files of a committee's pictures."""
    return set(connection.execute(select(uploads.c.file).where(uploads.c.committee == committee)).scalars())


def pictures(line: Line) -> set[str]:
    """Return the handed-in pictures that a line's slots name."""
    named = (
        value.get("file") if isinstance(value, dict) else value for value in line.slots.values() if value
    )
    # Behind the @ stands the point that matters in it.
    return {str(one).partition("@")[0] for one in named if str(one).startswith(UPLOADS)}


def keep_upload(book: Book, actor: Person, committee: str, data: bytes, *, consent: Consent) -> str:
    """Store a picture; return the file that a slot names it by. The caller has looked at it before.

    Of the same picture the newest answer about people counts. Raise OrderRefused for what is neither JPEG
    nor PNG.
    """
    demand(actor, Act.WRITE, committee)
    # By how it begins: names lie
    kind = next((kind for head, kind in KINDS.items() if data.startswith(head)), None)
    if kind is None:
        raise OrderRefused(Message("a picture is a JPEG or PNG file"))
    found = sha256(data).hexdigest()
    file = f"{UPLOADS}{found}.{kind}"
    book.store.keep(data)
    with book.write(actor) as step:
        here = (uploads.c.file == file, uploads.c.committee == committee)
        known = step.connection.execute(select(uploads.c.consent).where(*here)).scalar()
        if known is None:
            values = {"file": file, "committee": committee, "sha256": found, "by": actor.id, "at": step.at}
            step.connection.execute(insert(uploads).values(**values, consent=consent.value))
        elif known != consent:
            step.connection.execute(update(uploads).where(*here).values(consent=consent.value))
        if known != consent:
            note(step, "upload", committee=committee, file=file, consent=consent.value)
    return file


def consents(book: Book, actor: Person, committee: str, files: Iterable[str]) -> dict[str, str]:
    """Return by file what was answered of the people in a committee's pictures."""
    demand(actor, Act.READ, committee)
    here = (uploads.c.committee == committee, uploads.c.file.in_(sorted(files)))
    with book.read() as connection:
        rows = connection.execute(select(uploads.c.file, uploads.c.consent).where(*here)).all()
    return {row.file: row.consent for row in rows}


def read_upload(book: Book, actor: Person, committee: str, file: str) -> bytes:
    """Return a committee's picture; raise OrderRefused where it has none of this name."""
    demand(actor, Act.READ, committee)
    with book.read() as connection:
        here = (uploads.c.file == file, uploads.c.committee == committee)
        found = connection.execute(select(uploads.c.sha256).where(*here)).scalar()
    if found is None:
        raise OrderRefused(Message("%(committee)s has no picture of this name", committee=committee))
    return book.store.read(found, file)
