"""Marks stand outside the bleed, at all four corners and sides, on every plate."""

import re

import pytest

from printkit.marks import COLOUR_SPACE, Marks, MarkStyle, draw_marks
from printkit.units import PageBoxes, pt

STYLE = MarkStyle(gap_mm=1, length_mm=5, line_pt=0.25)
NONE = Marks(crop=False, registration=False, fold=False, style=STYLE)
ALL = Marks(crop=True, registration=True, fold=True, style=STYLE)


def boxes(bleed: float) -> PageBoxes:
    return PageBoxes.around((100, 60), bleed, ALL.slug_mm)


def lines(content: bytes) -> list[tuple[float, ...]]:
    found = re.findall(r"([-\d.]+) ([-\d.]+) m ([-\d.]+) ([-\d.]+) l", content.decode())
    return [tuple(float(number) / pt(1) for number in line) for line in found]


def test_without_marks_there_is_neither_slug_nor_content() -> None:
    assert NONE.slug_mm == 0
    assert draw_marks(NONE, PageBoxes.around((100, 60), 3), (50,)) == b""


@pytest.mark.parametrize("bleed", [0, 3, 5, 10])
def test_crop_marks_stand_at_all_four_corners_clear_of_the_bleed(bleed: float) -> None:
    crop = Marks(crop=True, registration=False, fold=False, style=STYLE)
    left, right, low, high = bleed + 6, bleed + 106, bleed + 6, bleed + 66
    far = (2 * bleed + 112, 2 * bleed + 72)
    wanted = {(x, y0, x, y1) for x in (left, right) for y0, y1 in ((0, 5), (far[1] - 5, far[1]))}
    wanted |= {(x0, y, x1, y) for y in (low, high) for x0, x1 in ((0, 5), (far[0] - 5, far[0]))}
    found = {tuple(round(number, 2) for number in line) for line in lines(draw_marks(crop, boxes(bleed), ()))}
    assert found == wanted


def test_registration_marks_stand_in_the_middle_of_all_four_sides() -> None:
    targets = Marks(crop=False, registration=True, fold=False, style=STYLE)
    found = lines(draw_marks(targets, boxes(3), ()))
    middles = {(round((a + c) / 2, 2), round((b + d) / 2, 2)) for a, b, c, d in found}
    assert middles == {(59, 2.5), (59, 75.5), (2.5, 39), (115.5, 39)}


def test_fold_marks_stand_above_and_below_at_each_fold() -> None:
    folds = Marks(crop=False, registration=False, fold=True, style=STYLE)
    content = draw_marks(folds, boxes(3), (33, 66))
    found = {tuple(round(number, 2) for number in line) for line in lines(content)}
    assert found == {(x, y0, x, y1) for x in (42, 75) for y0, y1 in ((0, 5), (73, 78))}
    assert b"] 0 d" in content


def test_marks_are_thin_full_tints_of_every_ink() -> None:
    content = draw_marks(ALL, boxes(3), (50,))
    assert content.startswith(f"q /{COLOUR_SPACE} CS 1 SCN 0.25 w".encode())
    assert content.count(b"q") == content.count(b"Q") == 1
