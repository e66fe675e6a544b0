from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name

from printkit.content import Element, Kind

Walked = Callable[..., list[Element]]


@pytest.mark.parametrize("turn", [b"1 0 0 1 0 0", b"0 1 -1 0 90 0", b"-1 0 0 1 90 0", b"1 0 0 -1 0 90"])
def test_box_of_a_rectangle_on_all_four_edges(walked: Walked, turn: bytes) -> None:
    a, b, c, d, e, f = map(int, turn.split())
    (element,) = walked(turn + b" cm 10 20 30 5 re f")
    xs, ys = (
        [a * x + c * y + e for x in (10, 40) for y in (20, 25)],
        [b * x + d * y + f for x in (10, 40) for y in (20, 25)],
    )
    assert element.box.as_tuple() == (min(xs), min(ys), max(xs), max(ys))


def test_curve_is_measured_where_it_turns_not_at_its_handles(walked: Walked) -> None:
    (element,) = walked(b"0 0 m 0 40 100 40 100 0 c f")
    assert element.box.as_tuple() == pytest.approx((0, 0, 100, 30))


def test_stroke_is_half_a_width_wider_on_all_four_edges(walked: Walked) -> None:
    (element,) = walked(b"2 0 0 2 0 0 cm 4 w 10 10 20 20 re S")
    assert element.box.as_tuple() == (16, 16, 64, 64)
    assert element.line_width == 8


@pytest.mark.parametrize(
    ("content", "box"),
    [
        (b"4 w 10 20 m 50 20 l S", (10, 18, 50, 22)),
        (b"4 w 10 20 m 10 60 l S", (8, 20, 12, 60)),
        (b"4 w 10 20 m 50 20 l 10 40 m 50 40 l S", (10, 18, 50, 42)),
        (b"4 w 1 J 10 20 m 50 20 l S", (8, 18, 52, 22)),
        (b"4 w 2 J 10 20 m 10 60 l S", (8, 18, 12, 62)),
        (b"4 w 10 20 m 50 20 l 50 60 l S", (8, 18, 52, 62)),
        (b"4 w 10 20 m 50 60 l S", (8, 18, 52, 62)),
        (b"0 1 -1 0 0 0 cm 4 w 10 -20 m 50 -20 l S", (18, 10, 22, 50)),
    ],
)
def test_butt_ends_of_level_and_upright_lines_end_where_they_are(
    walked: Walked, content: bytes, box: tuple[float, ...]
) -> None:
    (element,) = walked(content)
    assert element.box.as_tuple() == box


def test_width_of_an_uneven_line_is_its_narrowest(walked: Walked) -> None:
    (element,) = walked(b"3 0 0 .5 0 0 cm 1 w 0 0 m 9 9 l S")
    assert element.line_width == pytest.approx(0.5)


def test_clip_cuts_all_four_edges(walked: Walked) -> None:
    (element,) = walked(b"q 10 20 50 30 re W n 0 0 200 100 re f Q")
    assert element.box.as_tuple() == (0, 0, 200, 100)
    assert element.visible.as_tuple() == (10, 20, 60, 50)


def test_clip_ends_with_its_q(walked: Walked) -> None:
    (element,) = walked(b"q 10 20 50 30 re W n Q 0 0 200 100 re f")
    assert element.visible == element.box


@pytest.mark.parametrize(
    ("content", "width"),
    [
        (b"0 0 50 1.5 re f", 1.5),
        (b"0 0 m 50 0 l 50 1.5 l 0 1.5 l h f", 1.5),
        (b".6 .8 -.8 .6 50 0 cm 0 0 50 1.5 re f", 1.5),
        (b"5 5 100 50 re 6 7 97 46 re f*", 2),
        (b"5 5 100 50 re 6 7 97 46 re f", 50),
        (b"0 0 50 1.5 re 60 0 3 50 re f", 3),
        (b"0 0 m 50 0 l 50 1 l f", None),
        (b"0 0 m 50 0 l 60 1.5 l 10 1.5 l h f", None),
        (b"0 0 m 50 0 50 1 0 1 c f", None),
    ],
)
def test_thin_filled_rectangles_have_a_width(walked: Walked, content: bytes, width: float | None) -> None:
    (element,) = walked(content)
    assert element.as_line == (None if width is None else pytest.approx(width))


def test_clipping_and_ending_a_path_paints_nothing(walked: Walked) -> None:
    assert walked(b"0 0 9 9 re W n 0 0 9 9 re n f") == []


def test_shading_fills_the_clip(walked: Walked) -> None:
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 1, 0]))
    (element,) = walked(b"10 20 30 40 re W n /S sh", Shading=Dictionary(S=shading))
    assert (element.kind, element.visible.as_tuple()) == (Kind.SHADING, (10, 20, 40, 60))
