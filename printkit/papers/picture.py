"""Pages as pictures for the screen, trimmed, with a word across where a value is not confirmed."""

import math
import struct
from functools import lru_cache
from io import BytesIO

import deflate
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import putchunk

from printkit.papers.parts import PagePicture, Stamp
from printkit.raster.page import page_count, page_image
from printkit.typeface import as_truetype
from printkit.units import PT_PER_INCH, Rect

# What a large screen shows whole, and what still looks sharp on a proof in A4.
LONGEST_PX = 1600
# The length of a picture on the contact sheet: twice what a screen shows of one so high.
THUMBNAIL_PX = 520
# Small type stays sharp.
QUALITY = 90
# Over the page at a slant, of 255: enough to be seen on white, little enough to read through. Red alone is
# lost on a red or a dark page, so it has a light rim
STAMP, RIM, OPACITY = (200, 30, 30), (255, 255, 255), 150
# Only the edge of its letters is drawn, in parts of their size: what stands beneath is read
EDGE = 0.022
SHARE = 0.86
# ISO/IEC 15948, 5.2, 9.2 and 11.2.2: what a file begins with, two filters, 8 bits of each of three colours
SIGNATURE, NONE, SUB, COLOURS, TRUECOLOUR = b"\x89PNG\r\n\x1a\n", 0, 1, 3, (8, 2, 0, 0, 0)
# Higher levels take up to twice the time for a twentieth fewer bytes.
LEVEL = 2
# One of so many rows is packed after each filter, to choose one.
SAMPLED = 32


def page_pictures(pdf: bytes, trim: Rect, stamp: Stamp | None) -> tuple[PagePicture, ...]:
    """Return pictures of each page within `trim` (points from the page's lower left corner).

    `stamp` is set across each page where there is one.
    """
    dpi = LONGEST_PX / max(trim.width, trim.height) * PT_PER_INCH
    pages = (page_image(pdf, page, dpi, trim) for page in range(1, page_count(pdf) + 1))
    images = (_stamped(image, stamp) if stamp else image for image in pages)
    return tuple(PagePicture(as_png(image), as_jpeg(image), _thumbnail(image)) for image in images)


def thumbnail(png: bytes) -> bytes:
    """Return the small JPEG of a PNG of our own making."""
    return _thumbnail(Image.open(BytesIO(png)))


def as_png(image: Image.Image) -> bytes:
    """Return a picture in RGB without loss, all its rows after the filter that leaves less of some of them.

    Pillow tries five filters on each row: three times the time and a quarter more bytes at its best level for
    our pages (76 ms and 275 kB against 25 and 217). Pages of flat colours become a sixth smaller without any
    filter, those with a photograph a sixth smaller with Sub.
    """
    pixels = np.asarray(_in_rgb(image)).reshape(image.height, -1)
    some = pixels[::SAMPLED]
    # Tried on a part of the rows, which costs little and errs seldom.
    best = min((NONE, SUB), key=lambda kind: len(_packed(some, kind)))
    out = BytesIO()
    out.write(SIGNATURE)
    putchunk(out, b"IHDR", struct.pack(">2I5B", *image.size, *TRUECOLOUR))
    putchunk(out, b"IDAT", _packed(pixels, best))
    putchunk(out, b"IEND")
    return out.getvalue()


def _packed(pixels: NDArray[np.uint8], kind: int) -> bytes:
    """Return rows of pixels packed, each after this filter."""
    rows = np.empty((len(pixels), 1 + pixels.shape[1]), np.uint8)
    rows[:, 0], rows[:, 1:] = kind, pixels
    if kind == SUB:
        # In bytes that wrap round, as the filter asks.
        rows[:, 1 + COLOURS :] -= pixels[:, :-COLOURS]
    return bytes(deflate.zlib_compress(rows, LEVEL))


def as_jpeg(image: Image.Image) -> bytes:
    """Return a picture as it goes into a proof."""
    out = BytesIO()
    _in_rgb(image).save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def _in_rgb(image: Image.Image) -> Image.Image:
    # Pillow would copy one that is
    return image if image.mode == "RGB" else image.convert("RGB")


def _thumbnail(image: Image.Image) -> bytes:
    image = image.copy()
    image.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.LANCZOS, reducing_gap=1.5)
    return as_jpeg(image)


def _stamped(image: Image.Image, stamp: Stamp) -> Image.Image:
    """Set a word along the rising diagonal, as large as the page takes it whole."""
    for color, word in zip((RIM, STAMP), _words(stamp, image.size), strict=True):
        image.paste(color, ((image.width - word.width) // 2, (image.height - word.height) // 2), word)
    return image


@lru_cache(maxsize=8)
def _words(stamp: Stamp, page: tuple[int, int]) -> tuple[Image.Image, Image.Image]:
    """Return how much of the rim's and of the stamp's colour a word lays on each pixel of such a page."""
    slope = math.atan2(page[1], page[0])
    size = _size(stamp, page, slope)
    face, edge = ImageFont.truetype(BytesIO(as_truetype(stamp.font)), size), max(1, round(EDGE * size))
    left, top, right, bottom = face.getbbox(stamp.word, stroke_width=2 * edge)

    def ring(outer: int, inner: int) -> Image.Image:
        word = Image.new("L", (math.ceil(right - left), math.ceil(bottom - top)))
        draw, at = ImageDraw.Draw(word), (-left, -top)
        draw.text(at, stamp.word, OPACITY, face, stroke_width=outer)
        # The inside is taken out again, so that the page shows through.
        draw.text(at, stamp.word, 0, face, stroke_width=inner)
        return word.rotate(math.degrees(slope), Image.Resampling.BICUBIC, expand=True)

    return ring(2 * edge, edge), ring(edge, 0)


def _size(stamp: Stamp, page: tuple[int, int], slope: float) -> float:
    """Return the size in pixels at which the slanted word fills its share of the page."""
    left, top, right, bottom = ImageFont.truetype(BytesIO(as_truetype(stamp.font)), 100).getbbox(stamp.word)
    length, height = right - left, bottom - top
    across = length * math.cos(slope) + height * math.sin(slope)
    along = length * math.sin(slope) + height * math.cos(slope)
    return 100 * SHARE * min(page[0] / across, page[1] / along)
