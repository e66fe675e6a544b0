"""Millimetres, points, rectangles: every operation on all four edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.units import PT_PER_PX, PageBoxes, Rect, mm, pt

numbers = st.floats(-1e4, 1e4)
rects = st.builds(Rect, numbers, numbers, numbers, numbers)
RECT = Rect(1, 2, 11, 22)


def test_an_inch_is_25_4_mm_72_points_and_96_pixels() -> None:
    assert pt(25.4) == pytest.approx(72)
    assert mm(72) == pytest.approx(25.4)
    assert 96 * PT_PER_PX == 72


@given(numbers)
def test_points_and_millimetres_go_there_and_back(length: float) -> None:
    assert mm(pt(length)) == pytest.approx(length, abs=1e-9)


def test_inset_moves_each_edge_inwards() -> None:
    assert RECT.inset(left=1, bottom=2, right=3, top=4) == Rect(2, 4, 8, 18)


def test_moved_and_scaled() -> None:
    assert RECT.moved(10, 20) == Rect(11, 22, 21, 42)
    assert RECT.scaled(2) == Rect(2, 4, 22, 44)
    assert (RECT.width, RECT.height) == (10, 20)


@pytest.mark.parametrize("edge", range(4))
def test_a_rectangle_that_sticks_out_on_one_edge_is_not_contained(edge: int) -> None:
    inner = list(RECT.as_tuple())
    inner[edge] += -0.5 if edge < 2 else 0.5
    assert not RECT.contains(Rect(*inner))
    assert RECT.contains(Rect(*inner), tolerance=0.5)
    assert RECT.contains(RECT)


@given(rects, rects)
def test_the_union_contains_both_and_the_intersection_lies_in_both(one: Rect, other: Rect) -> None:
    assert one.union(other).contains(one)
    common = one.intersection(other)
    assert common.empty or (one.contains(common) and other.contains(common))


def test_rectangles_apart_have_nothing_in_common() -> None:
    assert RECT.intersection(Rect(50, 50, 60, 60)).empty


def test_boxes_stand_round_the_trim_on_all_sides() -> None:
    boxes = PageBoxes.around((100, 200), bleed_mm=3, slug_mm=7)
    assert boxes.media.as_tuple() == pytest.approx((0, 0, pt(120), pt(220)))
    assert boxes.bleed.as_tuple() == pytest.approx((pt(7), pt(7), pt(113), pt(213)))
    assert boxes.trim.as_tuple() == pytest.approx((pt(10), pt(10), pt(110), pt(210)))
