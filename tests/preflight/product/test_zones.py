"""Bleed, hidden, safe and fold zones: all four edges, on pages of every kind of geometry."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from printkit.preflight import Expected
from printkit.preflight.checks import check
from printkit.units import Rect
from tests.finish.pages import written
from tests.preflight.zone_pages import (
    BLEED,
    GEOMETRIES,
    GROUND,
    HIGH,
    ORDER,
    PLAIN,
    WIDE,
    Geometry,
    found,
    letter,
    ordered,
    page,
    symbol,
)

EDGES = ("left", "bottom", "right", "top")
WHOLE = Rect(-BLEED, -BLEED, WIDE + BLEED, HIGH + BLEED)
TRIM = Rect(0, 0, WIDE, HIGH)


def short(edge: str, box: Rect, by: float) -> Rect:
    """Return a rectangle with one edge moved inwards."""
    return box.inset(*(by * (edge == name) for name in EDGES))


def at(edge: str, away: float, size: float = 6) -> Rect:
    """Return a square so far from one edge of the trim, in the middle of it."""
    x, y = WIDE / 2 - size / 2, HIGH / 2 - size / 2
    corners = {
        "left": (away, y),
        "bottom": (x, away),
        "right": (WIDE - away - size, y),
        "top": (x, HIGH - away - size),
    }
    left, bottom = corners[edge]
    return Rect(left, bottom, left + size, bottom + size)


def fill(box: Rect, colour: str = "0.3 0 0 0 k") -> str:
    return f"{colour} {box.x0} {box.y0} {box.width} {box.height} re f\n"


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_a_page_that_keeps_to_its_format_has_no_finding(geometry: Geometry) -> None:
    content = GROUND + letter(at("left", 5)) + letter(at("top", 5)) + symbol((60, 20), 21)
    data = page(content, geometry)
    assert [finding for finding in check(data, ORDER).findings if finding.id.startswith("product/")] == []


@pytest.mark.parametrize("geometry", GEOMETRIES)
@pytest.mark.parametrize("edge", EDGES)
def test_a_background_that_ends_before_the_bleed_does_is_found(edge: str, geometry: Geometry) -> None:
    (finding,) = found(page(fill(short(edge, WHOLE, 0.2)), geometry), "bleed-covered")
    assert finding.message == f"nothing is painted in {finding.measured:.0%} of the bleed at the {edge}"
    box = Rect(*(finding.box_mm or ()))
    assert WHOLE.contains(box, 0.11)
    assert min(box.width, box.height) == pytest.approx(0.1, abs=0.11)


@pytest.mark.parametrize("geometry", GEOMETRIES)
@pytest.mark.parametrize("edge", EDGES)
def test_what_an_image_leaves_bare_does_not_depend_on_its_pixels(edge: str, geometry: Geometry) -> None:
    box = short(edge, WHOLE, 40)
    bare = found(_with_image(box, geometry, (450, 410)), "bleed-covered")
    assert len(bare) == 3
    assert bare == found(_with_image(box, geometry, (1200, 1100)), "bleed-covered")


def _with_image(box: Rect, geometry: Geometry, size: tuple[int, int]) -> bytes:
    """Return a page with a black image."""
    content = f"q {box.width} 0 0 {box.height} {box.x0} {box.y0} cm /Image Do Q"
    with pikepdf.open(BytesIO(page(content, geometry))) as pdf:
        image = pdf.make_stream(bytes(size[0] * size[1]), Subtype=pikepdf.Name.Image)
        image.Width, image.Height = size
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Image=image)
        return written(pdf)


@pytest.mark.parametrize("edge", EDGES)
def test_a_gap_inside_the_bleed_is_found(edge: str) -> None:
    parts = fill(TRIM.inset(1, 1, 1, 1)) + "".join(fill(_frame(name, 1.2 * (name == edge))) for name in EDGES)
    (finding,) = found(page(parts), "bleed-covered")
    assert edge in finding.message


def _frame(edge: str, gap: float) -> Rect:
    """Return a bar over one edge of trim and bleed, narrower by a gap beside the trim."""
    bars = {
        "left": Rect(WHOLE.x0, WHOLE.y0, 1 - gap, WHOLE.y1),
        "bottom": Rect(WHOLE.x0, WHOLE.y0, WHOLE.x1, 1 - gap),
        "right": Rect(WIDE - 1 + gap, WHOLE.y0, WHOLE.x1, WHOLE.y1),
        "top": Rect(WHOLE.x0, HIGH - 1 + gap, WHOLE.x1, WHOLE.y1),
    }
    return bars[edge]


@pytest.mark.parametrize("corner", ["bottom left", "bottom right", "top left", "top right"])
def test_a_corner_of_the_bleed_alone_is_found(corner: str) -> None:
    x = (-BLEED, WIDE)["right" in corner]
    y = (-BLEED, HIGH)["top" in corner]
    others = [Rect(*box) for box in ((-BLEED, 0, 103, HIGH), (0, -BLEED, WIDE, 73))]
    corners = [
        Rect(a, b, a + BLEED, b + BLEED) for a in (-BLEED, WIDE) for b in (-BLEED, HIGH) if (a, b) != (x, y)
    ]
    (finding,) = found(page("".join(map(fill, others + corners))), "bleed-covered")
    assert finding.message == f"nothing is painted in 100% of the bleed at the {corner}"


def test_white_that_is_painted_covers_and_hardly_any_paint_does_not() -> None:
    assert found(page(fill(WHOLE, "0 0 0 0 k")), "bleed-covered") == []
    assert len(found(page("/Half gs " + fill(WHOLE)), "bleed-covered")) == 4
    assert len(found(page(""), "bleed-covered")) == 4


@pytest.mark.parametrize("geometry", GEOMETRIES)
@pytest.mark.parametrize("edge", EDGES)
def test_a_text_nearer_to_the_edge_than_the_safe_zone_is_found(edge: str, geometry: Geometry) -> None:
    (finding,) = found(page(GROUND + letter(at(edge, 4.8)), geometry), "safe-zone")
    assert f"stands 4.8 mm from the {edge}, 5.0 mm are needed" in finding.message
    assert finding.box_mm == pytest.approx(at(edge, 4.8).as_tuple(), abs=0.05)
    assert found(page(GROUND + letter(at(edge, 4.95)), geometry), "safe-zone") == []


@pytest.mark.parametrize("edge", EDGES)
def test_a_code_nearer_to_the_edge_than_the_safe_zone_is_found(edge: str) -> None:
    near, far = at(edge, 4.7, 21), at(edge, 5, 21)
    (finding,) = found(page(GROUND + symbol((near.x0, near.y0), 21)), "safe-zone")
    assert (
        finding.message
        == f"the code 'https://example.no/nu03?k=r27' stands 4.7 mm from the {edge}, 5.0 mm are needed"
    )
    assert found(page(GROUND + symbol((far.x0, far.y0), 21)), "safe-zone") == []


@pytest.mark.parametrize("edge", EDGES)
def test_text_and_codes_in_a_hidden_zone_are_found_once(edge: str) -> None:
    order = ordered(hidden_mm=10)
    text, code = at(edge, 9.8), at(edge, 9, 21)
    (finding,) = found(page(GROUND + letter(text)), "hidden-zone", order)
    assert finding.message.endswith(f"reaches 0.2 mm into the hidden zone at the {edge}")
    assert found(page(GROUND + letter(text)), "safe-zone", order) == []
    assert len(found(page(GROUND + symbol((code.x0, code.y0), 21)), "hidden-zone", order)) == 1
    assert len(found(page(GROUND + letter(at(edge, 10))), "safe-zone", order)) == 1


def test_what_only_paints_may_reach_over_every_edge() -> None:
    shapes = "".join(fill(at(edge, -2)) for edge in EDGES) + "0 0 0 1 K 5 w -3 -3 m 103 73 l S\n"
    rules = ("hidden-zone", "safe-zone", "fold-zone")
    order = ordered(hidden_mm=10, folds_mm=((50.0,),), fold_safe_mm=5)
    assert [found(page(GROUND + shapes), rule, order) for rule in rules] == [[], [], []]


def test_text_that_is_not_printed_or_stands_beside_the_page_is_no_text_of_the_product() -> None:
    outside = letter(Rect(-2.9, 20, -0.1, 25))
    unseen = "3 Tr " + letter(at("left", 1)) + "0 Tr "
    assert found(page(GROUND + outside + unseen), "safe-zone") == []


@pytest.mark.parametrize("geometry", [PLAIN, GEOMETRIES[-1]])
@pytest.mark.parametrize(("left", "hits"), [(38.8, 0), (39.3, 1), (47, 1), (54.7, 1), (55.2, 0)])
def test_text_on_a_fold_or_near_to_it_is_found(left: float, hits: int, geometry: Geometry) -> None:
    order = ordered(folds_mm=((50.0,),), fold_safe_mm=5)
    text = letter(Rect(left, 30, left + 6, 36))
    assert len(found(page(GROUND + text, geometry), "fold-zone", order)) == hits


def test_a_code_keeps_more_room_below_than_text_where_the_format_says_so() -> None:
    order = ordered(code_clear_bottom_mm=20)
    content = GROUND + letter(at("bottom", 6))
    assert len(found(page(content + symbol((60, 19.7), 21)), "safe-zone", order)) == 1
    assert found(page(content + symbol((60, 20), 21)), "safe-zone", order) == []


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_sizes_are_those_of_the_page_as_it_is_shown(geometry: Geometry) -> None:
    assert found(page("", geometry), "trim-size") == []
    assert len(found(page("", geometry), "trim-size", ordered_size(HIGH, WIDE))) == 2


def ordered_size(wide: float, high: float) -> Expected:
    return replace(ORDER, trim_mm=(wide, high))
