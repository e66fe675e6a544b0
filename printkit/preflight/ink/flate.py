"""Flate data unpacked band by band, under the filters of PNG too."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL.PngImagePlugin import PngImageFile

from printkit.preflight.core.limits import CannotRun
from printkit.words import Message

# Kinds of PNG of eight bits a sample, by the bytes of a pixel (ISO/IEC 15948, 11.2.2), and Pillow's names
_KINDS = {1: (0, "L"), 2: (4, "LA"), 3: (2, "RGB"), 4: (6, "RGBA")}
PIXEL_BYTES = tuple(_KINDS)
# So many bytes are fed at once: zlib copies what it did not use.
_FED = 1_000_000


def inflated(packed: bytes, size: int) -> Iterator[bytes]:
    """Yield unpacked data, so many bytes at a time; CannotRun where they are damaged."""
    machine, made = zlib.decompressobj(), bytearray()
    for start in range(0, len(packed), _FED):
        left = packed[start : start + _FED]
        # What is unpacked but was not asked for yet comes out when asked again, with nothing left too.
        while not machine.eof:
            try:
                # Never more than was asked for: a bomb of a thousand to one stops at the first band
                part = machine.decompress(left, size - len(made))
            except zlib.error as error:
                raise CannotRun(Message("an image's data cannot be unpacked")) from error
            left = machine.unconsumed_tail
            made += part
            if len(made) == size:
                yield bytes(made)
                made.clear()
            elif not left:
                break
    if made:
        yield bytes(made)


def unfiltered(bands: Iterator[bytes], row: int, pixel: int) -> Iterator[bytes]:
    """Yield rows of so many bytes without their filters, which look back by the bytes of a pixel.

    Each band is read as a PNG that begins with the last row before it: Pillow undoes filters in C.
    """
    before = bytes(row)
    for band in bands:
        whole = len(band) // (row + 1) * (row + 1)
        if whole:
            rows = _read(_png(b"\0" + before + band[:whole], row, pixel), pixel)[row:]
            before = rows[-row:]
            yield rows


def _png(filtered: bytes, row: int, pixel: int) -> bytes:
    size = row // pixel, len(filtered) // (row + 1)
    head = struct.pack(">IIBBBBB", *size, 8, _KINDS[pixel][0], 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(filtered, 0)), (b"IEND", b""))
    framed = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


def _read(png: bytes, pixel: int) -> bytes:
    try:
        with PngImageFile(BytesIO(png)) as picture:
            return picture.convert(_KINDS[pixel][1]).tobytes()
    except (OSError, SyntaxError, ValueError) as error:
        raise CannotRun(Message("an image's data cannot be unpacked")) from error
