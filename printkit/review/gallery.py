"""A folder of pictures: each piece of designs as PNG, and a page that filters them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from printkit.review.asked import Ask, Judged
from printkit.workspace import write_file

INDEX = "index.html"
# What the page filters by: the field of a piece, and its name for people
FILTERS = (
    ("template", "design"),
    ("format", "format"),
    ("committee", "committee"),
    ("language", "language"),
    ("filling", "texts"),
)


def put_pictures(folder: Path, judged: Judged) -> list[str]:
    """Write a piece's pages as PNG; return the names of their files."""
    files = []
    for page, picture in enumerate(judged.pictures, 1):
        files.append(f"{judged.ask.id}-{page}.png")
        write_file(folder / files[-1], picture)
    return files


def put_index(folder: Path, name: str, pieces: Iterable[tuple[Judged, Sequence[str]]]) -> None:
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
        pieces=[_piece(judged, files) for judged, files in told],
    )
    write_file(folder / INDEX, page.encode())


def _piece(judged: Judged, files: Sequence[str]) -> dict[str, object]:
    ask: Ask = judged.ask
    return {
        "id": ask.id,
        "files": list(files),
        "fields": {key: getattr(ask, key) for key, _ in FILTERS},
        "wrong": [one.message for one in judged.findings],
    }
