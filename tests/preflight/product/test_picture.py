"""A page looks like its layout: one in RGB is held beside one in inks."""

from dataclasses import replace

import pytest
from pikepdf import Array

from printkit.preflight import Expected, Finding
from printkit.preflight.checks import check
from printkit.raster.pdfium import PdfiumFile
from printkit.raster.small import small_picture
from printkit.units import Rect, mm
from tests.finish.pages import code
from tests.preflight.files import PRODUCT
from tests.preflight.inked_pages import HEIGHT, WIDTH, page

WHOLE = Rect(0, 0, WIDTH, HEIGHT)
COLUMNS = PRODUCT.picture.columns
LAYOUT = "0.1 0.3 0.5 rg 0 30 75 30 re f 0 g 10 10 30 4 re f"
INKS = "1 0.6 0.2 0.2 k 0 30 75 30 re f 0 0 0 1 k 10 10 30 4 re f"


def order(layout: str, part: Rect = WHOLE) -> Expected:
    sheets = PdfiumFile(page(layout))
    return Expected(product_rules=PRODUCT, pictures=(small_picture(sheets, 1, part, COLUMNS),))


def told_of(pdf: bytes, wanted: Expected) -> list[Finding]:
    return [one for one in check(pdf, wanted).findings if one.id == "product/picture"]


def found(content: str, layout: str = LAYOUT) -> list[Finding]:
    return told_of(page(content), order(layout))


def test_the_same_page_in_inks_passes() -> None:
    assert found(INKS) == []


def test_a_page_separated_to_white_is_told() -> None:
    told = found("0 0 0 0 k 0 0 75 60 re f")
    assert [one.severity for one in told] == ["error", "error"]
    assert told[0].message.startswith("the page is 0.0% dark, its layout ")


@pytest.mark.parametrize(
    ("content", "words", "box"),
    [
        (INKS.replace("0 0 0 1 k 10 10 30 4 re f", ""), "lighter", (10, 10, 40, 14)),
        (INKS + " 0 0 0 1 k 60 5 8 8 re f", "darker", (60, 5, 68, 13)),
        (INKS + " 0 0 0 0 k 20 40 12 9 re f", "lighter", (20, 40, 32, 49)),
    ],
)
def test_what_was_lost_or_added_is_told_where_it_is(
    content: str, words: str, box: tuple[float, float, float, float]
) -> None:
    (one,) = found(content)
    assert f"the page is {words} here than its layout" in one.message
    assert one.box_mm is not None
    cell = 75 / COLUMNS
    assert Rect(*box).inset(-cell, -cell, -cell, -cell).contains(Rect(*one.box_mm))


def test_faint_pages_are_weighed_as_a_whole() -> None:
    faint = "0.93 g 0 0 75 60 re f"
    (one,) = found("0 0 0 0.25 k 0 0 75 60 re f", faint)
    assert "dark, its layout" in one.message
    assert found("0 0 0 0.07 k 0 0 75 60 re f", faint) == []
    assert found("", "") == []


def test_the_place_of_a_code_is_left_out() -> None:
    inside = code((30, 20))
    box = inside.box.box.scaled(mm(1))
    black = f"0 0 0 1 k {box.x0} {box.y0} {box.width} {box.height} re f"
    white = page(black)
    bare = order("")
    assert told_of(white, replace(bare, codes=(inside,))) == []
    assert told_of(white, bare) != []


def test_a_page_of_another_shape_is_told() -> None:
    narrow = page(INKS, TrimBox=Array([0, 0, WIDTH / 2, HEIGHT]))
    (one,) = told_of(narrow, order(LAYOUT))
    assert one.message == "the page has not the shape of its layout"
