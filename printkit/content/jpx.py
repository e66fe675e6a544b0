"""What JPEG 2000 data say of themselves: size, channels, depth, colour space (ISO/IEC 15444-1, A and I)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

Data = bytes | memoryview
_SIGNATURE = b"\0\0\0\x0cjP  \r\n\x87\n"
# Start of codestream and, at once behind it, the marker of its size (A.4.1, A.5.1)
_CODESTREAM = b"\xff\x4f\xff\x51"
# Table I.10 and what ISO 32000-1, 7.4.9 adds: enumerated spaces by family and number of components. Grey
# and sRGB are as good as spaces with a profile; grey of a press is not told from grey of a screen.
_ENUMERATED = {
    12: ("DeviceCMYK", 4), 14: ("Lab", 3), 16: ("ICCBased", 3), 17: ("DeviceGray", 1), 18: ("ICCBased", 3),
    20: ("ICCBased", 3), 21: ("ICCBased", 3), 24: ("ICCBased", 3),
}  # fmt: skip
_DEVICE = {1: ("DeviceGray", 1), 3: ("DeviceRGB", 3), 4: ("DeviceCMYK", 4)}
_PROFILE = {b"GRAY": 1, b"RGB ": 3, b"Lab ": 3, b"CMYK": 4}
_ENUMERATED_METHOD, _PROFILE_METHODS = 1, (2, 3)
# A bit depth is written less one, its highest bit a sign
_DEPTH, _VARIES = 0x7F, 0xFF
# Channel definition (I.5.3.6): kinds of channels that hold no colour
_COLOUR = 0


@dataclass(frozen=True)
class Jpx:
    """What the data say; `channels` are those of colour, `family` the colour space they are in.

    `bits` are those of the deepest channel. A palette's channels count in place of its numbers.
    """

    width: int
    height: int
    channels: int
    bits: int
    family: str
    components: int


class _Broken(ValueError):
    pass


def read_jpx(data: Data) -> Jpx | None:
    """Return what JPEG 2000 data say of themselves; None where they are none, or broken."""
    try:
        if bytes(data[:4]) == _CODESTREAM:
            return _made(data, {})
        if bytes(data[:12]) != _SIGNATURE:
            return None
        boxes = dict(_boxes(data, len(_SIGNATURE), len(data)))
        start, end = boxes[b"jp2c"]
        return _made(data[start:end], _header(data, *boxes[b"jp2h"]))
    except (_Broken, KeyError, IndexError, struct.error):
        return None


def _header(data: Data, start: int, end: int) -> dict[bytes, bytes]:
    """Return the boxes of the header; of several colour specifications the first that is understood."""
    found: dict[bytes, bytes] = {}
    for kind, (first, last) in _boxes(data, start, end):
        box = bytes(data[first:last])
        if kind != b"colr" or _space(box) is not None:
            found.setdefault(kind, box)
    return found


def _boxes(data: Data, at: int, end: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    while at + 8 <= end:
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        head = 8
        # The size did not fit into four bytes and stands behind.
        if size == 1:
            size, head = struct.unpack(">Q", data[at + 8 : at + 16])[0], 16
        # The last box may leave its size open.
        last = end if size == 0 else at + size
        if last < at + head or last > end:
            raise _Broken
        yield kind, (at + head, last)
        at = last


def _made(codestream: Data, header: dict[bytes, bytes]) -> Jpx:
    if bytes(codestream[:4]) != _CODESTREAM:
        raise _Broken
    x1, y1, x0, y0 = struct.unpack(">4I", codestream[8:24])
    count = struct.unpack(">H", codestream[40:42])[0]
    depths = [codestream[42 + 3 * at] for at in range(count)]
    # What a palette makes of its one channel is what is seen.
    if b"pclr" in header:
        count = header[b"pclr"][2]
        depths = list(header[b"pclr"][3 : 3 + count])
    if not depths or x1 <= x0 or y1 <= y0:
        raise _Broken
    channels = count - _without_colour(header.get(b"cdef"))
    family, components = _space(header.get(b"colr", b"")) or _DEVICE.get(channels, ("", channels))
    bits = max((depth & _DEPTH) + 1 for depth in depths)
    return Jpx(x1 - x0, y1 - y0, channels, bits, family, components)


def _space(box: bytes) -> tuple[str, int] | None:
    """Return the colour space that a colour specification names."""
    if not box:
        return None
    if box[0] == _ENUMERATED_METHOD:
        return _ENUMERATED.get(struct.unpack(">I", box[3:7])[0])
    size = _PROFILE.get(box[3:][16:20]) if box[0] in _PROFILE_METHODS else None
    return ("ICCBased", size) if size else None


def _without_colour(definition: bytes | None) -> int:
    """Return how many channels hold opacity or nothing."""
    if definition is None:
        return 0
    count = struct.unpack(">H", definition[:2])[0]
    kinds = [struct.unpack(">H", definition[4 + 6 * at : 6 + 6 * at])[0] for at in range(count)]
    return sum(kind != _COLOUR for kind in kinds)
