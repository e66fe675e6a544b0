"""Compact font programs (CFF), of simple fonts by name and of composite ones by number."""

from io import BytesIO
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.misc.psCharStrings import T2WidthExtractor

from printkit.content import Font
from printkit.preflight.x4.font_codes import (
    NOTDEF,
    blank_by_name,
    mapped,
    named_codes,
    standard_codes,
)
from printkit.preflight.x4.font_types import Program

_MATRIX = "FontMatrix"
_PLAIN = 0.001


def read_cff(data: bytes, font: Font, glyph_map: bytes | None = None) -> Program | None:
    """Return a program; None for a simple font whose program is keyed by numbers."""
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(data), None)
    top = fonts[0]
    strings, charset, numbered = top.CharStrings, top.charset, "ROS" in top.rawDict
    if font.wide:
        known = set(charset) if numbered else set()

        def name_of(code: int) -> str:
            if glyph_map is not None:
                code = mapped(code, glyph_map)
            # A map leads to places of the program, whatever it calls them
            elif numbered:
                return f"cid{code:05d}" if code and f"cid{code:05d}" in known else NOTDEF
            return charset[code] if code < len(charset) else NOTDEF

        return Program(lambda code: _advances(top, strings, name_of(code)), lambda code: False)
    if numbered:
        return None
    names = _names(top.Encoding, font.source)
    return Program(lambda code: _advances(top, strings, names.get(code, NOTDEF)), blank_by_name(names))


def _names(own: Any, source: Any) -> dict[int, str]:
    """Return the glyph names of codes: those of Encoding over the program's own."""
    built_in = standard_codes() if isinstance(own, str) else dict(enumerate(own))
    return built_in | (named_codes(source) or {})


def _advances(top: Any, strings: Any, name: str) -> list[float]:
    if name == NOTDEF or name not in strings:
        return []
    string = strings[name]
    if not string.bytecode:
        raise ValueError("a glyph without any data")
    private = string.private
    # Reads a glyph up to its width: drawing all outlines costs a hundred times as much
    reader = T2WidthExtractor(
        getattr(private, "Subrs", []), string.globalSubrs, private.nominalWidthX, private.defaultWidthX
    )
    reader.execute(string)
    return [reader.width * _scale(top, strings, name) * 1000]


def _scale(top: Any, strings: Any, name: str) -> float:
    """Return how large a unit of the program is; fonts keyed by numbers may say so for parts of them."""
    own = top.rawDict.get(_MATRIX)
    selected = strings.getItemAndSelector(name)[1]
    parts = getattr(strings, "fdArray", None)
    below = parts[selected].rawDict.get(_MATRIX) if parts is not None and selected is not None else None
    # Both count, one upon the other
    if own is not None and below is not None:
        return float(own[0] * below[0])
    return float((own or below or [_PLAIN])[0])
