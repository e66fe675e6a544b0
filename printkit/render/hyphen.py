"""Fonts as the layout is given them: unpacked, and with a hyphen for the end of a line.

The engine ends a word that is broken with U+2010. Many fonts hold the same shape as U+002D alone, so it is
put under both code points. The engine unpacks WOFF by itself, but writes the moment into it: equal inputs
would not give equal bytes.
"""

import io
from functools import lru_cache

from fontTools.ttLib import TTFont, TTLibError

from printkit.typeface import number_glyphs, opened

HYPHEN, HYPHEN_MINUS = 0x2010, 0x2D
_PACKED = (b"wOFF", b"wOF2")
_MOST_KNOWN = 16


@lru_cache(maxsize=_MOST_KNOWN)
def for_layout(content: bytes) -> bytes:
    """Return a font's file for the layout: the same bytes where it is unpacked and has its hyphen."""
    packed = content[:4] in _PACKED
    try:
        # Most have it, and what others read of them tells that
        if not packed and HYPHEN in (opened(content).getBestCmap() or {}):
            return content
        font = TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False)
        # With their names the table of names would be written anew
        number_glyphs(font)
        added = _add_hyphen(font)
    # What is no font is named by whoever asks for a character of it.
    except TTLibError:
        return content
    if not added and not packed:
        return content
    # Unpacked: the engine's own unpacking writes the time of day
    font.flavor = None
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def _add_hyphen(font: TTFont) -> bool:
    """Put the hyphen of the keyboard under U+2010 too; tell whether that was due and possible."""
    tables = [table for table in font["cmap"].tables if table.isUnicode()]
    known = set().union(*(table.cmap for table in tables))
    if HYPHEN in known or HYPHEN_MINUS not in known:
        return False
    for table in tables:
        if HYPHEN_MINUS in table.cmap:
            table.cmap[HYPHEN] = table.cmap[HYPHEN_MINUS]
    return True
