"""People of the kit on each field of a brand colour and on paper, in the colours that they take there."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from jinja2 import Environment

from tests.drawings.difference import difference, lab
from tests.drawings.landscape import COLORS, ROOT, opened

# As in landscapes: told apart, and one colour
TOLD_APART, ONE_COLOUR = 20, 5
HEAD, HAND, SLEEVES, MOUTH, FOLD = "9", "4.5", ("8.6", "8"), "1.3", "1.2"
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
def test_no_sleeve_has_the_colour_of_the_hand_that_comes_out_of_it(name: str, field: str) -> None:
    shapes = drawn(name, field)
    hands = paints([one for one in shapes if one.get("r") == HAND])
    sleeves = paints([one for one in shapes if one.get("stroke-width") in SLEEVES])
    assert hands
    assert sleeves
    assert all(far(hand, sleeve) >= ONE_COLOUR for hand in hands for sleeve in sleeves)
