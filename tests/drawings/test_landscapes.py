"""The ten landscapes by their geometry: layers, ground line, neighbours of one colour, heads, the trim."""

from xml.etree import ElementTree

import numpy as np
import pytest

from tests.drawings.difference import contrast, difference, lab
from tests.drawings.landscape import (
    COLORS,
    FILLS,
    FOLDER,
    GROUND,
    LAYERS,
    LEFT,
    PLACES,
    ROOT,
    Person,
    ink_of,
    opened,
    people,
    seen,
    shared_edges,
)

pytestmark = pytest.mark.long

# Units: the width of a page that shows a whole landscape is 1200, so 8 are 2 mm on A3. A narrow page crops a
# picture of 1.35 its own width beside the landmark
WIDTH, TWO_MM = 1200, 8
NARROW = WIDTH / 1.35
# Two millimetres where a picture is smallest: as wide as an A6, and 133.7 mm on an M65
THIN = {WIDTH: 22.8, NARROW: 17.9}
# A fresh look tells colours apart from here on; two that differ less are one
TOLD_APART, ONE_COLOUR = 20, 5
HEAD, HAIR = 9, 13
# What stands over a head for so many units and is no wider than so many, as a trunk or a lamp
POST, THIN_POST = 20, 12

in_each_place = pytest.mark.parametrize("place", PLACES)


@in_each_place
def test_layers_stand_in_their_order_back_to_front(place: str) -> None:
    assert opened(place).layers == LAYERS
    assert len(opened(place).part("sun").layers) == 0


@in_each_place
def test_a_drawing_says_where_its_ground_landmark_and_disc_are(place: str) -> None:
    drawing = opened(place)
    assert drawing.ground_line == GROUND
    assert 200 <= float(drawing.landmark) <= 1000
    assert 400 <= float(drawing.disc_y) <= 600
    assert 0 < float(drawing.disc_x) < WIDTH


@in_each_place
def test_nothing_but_the_ground_reaches_below_the_ground_line(place: str) -> None:
    view = seen(place)
    below = {view.layers[number] for number in np.unique(view.objects[GROUND:])}
    assert below == {"ground"}


@in_each_place
def test_nothing_but_the_sky_is_so_high_that_a_headline_meets_it(place: str) -> None:
    view = seen(place)
    assert {view.layers[number] for number in np.unique(view.objects[:440])} == {"sky"}


@in_each_place
def test_no_two_objects_of_one_colour_share_an_edge_of_two_millimetres(place: str) -> None:
    view = seen(place)
    merged = []
    for pair, units in shared_edges(view.objects * 256 + view.fills).items():
        (one, fill), (other, second) = (divmod(number, 256) for number in sorted(pair))
        apart = difference(lab(FILLS[fill]), lab(FILLS[second]))
        # Water and lawn run on into the ground, which is one field with them
        if one != other and apart < ONE_COLOUR and units > TWO_MM and view.layers[other] != "ground":
            merged.append((view.layers[one], view.layers[other], FILLS[fill], units))
    assert not merged


@in_each_place
def test_touching_fields_differ_in_lightness(place: str) -> None:
    view = seen(place)
    fills = np.where(np.isin(view.objects, list(view.fields)), view.fills, len(FILLS))
    pale = []
    for pair, units in shared_edges(fills).items():
        one, other = sorted(pair)
        if other < len(FILLS) and units > 100 and contrast(FILLS[one], FILLS[other]) < 1.5:
            pale.append((FILLS[one], FILLS[other], units))
    assert not pale


def window(place: str, width: float, middle: str = "landmark") -> tuple[float, float]:
    """Return what a page shows of a landscape from left to right, the landmark or another middle in it."""
    drawing = opened(place)
    start = min(max(float(getattr(drawing, middle, drawing.landmark)) - width / 2, 0), WIDTH - width)
    return start, start + width


in_wide_and_narrow = pytest.mark.parametrize("width", [WIDTH, NARROW], ids=["wide", "narrow"])


@in_each_place
@in_wide_and_narrow
@pytest.mark.parametrize("middle", ["landmark", "lens_crop"])
def test_no_sliver_stands_at_the_trim(place: str, width: float, middle: str) -> None:
    view = seen(place)
    left, right = (round(edge) - LEFT for edge in window(place, width, middle))
    for inside in (view.objects[:, left : left + 60], view.objects[:, right - 60 : right][:, ::-1]):
        for number in set(np.unique(inside[:, 0]).tolist()):
            wide = int(np.flatnonzero((inside == number).any(axis=0)).max()) + 1
            assert wide >= THIN[width] or view.layers[number] == "sky", (view.layers[number], wide)


