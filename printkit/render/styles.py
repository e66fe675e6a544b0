"""Style sheets and fonts, read once and used for every layout of a design."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from printkit.errors import WorkspaceError
from printkit.profiles import BRAND
from printkit.render.added_css import font_sheet
from printkit.render.engine import engine, open_fonts
from printkit.render.fetch import FONTS, Fetcher, address_of
from printkit.render.fonts import Faces
from printkit.render.listen import listening
from printkit.render.numbers import check_numbers
from printkit.render.variables import Variables, read_variables
from printkit.template import Artwork
from printkit.template.sources import local_file
from printkit.words import Message
from printkit.workspace import Workspace, decode, digests

# An import without conditions (WeasyPrint takes the others), or a comment, to pass over what stands in it.
_IMPORT = re.compile(
    r"""/\*.*?\*/|@import\s+(?:url\(\s*)?(?P<quote>["'])(?P<address>[^"']+)(?P=quote)\s*\)?\s*;""",
    re.DOTALL,
)
# How many designs are held at a time; a batch goes through them one after another.
HELD = 4
# How many of printkit's own style sheets a design holds; what was tried for one piece is tried for the next.
SHEETS = 64
_kept: "OrderedDict[tuple[str, str], DesignStyles]" = OrderedDict()


@dataclass(frozen=True)
class DesignStyles:
    """A design's fonts and parsed style sheets."""

    fonts: Any
    faces: Faces
    sheets: tuple[Any, ...]
    variables: Variables = field(default_factory=Variables)
    read: dict[str, str] = field(default_factory=dict)
    own: dict[tuple[str, str], Any] = field(default_factory=dict)

    def sheet(self, text: str, fetcher: Fetcher, file: str) -> Any:
        """Return one of printkit's own style sheets, parsed as if it stood in `file`."""
        key = (file, text)
        if key not in self.own:
            self.own[key] = parse_css(text, self.fonts, fetcher, file)
            while len(self.own) > SHEETS:
                del self.own[next(iter(self.own))]
        return self.own[key]


def styles_of(artwork: Artwork) -> DesignStyles:
    """Return the styles of an artwork's style sheets; files that changed make a new one."""
    key = (str(artwork.workspace.root), _key(artwork))
    if key not in _kept or not _is_as_read(_kept[key], artwork.workspace):
        _kept[key] = _open(artwork)
    _kept.move_to_end(key)
    while len(_kept) > HELD:
        _kept.popitem(last=False)
    return _kept[key]


def _is_as_read(styles: DesignStyles, workspace: Workspace) -> bool:
    return dict(digests(workspace, styles.read)) == styles.read


def parse_css(text: str, fonts: Any, fetcher: Fetcher, file: str) -> Any:
    """Parse a style sheet's text as if it stood in `file`."""
    return engine().css(string=text, base_url=address_of(file), url_fetcher=fetcher, font_config=fonts)


def _key(artwork: Artwork) -> str:
    suffixes = FONTS | {".css"}
    files = [
        (file, sha) for file, sha in artwork.inputs.items() if PurePosixPath(file).suffix.lower() in suffixes
    ]
    told = (artwork.stylesheets, files, artwork.fonts)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _open(artwork: Artwork) -> DesignStyles:
    fonts, faces = open_fonts(), Faces()
    fetcher = Fetcher(artwork.workspace, artwork.press, {}, artwork.where)
    add = fonts.add_font_face

    def declare(rule: Any, fetch: Any) -> None:
        faces.declare(rule, fetcher, every_weight=fetcher.source == BRAND)
        add(rule, fetch)

    fonts.add_font_face = declare
    sheets, found = [], Variables()
    for start in artwork.stylesheets:
        for file, text in _with_imports(fetcher, start, ()):
            fetcher.source = file
            found += read_variables(file, text)
            check_numbers(file, text)
            with stopping(fetcher), listening(file):
                sheets.append(parse_css(text, fonts, fetcher, file))
    fetcher.source = BRAND
    with stopping(fetcher), listening(BRAND):
        parse_css(font_sheet(artwork), fonts, fetcher, BRAND)
    fonts.add_font_face = _refuse
    return DesignStyles(fonts, faces, tuple(sheets), found, fetcher.read)


def _with_imports(fetcher: Fetcher, file: str, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the style sheets that `file` imports, then itself, each on its own: messages then name it."""
    text, imported = decode(fetcher.take(file), file), []

    def take(found: re.Match[str]) -> str:
        other = local_file(file, found["address"] or "")
        if other is None or not fetcher.workspace.has(other):
            return found[0]
        imported.append(other)
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
