"""Pages as pictures: each corner where it belongs, crops, bounds."""

import io

import pikepdf
import pytest

from printkit.raster.page import page_count, page_image
from printkit.raster.problem import PictureProblem
from printkit.units import Rect

CORNERS = b"1 0 0 rg 0 0 20 20 re f 0 1 0 rg 180 0 20 20 re f 0 0 1 rg 0 80 20 20 re f 0 g 180 80 20 20 re f"


def corners(size: tuple[float, float] = (200, 100)) -> bytes:
    pdf = pikepdf.new()
    for content in (b"", CORNERS):
        page = pdf.add_blank_page(page_size=size)
        page.Contents = pdf.make_stream(content)
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def test_pages_are_counted_from_one() -> None:
    assert page_count(corners()) == 2
    assert page_image(corners(), 1, 72).getcolors() == [(20_000, (255, 255, 255))]


def test_all_four_corners_are_in_place() -> None:
    image = page_image(corners(), 2, 144)
    assert image.size == (400, 200)
    spots = [(2, 197), (397, 197), (2, 2), (397, 2), (200, 100)]
    colours = [image.getpixel(spot) for spot in spots]
    assert colours == [(255, 0, 0), (0, 255, 0), (0, 0, 255), (0, 0, 0), (255, 255, 255)]


def test_crop_is_cut_on_all_four_edges() -> None:
    image = page_image(corners(), 2, 72, Rect(170, 10, 190, 90))
    assert image.size == (20, 80)
    assert [image.getpixel(spot) for spot in [(15, 75), (15, 5), (5, 75), (5, 5)]] == [
        (0, 255, 0),
        (0, 0, 0),
        (255, 255, 255),
        (255, 255, 255),
    ]


@pytest.mark.parametrize(
    ("page", "dpi", "crop", "words"),
    [
        (0, 72, None, "page 0 of a PDF with 2"),
        (3, 72, None, "page 3 of a PDF with 2"),
        (1, 100_000, None, "fewer ppi"),
        (1, 72, Rect(300, 0, 310, 10), "outside the page"),
    ],
)
def test_what_cannot_be_shown_is_refused(page: int, dpi: float, crop: Rect | None, words: str) -> None:
    with pytest.raises(PictureProblem, match=words):
        page_image(corners(), page, dpi, crop)


def test_damaged_pdf_is_refused() -> None:
    with pytest.raises(PictureProblem, match="not a PDF"):
        page_count(b"%PDF-1.6 gone")
