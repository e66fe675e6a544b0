"""A place whose colour is held back: things keep their outlines before wood and hill, people their limbs."""

from io import BytesIO
from xml.etree import ElementTree

import jinja2
import numpy as np
import pytest
import resvg_py
from PIL import Image

from tests.drawings.difference import contrast, difference, lab
from tests.drawings.landscape import (
    COLORS,
    GROUND,
    LEFT,
    PLACES,
    ROOT,
    Map,
    Person,
    opened,
    people,
    seen,
    shared_edges,
)
from tests.drawings.lens import PAGES, lens

pytestmark = pytest.mark.long

COLORS_FILE = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "templates")).get_template(
    "base/colors.html"
)
GREYS, OF_FIELDS, OF_PEOPLE = (
    getattr(COLORS_FILE.module, name) for name in ("greys", "field_greys", "people_greys")
)
BEHIND = ["far", "near", "landmark"]
# Of shapes that a drawing names, a wharf or a wood, a colour that no drawing has: they are known by it
MARKS = {
    ".floor": "graa-mork",
    ".shade": "graa-blek",
    ".deep": "graa-svart",
    ".even": "graa-lys",
    ".bright": "hud-lys",
    ".ground": "hud-mork",
    ".wire": "graa-merke",
}
BY_MARK = {mark: {**GREYS, **OF_FIELDS}[role] for role, mark in MARKS.items()}
# What of a figure may have the grey behind it: a boot, a sleeve
MOST_LOST = 0.25
# What of a thing's outline may: a pier before its quay, a stripe of an awning. Short ones are ropes and posts
MOST_OUTLINE, SHORT = 0.3, 40
# Hair and what covers it: so far from the middle of a head, and so far below it
HEAD, CHIN = 22, 9
# The picture's upper edge in these views
TOP = 700
# Fields of a place and the field behind it, and what touches them
LEAST_CONTRAST = 1.5
# Inks come a little nearer to each other
LEAST_IN_PRINT = 1.52
# Units of an edge between two fields, as in colour
SEEN = 100
# Of the ground's edge, as on pieces
MOST_OF_GROUND = 0.6
GREY_FIELD = "granitt"


def test_things_share_no_grey_with_fields_and_each_differs_by_half() -> None:
    things = {grey for color, grey in GREYS.items() if not color.startswith(".")}
    # Of a small picture that shows its own ground, all that stands there stands on it
    fields = {grey for color, grey in OF_FIELDS.items() if color != ".ground"} | {GREY_FIELD}
    assert not things & fields
    alike = [
        (thing, field)
        for thing in things
        for field in fields
        if contrast(COLORS[thing], COLORS[field]) < LEAST_CONTRAST
    ]
    assert alike == []


def test_every_colour_of_a_place_has_its_grey() -> None:
    assert {name for name in COLORS if not name.startswith("graa-")} <= set(GREYS)
    assert {role for role in {**GREYS, **OF_FIELDS} if role.startswith(".")} == set(MARKS)


def test_wires_have_a_grey_of_their_own_before_walls_and_windows() -> None:
    """In a wall's grey they vanished on it and bit corners off its windows."""
    others = {grey for role, grey in {**GREYS, **OF_FIELDS}.items() if role != ".wire"} | {GREY_FIELD}
    assert [one for one in others if contrast(COLORS[GREYS[".wire"]], COLORS[one]) < LEAST_CONTRAST] == []


def place_in_parts(place: str) -> Map:
    return seen(place, "people", "ground", left_out=("done",), roles=tuple(MARKS.items()))


