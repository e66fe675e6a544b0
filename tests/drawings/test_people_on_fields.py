"""People of the kit on each field of a brand colour and on paper, in the colours that they take there."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from jinja2 import Environment

from tests.drawings.difference import contrast, difference, lab
from tests.drawings.landscape import BOX, COLORS, FOLDER, PLACES, ROOT, opened, pixels, rendered, shared_edges

# As in landscapes: told apart, and one colour
TOLD_APART, ONE_COLOUR = 20, 5
HEAD, EYE, HAND, SLEEVES, MOUTH, FOLD = "9", "1", "4.5", ("8.6", "8"), "1.3", "1.2"
# Trousers, a tyre, a chair, its spokes, a handle: by how wide they are drawn
LEGS_AND_WHEELS = ("10", "10.5", "11", "3", "3.2", "1.6", "2.4", "2.6")
# Lost is what is both as light and near in colour: grey spokes on a green field were 1.07:1
LEAST_CONTRAST, LEAST_DIFFERENCE = 1.3, 30
# Units of edge: a sleeve may be as its coat and both trouser legs alike, a pot's rim not as its pot
MERGED = 24
# On the leaflet's cover those in front are 3.1 times as large as in a landscape, whose width is 1200 units;
# the plank behind them stands so high and is so thick, in parts of the page's width
PLANK, THICK, UNIT, LOST = 0.152, 0.022, 1200 / 3.1, 4
MOUTHS, MOUTH_PARTS = ("#ffffff", COLORS["rogn"]), ("mouth", "smile", "lip", "teeth")
ON_FIELD: dict[str, dict[str, str]] = (
    Environment(autoescape=True)
    .from_string((ROOT / "templates/base/colors.html").read_text("utf-8"))
    .module.on_field  # type: ignore[attr-defined]
)
FIELDS = {field: "#ffffff" if field == "paper" else COLORS[field] for field in ON_FIELD}

on_each_field = pytest.mark.parametrize("field", FIELDS)
each_figure = pytest.mark.parametrize("name", opened("people").layers)


def drawn(name: str, field: str) -> list[Element]:
    svg = str(opened("people").part(name).draw(colors=ON_FIELD[field]))
    return list(ElementTree.fromstring(svg).iter())


def paints(shapes: list[Element]) -> set[str]:
    return {
        one.attrib[paint]
        for one in shapes
        for paint in ("fill", "stroke")
        if one.get(paint, "none") != "none"
    }


def far(one: str, other: str) -> float:
    return difference(lab(one), lab(other))


@on_each_field
@each_figure
def test_nothing_of_a_person_has_the_colour_of_the_field(name: str, field: str) -> None:
    # A mouth and a fold lie on a face and on cloth
    shapes = [one for one in drawn(name, field) if one.get("stroke-width") not in (MOUTH, FOLD)]
    assert [one for one in paints(shapes) if far(one, FIELDS[field]) < ONE_COLOUR] == []


@on_each_field
@each_figure
def test_a_face_differs_from_the_field_and_a_mouth_from_its_face(name: str, field: str) -> None:
    shapes = drawn(name, field)
    face = next(one.attrib["fill"] for one in shapes if one.get("r") == HEAD)
    assert far(face, FIELDS[field]) >= TOLD_APART
    # The grandfather's lies on his beard
    if name != "grandfather":
        mouth = next(one.attrib["stroke"] for one in shapes if one.get("stroke-width") == MOUTH)
        assert far(mouth, face) >= TOLD_APART


@on_each_field
@each_figure
def test_eyes_are_seen_in_their_face(name: str, field: str) -> None:
    shapes = drawn(name, field)
    face = next(one.attrib["fill"] for one in shapes if one.get("r") == HEAD)
    eyes = [one.attrib["fill"] for one in shapes if one.get("r") == EYE]
    assert len(eyes) == 2
    assert all(far(eye, face) >= TOLD_APART for eye in eyes)


@on_each_field
@each_figure
def test_no_sleeve_has_the_colour_of_the_hand_that_comes_out_of_it(name: str, field: str) -> None:
    shapes = drawn(name, field)
    hands = paints([one for one in shapes if one.get("r") == HAND])
    sleeves = paints([one for one in shapes if one.get("stroke-width") in SLEEVES])
    assert hands
    assert sleeves
    assert all(far(hand, sleeve) >= ONE_COLOUR for hand in hands for sleeve in sleeves)


@on_each_field
@each_figure
def test_trousers_and_wheels_are_seen_on_the_field(name: str, field: str) -> None:
    drawn_so = [one for one in drawn(name, field) if one.get("stroke-width") in LEGS_AND_WHEELS]
    lost = [
        (paint, one.get("stroke-width"))
        for one in drawn_so
        for paint in paints([one])
        if contrast(paint, FIELDS[field]) < LEAST_CONTRAST and far(paint, FIELDS[field]) < LEAST_DIFFERENCE
    ]
    assert lost == []


@on_each_field
@each_figure
def test_lips_are_red_and_teeth_white(name: str, field: str) -> None:
    part = opened("people").part(name)
    named = ElementTree.parse(ROOT / FOLDER / "people.svg").iter()
    mouths = [one for one in named if one.get("data-part") in MOUTH_PARTS]
    assert len(mouths) == len(opened("people").layers)
    ways = {one.attrib["d"] for one in mouths}
    drawn_so = ElementTree.fromstring(str(part.draw(colors=ON_FIELD[field]))).iter()
    assert paints([one for one in drawn_so if one.get("d") in ways]) <= set(MOUTHS)


def numbered(name: str, colors: dict[str, str]) -> np.ndarray:
    """Return the colours of a figure, one number each, two pixels a unit."""
    root = ElementTree.fromstring(str(opened("people").part(name).draw(view=BOX, colors=colors)))
    return pixels(root, 2 * BOX[2], 2 * BOX[3]).astype(np.int64) @ [65536, 256, 1]


@on_each_field
@each_figure
def test_two_colours_that_touch_do_not_become_one(name: str, field: str) -> None:
    plain, now = numbered(name, {}), numbered(name, ON_FIELD[field])
    edges = shared_edges(now << 24 | plain)
    merged: dict[tuple[int, int], int] = {}
    for pair, units in edges.items():
        one, other = sorted(number & 0xFFFFFF for number in pair)
        if len({number >> 24 for number in pair}) == 1:
            merged[one, other] = merged.get((one, other), 0) + units
    assert {pair: units for pair, units in merged.items() if units > 2 * MERGED} == {}


def bench_of(field: str) -> str:
    """Return the colour of the bench on the leaflet's cover: the headline's, by how light its field is."""
    red, green, blue = bytes.fromhex(FIELDS[field][1:])
    return COLORS["fjord"] if 299 * red + 587 * green + 114 * blue > 140000 else "#ffffff"


@pytest.mark.parametrize("field", sorted({str(opened(place).sky) for place in PLACES}))
def test_nobody_before_the_bench_has_an_edge_of_its_colour(field: str) -> None:
    """A white hood before a white plank had no edge."""
    layout = (ROOT / "templates/about/heads.html").read_text("utf-8")
    front = re.findall(r'\["([\w-]+)", \d+', layout.partition('class="bench"')[2].partition("{% else")[0])
    high = slice(*(round(-part * UNIT - BOX[1]) for part in (PLANK, PLANK - THICK)))
    assert len(front) == 6
    lost = {}
    for name in front:
        svg = str(opened("people").part(name).draw(view=BOX, colors=ON_FIELD[field]))
        picture = rendered(ElementTree.fromstring(svg), BOX[2], BOX[3])[high]
        ink, white = (
            picture[..., 3] > 60,
            (picture[..., :3] == tuple(bytes.fromhex(bench_of(field)[1:]))).all(2),
        )
        own = ink & white
        lost[name] = int((own[:, 1:] & ~ink[:, :-1]).sum() + (own[:, :-1] & ~ink[:, 1:]).sum())
    assert {name: units for name, units in lost.items() if units > LOST} == {}
