"""What stands beside the lens: three whole people with those in it, the landmark, no tip of what it hides."""

import numpy as np
import pytest

from tests.drawings.landscape import LEFT, PLACES, Person, figure, opened, people, seen
from tests.drawings.lens import PAGES, Page, design_of, lens

pytestmark = pytest.mark.long

LEAST = 3
# 5 mm of an M65, the widest safe zone of the formats that have nobody else in front, in parts of the page
SAFE = 0.0505
# A cross, a weathercock: six millimetres square on A3
LEAST_AREA = 600
# Towers, spires and chimneys, by which a place is known from afar
UPPER = 150
CROPPED = [name for name in PLACES if hasattr(opened(name), "lens_crop")]

on_each_page = pytest.mark.parametrize("page", PAGES)
in_each_place = pytest.mark.parametrize("place", PLACES)


def whole(page: Page, place: str) -> tuple[list[str], list[str]]:
    """Return who is whole beside the lens or in it, in the safe zone, and whom lens or trim cut."""
    at = lens(page, place)
    safe = at.left + page.units(SAFE), at.right - page.units(SAFE)
    there, cut = [], []
    for person in people(place):
        if distances(person, at.shows).max() <= at.shows[2]:
            there.append(person.name)
        elif person.right > at.left and person.left < at.right and not at.clear[0] <= person.x <= at.clear[1]:
            covered = distances(person, at.covers).min() <= at.covers[2]
            if covered or person.left < at.left or person.right > at.right:
                cut.append(person.name)
            elif safe[0] <= person.left and person.right <= safe[1]:
                there.append(person.name)
    return there, cut


def distances(person: Person, circle: tuple[float, float, float]) -> np.ndarray:
    """Return how far each unit of a figure is from a circle's middle."""
    x, y = figure(person.name.partition("#")[2])
    return np.hypot(person.x + person.way * x - circle[0], person.feet + y - circle[1])


@in_each_place
@on_each_page
def test_three_whole_people_are_seen_beside_the_lens_and_in_it(place: str, page: str) -> None:
    there, cut = whole(PAGES[page], place)
    assert cut == []
    assert len(there) >= LEAST, there
    assert len(set(there)) == len(there), "nobody is seen twice"


def parts(mask: np.ndarray) -> list[int]:
    """Return the areas of what hangs together in a mask, row by row."""
    areas: list[int] = []
    above: list[tuple[int, int, int]] = []
    joined: dict[int, int] = {}

    def root(one: int) -> int:
        while joined[one] != one:
            one = joined[one]
        return one

    for row in mask:
        ends = np.flatnonzero(np.diff(np.concatenate([[0], row.astype(np.int8), [0]])))
        runs = []
        for first, after in ends.reshape(-1, 2).tolist():
            met = [root(number) for left, right, number in above if left <= after and right >= first]
            number = met[0] if met else len(areas)
            if not met:
                areas.append(0)
                joined[number] = number
            for other in met[1:]:
                joined[root(other)] = root(number)
            areas[number] += after - first
            runs.append((first, after, number))
        above = runs
    total: dict[int, int] = {}
    for number, area in enumerate(areas):
        total[root(number)] = total.get(root(number), 0) + area
    return sorted(total.values())


@in_each_place
@on_each_page
def test_no_tip_of_what_the_lens_hides_stands_alone_beside_it(place: str, page: str) -> None:
    at, view = lens(PAGES[page], place), seen(place, "people", "ground", left_out=("done",))
    # What reaches below the lens's middle stands beside it
    rows, columns = np.mgrid[440 : round(at.covers[1]), round(at.left) : round(at.right)]
    free = np.hypot(columns - at.covers[0], rows - at.covers[1]) > at.covers[2]
    shown = view.objects[rows, columns - LEFT]
    alone = {}
    for number, layer in enumerate(view.layers):
        rises = shown == number
        if layer == "landmark" and (rises & ~free).any():
            rises[-1] = free[-1] = True
            tips = [area for area in parts(rises & free) if area < LEAST_AREA and area not in parts(rises)]
            if tips:
                alone[number] = tips
    assert alone == {}


# On a bridge the lens looks at the landmark itself
@pytest.mark.parametrize("place", [name for name in CROPPED if "spot_base" not in design_of(name)])
@on_each_page
def test_a_landmark_stands_clear_of_the_lens_where_its_page_is_cropped_for_that(
    place: str, page: str
) -> None:
    at, view = lens(PAGES[page], place), seen(place, "people", "ground", left_out=("done",))
    landmark = np.isin(
        view.objects, [number for number, layer in enumerate(view.layers) if layer == "landmark"]
    )
    top = int(np.flatnonzero(landmark.any(axis=1))[0])
    y, x = np.nonzero(landmark[: top + UPPER])
    assert (np.hypot(x + LEFT - at.covers[0], y - at.covers[1]) > at.covers[2]).all()


def test_parts_of_a_mask_hang_together_across_rows() -> None:
    rows = ["##.##", ".#.#.", ".###.", ".....", "#...#"]
    mask = np.array([[sign == "#" for sign in row] for row in rows])
    assert parts(mask) == [1, 1, 9]
