"""A folder of pictures: each piece of designs as PNG, and a page that filters them."""

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from printkit.errors import WriteError, system_words
from printkit.review.asked import Ask, Judged
from printkit.words import Message
from printkit.workspace import write_file
from printkit.workspace.files import foreign

INDEX = "index.html"
# What says that a page is one of ours
MADE_BY = b'<meta name="generator" content="printkit gallery">'
# What the page filters by: the field of a piece, and its name for people
FILTERS = (
    ("template", "design"),
    ("format", "format"),
    ("committee", "committee"),
    ("language", "language"),
    ("filling", "texts"),
)
# A PNG's first block begins so many bytes after the file, with width and height.
_SIZE_AT = 16


class Picture(NamedTuple):
    """A page's file in the gallery, and its size in pixels."""

    file: str
    width: int
    height: int


def take_folder(folder: Path) -> None:
    """Make the folder; raise WriteError where that fails, or where a page of somebody's own has our name."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        index = folder / INDEX
        is_foreign = index.exists() and MADE_BY not in index.read_bytes()
    except OSError as error:
        raise WriteError(
            Message("%(path)s: cannot be made: %(strerror)s", path=folder, strerror=system_words(error))
        ) from error
    if is_foreign:
        raise foreign(folder, INDEX)


def put_pictures(folder: Path, judged: Judged) -> list[Picture]:
    """Write a piece's pages as PNG; return their files."""
    put = []
    for page, picture in enumerate(judged.pictures, 1):
        # The size is read from the file itself: the page must leave room before pictures have come.
        put.append(Picture(f"{judged.ask.id}-{page}.png", *struct.unpack_from(">II", picture, _SIZE_AT)))
        write_file(folder / put[-1].file, picture)
    return put


def put_index(folder: Path, name: str, pieces: Iterable[tuple[Judged, Sequence[Picture]]]) -> None:
    """Write the page that shows and filters all pieces, one that could not be made by its reason."""
    told = sorted(pieces, key=lambda one: one[0].ask)
    environment = Environment(
        loader=PackageLoader("printkit.review", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    page = environment.get_template("gallery.html.j2").render(
        name=name,
        filters=[
            (key, label, sorted({str(getattr(one.ask, key)) for one, _ in told})) for key, label in FILTERS
        ],
        pieces=[_piece(judged, pictures) for judged, pictures in told],
    )
    write_file(folder / INDEX, page.encode())


def _piece(judged: Judged, pictures: Sequence[Picture]) -> dict[str, object]:
    ask: Ask = judged.ask
    return {
        "id": ask.id,
        "pictures": pictures,
        "fields": {key: getattr(ask, key) for key, _ in FILTERS},
        "wrong": [one.message for one in judged.findings],
    }
