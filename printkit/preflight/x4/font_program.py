"""The programs of embedded fonts: which glyph a code shows, and how wide it is."""

import logging
import re
import struct
from typing import Any

import pikepdf
from fontTools.ttLib import TTLibError
from pikepdf import Array, Name, Stream

from printkit.content import Font, entry, text_of
from printkit.content.fonts import FONT_FILES
from printkit.preflight.core.limits import BROKEN
from printkit.preflight.x4.font_cff import read_cff
from printkit.preflight.x4.font_codes import blank_by_name, named_codes
from printkit.preflight.x4.font_sfnt import read_sfnt
from printkit.preflight.x4.font_type1 import read_type1
from printkit.preflight.x4.font_types import PER_MILLE, Advances, NoProgram, Program
from printkit.streams import data_of
from printkit.words import Message

# Encodings of composite fonts whose codes are the numbers of glyphs (ISO 32000-1, Table 118)
IDENTITY = ("/Identity-H", "/Identity-V")
# What TrueType and OpenType files begin with (OpenType 1.9, Table Directory)
SFNT = (b"\0\1\0\0", b"OTTO", b"true")
# How a glyph that is content begins: wx wy d0, or wx wy and its box, d1 (ISO 32000-1, Table 113)
_ADVANCE = re.compile(
    rb"\s*([-+]?(?:\d+\.?\d*|\.\d+))(?:\s+[-+.\d]+)(?:\s+d0|(?:\s+[-+.\d]+){4}\s+d1)(?![^\s/\[(<])"
)
# What garbage raises in readers of fonts
DAMAGE = (TTLibError, AssertionError, struct.error, *BROKEN)
# What fontTools says of fonts is nothing for who prints: without a handler Python writes it to stderr.
logging.getLogger("fontTools").addHandler(logging.NullHandler())


def read_program(font: Font) -> Program | None:
    """Return the program of a font, None where none is embedded or its codes are not told here.

    NoProgram where it cannot be read.
    """
    holder = _holder(font)
    descriptor = entry(holder, "/FontDescriptor")
    if font.drawn:
        return _drawn(font)
    kind = next((key for key in FONT_FILES if entry(descriptor, key) is not None), None)
    if kind is None:
        return None
    try:
        stream = entry(descriptor, kind)
        data = data_of(stream)
        # Readers choose by Subtype, and would take garbage for outlines
        if kind == "/FontFile3" and (stream.get("/Subtype") == Name.OpenType) != (data[:4] in SFNT):
            raise NoProgram(Message("is not of the kind that its Subtype says"))
        program = _read(font, holder, kind, data)
        return program and Program(_guarded(program.advances), program.blank)
    except pikepdf.PdfError as error:
        raise NoProgram(Message("cannot be unpacked")) from error
    except DAMAGE as error:
        raise NoProgram(Message("cannot be read: it is no font, or damaged")) from error


def _drawn(font: Font) -> Program:
    """Return the program of a Type 3 font: its glyphs are content that says at its begin how wide it is."""

    def advances(code: int) -> list[float]:
        glyph = font.glyph(code)
        if glyph is None:
            return []
        try:
            said = _ADVANCE.match(data_of(glyph))
        except pikepdf.PdfError:
            said = None
        # Content that says nothing is told as content
        return [float(said[1]) if said else font.width(code)]

    return Program(advances, blank_by_name(named_codes(font.source) or {}), font.unit.a * PER_MILLE)


def _guarded(advances: Advances) -> Advances:
    """Return what tells advances; a single glyph that is damaged fails as the whole program does."""

    def told(code: int) -> list[float]:
        try:
            return advances(code)
        except DAMAGE as error:
            raise NoProgram(Message("cannot be read: it is no font, or damaged")) from error

    return told


def _holder(font: Font) -> Any:
    """Return the dictionary that has the descriptor: the descendant's of a composite font."""
    below = font.source.get("/DescendantFonts")
    return below[0] if font.wide and isinstance(below, Array) and len(below) else font.source


def _read(font: Font, holder: Any, kind: str, data: bytes) -> Program | None:
    glyphs = _glyph_map(holder) if font.wide else None
    if kind == "/FontFile":
        return read_type1(data, font.source)
    in_tables = kind == "/FontFile2" or data[:4] in SFNT
    made = read_sfnt(data, font, glyphs) if in_tables else read_cff(data, font)
    # By another map codes lead to glyphs in ways that are not read here: nothing is told then, rather than
    # what may be wrong
    return None if font.wide and not _plain(font) else made


def _plain(font: Font) -> bool:
    """Tell whether a composite font's codes are the numbers of glyphs."""
    encoding = font.source.get("/Encoding")
    return isinstance(encoding, Name) and text_of(encoding) in IDENTITY


def _glyph_map(holder: Any) -> bytes | None:
    """Return CIDToGIDMap, two bytes a glyph; None where it is Identity."""
    mapped = entry(holder, "/CIDToGIDMap")
    return data_of(mapped) if isinstance(mapped, Stream) else None
