"""The disc as each place's sun, on each format with a sky: it meets nothing of its colour, grazes nothing."""

import tomllib

import numpy as np
import pytest

from tests.drawings.difference import difference, lab
from tests.drawings.landscape import COLORS, FILLS, GROUND, LEFT, PLACES, ROOT, opened, seen
from tests.drawings.shapes import around

pytestmark = pytest.mark.long

DESIGN = tomllib.loads((ROOT / "profiles/design.toml").read_text("utf-8"))
FORMATS = ("rollup-85x200", "shelter-1185x1750", "poster-70x100", "poster-50x70", "poster-a3", "flyer-a5")
# As `disc_color` chooses it by the sky
DISCS = {"morgendis": "rogn", "himmel": "rogn", "sol": "rogn", "lov": "rogn", "tommer": "white"}
# 2 mm on A3, beside or across the disc's edge
TWO_MM, TOLD_APART = 8, 20
# What stands before the disc covers so much of it
COVERED = 0.01


def width(name: str) -> float:
    told = tomllib.loads((ROOT / f"profiles/formats/{name}.toml").read_text("utf-8"))
    hidden = told.get("hidden_mm", 0)
    sides = hidden["left"] + hidden["right"] if isinstance(hidden, dict) else 2 * hidden
    return float(told["trim_mm"][0]) - sides


def disc(place: str, name: str) -> tuple[float, float, float]:
    """Return the disc's middle and radius in units of a place's drawing, as a layout sets it."""
    across, grid, drawing = width(name), DESIGN["formats"][name], opened(place)
    picture = grid.get("picture_mm", across)
    unit = picture / 1200
    radius = across * grid.get("shares", {}).get("sun", DESIGN["shares"]["sun"]) / 2
    start = min(max(float(drawing.landmark) - across / unit / 2, 0), 1200 - across / unit)
    edge = radius + 0.03 * across
    x = min(max((float(drawing.disc_x) - start) * unit, edge), across - edge)
    least = grid["headline_mm"][1] + 0.2 * grid["sizes_pt"]["headline"] * 25.4 / 72 + 0.02 * across + radius
    y = max(grid["ground_mm"] - (GROUND - float(drawing.disc_y)) * unit, least)
    return start + x / unit, GROUND - (grid["ground_mm"] - y) / unit, radius / unit


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", FORMATS)
def test_the_disc_meets_nothing_of_its_own_colour(place: str, name: str) -> None:
    x, y, radius = disc(place, name)
    view = seen(place)
    color = COLORS[DISCS.get(str(opened(place).sky), "sol")]
    alike = [number for number, fill in enumerate(FILLS) if difference(lab(color), lab(fill)) < TOLD_APART]
    sky = [number for number, layer in enumerate(view.layers) if layer == "sky"]
    rows, columns = np.mgrid[
        round(y - radius) - 3 : min(round(y + radius) + 3, GROUND),
        round(x - radius) - 3 : round(x + radius) + 3,
    ]
    objects, fills = view.objects[rows, columns - LEFT], view.fills[rows, columns - LEFT]
    meets = np.hypot(columns - x, rows - y) < radius + 2
    assert int((meets & np.isin(fills, alike) & ~np.isin(objects, sky)).sum()) <= TWO_MM


def grazing(objects: np.ndarray, sky: np.ndarray, depth: np.ndarray) -> list[tuple[int, float]]:
    """Return what stands before the sky at a disc's edge and hardly covers it, with the part that it covers.

    `depth` tells of each unit how far it lies within the disc.
    """
    near, found = depth > -TWO_MM, []
    for number in np.unique(objects[near & ~sky]).tolist():
        own = near & (objects == number)
        if (around(own)[1:-1, 1:-1] & near & sky).any():
            covered = (own & (depth > 0)).sum() / (depth > 0).sum()
            found += [(number, round(float(covered), 4))] if covered < COVERED else []
    return found


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", FORMATS)
def test_the_disc_grazes_nothing(place: str, name: str) -> None:
    x, y, radius = disc(place, name)
    view = seen(place)
    sky = [number for number, layer in enumerate(view.layers) if layer == "sky"]
    rows, columns = np.mgrid[0:GROUND, LEFT : LEFT + view.objects.shape[1]]
    objects = view.objects[:GROUND]
    assert grazing(objects, np.isin(objects, sky), radius - np.hypot(columns - x, rows - y)) == []


def test_a_hill_at_the_edge_of_a_disc_is_told_from_one_before_it_and_one_below() -> None:
    rows, columns = np.mgrid[0:200, 0:200]
    depth = 50 - np.hypot(columns - 100, rows - 100)
    for top, expected in ((130, []), (148, [1]), (155, [1]), (170, [])):
        hill = (rows >= top).astype(int)
        assert [number for number, _ in grazing(hill, hill == 0, depth)] == expected
    # A wood that stands before a hill does not meet the disc behind it
    wood = np.where(rows >= 148, 2, rows >= 130)
    assert grazing(wood, wood == 0, depth) == []
