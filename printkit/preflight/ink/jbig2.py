"""JBIG2 data as PDF has them: whether their segments are all there (ITU-T T.88, 7.2 and 7.4)."""

import struct
from typing import NamedTuple

# 7.3: types of segments
_PAGE, _IMMEDIATE_GENERIC = 48, 38
_REGIONS = frozenset((6, 7, 22, 23, _IMMEDIATE_GENERIC, 39, 42, 43))
_TYPES = _REGIONS | {0, 4, 16, 20, 36, 40, _PAGE, 49, 50, 51, 52, 53, 62}
_TYPE, _LONG_PAGE = 0x3F, 0x40
# 7.2.4: a count in three bits, or one of 29 bits behind the mark 7
_MANY, _COUNT = 7, 0x1FFFFFFF
# Sizes that are not known beforehand
_OPEN = 0xFFFFFFFF


class PageSize(NamedTuple):
    """The size in pixels that the data say; `height` is None where they leave it open."""

    width: int
    height: int | None


def page_size(data: bytes) -> PageSize | None:
    """Return the size of the picture that data hold; None where its segments are none, or not all there."""
    at, page, painted = 0, None, False
    try:
        while at < len(data):
            kind, at, length = _header(data, at)
            # Only this kind may leave its length open, and nothing but its content tells where it ends
            if length == _OPEN and kind == _IMMEDIATE_GENERIC:
                return page
            if kind not in _TYPES or at + length > len(data):
                return None
            if kind == _PAGE:
                width, height = struct.unpack(">II", data[at : at + 8])
                page = PageSize(width, None if height == _OPEN else height)
            painted = painted or kind in _REGIONS
            at += length
    except (struct.error, IndexError):
        return None
    return page if painted else None


def _header(data: bytes, at: int) -> tuple[int, int, int]:
    """Return a segment's type, the place of its data and their length."""
    number, flags, referred = struct.unpack(">IBB", data[at : at + 6])
    at, count = at + 5, referred >> 5
    if count == _MANY:
        count = struct.unpack(">I", data[at : at + 4])[0] & _COUNT
        # Beside each segment that is referred to a bit, and one more
        at += 4 + (count + 8) // 8
    else:
        at += 1
    # Numbers of segments before this one are as long as its own needs
    at += count * (1 if number <= 0x100 else 2 if number <= 0x10000 else 4)
    at += 4 if flags & _LONG_PAGE else 1
    length = struct.unpack(">I", data[at : at + 4])[0]
    return flags & _TYPE, at + 4, length
