"""Font files: whole, allowed in print, and as TrueType where a program reads nothing else."""

import io
import logging
import string
import struct
from collections.abc import Iterator
from functools import lru_cache
from statistics import median
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.sfnt import calcChecksum

from printkit.words import Message

_PLAIN = (b"\0\1\0\0", b"OTTO", b"true")
_NEEDED = ("head", "hhea", "maxp", "hmtx", "cmap")
# Of the Latin alphabets; a font of another script is looked at as far as it has them
_LATIN = string.ascii_uppercase + string.ascii_lowercase + string.digits
_LETTERS = _LATIN + "".join(filter(str.isalpha, map(chr, range(0xC0, 0x100))))
# OpenType 1.9, OS/2, fsType: bits 1 to 3 are what may be done, the least strict counts; bit 9: no outlines
_USES, _RESTRICTED, _BITMAPS = 0x000E, 0x0002, 0x0200
# How many times as wide as its advance the ink of letters is in a script with long strokes, at the most
_WIDEST = 2.5
# Parts of an em that capitals are high, where a font neither says so nor has an H
_CAPITALS = 0.7
# Parts of an em: as near as a curve of two points is to one of three, which no printer shows
_NEAR = 0.001
# OpenType 1.9, maxp
_COUNTED = (
    "maxPoints",
    "maxContours",
    "maxCompositePoints",
    "maxCompositeContours",
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxComponentDepth",
)

# What fontTools says of odd figures helps nobody; without a hand to take it Python prints it.
logging.getLogger("fontTools").addHandler(logging.NullHandler())


class TypefaceProblem(ValueError):
    """Say what is wrong with a font file, and what to do about it."""


@lru_cache(maxsize=16)
def opened(content: bytes) -> Any:
    """Open a font to read in it, one for all who ask, as to find its characters takes long."""
    font = TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False)
    number_glyphs(font)
    return font


def number_glyphs(font: Any) -> None:
    """Have a TrueType font's glyphs known by their numbers; to read the table of names takes longer."""
    if "glyf" in font and "maxp" in font:
        font.setGlyphOrder([f"glyph{number:05d}" for number in range(font["maxp"].numGlyphs)])


@lru_cache(maxsize=64)
def check_typeface(content: bytes) -> None:
    """Raise TypefaceProblem for a font that is damaged, or that its maker lets nobody embed."""
    if content[:4] == b"ttcf":
        raise TypefaceProblem(Message("a collection of fonts; save the one in use as a file of its own"))
    problem = _damage(content)
    if problem:
        raise TypefaceProblem(
            Message("the font is damaged: %(problem)s; get it again from its source", problem=problem)
        )
    rights = getattr(opened(content).get("OS/2"), "fsType", 0)
    if rights & _USES == _RESTRICTED or rights & _BITMAPS:
        what = Message("its maker does not let it be embedded (fsType), so no file for print may hold it")
        raise TypefaceProblem(Message("%(what)s; get a licence for print, or take another font", what=what))


@lru_cache(maxsize=64)
def letters_of(content: bytes) -> frozenset[int]:
    """Return the code points that a font has; raise TypefaceProblem for one that is damaged."""
    check_typeface(content)
    return frozenset(opened(content).getBestCmap() or {})


def capital_height(font: Any) -> float:
    """Return how high capitals of an opened font are, in its units: as it says, else as its H is drawn."""
    # OpenType 1.9, OS/2: the field came with version 2; older fonts have none, and Apple's no such table.
    told = getattr(font.get("OS/2"), "sCapHeight", 0)
    name = (font.getBestCmap() or {}).get(ord("H"))
    if told or name is None:
        return float(told or _CAPITALS * font["head"].unitsPerEm)
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return float(pen.bounds[3]) if pen.bounds else _CAPITALS * font["head"].unitsPerEm


def as_truetype(content: bytes) -> bytes:
    """Return a font unpacked and with TrueType outlines, the same bytes where it has both."""
    return content if content[:4] in (_PLAIN[0], _PLAIN[2]) else _converted(content)


def _damage(content: bytes) -> str | None:
    try:
        return next(_problems(content, opened(content)), None)
    # fontTools raises whatever comes: struct.error, AssertionError, an index out of range, its own errors.
    except Exception:  # noqa: BLE001
        return Message("it cannot be read")


def _problems(content: bytes, font: TTFont) -> Iterator[str]:
    for tag in _NEEDED:
        if tag not in font:
            yield Message("it has no table %(tag)s", tag=tag)
    # OpenType 1.9, data types: a Tag is four characters from space to tilde
    tags = "".join(font.keys())
    if not (tags.isascii() and tags.isprintable()):
        yield Message("it has a table without a name")
    yield from _sums(content)
    yield from _measures(font)
    yield from _places(font)
    yield from _names(font)
    yield from _shapes(font)


