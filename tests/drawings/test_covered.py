"""What one thing leaves of another: cut windows, tips, specks, strips, hairs, ends of light."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np
import pytest

from tests.drawings.landscape import LEFT, PLACES
from tests.drawings.shapes import HIGH, NOTHING, WIDE, Shapes, around, mapped, pieces, shapes
from tests.drawings.test_landscapes import NARROW, WIDTH, window

pytestmark = pytest.mark.long

# A window or a door: so many units of area, and so many across
PART, ACROSS = (60, 1500), (8, 48)
# Of its area; what is less is gone to the eye, and what is more is whole
CUT = (0.12, 0.88)
# A tip has so many units of area at most, and so much of its outline against what is behind it
LEAST, TIP, TIP_EDGE = 4, 180, 1 / 4
# A hill that shows so little of itself between two firs, two square millimetres on A3
SPECK = 30
# Half a millimetre by five on A3
STRIP, STRIP_LENGTH = 2, 20
# A knife is off by so many units: a millimetre on A3; inside a leaflet, whose 303 mm with its bleed show the
# whole drawing, by more
KNIFE, LEAFLET = 4, 1600 / 303
# A bar of light on water; it shows so much on either side of what crosses it, and ends so far before the next
BAR, STUB, CLEAR = {"height": "8", "rx": "4"}, 6, 3
# Half a millimetre on A3: so much may not be seen below a foot that is so high and so wide
HAIR, FOOT, FOOT_ACROSS = 2, 6, 4
FAULT = tuple[int, int, int]

in_each_place = pytest.mark.parametrize("place", PLACES)


def place_of(rows: slice, columns: slice) -> tuple[int, int]:
    """Return where a piece of a map stands, in units."""
    return columns.start + LEFT, rows.start + HIGH


def within(columns: slice) -> bool:
    """Tell whether any page may show some columns of a map."""
    return columns.stop > 3 * LEAFLET and columns.start < WIDE - 3 * LEAFLET


def parts(view: Shapes) -> Iterator[tuple[int, slice, slice, np.ndarray]]:
    """Return the windows and doors of a drawing: shapes that lie whole within their thing, piece by piece."""
    for thing in view.things:
        if thing.is_field or thing.layer == "people":
            continue
        rows, columns = thing.box
        rim = around(thing.alone == NOTHING)[1:-1, 1:-1]
        for shape in np.unique(thing.alone).tolist():
            own = thing.alone == shape
            if shape == NOTHING or (own & rim).any():
                continue
            for high, wide, piece in pieces(own):
                across = min(piece.shape), max(piece.shape)
                if PART[0] <= piece.sum() <= PART[1] and ACROSS[0] <= across[0] and across[1] <= ACROSS[1]:
                    down = slice(high.start + rows.start, high.stop + rows.start)
                    along = slice(wide.start + columns.start, wide.stop + columns.start)
                    yield shape, down, along, piece


@dataclass(frozen=True)
class Trim:
    """What a page shows of a landscape, from left to right, and how far a knife may be off."""

    left: float
    right: float
    knife: float = KNIFE


def trims(place: str) -> list[Trim]:
    """Return the trims of a wide page, of narrow ones, also beside a lens, and of a leaflet's inside."""
    left = LEFT + 3 * LEAFLET
    shown = window(place, WIDTH), window(place, NARROW), window(place, NARROW, "lens_crop")
    return [*(Trim(*edges) for edges in shown), Trim(left, WIDTH - left, LEAFLET)]


def cut_parts(view: Shapes, *trims: Trim) -> list[tuple[int, int]]:
    """Return the windows and doors of which something hides a part, or a knife that is off or not."""
    found = []
    for shape, rows, columns, piece in parts(view):
        seen = view.seen[rows, columns] == shape
        shown = (
            seen & between(columns, trim.left - off, trim.right + off)
            for trim in trims
            for off in (-trim.knife, 0, trim.knife)
        )
        if any(is_cut(piece, one) for one in shown):
            found.append(place_of(rows, columns))
    return found


def between(columns: slice, left: float, right: float) -> np.ndarray:
    """Tell of some columns which lie between two x."""
    units = np.arange(columns.start, columns.stop) + LEFT
    return (units >= round(left)) & (units < round(right))


def is_cut(piece: np.ndarray, shown: np.ndarray) -> bool:
    """Tell whether so much of a piece is shown that it is neither whole nor gone."""
    return bool(CUT[0] < (piece & shown).sum() / piece.sum() < CUT[1])


@in_each_place
def test_windows_and_doors_are_seen_whole_or_not_at_all(place: str) -> None:
    assert cut_parts(shapes(place, lines=False), *trims(place)) == []


