"""Style sheets and fonts, read once and used for every layout of a design."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

from printkit.errors import WorkspaceError
from printkit.profiles import BRAND
from printkit.render.added_css import font_sheet
from printkit.render.engine import open_fonts
from printkit.render.fetch import FONTS, Fetcher
from printkit.render.fonts import Faces
from printkit.render.listen import listening
from printkit.render.sheets import Sheet, read_sheet
from printkit.render.variables import Variables
from printkit.template import Artwork
from printkit.template.sources import local_file
from printkit.words import Message
from printkit.workspace import Workspace, decode, digests

T = TypeVar("T")

# An import without conditions (WeasyPrint takes the others), or a comment, to pass over what stands in it.
_IMPORT = re.compile(
    r"""/\*.*?\*/|@import\s+(?:url\(\s*)?(?P<quote>["'])(?P<address>[^"']+)(?P=quote)\s*\)?\s*;""",
    re.DOTALL,
)
# How many designs are held at a time; a batch goes through them one after another.
HELD = 4
_kept: "OrderedDict[tuple[str, str], DesignStyles]" = OrderedDict()
_opened: "OrderedDict[tuple[str, str], FontSet]" = OrderedDict()


@dataclass(frozen=True)
class FontSet:
    """Fonts as the engine has them and as printkit reads them, and the files that they were read from."""

    fonts: Any
    faces: Faces
    read: dict[str, str]


@dataclass(frozen=True)
class DesignStyles:
    """A design's fonts and parsed style sheets."""

    fonts: Any
    faces: Faces
    sheets: tuple[Any, ...]
    variables: Variables = field(default_factory=Variables)
    read: dict[str, str] = field(default_factory=dict)
    # By name, what @counter-style declares
    counters: dict[str, Any] = field(default_factory=dict)


def styles_of(artwork: Artwork) -> DesignStyles:
    """Return the styles of an artwork's style sheets; files that changed make a new one."""
    key = (str(artwork.workspace.root), _key(artwork))
    # Read files are compared as well: an import that changed is in no key
    if key not in _kept or not _is_as_read(_kept[key].read, artwork.workspace):
        _kept[key] = _open(artwork)
    return _held(_kept, key)


def _held(kept: OrderedDict[tuple[str, str], T], key: tuple[str, str]) -> T:
    """Return what is kept under a key as the last one in use, and let go of the first."""
    kept.move_to_end(key)
    while len(kept) > HELD:
        kept.popitem(last=False)
    return kept[key]


def _is_as_read(read: dict[str, str], workspace: Workspace) -> bool:
    return dict(digests(workspace, read)) == read


def _key(artwork: Artwork) -> str:
    suffixes = FONTS | {".css"}
    files = [
        (file, sha) for file, sha in artwork.inputs.items() if PurePosixPath(file).suffix.lower() in suffixes
    ]
    told = (artwork.stylesheets, files, artwork.fonts)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _open(artwork: Artwork) -> DesignStyles:
    fetcher, sheets, found = Fetcher(artwork.workspace, artwork.press, {}, artwork.where), [], Variables()
    for start in artwork.stylesheets:
        for file, text in _with_imports(fetcher, start, ()):
            fetcher.source = file
            with stopping(fetcher), listening(file):
                sheets.append(read_sheet(text, fetcher, file))
            found += sheets[-1].variables
    fetcher.source = BRAND
    with stopping(fetcher), listening(BRAND):
        brand = read_sheet(font_sheet(artwork), fetcher, BRAND)
    opened = _fonts_of(artwork, [*sheets, brand])
    parsed = tuple(sheet.parsed for sheet in sheets)
    counters = {name: counter for sheet in sheets for name, counter in sheet.counters.items()}
    return DesignStyles(opened.fonts, opened.faces, parsed, found, fetcher.read | opened.read, counters)


def _fonts_of(artwork: Artwork, sheets: Sequence[Sheet]) -> FontSet:
    """Return the fonts that style sheets declare, those of before where they declare the same.

    Opening them takes as long as a page's layout, and a look through their shapes is kept with them.
    """
    declared = [(sheet.file, rule) for sheet in sheets for rule in sheet.declared]
    key = str(artwork.workspace.root), repr(declared)
    if key not in _opened or not _is_as_read(_opened[key].read, artwork.workspace):
        _opened[key] = _open_fonts(artwork, declared)
    return _held(_opened, key)


def _open_fonts(artwork: Artwork, declared: list[tuple[str, Any]]) -> FontSet:
    fonts, faces = open_fonts(), Faces()
    fetcher = Fetcher(artwork.workspace, artwork.press, {}, artwork.where)
    for file, rule in declared:
        fetcher.source = file
        with stopping(fetcher), listening(file):
            faces.declare(rule, fetcher, every_weight=file == BRAND)
            fonts.add_font_face(rule, fetcher)
    # Fonts in the page itself would be declared anew at each layout
    fonts.add_font_face = _refuse
    return FontSet(fonts, faces, fetcher.read)


def _with_imports(fetcher: Fetcher, file: str, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the style sheets that `file` imports, then itself, each on its own: messages then name it."""
    text, imported = decode(fetcher.take(file), file), []

    def take(found: re.Match[str]) -> str:
        other = local_file(file, found["address"] or "")
        if other is None or not fetcher.workspace.has(other):
            return found[0]
        imported.append(other)
        # Lines stay where they were, for the messages
        return "\n" * found[0].count("\n")

    text = _IMPORT.sub(take, text)
    for other in imported:
        if other not in (*above, file):
            yield from _with_imports(fetcher, other, (*above, file))
    yield file, text


def _refuse(rule: Any, fetch: Any) -> None:
    raise WorkspaceError(
        fetch.source, f"@font-face '{rule['font_family']}'", Message("fonts are declared in style sheets")
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
