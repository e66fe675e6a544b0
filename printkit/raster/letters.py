"""The letters of a page with all that PDFium knows of each: sign, face, size, colour, place."""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from printkit.raster.pdfium import PdfiumFile
from printkit.units import Rect


class Letter(NamedTuple):
    """One sign: `ink` is the box round its ink, `base` the point it stands on, in points of page space."""

    sign: str
    font: str
    size_pt: float
    ink: Rect
    base: tuple[float, float]
    colour: tuple[int, int, int]


def read_letters(file: PdfiumFile, page: int) -> tuple[Letter, ...]:
    """Return the letters of a page, counted from 1, in the order of its content; blanks have no ink."""
    text = file.open_page(page).get_textpage()
    try:
        return tuple(_letters(text))
    finally:
        text.close()


def _letters(text: Any) -> Iterator[Letter]:
    for number in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, number))
        if not pdfium.FPDFText_IsGenerated(text, number):
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(text, number, matrix)
            size = pdfium.FPDFText_GetFontSize(text, number) * (matrix.c**2 + matrix.d**2) ** 0.5
            box, base = Rect(*text.get_charbox(number)), _base(text, number)
            yield Letter(sign, _font(text, number), size, box, base, _colour(text, number))


def _base(text: Any, number: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, number, x, y)
    return x.value, y.value


def _colour(text: Any, number: int) -> tuple[int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(text, number, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red, green, blue


def _font(text: Any, number: int) -> str:
    """Return the PostScript name of a letter's face, without the tag of a subset."""
    flags = ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(text, number, None, 0, flags)
    name = ctypes.create_string_buffer(size)
    pdfium.FPDFText_GetFontInfo(text, number, name, size, flags)
    return name.value.decode("utf-8", "replace").rpartition("+")[2]
