"""Symbols: size, level, content; the outline that fills them."""

from itertools import pairwise

import pypdfium2
import pytest
from PIL import Image

from printkit.qr import CodeProblem, Matrix, capacity
from printkit.qr.outline import symbol_path
from printkit.qr.reading import read, sample
from printkit.qr.symbol import make_symbol
from printkit.units import Rect
from tests.qr.pages import one_page

URL = "https://www.drammen.kommune.no/nu?k=r"


def raster(matrix: Matrix, pixels: int = 6) -> Image.Image:
    quiet = 4
    size = len(matrix) + 2 * quiet
    image = Image.new("L", (size, size), 255)
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            image.putpixel((column + quiet, row + quiet), 0 if dark else 255)
    return image.resize((size * pixels, size * pixels), Image.Resampling.NEAREST)


@pytest.mark.parametrize("level", "LMQH")
def test_another_library_reads_the_symbol(level: str) -> None:
    symbol = make_symbol(URL, level, (6, 12))
    (reading,) = read(raster(symbol.matrix))
    assert (reading.text, reading.modules, symbol.level) == (URL, 41, level)


def test_a_long_text_takes_the_next_version() -> None:
    text = "x" * (capacity(6, "M") + 1)
    assert make_symbol(text[:-1], "M", (6, 10)).modules == 41
    assert make_symbol(text, "M", (6, 10)).modules == 45


@pytest.mark.parametrize(
    ("version", "level", "characters"), [(1, "M", 14), (6, "M", 106), (10, "M", 213), (40, "L", 2953)]
)
def test_capacity_is_that_of_the_standard(version: int, level: str, characters: int) -> None:
    # ISO/IEC 18004, table of the number of symbol characters and input data capacity, bytes
    assert capacity(version, level) == characters


def test_what_does_not_fit_says_how_much_would() -> None:
    with pytest.raises(CodeProblem, match="214 characters, 213 fit"):
        make_symbol("x" * 214, "M", (6, 10))


def test_the_same_text_gives_the_same_symbol_and_a_mask_can_be_given() -> None:
    first = make_symbol(URL, "M", (6, 10))
    make_symbol.cache_clear()
    assert make_symbol(URL, "M", (6, 10)) == first
    assert {read(raster(make_symbol(URL, "M", (6, 10), mask).matrix))[0].text for mask in range(8)} == {URL}


def test_the_outline_covers_exactly_the_dark_modules() -> None:
    matrix = make_symbol(URL, "M", (6, 10)).matrix
    page = one_page((100, 120), b"0 g " + symbol_path(matrix, Rect(10, 20, 92, 102)))
    image = pypdfium2.PdfDocument(page)[0].render(scale=5).to_pil()
    corners = ((50.0, 90.0), (460.0, 90.0), (460.0, 500.0), (50.0, 500.0))
    assert sample(image, corners, 41) == matrix
    assert read(image)[0].corners[0] == (50.0, 90.0)


def test_no_hairline_shows_between_modules() -> None:
    page = one_page((50, 50), b"0 g " + symbol_path(((True,) * 7,) * 7, Rect(3.3, 3.7, 44.4, 44.8)))
    image = pypdfium2.PdfDocument(page)[0].render(scale=4.3).to_pil().convert("L")
    assert image.crop((20, 30, 180, 190)).getextrema() == (0, 0)


def test_touching_corners_stay_apart_and_a_hole_stays_open() -> None:
    ring = ((True, True, True), (True, False, True), (True, True, True))
    assert symbol_path(ring, Rect(0, 0, 3, 3)).count(b"h") == 2
    assert symbol_path(((True, False), (False, True)), Rect(0, 0, 2, 2)).count(b"h") == 2


def test_each_outline_turns_at_every_corner() -> None:
    path = symbol_path(make_symbol(URL, "M", (6, 10)).matrix, Rect(0, 0, 41, 41)).decode()
    for polygon in path.split("\n")[1:-2]:
        points = [
            tuple(point.split()) for point in polygon.rstrip(" h").replace(" m", " l").split(" l") if point
        ]
        assert all((a[0] == b[0]) != (a[1] == b[1]) for a, b in pairwise((*points, points[0])))
