"""What a trim leaves of a bench, a lamp or a vehicle, and what ends just before it."""

import numpy as np
import pytest

from tests.drawings.landscape import LEFT
from tests.drawings.shapes import NOTHING, WIDE, Shapes, mapped, pieces, shapes
from tests.drawings.test_covered import FAULT, box, drawing, in_each_place, place_of, trims
from tests.drawings.test_landscapes import WIDTH

pytestmark = pytest.mark.long

# What a trim leaves of a bench: less is told by the measure of slivers
HALF = (0.05, 0.95)
# A path or a landing that is longer runs on
LONG = 300
# A millimetre and a half on A5: what stands nearer to a trim and does not run on looks cut
BESIDE = 12


def halves(view: Shapes, edges: tuple[float, float]) -> list[FAULT]:
    """Return which bench, lamp or vehicle is cut at one of two x, with the percent that are left of it."""
    found = []
    for thing in view.things:
        if thing.layer not in ("people", "vehicles"):
            continue
        rows, columns = thing.box
        for high, wide, piece in pieces(thing.alone != NOTHING):
            down = slice(high.start + rows.start, high.stop + rows.start)
            along = slice(wide.start + columns.start, wide.stop + columns.start)
            # A train that runs past the drawing's end has no whole
            if along.start > 0 and along.stop < WIDE and along.stop - along.start <= LONG:
                units = np.arange(along.start, along.stop) + LEFT
                left = piece[:, (units >= round(edges[0])) & (units < round(edges[1]))].sum() / piece.sum()
                if HALF[0] < left < HALF[1]:
                    found.append((*place_of(down, along), round(100 * left)))
    return found


@in_each_place
def test_no_trim_halves_a_bench_a_lamp_or_a_vehicle(place: str) -> None:
    view = shapes(place)
    assert [halves(view, (trim.left, trim.right)) for trim in trims(place)] == [[]] * len(trims(place))


def beside(view: Shapes, edges: tuple[float, float]) -> list[tuple[str, int]]:
    """Return what ends just before one of two x, as its layer and how far before it."""
    found = []
    for thing in view.things:
        if not thing.is_field and thing.layer not in ("sky", "ground"):
            units = np.nonzero((view.objects == thing.number).any(axis=0))[0] + LEFT
            units = units[(units >= edges[0]) & (units < edges[1])]
            for room in (units.min() - edges[0], edges[1] - 1 - units.max()) if units.size else ():
                found += [(thing.layer, int(room))] if 0 < room < BESIDE else []
    return found


@in_each_place
def test_nothing_ends_a_millimetre_before_the_trim_of_a_wide_page(place: str) -> None:
    assert beside(shapes(place), (0, WIDTH)) == []


def test_a_bench_that_the_trim_halves_is_told_from_a_train_that_runs_on() -> None:
    bench = mapped(drawing(people=box(-20, 950, 50, 50)))
    assert halves(bench, (0, WIDTH)) == [(-20, 950, 60)]
    assert halves(bench, (-20, WIDTH)) == []
    assert halves(mapped(drawing(vehicles=box(-400, 900, 500, 90))), (0, WIDTH)) == []


def test_a_bench_a_millimetre_before_the_trim_is_told_from_one_that_it_cuts_and_one_further_in() -> None:
    for right, expected in ((WIDTH - 30, []), (WIDTH - 10, [("people", 10)]), (WIDTH, []), (WIDTH + 20, [])):
        assert beside(mapped(drawing(people=box(right - 60, 950, 60, 50))), (0, WIDTH)) == expected
