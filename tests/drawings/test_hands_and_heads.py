"""Hands and heads stand clear of edges and windows behind them."""

from xml.etree import ElementTree

import numpy as np
import pytest

from tests.drawings.landscape import FOLDER, LEFT, ROOT, figure, people
from tests.drawings.shapes import HIGH, Shapes, mapped, shapes
from tests.drawings.test_covered import HOUSE, box, drawing, in_each_place, parts
from tests.drawings.test_landscapes import WIDTH

pytestmark = pytest.mark.long

HAND, NEAR, TOUCHED = 4.5, 2, 3
# Half a head with its hair, and how far the glass is on one side at least; a frame takes four of that
HEAD, FREE = 10, 10
# An edge that runs on level so far on either side of a hand's middle passes behind it
PASSES = 12


def hands() -> dict[str, list[tuple[float, float]]]:
    """Return the middles of the hands of each figure of the kit."""
    kit = ElementTree.parse(ROOT / FOLDER / "people.svg").getroot()
    return {
        str(name): [
            (float(one.attrib["cx"]), float(one.attrib["cy"]))
            for one in group.iter()
            if one.get("r") == f"{HAND:g}"
        ]
        for group in kit
        if (name := group.get("id"))
    }


def at_edges(view: Shapes, hand: tuple[float, float], body: np.ndarray) -> bool:
    """Tell whether a hand touches an edge of a thing; `body` are columns and rows of whose hand it is."""
    reach = round(HAND + NEAR)
    x, y = round(hand[0]) - LEFT, round(hand[1]) - HIGH
    rows, columns = slice(y - reach, y + reach + 1), slice(x - PASSES, x + PASSES + 1)
    behind = view.seen[rows, columns]
    down, along = np.mgrid[-reach : reach + 1, -PASSES : PASSES + 1]
    free = np.hypot(down, along) <= HAND + NEAR
    own = (np.abs(body[0] - x) <= PASSES) & (np.abs(body[1] - y) <= reach)
    free[body[1][own] - y + reach, body[0][own] - x + PASSES] = False
    level = (behind == behind[:, :1]).all(axis=1)
    if level.all():
        return False
    numbers, units = np.unique(behind[free], return_counts=True)
    touched = numbers[units >= TOUCHED]
    return len(touched) > 1 and any(not view.things[view.owner[one]].is_field for one in touched.tolist())


@in_each_place
def test_no_hand_touches_an_edge_of_a_thing(place: str) -> None:
    view, found = shapes(place, people=False), []
    for person in people(place):
        name = person.name.partition("#")[2]
        x, y = figure(name)
        body = np.stack([np.round(person.x + person.way * x) - LEFT, np.round(person.feet + y) - HIGH])
        for along, up in hands()[name]:
            hand = person.x + person.way * along, person.feet + up
            if 0 < person.x < WIDTH and at_edges(view, hand, body.astype(int)):
                found.append((name, round(hand[0]), round(hand[1])))
    assert found == []


def fills_a_gap(view: Shapes, x: float, y: float) -> bool:
    """Tell whether a head has a window close on its left and another close on its right."""
    left = right = FREE + 1.0
    for _, rows, columns, _ in parts(view):
        if rows.start + HIGH < y + HEAD and rows.stop + HIGH > y - HEAD:
            left = min(left, abs(x - HEAD - (columns.stop + LEFT)))
            right = min(right, abs(columns.start + LEFT - (x + HEAD)))
    return max(left, right) <= FREE


@in_each_place
def test_no_head_fills_the_gap_between_two_windows(place: str) -> None:
    view = shapes(place, people=False, lines=False)
    assert [(one.name, round(one.x)) for one in people(place) if fills_a_gap(view, one.x, one.y)] == []


def test_a_hand_at_a_window_is_told_from_one_before_a_wall() -> None:
    view, nobody = mapped(drawing(sky=box(-200, 440, 1600, 600), near=HOUSE)), np.zeros((2, 0), int)
    assert at_edges(view, (144, 830), nobody)
    assert not at_edges(view, (170, 860), nobody)
    # The wall's foot runs on behind it
    assert not at_edges(view, (150, 900), nobody)


def test_a_head_between_two_windows_is_told_from_one_that_stands_beside_them() -> None:
    house = HOUSE.replace("</g>", '<rect x="168" y="820" width="20" height="20" fill="#000000"/></g>')
    view = mapped(drawing(near=house))
    for x, y, expected in ((154, 845, True), (154, 860, False), (90, 830, False), (205, 830, False)):
        assert fills_a_gap(view, x, y) is expected
