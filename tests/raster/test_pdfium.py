"""Parts of pages as grey pictures and as what is painted."""

import pikepdf
import pytest
from pikepdf import Array

from printkit.raster.pdfium import PdfiumFile
from printkit.raster.problem import PictureProblem
from printkit.units import Rect
from tests.finish.pages import written

# MediaBox off the origin, a CropBox that hides most of it, sizes that are no whole points
MEDIA = (10, 20, 110.5, 80.3)


def page(content: bytes, rotate: int = 0) -> bytes:
    pdf = pikepdf.new()
    sheet = pdf.add_blank_page(page_size=(100, 60))
    sheet.obj.MediaBox, sheet.obj.CropBox = Array(MEDIA), Array([50, 40, 60, 50])
    sheet.obj.Rotate = rotate
    sheet.contents_add(content)
    return written(pdf)


@pytest.mark.parametrize(
    ("rotate", "dark"),
    [
        (0, (10, 5, 30, 15)),
        (90, (5, 70.5, 15, 90.5)),
        (180, (70.5, 45.3, 90.5, 55.3)),
        (270, (45.3, 10, 55.3, 30)),
    ],
)
def test_a_part_is_named_in_the_shown_page_rotated_or_not(rotate: int, dark: tuple[float, ...]) -> None:
    sheets = PdfiumFile(page(b"20 25 20 10 re f", rotate))
    x0, y0, x1, y1 = dark
    inner, outer = Rect(x0 + 0.2, y0 + 0.2, x1 - 0.2, y1 - 0.2), Rect(x0 - 2, y0 - 2, x1 + 2, y1 + 2)
    assert sheets.grey(1, 720, inner).getextrema() == (0, 0)
    corners = [sheets.grey(1, 720, outer).getpixel(place) for place in ((0, 0), (100, 0), (0, 100))]
    assert corners == [255] * 3


def test_white_that_is_painted_is_told_from_bare_paper() -> None:
    sheets = PdfiumFile(page(b"0 0 0 0 k 10 20 50 70 re f"))
    assert sheets.painted(1, 72, Rect(0, 0, 50, 60)).getextrema() == (255, 255)
    assert sheets.painted(1, 72, Rect(51, 0, 100, 60)).getextrema() == (0, 0)
    assert sheets.grey(1, 72, Rect(0, 0, 100, 60)).getextrema() == (255, 255)


def test_bands_of_a_large_picture_join_without_a_seam() -> None:
    picture = PdfiumFile(page(b"30 20 10 61 re f")).grey(1, 4800, Rect(0, 0, 60, 60))
    assert picture.size == (4000, 4000)
    assert {picture.crop((0, row, 4000, row + 1)).tobytes() for row in range(4000)} == {bar(4000, 1333, 2000)}


def bar(width: int, left: int, right: int) -> bytes:
    return b"\xff" * left + bytes(right - left) + b"\xff" * (width - right)


def test_a_part_beside_the_page_shows_white_and_nothing_painted() -> None:
    sheets = PdfiumFile(page(b"0 g 0 0 900 900 re f"))
    assert sheets.grey(1, 72, Rect(-20, 0, -10, 10)).getextrema() == (255, 255)
    assert sheets.painted(1, 72, Rect(110, 0, 120, 10)).getextrema() == (0, 0)


def test_what_cannot_be_shown_is_a_problem() -> None:
    with pytest.raises(PictureProblem, match="not a PDF"):
        PdfiumFile(b"no pdf")
    with pytest.raises(PictureProblem, match="page 2 of a PDF with 1"):
        PdfiumFile(page(b"")).grey(2, 72, Rect(0, 0, 9, 9))
    with pytest.raises(PictureProblem, match="million pixels"):
        PdfiumFile(page(b"")).grey(1, 90_000, Rect(0, 0, 100, 60))
