"""Outlines of drawings: no shape crosses itself, no gable has a lump; feet on landings and the ground."""

import re
from itertools import combinations, product
from math import hypot
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np
import pytest

from tests.drawings.difference import difference, lab
from tests.drawings.landscape import (
    COLORS,
    FILLS,
    FOLDER,
    GROUND,
    LEFT,
    PLACES,
    ROOT,
    figure,
    opened,
    people,
    seen,
)

Point = tuple[float, float]
# Feet are the lowest units of a figure; a toe may be so far over an edge
SOLE, TOE = -3, 1
# The lowest unit of a sole, and how far it differs from the ground at least
SHOE, APART = 1, 10
# The outline of a shape of straight sides; a line may pass another so far unseen
STRAIGHT, UNSEEN = r"[MLHV\d.\s-]+", 0.5


def side(one: Point, other: Point, point: Point) -> float:
    """Tell on which side of a line a point lies, by the sign."""
    return (other[0] - one[0]) * (point[1] - one[1]) - (other[1] - one[1]) * (point[0] - one[0])


def crossed(points: list[Point]) -> list[Point]:
    """Return where sides of a closed outline that do not follow each other begin that cross."""
    sides = list(zip(points, points[1:] + points[:1], strict=True))
    return [
        a
        for (a, b), (c, d) in combinations(sides, 2)
        if side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
    ]


def corners(outline: str) -> list[Point]:
    """Return the corners of an outline of straight sides."""
    found, x, y = [], 0.0, 0.0
    for way, numbers in re.findall(r"([MLHV])([^MLHV]+)", outline):
        values = list(map(float, re.findall(r"-?[\d.]+", numbers)))
        for one, other in zip(values[::2], values[1::2], strict=True) if way in "ML" else [(values[-1],) * 2]:
            x, y = x if way == "V" else one, y if way == "H" else other
            found.append((x, y))
    return found


@pytest.mark.parametrize("name", [*PLACES, "people"])
def test_no_shape_of_straight_sides_crosses_itself(name: str) -> None:
    found = []
    for one in ElementTree.parse(ROOT / FOLDER / f"{name}.svg").iter():
        for outline in one.get("d", "").split("Z"):
            if one.get("fill") != "none" and re.fullmatch(STRAIGHT, outline):
                found += crossed(corners(outline))
    assert found == []


def test_a_crossed_outline_is_told_from_a_plain_one() -> None:
    assert crossed([(0, 0), (4, 0), (4, 4), (0, 4)]) == []
    assert crossed([(0, 0), (4, 4), (4, 0), (0, 4)]) != []


def board(line: Element) -> list[Point]:
    """Return of a gable's line the outline's tip and the middles of its ends, as low as they reach."""
    start, (x, y), end = corners(line.attrib["d"])
    half = float(line.attrib["stroke-width"]) / 2
    slant = hypot(end[0] - start[0], start[1] + end[1] - 2 * y) / abs(end[0] - start[0])
    tip = y - half * (1 if line.get("stroke-linejoin") == "round" else slant)
    return [(x, tip), *((along, down + half / slant) for along, down in (start, end))]


def is_gable(line: Element) -> bool:
    """Tell whether a shape is a line up to a tip and down again."""
    points = corners(line.attrib["d"])
    return line.get("fill") == "none" and len(points) == 3 and points[1][1] < min(points[0][1], points[2][1])


def lumps(root: Element) -> list[Point]:
    """Return where a gable's line passes its roof of the same colour: over the ridge, or below the eave."""
    found = []
    for group in root.iter():
        shapes = [one for one in group if re.fullmatch(STRAIGHT, one.get("d", "").removesuffix("Z"))]
        for line, roof in product(filter(is_gable, shapes), shapes):
            if roof.get("fill") == line.get("stroke"):
                across, down = zip(*corners(roof.attrib["d"].removesuffix("Z")), strict=True)
                near = 2 * float(line.attrib["stroke-width"])
                tip, *feet = board(line)
                over = [(tip, min(down) - tip[1]), *((foot, foot[1] - max(down)) for foot in feet)]
                found += [
                    point
                    for point, by in over
                    if UNSEEN < by < near and min(across) <= point[0] <= max(across)
                ]
    return found


@pytest.mark.parametrize("place", PLACES)
def test_no_gable_has_a_lump_at_its_tip_or_below_its_eave(place: str) -> None:
    assert lumps(ElementTree.parse(ROOT / FOLDER / f"{place}.svg").getroot()) == []


def test_a_lump_of_a_gable_is_told_from_a_board_that_ends_with_its_roof() -> None:
    house = (
        '<svg><g><path d="M100 700H160L200 740H140Z" fill="#c8452f"/>'
        '<path d="M60 740L100 {tip}L{foot}" fill="none" stroke="#c8452f" stroke-width="4"/></g></svg>'
    )
    for tip, foot, expected in ((701, "144 741", 2), (703, "141 738", 0), (703, "144 741", 1)):
        assert len(lumps(ElementTree.fromstring(house.format(tip=tip, foot=foot)))) == expected


@pytest.mark.parametrize("place", PLACES)
def test_nobody_on_a_landing_has_a_foot_over_its_end(place: str) -> None:
    for group in ElementTree.parse(ROOT / FOLDER / f"{place}.svg").iter():
        for rect in group if group.get("id") == "landing" else []:
            left, top = float(rect.attrib["x"]), float(rect.attrib["y"])
            right = left + float(rect.attrib["width"])
            for person in people(place):
                x, y = figure(person.name.partition("#")[2])
                feet = person.x + person.way * x[y >= SOLE]
                if abs(person.feet - top) <= -SOLE and left < person.x < right:
                    assert left - TOE <= feet.min(), person
                    assert feet.max() <= right + TOE, person


@pytest.mark.parametrize("place", PLACES)
def test_shoes_differ_from_the_ground_under_them(place: str) -> None:
    view, ground = seen(place), lab(COLORS[str(opened(place).ground)])
    numbers = [number for number, layer in enumerate(view.layers) if layer == "people"]
    for person in people(place):
        if person.feet == GROUND and 0 < person.x < 1200:
            across = slice(round(person.x) - LEFT - 15, round(person.x) - LEFT + 15)
            row = view.objects[GROUND - SHOE, across]
            fills = np.unique(view.fills[GROUND - SHOE, across][np.isin(row, numbers)])
            assert min(difference(lab(FILLS[fill]), ground) for fill in fills) >= APART, person.name
