"""Two pictures of the same thing, by different renderers, are compared cell by cell."""

import io

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

# Drawn so many times larger and averaged, so that the edges of two renderers compare
FINE = 6
PX_PER_INCH, PT_PER_INCH = 96, 72
# A pixel that differs by more is wrong; edges of the same shape stay below
WRONG = 72
# Share of wrong pixels, and mean difference, that two drawings of the same thing stay within
MOST_WRONG, MOST_MEAN = 0.004, 4.0
LOOSE = 4
BLOCK = 10

Picture = NDArray[np.int16]


def of_pdf(pdf: bytes, page: int = 0) -> Picture:
    """Return a page, one pixel to a CSS pixel."""
    shown = pypdfium2.PdfDocument(pdf)[page].render(scale=FINE * PX_PER_INCH / PT_PER_INCH)
    return averaged(shown.to_pil())


def of_png(data: bytes) -> Picture:
    """Return a picture that was drawn FINE times larger, on white."""
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    ground = Image.new("RGBA", image.size, "white")
    return averaged(Image.alpha_composite(ground, image))


def averaged(image: Image.Image) -> Picture:
    return np.asarray(image.convert("RGB").reduce(FINE), dtype=np.int16)


def coarse(picture: Picture) -> Picture:
    """Return a picture of a cell in blocks, for dashes, whose places CSS leaves open."""
    height, width, channels = picture.shape
    blocks = picture.reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK, channels)
    return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.int16)


def differs(one: Picture, other: Picture, *, loose: bool = False) -> bool:
    """Tell whether two pictures show different things; `loose` is for letters, and where CSS leaves room."""
    height, width = (min(pair) for pair in zip(one.shape[:2], other.shape[:2], strict=True))
    difference = np.abs(one[:height, :width] - other[:height, :width]).max(axis=2)
    room = LOOSE if loose else 1
    return bool((difference > WRONG).mean() > room * MOST_WRONG or difference.mean() > room * MOST_MEAN)