def outlines(place: str, things: dict[str, str], fields: dict[str, str]) -> dict[tuple[str, int], float]:
    """Return of each thing of a place what part of its outline has its own grey on both sides."""
    view = place_in_parts(place)
    greys, rows = in_grey(view, things, fields), slice(440, GROUND - 2)
    number, grey = view.objects[rows, -LEFT : 1200 - LEFT], greys[rows, -LEFT : 1200 - LEFT]
    whole, lost = np.zeros(len(view.layers)), np.zeros(len(view.layers))
    for one, other in ((np.s_[:, :-1], np.s_[:, 1:]), (np.s_[:-1], np.s_[1:])):
        # The edge is that of the one in front
        front = np.maximum(number[one], number[other])
        edge = number[one] != number[other]
        merged = edge & (grey[one] == grey[other])
        whole += np.bincount(front[edge], minlength=len(whole))
        lost += np.bincount(front[merged], minlength=len(lost))
    solid = [
        one
        for one, layer in enumerate(view.layers)
        if layer != "sky" and one not in view.fields and lost[one] > SHORT
    ]
    return {(view.layers[one], one): round(float(lost[one] / whole[one]), 2) for one in solid}


def in_grey(view: Map, things: dict[str, str], fields: dict[str, str]) -> np.ndarray:
    """Return which grey is seen at each unit, as a number among `COLORS`."""
    names = list(COLORS)
    table = np.array(
        [
            [
                names.index({**BY_MARK, **(fields if one in view.fields else things)}.get(name, name))
                for name in names
            ]
            for one in range(len(view.layers))
        ]
    )
    # Of a place's sky the page's field stands instead
    table[[layer == "sky" for layer in view.layers]] = names.index(GREY_FIELD)
    return np.asarray(table[view.objects, view.fills])


@pytest.mark.parametrize("place", PLACES)
def test_no_thing_loses_its_outline_in_what_lies_behind_it(place: str) -> None:
    lost = {one: part for one, part in outlines(place, GREYS, OF_FIELDS).items() if part > MOST_OUTLINE}
    assert lost == {}


@pytest.mark.parametrize("place", PLACES)
def test_fields_that_touch_differ_in_their_greys_too(place: str) -> None:
    view, names = place_in_parts(place), list(COLORS)
    greys, rows = in_grey(view, GREYS, OF_FIELDS), slice(440, GROUND - 2)
    page = [one for one, layer in enumerate(view.layers) if layer == "sky"]
    fields = np.isin(view.objects, [*view.fields, *page])
    # Of one colour and one grey is what was one field before
    number = np.where(fields, greys * len(names) + view.fills, -1)[rows, -LEFT : 1200 - LEFT]
    number = np.where(np.isin(view.objects, page)[rows, -LEFT : 1200 - LEFT], -2, number)
    merged = []
    for pair, units in shared_edges(number).items():
        one, other = sorted(pair)
        first = names.index(GREY_FIELD) if one == -2 else one // len(names)
        if one != -1 and units > SEEN and first == other // len(names):
            merged.append((one, names[other % len(names)], units))
    assert merged == []


@pytest.mark.parametrize("place", PLACES)
def test_what_reaches_the_ground_differs_from_it(place: str) -> None:
    view, names = place_in_parts(place), list(COLORS)
    lowest = in_grey(view, GREYS, OF_FIELDS)[GROUND - 4, -LEFT : 1200 - LEFT]
    ground = COLORS[str(opened(place).ground)]
    wide = [names[grey] for grey in np.unique(lowest) if (lowest == grey).mean() > MOST_OF_GROUND]
    assert [grey for grey in wide if contrast(COLORS[grey], ground) < LEAST_IN_PRINT] == []


def test_one_grey_for_fields_and_things_would_lose_a_church() -> None:
    one_for_both = {**OF_FIELDS, "granitt": "graa-mork", "fjord": "graa-mork"}
    assert max(outlines("nu05", one_for_both, one_for_both).values()) > 2 * MOST_OUTLINE


def pixels(
    place: str, layers: list[str], colors: dict[str, str], fields: dict[str, str] | None = None
) -> np.ndarray:
    svg = opened(place).draw(layers, [0, TOP, 1200, GROUND - TOP], colors, ["done"], fields=fields)
    root = ElementTree.fromstring(str(svg))
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("shape-rendering", "crispEdges")
    text = ElementTree.tostring(root, encoding="unicode")
    data = bytes(resvg_py.svg_to_bytes(svg_string=text, width=1200, height=GROUND - TOP))
    return np.asarray(Image.open(BytesIO(data)).convert("RGBA")).astype(np.int64)


