"""Widths and heights of glyphs, as far as the font's dictionaries tell them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat
from struct import unpack
from typing import Any, NamedTuple

import pikepdf

from printkit.content.matrix import Matrix
from printkit.content.objects import BadOperand, entry, matrix_of, number, numbers, text_of

# Where a descriptor has the font itself, by its kind
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
# ISO 32000-1, 9.2.4: glyph space is a thousandth of text space, but in Type 3
GLYPH_UNIT = Matrix(0.001, 0, 0, 0.001)
# Where a font says nothing (the standard 14): the middle of Helvetica's widths, and its heights
USUAL_WIDTH, USUAL_ASCENT, USUAL_DESCENT = 556.0, 718.0, -207.0
DEFAULT_CID_WIDTH = 1000.0
# ISO 32000-1, Table 117: DW2
DEFAULT_UPRIGHT = 880.0, -1000.0


class VerticalMetrics(NamedTuple):
    """How a glyph stands in vertical writing: how far it moves on, and its middle from its origin."""

    advance: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Upright:
    """The places of glyphs in vertical writing (ISO 32000-1, 9.7.4.3), by character code."""

    advance: float
    y: float
    places: dict[int, VerticalMetrics]

    def place(self, code: int, width: float) -> VerticalMetrics:
        return self.places.get(code) or VerticalMetrics(self.advance, width / 2, self.y)


@dataclass(frozen=True, slots=True)
class Font:
    """What measuring needs of a font; widths and heights in glyph units, by character code."""

    name: str
    source: pikepdf.Object
    wide: bool = False
    widths: dict[int, float] = field(default_factory=dict)
    usual: float = USUAL_WIDTH
    ascent: float = USUAL_ASCENT
    descent: float = USUAL_DESCENT
    unit: Matrix = GLYPH_UNIT
    # how vertical writing sets the glyphs, None where writing is level
    upright: Upright | None = None
    # whether glyphs are content streams (Type 3); asked of each text, so not of the dictionary each time
    drawn: bool = False

    def codes(self, text: bytes) -> Iterator[int]:
        """Yield character codes: two bytes each in composite fonts (Identity-H and its like), else one."""
        if not self.wide:
            return iter(text)
        count = len(text) // 2
        return iter(unpack(f">{count}H", text[: 2 * count]))

    def width(self, code: int) -> float:
        return self.widths.get(code, self.usual)

    def place(self, code: int) -> VerticalMetrics:
        """Return how a glyph stands in vertical writing; level writing has its width and no other middle."""
        width = self.width(code)
        return self.upright.place(code, width) if self.upright else VerticalMetrics(width, 0.0, 0.0)

    def advance(self, code: int) -> float:
        """Return how far a glyph moves on, to the right or, in vertical writing, upwards."""
        return self.place(code).advance if self.upright else self.width(code)

    def level_width(self, text: bytes) -> float:
        """Return the widths of all glyphs of a level text together."""
        return sum(map(self.widths.get, self.codes(text), repeat(self.usual)))

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
    upright = _upright(child) if _stands(source.get("/Encoding")) else None
    widths = dict(_cid_lists(entry(child, "/W"), 1))
    plain = {code: values[0] for code, values in widths.items()}
    return Font(_name(source), source, True, plain, usual, *heights, upright=upright)


def _stands(encoding: Any) -> bool:
    """Tell whether a CMap, by its predefined name or embedded, writes downwards."""
    if isinstance(encoding, pikepdf.Name):
        name = text_of(encoding)
        return name == "/V" or name.endswith("-V")
    return bool(entry(encoding, "/WMode") == 1)


def _upright(child: Any) -> Upright:
    try:
        y, advance = numbers(entry(child, "/DW2"), 2)
    except BadOperand:
        y, advance = DEFAULT_UPRIGHT
    places = {code: VerticalMetrics(*values) for code, values in _cid_lists(entry(child, "/W2"), 3)}
    return Upright(advance, y, places)


def _drawn(source: Any) -> Font:
    try:
        box = numbers(source.get("/FontBBox"), 4)
    except BadOperand:
        box = [0.0, 0.0, 0.0, 0.0]
    name = text_of(source.get("/Name", "/Type3"))[1:]
    unit = matrix_of(source, "/FontMatrix")
    return Font(name, source, False, _simple_widths(source), 0.0, box[3], box[1], unit, drawn=True)


def _simple_widths(source: Any) -> dict[int, float]:
    try:
        first = int(_number(source.get("/FirstChar"), 0))
        return {first + i: width for i, width in enumerate(numbers(source.get("/Widths")))}
    except BadOperand:
        return {}


def _cid_lists(array: Any, size: int) -> Iterator[tuple[int, tuple[float, ...]]]:
    """Read `first [v v v] first last v ...`, values of `size` numbers; stop where it is broken."""
    parts = list(array) if isinstance(array, pikepdf.Array) else []
    at = 0
    try:
        while at + 1 < len(parts):
            first = int(number(parts[at]))
            if isinstance(parts[at + 1], pikepdf.Array):
                values = numbers(parts[at + 1])
                found = range(0, len(values) - size + 1, size)
                yield from ((first + i // size, tuple(values[i : i + size])) for i in found)
                at += 2
            else:
                # No code has more than two bytes; a broken list must not fill the memory.
                last = min(int(number(parts[at + 1])), 0xFFFF)
                value = tuple(numbers(parts[at + 2 : at + 2 + size], size))
                yield from ((code, value) for code in range(first, last + 1))
                at += 2 + size
    except BadOperand:
        return


def _heights(descriptor: Any) -> tuple[float, float]:
    """Return ascent and descent; zeros (as some writers leave them) count as absent."""
    ascent = _number(entry(descriptor, "/Ascent"), 0.0) or USUAL_ASCENT
    descent = _number(entry(descriptor, "/Descent"), 0.0) or USUAL_DESCENT
    # Some writers leave out the minus sign.
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