def tips(view: Shapes) -> list[FAULT]:
    """Return the ends of far hills and woods that things cut off from the rest of their shape, with areas."""
    objects = np.pad(view.objects, 1, constant_values=NOTHING)
    # A hill behind the teeth of a wood is a line, not tips
    lamps = [thing.number for thing in view.things if thing.layer == "people"]
    woods = [thing.number for thing in view.things if thing.is_field and thing.layer == "far"]
    found = []
    for thing in [view.things[number] for number in woods]:
        rows, columns = thing.box
        seen = list(pieces(view.objects[rows, columns] == thing.number))
        for high, wide, piece in seen if len(seen) > 1 else []:
            down = slice(high.start + rows.start, high.stop + rows.start)
            along = slice(wide.start + columns.start, wide.stop + columns.start)
            beside = objects[down.start : down.stop + 2, along.start : along.stop + 2][around(piece)]
            before, behind = beside > thing.number, beside < thing.number
            by_things = not np.isin(beside[before], woods).any() and not np.isin(beside[before], lamps).all()
            if LEAST < piece.sum() <= TIP and behind.mean() >= TIP_EDGE and by_things and within(along):
                found.append((*place_of(down, along), int(piece.sum())))
    return found


@in_each_place
def test_no_tip_of_a_hill_or_a_wood_stands_alone(place: str) -> None:
    assert tips(shapes(place, people=False, lines=False)) == []


def specks(view: Shapes) -> list[FAULT]:
    """Return where a hill is seen as a speck at the bottom of a valley of the wood before it, with areas."""
    fields = [thing.number for thing in view.things if thing.is_field and thing.layer == "far"]
    objects = np.pad(view.objects, 1, constant_values=NOTHING)
    found = []
    for thing in [view.things[number] for number in fields]:
        rows, columns = thing.box
        for high, wide, piece in pieces(view.objects[rows, columns] == thing.number):
            down = slice(high.start + rows.start, high.stop + rows.start)
            along = slice(wide.start + columns.start, wide.stop + columns.start)
            beside = objects[down.start : down.stop + 2, along.start : along.stop + 2][around(piece)]
            in_wood = np.isin(beside[beside > thing.number], fields).any()
            if LEAST < piece.sum() <= SPECK and in_wood and (beside < thing.number).any() and within(along):
                found.append((*place_of(down, along), int(piece.sum())))
    return found


@in_each_place
def test_no_speck_of_a_hill_is_seen_between_two_firs(place: str) -> None:
    assert specks(shapes(place, people=False, lines=False)) == []


def broad(mask: np.ndarray) -> np.ndarray:
    """Return of a mask what is broader than a strip, both ways."""
    side = STRIP + 1
    rows, columns = mask.shape
    inside, found = np.pad(mask, side), np.zeros_like(mask)
    shifts = [(down, along) for down in range(side) for along in range(side)]
    core = np.ones((rows + side, columns + side), bool)
    for down, along in shifts:
        core &= inside[down : down + rows + side, along : along + columns + side]
    for down, along in shifts:
        found |= core[side - down : side - down + rows, side - along : side - along + columns]
    return found


def strips(view: Shapes) -> list[FAULT]:
    """Return where so little of a broad shape is seen between two things, with the strip's length."""
    found = []
    for thing in view.things:
        rows, columns = thing.box
        hidden = thing.alone[thing.alone != view.seen[rows, columns]]
        for shape in np.unique(hidden[hidden != NOTHING]).tolist():
            seen, drawn = view.seen[rows, columns] == shape, thing.alone == shape
            for high, wide, piece in pieces(seen & ~broad(seen) & broad(drawn)):
                along = slice(wide.start + columns.start, wide.stop + columns.start)
                if max(piece.shape) >= STRIP_LENGTH and within(along):
                    down = slice(high.start + rows.start, high.stop + rows.start)
                    found.append((*place_of(down, along), max(piece.shape)))
    return found


@in_each_place
def test_no_strip_of_a_shape_is_seen_between_two_things(place: str) -> None:
    assert strips(shapes(place, people=False, lines=False)) == []


def hairs(view: Shapes) -> list[FAULT]:
    """Return the hairs of what lies behind that are seen below a foot, with their length.

    Below it stands the ground or more of its own thing: piles end over the ground line, a jet over its basin.
    """
    found = []
    for thing in view.things:
        if thing.is_field or thing.layer == "ground":
            continue
        columns = thing.box[1]
        own = view.objects[:, columns] == thing.number
        own = np.vstack([own, np.ones((1, own.shape[1]), bool)])
        gap = np.zeros_like(own)
        for tall in range(1, HAIR + 1):
            for row in range(FOOT + tall, len(own)):
                over = own[row - tall - FOOT : row - tall].all(axis=0)
                gap[row - tall : row] |= over & own[row] & ~own[row - tall : row].any(axis=0)
        for down, along, _ in pieces(gap):
            # A wheel comes down to the ground beside it; the line of a leash goes down a step at a time
            beside = own[down, max(along.start - 1, 0) : along.stop + 1].all(axis=0).any()
            if not beside and down.stop - down.start <= HAIR and along.stop - along.start >= FOOT_ACROSS:
                start = along.start + columns.start
                found.append((*place_of(down, slice(start, start)), along.stop - along.start))
    return found


@in_each_place
def test_no_foot_ends_a_hair_above_what_it_stands_on(place: str) -> None:
    assert hairs(shapes(place)) == []


