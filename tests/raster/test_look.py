"""Two pages look the same only where boxes, text and pixels are."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.raster.look import Look, looks
from printkit.raster.problem import PictureProblem

PAINT = b"0 g 10 10 50 50 re f BT /F 12 Tf 80 40 Td (K7M-4RFX) Tj ET"


def look(content: bytes = PAINT, trim: tuple[int, ...] = (5, 6, 190, 90)) -> Look:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources, page.Contents = Dictionary(Font=Dictionary(F=font)), pdf.make_stream(content)
    page.TrimBox = Array(trim)
    target = io.BytesIO()
    pdf.save(target)
    (found,) = looks(target.getvalue(), 36)
    return found


def test_a_look_is_boxes_text_and_picture() -> None:
    found = look()
    assert found.boxes == ((0, 0, 200, 100), (0, 0, 200, 100), (5, 6, 190, 90))
    assert found.text == "K7M-4RFX"
    assert found.picture.startswith("100 x 50 ")
    assert look() == found


@pytest.mark.parametrize(
    "other",
    [
        look(trim=(5, 6, 190, 91)),
        look(PAINT.replace(b"4RFX", b"4RFY")),
        look(PAINT.replace(b"10 10 50 50", b"10 10 52 50")),
    ],
)
def test_one_difference_is_seen(other: Look) -> None:
    assert other != look()


def test_what_is_no_pdf_is_a_problem() -> None:
    with pytest.raises(PictureProblem):
        list(looks(b"no pdf", 36))
