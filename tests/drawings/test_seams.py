"""Seams: where two shapes meet edge to edge, soft edges let through what lies behind, a hair wide.

A screen draws an edge that runs through a pixel half, and the next shape's edge half of the rest: a white
train shone through a dark tree. A shape that runs on under its neighbour has no seam.
"""

from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
import resvg_py
from PIL import Image

from tests.drawings.landscape import PLACES, opened

pytestmark = pytest.mark.long

# What stands above the ground line, in units; the layout draws the line itself
LEFT, TOP, WIDTH, HEIGHT = -200, 440, 1600, 558
# Half a unit beside every edge at a whole one
ASIDE = 0.5
FINE = 2
# Five millimetres on A3, and a difference that is seen on a screen
LONG, SEEN = 20, 20


def drawn(svg: str, fine: int, rendering: str) -> np.ndarray:
    root = ElementTree.fromstring(svg)
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("viewBox", f"{LEFT + ASIDE} {TOP + ASIDE} {WIDTH} {HEIGHT}")
    root.set("shape-rendering", rendering)
    text = ElementTree.tostring(root, encoding="unicode")
    data = bytes(resvg_py.svg_to_bytes(svg_string=text, width=WIDTH * fine, height=HEIGHT * fine))
    return np.asarray(Image.open(BytesIO(data)).convert("RGB"))


def around(pixels: np.ndarray, least: bool) -> np.ndarray:
    """Return of each pixel the darkest or lightest value of it and its eight neighbours, by channel."""
    framed = np.pad(pixels, ((1, 1), (1, 1), (0, 0)), mode="edge")
    shifted = [framed[y : y + HEIGHT, x : x + WIDTH] for y in range(3) for x in range(3)]
    return (np.minimum if least else np.maximum).reduce(shifted)


def strange(svg: str) -> np.ndarray:
    """Return how far each pixel lies outside the colours that meet there, 0 to 255."""
    fine = drawn(svg, FINE, "crispEdges").reshape(HEIGHT, FINE, WIDTH, FINE, 3)
    soft = drawn(svg, 1, "auto").astype(np.int64)
    low, high = around(fine.min((1, 3)), least=True), around(fine.max((1, 3)), least=False)
    return np.maximum(low - soft, soft - high).max(2)


def longest(line: np.ndarray) -> int:
    """Return the length of the longest run of true values."""
    ends = np.flatnonzero(~np.concatenate([[False], line, [False]]))
    return max(after - before - 1 for before, after in pairwise(ends.tolist()))


@pytest.mark.parametrize("place", PLACES)
def test_nothing_shows_through_between_shapes_that_meet(place: str) -> None:
    seams = strange(str(opened(place).draw())) >= SEEN
    across = [TOP + row for row in range(HEIGHT) if longest(seams[row]) >= LONG]
    down = [LEFT + column for column in range(2, WIDTH - 2) if longest(seams[:, column]) >= LONG]
    assert (across, down) == ([], [])


def test_two_halves_side_by_side_have_a_seam_and_a_whole_under_a_half_has_none() -> None:
    halves = (
        '<svg><rect x="-200" y="0" width="1600" height="1400" fill="#ffffff"/>'
        '<rect x="{left}" y="600" width="{wide}" height="100" fill="#0f4252"/>'
        '<rect x="300" y="600" width="100" height="100" fill="#2c6a4c"/></svg>'
    )
    assert strange(halves.format(left=200, wide=100)).max() >= SEEN
    assert strange(halves.format(left=200, wide=200)).max() < SEEN
