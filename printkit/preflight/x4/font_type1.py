"""Type 1 programs: widths from the beginning of each glyph, without running any PostScript."""

import re
from typing import Any

from fontTools.misc.eexec import decrypt

from printkit.preflight.x4.font_codes import NOTDEF, blank_by_name, named_codes, standard_codes
from printkit.preflight.x4.font_types import Program

# Adobe Type 1 Font Format, 7.2 and 7.3: keys of the encrypted part and of glyphs, and what each begins with
EEXEC_KEY, GLYPH_KEY, SKIPPED = 55665, 4330, 4
_EEXEC = b"eexec"
_MATRIX = re.compile(rb"/FontMatrix\s*\[\s*([-+\d.eE]+)")
_CODE = re.compile(rb"dup\s+(\d+)\s*/([^\s/\[\]{}()<>%]+)\s+put")
_SKIP = re.compile(rb"/lenIV\s+(-?\d+)")
_GLYPH = re.compile(rb"/([^\s/\[\]{}()<>%]+)\s+(\d+)\s+(?:RD|-\||\S+) ")
_CHARSTRINGS, _BEGIN = b"/CharStrings", b"begin"
# 6.4: widths are set by hsbw, or by sbw behind an escape
_HSBW, _ESCAPE, _SBW, _DIV = 13, 12, 7, 12
# A name and a number stand in front of a glyph; of so many bytes all before the width
_WIDTH_BYTES = 40


def read_type1(data: bytes, source: Any) -> Program:
    """Return the program of a simple font; ValueError where it is none."""
    start = data.find(_EEXEC)
    if start < 0 or not data.startswith(b"%!"):
        raise ValueError("no Type 1 program")
    clear, hidden = data[:start], _decrypted(data[start + len(_EEXEC) :])
    advances = _advances(hidden, _number(_MATRIX, clear, 0.001))
    if not advances:
        raise ValueError("a Type 1 program without glyphs")
    own = {int(code): name.decode("latin-1") for code, name in _CODE.findall(clear)}
    names = (own or standard_codes()) | (named_codes(source) or {})

    def found(code: int) -> list[float]:
        name = names.get(code, NOTDEF)
        return [advances[name]] if name != NOTDEF and name in advances else []

    return Program(found, blank_by_name(names))


def _decrypted(data: bytes) -> bytes:
    """Return the encrypted part, written in bytes or in hexadecimal digits."""
    data = data.lstrip(b" \t\r\n")
    # By its first bytes, as readers tell it (Adobe Type 1 Font Format, 7.2)
    if re.fullmatch(rb"[0-9A-Fa-f\s]{8}", data[:8]):
        digits = b"".join(re.match(rb"[0-9A-Fa-f\s]*", data).group().split())  # type: ignore[union-attr]
        data = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
    plain: bytes = decrypt(data, EEXEC_KEY)[0]
    return plain[SKIPPED:]


def _advances(hidden: bytes, unit: float) -> dict[str, float]:
    # What stands before `begin` has the form of a glyph too
    at = hidden.find(_BEGIN, hidden.find(_CHARSTRINGS))
    if _CHARSTRINGS not in hidden or at < 0:
        raise ValueError("no glyphs")
    skipped = int(_number(_SKIP, hidden, SKIPPED))
    found: dict[str, float] = {}
    while (glyph := _GLYPH.search(hidden, at)) is not None:
        name, size = glyph.group(1).decode("latin-1"), int(glyph.group(2))
        start = glyph.end()
        at = start + size
        # The width comes first, so most of a glyph need not be decrypted
        string = hidden[start : min(at, start + _WIDTH_BYTES)]
        if skipped >= 0:
            string = decrypt(string, GLYPH_KEY)[0][skipped:]
        width = _width(string)
        if width is not None:
            found[name] = width * unit * 1000
    return found


def _width(string: bytes) -> float | None:
    """Return the width that a glyph begins with (6.2: how numbers are written)."""
    numbers: list[float] = []
    at = 0
    while at < len(string):
        byte = string[at]
        at += 1
        if 32 <= byte <= 246:
            numbers.append(byte - 139)
        elif 247 <= byte <= 254 and at < len(string):
            sign, base = (1, 247) if byte <= 250 else (-1, 251)
            numbers.append(sign * ((byte - base) * 256 + string[at] + 108))
            at += 1
        elif byte == 255:
            numbers.append(int.from_bytes(string[at : at + 4], signed=True))
            at += 4
        elif byte == _HSBW:
            return numbers[1] if len(numbers) > 1 else None
        elif byte == _ESCAPE and string[at : at + 1] == bytes([_SBW]):
            return numbers[2] if len(numbers) > 2 else None
        elif byte == _ESCAPE and string[at : at + 1] == bytes([_DIV]) and len(numbers) > 1:
            lower = numbers.pop()
            numbers.append(numbers.pop() / lower)
            at += 1
        else:
            return None
    return None


def _number(pattern: re.Pattern[bytes], text: bytes, otherwise: float) -> float:
    found = pattern.search(text)
    return float(found.group(1)) if found else otherwise
