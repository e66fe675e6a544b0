"""JPEG and JPEG 2000 as images of a PDF hold them: channels as they are, whatever colours they stand for."""

import math
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image
from PIL.Jpeg2KImagePlugin import Jpeg2KImageFile
from PIL.JpegImagePlugin import JpegImageFile

from printkit.preflight.core.limits import CannotRun
from printkit.words import Message

# What Pillow raises for damaged pictures
DAMAGE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)
CHANNELS = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "CMYK": 4, "I;16": 1}
_JPEG = b"\xff\xd8"
# Adobe's segment of a JPEG, whose last byte says how colours were transformed (ISO/IEC 10918-6, 6.5.3)
_ADOBE, _SEGMENT = b"Adobe", b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00"
# The transform of three components and of four, where there is one
_TRANSFORMS = {3: b"\x01", 4: b"\x02"}
# JPEG 2000 has smaller sizes by powers of two; of more than so many pictures are not made
_MOST_HALVED = 5


def decoded(data: bytes, enough: int | None, transform: Any = None) -> Image.Image:
    """Return a picture's channels, at a smaller size of at least `enough` pixels where the data have one.

    `transform` is the filter's ColorTransform, which counts where a JPEG does not tell by itself (ISO
    32000-1, Table 13). CannotRun where the data cannot be read.
    """
    try:
        if data.startswith(_JPEG):
            return _known(_jpeg(data, enough, transform))
        return _known(_jpeg2000(data, enough))
    except DAMAGE as error:
        raise CannotRun(Message("an image's data cannot be read")) from error


def bands(picture: Image.Image, rows: int) -> Iterator[Any]:
    """Yield so many rows at a time (rows x width x channels) of eight bits."""
    for top in range(0, picture.height, rows):
        band = np.asarray(picture.crop((0, top, picture.width, min(picture.height, top + rows))))
        band = band.reshape(len(band), picture.width, -1)
        if picture.mode == "I;16":
            band = (band >> 8).astype(np.uint8)
        # Pillow turns four inks round, as Adobe wrote them; Decode says it where it is so
        yield 255 - band if picture.mode == "CMYK" and isinstance(picture, JpegImageFile) else band


def _known(picture: Image.Image) -> Image.Image:
    if picture.mode not in CHANNELS:
        raise CannotRun(Message("an image holds a picture of kind %(mode)s", mode=picture.mode))
    return picture


def _jpeg(data: bytes, enough: int | None, transform: Any) -> Image.Image:
    # Not by Image.open, which warns of large pictures
    picture = JpegImageFile(BytesIO(data))
    # Pillow has no way to be told, so the file tells it
    if transform in (0, 1) and _ADOBE not in data[: data.find(b"\xff\xda")]:
        segment = _SEGMENT + (_TRANSFORMS.get(picture.layers, b"\0") if transform else b"\0")
        picture = JpegImageFile(BytesIO(_JPEG + segment + data[len(_JPEG) :]))
    if enough is not None:
        # A mean over 15 mm needs no more; libjpeg decodes eighths, quarters and halves in less time
        share = math.sqrt(min(1.0, enough / (picture.width * picture.height)))
        picture.draft("", (max(1, int(picture.width * share)), max(1, int(picture.height * share))))
    picture.load()
    return picture


def _jpeg2000(data: bytes, enough: int | None) -> Image.Image:
    picture, halved = Jpeg2KImageFile(BytesIO(data)), 0
    if enough is not None:
        share = min(1.0, enough / (picture.width * picture.height))
        halved = min(_MOST_HALVED, int(-math.log2(share) / 2))
    for reduced in range(halved, -1, -1):
        picture = Jpeg2KImageFile(BytesIO(data))
        picture.reduce = reduced
        try:
            picture.load()
            break
        # It has not so many sizes.
        except OSError:
            if not reduced:
                raise
    return picture
