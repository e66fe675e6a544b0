"""Style sheets and fonts, read once and used for every layout of a design."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from printkit.errors import WorkspaceError
from printkit.render.engine import engine
from printkit.render.fetch import FONTS, Fetcher, address_of
from printkit.render.fonts import Faces
from printkit.render.listen import listening
from printkit.template import Artwork

# How many designs are held at a time; a batch goes through them one after another.
HELD = 4
_studios: "OrderedDict[tuple[str, str], Studio]" = OrderedDict()


@dataclass(frozen=True)
class Studio:
    """Hold a design's fonts and parsed style sheets."""

    fonts: Any
    faces: Faces
    sheets: tuple[Any, ...]


def studio_for(artwork: Artwork) -> Studio:
    """Return the studio of an artwork's style sheets; files that changed make a new one."""
    key = (str(artwork.workspace.root), _key(artwork))
    if key not in _studios:
        _studios[key] = _open(artwork)
    _studios.move_to_end(key)
    while len(_studios) > HELD:
        _studios.popitem(last=False)
    return _studios[key]


def parse_css(text: str, studio_fonts: Any, fetcher: Fetcher, file: str) -> Any:
    """Parse a style sheet's text as if it stood in `file`."""
    return engine().css(string=text, base_url=address_of(file), url_fetcher=fetcher, font_config=studio_fonts)


def _key(artwork: Artwork) -> str:
    suffixes = FONTS | {".css"}
    files = [
        (file, sha) for file, sha in artwork.inputs.items() if PurePosixPath(file).suffix.lower() in suffixes
    ]
    return hashlib.sha256(repr((artwork.stylesheets, files)).encode()).hexdigest()


def _open(artwork: Artwork) -> Studio:
    fonts, faces = engine().fonts(), Faces()
    fetcher = Fetcher(artwork.workspace, {}, artwork.where)
    add = fonts.add_font_face

    def declare(rule: Any, fetch: Any) -> None:
        faces.declare(rule, fetcher)
        add(rule, fetch)

    fonts.add_font_face = declare
    sheets = []
    for file in artwork.stylesheets:
        fetcher.source = file
        with stopping(fetcher), listening(file):
            sheets.append(parse_css(artwork.workspace.read_text(file), fonts, fetcher, file))
    fonts.add_font_face = _refuse
    return Studio(fonts, faces, tuple(sheets))


def _refuse(rule: Any, fetch: Any) -> None:
    raise WorkspaceError(
        fetch.source, f"@font-face '{rule['font_family']}'", "fonts are declared in style sheets"
    )


class stopping:
    """Raise the error that made a fetcher stop the layout, in place of WeasyPrint's."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.fetcher = fetcher

    def __enter__(self) -> None:
        self.fetcher.failed = None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if self.fetcher.failed is not None:
            raise self.fetcher.failed from None
