"""TrueType and OpenType programs: glyphs by number or by character map (ISO 32000-1, 9.6.6.4 and 9.7.4.2)."""

import struct
from io import BytesIO

from fontTools.ttLib import TTFont

from printkit.content import Font
from printkit.preflight.x4.font_cff import read_cff
from printkit.preflight.x4.font_codes import blank_by_name, mac_code, mapped, named_codes, unicode_of
from printkit.preflight.x4.font_types import Program

# Where symbols stand in a map of Microsoft's kind, beside the codes themselves
SYMBOLS = (0, 0xF000, 0xF100, 0xF200)


def read_sfnt(data: bytes, font: Font, glyph_map: bytes | None) -> Program | None:
    """Return a program; None where no map tells which glyph a code shows."""
    opened = TTFont(BytesIO(data), lazy=True)
    if opened.reader is not None and "CFF " in opened.reader:
        return read_cff(opened.reader["CFF "], font, glyph_map)
    metrics = _Metrics(opened)
    if font.wide:
        return Program(lambda code: metrics.advances([mapped(code, glyph_map)]), lambda code: False)
    if "cmap" not in opened:
        return None
    names = named_codes(font.source) or {}
    characters = _Characters(opened)
    return Program(
        lambda code: metrics.advances(characters.glyphs(code, names.get(code))), blank_by_name(names)
    )


class _Metrics:
    """Read advances from the tables themselves: names of glyphs would cost more than all the rest."""

    def __init__(self, opened: TTFont) -> None:
        tables = opened.reader
        self._units: int = struct.unpack(">H", tables["head"][18:20])[0]
        self._long = struct.unpack(">H", tables["hhea"][34:36])[0]
        self._count = struct.unpack(">H", tables["maxp"][4:6])[0]
        self._table = tables["hmtx"]
        wide = struct.unpack(">h", tables["head"][50:52])[0]
        places = tables["loca"]
        last = places[-4:] if wide else places[-2:]
        end = int.from_bytes(last) * (1 if wide else 2)
        # A font's own figures are checked before they are counted by
        if not self._units or not self._long or end > len(tables["glyf"]):
            raise ValueError("a font's tables contradict each other")
        if len(places) < (self._count + 1) * (4 if wide else 2) or len(self._table) < self._long * 4:
            raise ValueError("a font's tables end early")

    def advances(self, glyphs: list[int]) -> list[float]:
        """Return the advances of glyphs; 0 is .notdef."""
        real = [glyph for glyph in glyphs if 0 < glyph < self._count]
        # Glyphs behind the last entry share its advance (OpenType, hmtx)
        return [self._advance(min(glyph, self._long - 1)) for glyph in real]

    def _advance(self, place: int) -> float:
        advance = int.from_bytes(self._table[4 * place : 4 * place + 2])
        return advance * 1000 / self._units


class _Characters:
    """Find glyphs as readers do: by a name's character, by its name, by the code itself."""

    def __init__(self, opened: TTFont) -> None:
        maps = opened["cmap"].tables
        self._unicode = [one.cmap for one in maps if one.isUnicode()]
        self._symbols = [one.cmap for one in maps if (one.platformID, one.platEncID) == (3, 0)]
        self._mac = [one.cmap for one in maps if one.platformID == 1]
        self._ids: dict[str, int] = opened.getReverseGlyphMap()

    def glyphs(self, code: int, name: str | None) -> list[int]:
        found: list[str | None] = []
        if name is not None:
            found += [one.get(unicode_of(name)) for one in self._unicode]
            found += [one.get(mac_code(name)) for one in self._mac]
            found.append(name)
        # Readers differ here; one way that fits is enough, so that fonts of writers who meant well are left
        # alone
        found += [one.get(start + code) for one in self._symbols for start in SYMBOLS]
        found += [one.get(code) for one in (*self._mac, *self._unicode)]
        return [self._ids[one] for one in found if one is not None and self._ids.get(one)]
