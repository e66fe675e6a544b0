"""Rows of CCITT data are counted as Pillow's libtiff wrote them."""

import random

import pytest
from PIL import Image, ImageDraw

from printkit.preflight.ink.fax import has_end, whole_rows
from tests.preflight.packed_images import group4


def noise(width: int, height: int, seed: int) -> Image.Image:
    """Return bars of all lengths, which take every code, on white or black."""
    chance = random.Random(seed)
    picture = Image.new("1", (width, height), chance.randrange(2))
    draw = ImageDraw.Draw(picture)
    for row in range(height):
        at = 0
        while at < width:
            length = chance.choice([chance.randrange(1, 5), chance.randrange(70), chance.randrange(3000)])
            draw.line((at, row, at + length, row), chance.randrange(2))
            at += length + 1
    return picture


@pytest.mark.parametrize("width", [1, 7, 8, 60, 6000])
def test_all_rows_of_a_whole_picture_are_found_and_no_more(width: int) -> None:
    data = group4(noise(width, 40, width))
    assert whole_rows(data, width, 40) == whole_rows(data, width, 41) == 40
    assert has_end(data)


def test_a_cut_picture_has_fewer_rows() -> None:
    data = group4(noise(600, 40, 3))
    assert 0 < whole_rows(data[: len(data) // 2], 600, 40) < 40
    assert not has_end(data[: len(data) // 2])


def test_what_is_no_picture_has_no_rows() -> None:
    assert whole_rows(b"no picture at all", 60, 60) == 0
    assert whole_rows(b"", 60, 60) == 0
