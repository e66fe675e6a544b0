"""What a PDF's pages show, by PDFium: to compare the pages of two files."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from printkit.raster.pdfium import opened
from printkit.units import PT_PER_INCH

Box = tuple[float, ...]


@dataclass(frozen=True)
class Look:
    """A page's MediaBox, BleedBox and TrimBox in points, its text, and a hash of its picture."""

    boxes: tuple[Box, Box, Box]
    text: str
    picture: str


def looks(pdf: bytes, ppi: float) -> Iterator[Look]:
    """Yield what each page shows, one open at a time; PictureProblem where PDFium cannot show it."""
    with opened(pdf) as document:
        for number in range(len(document)):
            yield _look(document[number], ppi)


def _look(page: Any, ppi: float) -> Look:
    text, bitmap = page.get_textpage(), page.render(scale=ppi / PT_PER_INCH)
    try:
        boxes = (page.get_mediabox(), page.get_bleedbox(), page.get_trimbox())
        pixels = sha256(bytes(bitmap.buffer)).hexdigest()
        return Look(boxes, text.get_text_range(), f"{bitmap.width} x {bitmap.height} {pixels}")
    finally:
        bitmap.close()
        text.close()
        page.close()