def greys_of(place: str) -> dict[str, str]:
    backdrop = getattr(opened(place), "backdrop", None)
    return dict(OF_PEOPLE[GREYS[backdrop] if backdrop else "field"])


def shown(place: str) -> list[Person]:
    """Return who is seen beside the lens on a wide page, an A6 or a narrow page."""
    pages = [lens(page, place) for page in PAGES.values()]
    return [
        one
        for one in people(place)
        if any(
            at.left <= one.left and one.right <= at.right and not at.clear[0] <= one.x <= at.clear[1]
            for at in pages
        )
    ]


def lost(place: str, colors: dict[str, str]) -> dict[str, float]:
    """Return of each person what part has the grey that lies behind it."""
    there, alike = merged(place, colors)
    found = {}
    for person in shown(place):
        left, right = round(person.left), round(person.right)
        found[person.name] = float(alike[:, left:right].sum() / there[:, left:right].sum())
    return found


def lost_heads(place: str, colors: dict[str, str]) -> dict[str, float]:
    """Return of each person what part of hair, hat or scarf has the grey that lies behind it."""
    _, alike = merged(place, colors)
    plain = pixels(place, ["people"], {})
    rows, columns = np.mgrid[TOP:GROUND, 0:1200]
    found = {}
    for person in shown(place):
        hair = np.array(bytearray.fromhex({**COLORS, "white": "#ffffff"}[person.hair][1:]))
        near = (np.hypot(columns - person.x, rows - person.y) <= HEAD) & (rows <= person.y + CHIN)
        there = near & (plain[..., 3] > 0) & (plain[..., :3] == hair).all(2)
        found[person.name] = float((alike & there).sum() / there.sum())
    return found


def merged(place: str, colors: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """Return where people are drawn, and where they have the grey that lies behind them."""
    field = np.array(bytearray.fromhex(COLORS[GREY_FIELD][1:]))
    behind, figures = pixels(place, BEHIND, GREYS, OF_FIELDS), pixels(place, ["people"], colors)
    under = np.where(behind[..., 3:] > 0, behind[..., :3], field)
    there = figures[..., 3] > 0
    return there, there & (np.abs(figures[..., :3] - under).max(2) < 8)


@pytest.mark.parametrize("place", PLACES)
def test_people_keep_their_limbs_before_the_greys(place: str) -> None:
    assert {name: part for name, part in lost(place, greys_of(place)).items() if part > MOST_LOST} == {}


@pytest.mark.parametrize("place", PLACES)
def test_hair_and_hats_are_seen_before_the_greys(place: str) -> None:
    heads = lost_heads(place, greys_of(place))
    assert {name: part for name, part in heads.items() if part > MOST_LOST} == {}


def test_black_hair_before_black_ground_would_be_lost() -> None:
    dark = {**greys_of("nu04"), "har": GREY_FIELD}
    assert max(lost_heads("nu04", dark).values()) > MOST_LOST
    assert max(lost("nu04", dark).values()) <= MOST_LOST


def test_the_greys_of_a_landscape_alone_would_lose_people() -> None:
    assert max(lost("nu08", GREYS).values()) > MOST_LOST


@pytest.mark.parametrize("behind", OF_PEOPLE)
def test_a_face_is_not_the_grey_of_its_hair(behind: str) -> None:
    colors = {name: OF_PEOPLE[behind].get(name, name) for name in COLORS}
    for skin in ("hud-lys", "tommer", "hud-brun", "hud-mork"):
        assert difference(lab(COLORS[colors[skin]]), lab(COLORS[colors["har"]])) >= 10


@pytest.mark.parametrize("behind", OF_PEOPLE)
def test_a_face_is_not_the_grey_of_its_headscarf(behind: str) -> None:
    greys = OF_PEOPLE[behind]
    assert difference(lab(COLORS[greys["tommer"]]), lab(COLORS[greys[".headscarf"]])) >= 10
