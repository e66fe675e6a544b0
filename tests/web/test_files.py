"""The workspace's look on the pages: its colour, its mark, its typeface for heads."""

import io
from collections.abc import Callable

from fontTools.ttLib import TTFont

from printkit.orders.rights import Person
from printkit.web.files import luminance
from tests.web.conftest import Browser

Visit = Callable[[Person | None], Browser]


def test_the_first_dark_colour_of_the_brand_is_that_of_the_pages(visit: Visit) -> None:
    assert "--brand: #0f4252" in visit(None).get("/static/brand.css").text


def test_the_mark_is_the_one_for_dark_grounds(visit: Visit) -> None:
    mark = visit(None).get("/static/mark.svg")
    assert mark.headers["content-type"] == "image/svg+xml"
    assert b"<svg" in mark.content


def test_the_typeface_of_heads_is_small_and_has_our_letters(visit: Visit) -> None:
    font = visit(None).get("/static/head.woff").content
    assert len(font) < 40_000
    assert {ord(one) for one in "AÅæøŠ–"} <= set(TTFont(io.BytesIO(font)).getBestCmap())


def test_luminance_is_that_of_the_standard() -> None:
    assert [round(luminance(one), 4) for one in ("#000000", "#ffffff", "#ff0000")] == [0, 1, 0.2126]


def test_nothing_else_is_given(visit: Visit) -> None:
    assert visit(None).get("/static/site.html").status_code == 404
