"""How many pixels a picture has is read from its head as Pillow reads it, or not at all."""

import io
import struct
import zlib

import pytest
from PIL import Image

from printkit.raster.head import size_of

SIZE = (37, 21)


def saved(kind: str, mode: str = "RGB", **options: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, SIZE).save(target, kind, **options)
    return target.getvalue()


PICTURES = {
    "baseline": saved("JPEG"),
    "progressive": saved("JPEG", progressive=True),
    "CMYK": saved("JPEG", "CMYK"),
    "with much before its frame": saved("JPEG", comment=bytes(60_000), icc_profile=bytes(150_000)),
    "PNG": saved("PNG"),
    "PNG of one bit": saved("PNG", "1"),
}


@pytest.mark.parametrize("data", PICTURES.values(), ids=PICTURES)
def test_the_size_is_read_however_the_file_goes_on(data: bytes) -> None:
    assert size_of(data) == SIZE == Image.open(io.BytesIO(data)).size
    cuts = range(0, len(data), max(1, len(data) // 500))
    assert {size_of(data[:cut]) for cut in cuts} <= {None, SIZE}
    assert {size_of(data[:cut]) for cut in range(30)} <= {None, SIZE}


@pytest.mark.parametrize("kind", ["TIFF", "WEBP", "GIF", "BMP"])
def test_other_kinds_are_left_to_who_opens_them(kind: str) -> None:
    assert size_of(saved(kind)) is None


def test_a_head_that_says_two_sizes_or_is_odd_says_none() -> None:
    jpeg = PICTURES["baseline"]
    frame = jpeg.index(b"\xff\xc0")
    length = int.from_bytes(jpeg[frame + 2 : frame + 4]) + 2
    twice = jpeg[:frame] + jpeg[frame : frame + length] + jpeg[frame:]
    filled = jpeg[:frame] + b"\xff" + jpeg[frame:]
    stray = jpeg[:frame] + b"\0" + jpeg[frame:]
    unframed = jpeg[:frame] + jpeg[frame + length :]
    assert [size_of(one) for one in (twice, filled, stray, unframed)] == [None] * 4
    text = struct.pack(">I", 4) + b"tEXta\0bc"
    late = PICTURES["PNG"][:8] + text + struct.pack(">I", zlib.crc32(text[4:])) + PICTURES["PNG"][8:]
    assert size_of(late) is None