def under(place: str, person: Person, radius: int, below: float) -> list[str]:
    """Return the colours that lie under a head, each of at least a twentieth."""
    left, top = round(person.x) - LEFT - HAIR, round(person.y) - HAIR
    fills = seen(place, "people", "vehicles").fills[top : top + 2 * HAIR + 1, left : left + 2 * HAIR + 1]
    rows, columns = np.mgrid[-HAIR : HAIR + 1, -HAIR : HAIR + 1]
    round_ = (columns**2 + rows**2 <= radius**2) & (rows <= below)
    values, counts = np.unique(fills[round_], return_counts=True)
    return [FILLS[value] for value, count in zip(values, counts, strict=True) if count >= counts.sum() / 20]


@in_each_place
def test_heads_and_hair_differ_from_what_lies_under_them(place: str) -> None:
    lost = [
        (person.name, color, behind)
        for person in people(place)
        for color, radius, below in ((person.skin, HEAD, HEAD), (person.hair, HAIR, 2))
        for behind in under(place, person, radius, below)
        if difference(lab(COLORS[color]), lab(behind)) < TOLD_APART
    ]
    assert not lost


@in_each_place
@in_wide_and_narrow
def test_a_page_shows_three_whole_people_and_cuts_none(place: str, width: float) -> None:
    left, right = window(place, width)
    there = [one for one in people(place) if one.right > left and one.left < right]
    assert all(one.left >= left and one.right <= right for one in there)
    assert len(there) >= 3


@in_each_place
def test_nobody_stands_in_a_landscape_twice(place: str) -> None:
    names = [one.name for one in people(place)]
    assert sorted(set(names)) == sorted(names)


@in_each_place
def test_people_of_three_skins_and_more_meet(place: str) -> None:
    assert len({one.skin for one in people(place) if 0 < one.x < WIDTH}) >= 3


def test_all_twelve_people_and_four_skins_are_seen() -> None:
    everyone = [one for place in PLACES for one in people(place)]
    assert {one.name.partition("#")[2] for one in everyone} == set(opened("people").layers)
    assert len({one.skin for one in everyone}) == 4


@pytest.mark.parametrize("name", opened("people").layers)
def test_a_person_stands_on_the_line_and_reaches_as_far_as_said(name: str) -> None:
    part = opened("people").part(name)
    drawn = ElementTree.parse(ROOT / FOLDER / "people.svg").getroot()
    radii = [
        one.get("r") for one in next(g for g in drawn if g.get("id") == name).iter() if one.get("r") == "9"
    ]
    assert radii, "a head of radius 9"
    assert float(part.left) < 0 < float(part.right)
    assert -130 < float(part.top) < float(part.head) - 9
    assert {str(part.skin), str(part.hair)} <= set(COLORS)


@in_each_place
def test_a_place_is_drawn_with_and_without_what_was_done(place: str) -> None:
    drawing = opened(place)
    assert len(drawing.draw()) > len(drawing.draw(without=["done"])) > 1000


@pytest.mark.parametrize("name", opened("people").layers)
def test_a_person_of_the_kit_stands_whole_in_its_box(name: str) -> None:
    """A layout shows a figure as far as its box says: a wheel that hung out of it was cut flat."""
    ten, figure = 10, opened("people").part(name)
    ink = np.argwhere(ink_of(name, (-100, -180, 200, 220), ten))
    (top, left), (bottom, right) = (
        ink.min(axis=0) / ten - (180, 100),
        (ink.max(axis=0) + 1) / ten - (180, 100),
    )
    assert figure.left <= left
    assert figure.top <= top
    assert right <= figure.right
    assert bottom <= 0.1


@in_each_place
def test_no_post_and_no_trunk_grows_out_of_a_head(place: str) -> None:
    view = seen(place, "vehicles", "landmark", clear=(LEFT, WIDTH - LEFT))
    grown = []
    for person in people(place):
        x, crown = round(person.x) - LEFT, round(person.y) - HAIR
        over = view.objects[crown - POST : crown, x - POST : x + POST]
        for number in np.unique(over).tolist():
            wide = (over == number).sum(axis=1)
            is_post = view.layers[number] != "sky" and ((wide > 0) & (wide <= THIN_POST)).all()
            if is_post and (over == number)[:, POST - HEAD : POST + HEAD].any():
                grown.append((person.name, round(person.x), view.layers[number]))
    assert grown == []
