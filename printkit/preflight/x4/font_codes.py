"""What a code of a font shows, and which glyph it names (ISO 32000-1, 9.6.6 and Annex D)."""

from collections.abc import Callable
from typing import Any

from fontTools.agl import UV2AGL, toUnicode
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding
from pikepdf import Array, Name

from printkit.content import entry, text_of

NOTDEF = ".notdef"
# Their letters leave no mark
BLANKS = {"space", "nbspace", "nonbreakingspace", "uni0020", "uni00A0", "uni00AD", "sfthyphen", "softhyphen"}
# Tab and line ends, which some writers leave in a string
CONTROLS, SPACE = {9, 10, 13}, 32
# Table D.2, footnotes: codes that CP 1252 has otherwise, or not at all
_WIN = {0o240: "space", 0o255: "hyphen"}


def blank_by_name(names: dict[int, str]) -> Callable[[int], bool]:
    """Return what tells whether a simple font's code stands for a blank, without a name the usual one."""
    return lambda code: code in CONTROLS or names.get(code, "space" if code == SPACE else "") in BLANKS


def named_codes(font: Any) -> dict[int, str] | None:
    """Return the glyph names of a simple font's codes by its Encoding; None where it names no encoding.

    Without a BaseEncoding only the differences are told: the rest is the program's own encoding.
    """
    encoding = entry(font, "/Encoding")
    if encoding is None:
        return None
    base = encoding if isinstance(encoding, Name) else entry(encoding, "/BaseEncoding")
    names = dict(_BASES.get(text_of(base), {})) if base is not None else {}
    # Differences win over the base that they name
    return names | _differences(entry(encoding, "/Differences"))


def unicode_of(name: str) -> int | None:
    """Return the character of a glyph's name, None where it is none or several."""
    text = toUnicode(name)
    return ord(text) if len(text) == 1 else None


def mac_code(name: str) -> int | None:
    """Return the code of a glyph's name in Mac OS Roman."""
    return _MAC_CODES.get(name)


def standard_codes() -> dict[int, str]:
    """Return the standard encoding of Type 1 fonts."""
    return dict(_BASES["/StandardEncoding"])


def mapped(code: int, glyph_map: bytes | None) -> int:
    """Return the glyph of a composite font's code; a map that ends before it has none."""
    return code if glyph_map is None else int.from_bytes(glyph_map[2 * code : 2 * code + 2])


def _differences(array: Any) -> dict[int, str]:
    names, at = {}, 0
    items: list[Any] = list(array) if isinstance(array, Array) else []
    for item in items:
        if isinstance(item, Name):
            names[at] = text_of(item)[1:]
            at += 1
        # A number says from which code on the names behind it count
        elif isinstance(item, int):
            at = item
    return names


def _win_codes() -> dict[int, str]:
    known = {}
    for code in range(0x20, 0x100):
        text = bytes([code]).decode("cp1252", "ignore")
        known[code] = UV2AGL.get(ord(text), "bullet") if text else "bullet"
    return known | _WIN


def _listed(names: list[str]) -> dict[int, str]:
    return {code: name for code, name in enumerate(names) if name != NOTDEF}


_MAC_CODES = {name: code for code, name in reversed(list(enumerate(MacRoman))) if name != NOTDEF}
_BASES = {
    "/WinAnsiEncoding": _win_codes(),
    "/MacRomanEncoding": _listed(MacRoman),
    "/StandardEncoding": _listed(StandardEncoding),
}
