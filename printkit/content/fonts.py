"""Widths and heights of glyphs, as far as the font's dictionaries tell them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from printkit.content.matrix import Matrix
from printkit.content.objects import BadOperand, entry, matrix_of, number, numbers, text_of

# ISO 32000-1, 9.2.4: glyph space is a thousandth of text space, but in Type 3
GLYPH_UNIT = Matrix(0.001, 0, 0, 0.001)
# Where a font says nothing (the standard 14): the middle of Helvetica's widths, and its heights
USUAL_WIDTH, USUAL_ASCENT, USUAL_DESCENT = 556.0, 718.0, -207.0
DEFAULT_CID_WIDTH = 1000.0


@dataclass(frozen=True, slots=True)
class Font:
    """Hold what measuring needs of a font; widths and heights in glyph units, by character code."""

    name: str
    source: pikepdf.Object
    wide: bool = False
    widths: dict[int, float] = field(default_factory=dict)
    usual: float = USUAL_WIDTH
    ascent: float = USUAL_ASCENT
    descent: float = USUAL_DESCENT
    unit: Matrix = GLYPH_UNIT

    @property
    def drawn(self) -> bool:
        """Tell whether glyphs are content streams (Type 3)."""
        return self.source.get("/Subtype") == "/Type3"

    def codes(self, text: bytes) -> Iterator[int]:
        """Yield character codes: two bytes each in composite fonts (Identity-H and its like), else one."""
        if not self.wide:
            return iter(text)
        return (text[i] << 8 | text[i + 1] for i in range(0, len(text) - 1, 2))

    def width(self, code: int) -> float:
        return self.widths.get(code, self.usual)

    def glyph(self, code: int) -> Any:
        """Return the content stream of a Type 3 glyph, None where it has none."""
        name = _encoded(entry(self.source, "/Encoding", "/Differences"), code)
        glyph = None if name is None else entry(self.source, "/CharProcs", name)
        return glyph if isinstance(glyph, pikepdf.Stream) else None


def read_font(source: Any) -> Font:
    """Return the metrics of a font dictionary; BadOperand where it is no dictionary."""
    if not isinstance(source, pikepdf.Dictionary):
        raise BadOperand(source)
    kind = source.get("/Subtype")
    if kind == "/Type0":
        return _composite(source)
    if kind == "/Type3":
        return _drawn(source)
    descriptor = source.get("/FontDescriptor")
    missing = _number(entry(descriptor, "/MissingWidth"), USUAL_WIDTH)
    return Font(_name(source), source, False, _simple_widths(source), missing, *_heights(descriptor))


def _composite(source: Any) -> Font:
    descendants = source.get("/DescendantFonts")
    child = descendants[0] if isinstance(descendants, pikepdf.Array) and len(descendants) else None
    usual = _number(entry(child, "/DW"), DEFAULT_CID_WIDTH)
    heights = _heights(entry(child, "/FontDescriptor"))
    return Font(_name(source), source, True, _cid_widths(entry(child, "/W")), usual, *heights)


def _drawn(source: Any) -> Font:
    try:
        box = numbers(source.get("/FontBBox"), 4)
    except BadOperand:
        box = [0.0, 0.0, 0.0, 0.0]
    name = text_of(source.get("/Name", "/Type3"))[1:]
    return Font(
        name, source, False, _simple_widths(source), 0.0, box[3], box[1], matrix_of(source, "/FontMatrix")
    )


def _simple_widths(source: Any) -> dict[int, float]:
    try:
        first = int(_number(source.get("/FirstChar"), 0))
        return {first + i: width for i, width in enumerate(numbers(source.get("/Widths")))}
    except BadOperand:
        return {}


def _cid_widths(array: Any) -> dict[int, float]:
    """Read `first [w w w] first last w ...` (ISO 32000-1, 9.7.4.3); stop where it is broken."""
    widths: dict[int, float] = {}
    parts = list(array) if isinstance(array, pikepdf.Array) else []
    at = 0
    try:
        while at + 1 < len(parts):
            first = int(number(parts[at]))
            if isinstance(parts[at + 1], pikepdf.Array):
                widths.update(enumerate(numbers(parts[at + 1]), first))
                at += 2
            else:
                last = min(int(number(parts[at + 1])), 0xFFFF)
                widths.update(dict.fromkeys(range(first, last + 1), number(parts[at + 2])))
                at += 3
    except (BadOperand, IndexError):
        pass
    return widths


def _heights(descriptor: Any) -> tuple[float, float]:
    """Return ascent and descent; zeros (as some writers leave them) count as absent."""
    ascent = _number(entry(descriptor, "/Ascent"), 0.0) or USUAL_ASCENT
    descent = _number(entry(descriptor, "/Descent"), 0.0) or USUAL_DESCENT
    return ascent, -abs(descent)


def _encoded(differences: Any, code: int) -> str | None:
    at, found = 0, None
    for item in differences if isinstance(differences, pikepdf.Array) else ():
        if isinstance(item, pikepdf.Name):
            found = text_of(item) if at == code else found
            at += 1
        else:
            at = int(_number(item, 0))
    return found


def _name(source: Any) -> str:
    return text_of(source.get("/BaseFont", "/"))[1:]


def _number(value: Any, otherwise: float) -> float:
    try:
        return number(value)
    except BadOperand:
        return otherwise