def stubs(view: Shapes) -> list[tuple[int, int]]:
    """Return the ends of light on water that meet what stands before it: a leg, a rope, a hull."""
    found = []
    for thing in view.things:
        bars = [one for one in thing.element if BAR.items() <= one.attrib.items()]
        # A basin has one bar among its shapes
        for bar in bars if len(bars) == len(thing.element) else []:
            left, top, wide = (round(float(bar.get(key, "0"))) for key in ("x", "y", "width"))
            row = top + round(float(BAR["height"]) / 2) - HIGH
            if row >= len(view.seen):
                continue
            shape, line = int(bar.attrib["fill"][1:], 16) - 1, view.seen[row]
            for end, way in ((left, 1), (left + wide, -1)):
                first = end - LEFT - (way < 0)
                inside = line[first : first + way * STUB : way]
                outside = line[first - way : first - way * (CLEAR + 1) : -way]
                clear = all(view.things[view.owner[one]].is_field for one in outside.tolist())
                if 0 < end < WIDTH and not ((inside == shape).all() and clear):
                    found.append((end, top))
    return found


@in_each_place
def test_light_on_water_begins_and_ends_clear_of_what_stands_before_it(place: str) -> None:
    assert stubs(shapes(place)) == []


def drawing(**layers: str) -> dict[str, Element]:
    """Return small layers back to front."""
    return {name: ElementTree.fromstring(f"<g>{shapes}</g>") for name, shapes in layers.items()}


HILL = '<path d="M0 900V700H400V900Z" fill="#000000"/>'
HOUSE = (
    '<g><rect x="100" y="800" width="100" height="100" fill="#ffffff"/>'
    '<rect x="120" y="820" width="20" height="20" fill="#000000"/></g>'
)


def box(x: float, y: float, width: float, height: float) -> str:
    return f'<g><rect x="{x}" y="{y}" width="{width}" height="{height}" fill="#777777"/></g>'


def test_a_window_is_told_whole_hidden_and_cut() -> None:
    for x, expected in ((60, []), (130, [(120, 820)]), (110, [])):
        view = mapped(drawing(near=HOUSE, people=box(x, 810, 35, 90)))
        assert cut_parts(view, Trim(0, WIDTH)) == expected


def test_a_window_beside_the_trim_is_told_from_one_that_stands_clear() -> None:
    house = mapped(drawing(near=HOUSE))
    for trim, expected in (
        (130, [(120, 820)]),
        (120, [(120, 820)]),
        (138, [(120, 820)]),
        (113, []),
        (145, []),
    ):
        assert cut_parts(house, Trim(trim, WIDTH)) == cut_parts(house, Trim(0, trim)) == expected


def test_a_tip_that_a_house_cuts_off_is_told_from_a_hill_that_it_parts() -> None:
    hill = '<path d="M0 900V700H200L210 780L220 700L230 900Z" fill="#000000"/>'
    assert tips(mapped(drawing(sky=box(-200, 440, 1600, 600), far=hill))) == []
    cut = drawing(sky=box(-200, 440, 1600, 600), far=hill, near=box(190, 725, 60, 200))
    assert [place[:2] for place in tips(mapped(cut))] == [(217, 704)]


def test_a_speck_of_hill_between_two_firs_is_told_from_a_hill_that_rises_over_the_wood() -> None:
    wood = '<path d="M0 900L20 700L40 800L60 700L80 800L100 700L120 900Z" fill="#000000"/>'
    for top, expected in ((790, [(38, 790, 20), (78, 790, 20)]), (770, []), (805, [])):
        hill = f'<path d="M0 900V{top}H400V900Z" fill="#777777"/>'
        view = mapped(drawing(sky=box(-200, 440, 1600, 600), far=hill + wood))
        assert specks(view) == expected, top


def test_a_strip_between_two_houses_is_told_from_a_gap() -> None:
    for gap, expected in ((2, [(100, 800, 100)]), (6, [])):
        houses = box(0, 800, 100, 100) + box(100 + gap, 700, 100, 200)
        assert strips(mapped(drawing(far=HILL, near=houses))) == expected


def test_light_that_ends_at_a_post_is_told_from_light_that_passes_behind_it() -> None:
    water = '<rect x="-200" y="800" width="1600" height="200" fill="#1f7e90"/>'
    light = '<g><rect x="100" y="900" width="80" height="8" rx="4" fill="#a8d2de"/></g>'
    for x, expected in ((98, [(100, 900)]), (103, [(100, 900)]), (140, []), (182, [(180, 900)]), (190, [])):
        assert stubs(mapped(drawing(near=water + light, people=box(x, 700, 4, 300)))) == expected


def test_a_pile_that_ends_over_the_ground_is_told_from_one_that_stands_on_it_and_from_a_wheel() -> None:
    sky = box(-200, 440, 1600, 600)
    for foot, expected in ((1000, []), (999, [(100, 999, 9)]), (998, [(100, 998, 9)]), (990, [])):
        assert hairs(mapped(drawing(sky=sky, near=box(100, 900, 9, foot - 900)))) == expected
    wheel = '<g><circle cx="100" cy="970" r="30" fill="#000000"/></g>'
    assert hairs(mapped(drawing(sky=sky, vehicles=wheel))) == []