def _sums(content: bytes) -> Iterator[str]:
    """Name a table that is not what its checksum says; packed fonts are checked as they are unpacked.

    numpy adds a font up in a fiftieth of the 2 ms that this takes, but loading it takes 50, and a run that
    only looks at fonts needs nothing else of it.
    """
    if content[:4] not in _PLAIN:
        return
    for number in range(int.from_bytes(content[4:6])):
        tag, given, offset, length = struct.unpack_from(">4sLLL", content, 12 + 16 * number)
        # The checksum of head counts without a field of its own, which programs leave as it was.
        if tag != b"head" and calcChecksum(content[offset : offset + length]) != given:
            yield Message(
                "table %(tag)s is not what its checksum says", tag=tag.decode("ascii", "replace").strip()
            )


def _measures(font: Any) -> Iterator[str]:
    size, glyphs, measured = font["head"].unitsPerEm, font["maxp"].numGlyphs, font["hhea"].numberOfHMetrics
    if not 16 <= size <= 16384:
        yield Message("%(size)s units to the em", size=size)
    if not 1 <= measured <= glyphs or len(font.reader["hmtx"]) < 2 * glyphs + 2 * measured:
        yield Message("the widths in table hmtx are not those of its glyphs")
    if not 0.3 * size <= font["hhea"].ascent - font["hhea"].descent <= 8 * size:
        yield Message("the heights in table hhea are none")


def _places(font: Any) -> Iterator[str]:
    if "loca" in font:
        places, length = list(font["loca"]), len(font.reader["glyf"])
        if places != sorted(places) or places[-1] > length or len(places) != font["maxp"].numGlyphs + 1:
            yield Message("table loca does not lead to its glyphs")


def _names(font: Any) -> Iterator[str]:
    """Look whether each name lies in its table, without which glyphs cannot be taken out of a font."""
    if "name" not in font:
        return
    data = font.reader["name"]
    # OpenType 1.9, name: version, count and where the words begin, then twelve bytes a name
    _, count, words = struct.unpack_from(">3H", data)
    for number in range(count):
        length, offset = struct.unpack_from(">2H", data, 6 + 12 * number + 8)
        if words + offset + length > len(data):
            yield Message("table name does not lead to its words")
            return


def _shapes(font: Any) -> Iterator[str]:
    """Look at the letters: each has a shape, and moves on about as far as it is wide."""
    names, size, wide = font.getBestCmap() or {}, font["head"].unitsPerEm, []
    for letter in _LETTERS:
        name = names.get(ord(letter))
        if name is None:
            continue
        width, ink = font["hmtx"][name][0], _ink(font, name)
        if ink is None:
            yield Message("the letter %(letter)s has no shape", letter=letter)
        elif not 0 < width <= 10 * size:
            yield Message("the letter %(letter)s has no width", letter=letter)
        else:
            wide.append(ink / width)
    if wide and median(wide) > _WIDEST:
        yield Message("letters are far wider than the room they take")


def _ink(font: Any, name: str) -> float | None:
    """Return how wide a glyph's ink is; None where it has none."""
    if "glyf" in font:
        # Its own edges will do: to draw it takes ten times as long.
        glyph = font["glyf"][name]
        return float(glyph.xMax - glyph.xMin) if glyph.numberOfContours else None
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)
    return None if pen.bounds is None else float(pen.bounds[2] - pen.bounds[0])


@lru_cache(maxsize=8)
def _converted(content: bytes) -> bytes:
    font: Any = TTFont(io.BytesIO(content), recalcTimestamp=False)
    font.flavor = None
    if "glyf" not in font:
        _to_quadratic(font)
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def _to_quadratic(font: Any) -> None:
    """Put outlines of two points a curve in place of those of three."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    near, drawn = _NEAR * font["head"].unitsPerEm, {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, near, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, drawn
    for tag in ("CFF ", "CFF2", "VORG", "DSIG"):
        if tag in font:
            del font[tag]
    font["maxp"] = _profile_of(len(order))
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 2.0, [], {}
    font["post"].glyphOrder = order
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\0\1\0\0"


def _profile_of(glyphs: int) -> Any:
    """Return a table maxp of version 1 without instructions; what is counted is counted when it is saved."""
    table: Any = newTable("maxp")
    table.tableVersion, table.numGlyphs = 0x00010000, glyphs
    for name in _COUNTED:
        setattr(table, name, 0)
    table.maxZones = 1
    return table
