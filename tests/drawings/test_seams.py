"""Seams: where two shapes meet edge to edge, soft edges let through what lies behind, a hair wide.

A screen draws an edge that runs through a pixel half, and the next shape's edge half of the rest: a white
train shone through a dark tree. A shape that runs on under its neighbour has no seam.
"""

from collections.abc import Iterator
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
LEFT, TOP, WIDTH, HEIGHT = -200, 440, 1599, 557
FINE = 2
# Five millimetres on A3, and a difference that is seen on a screen
LONG, SEEN = 20, 20


def drawn(svg: str, fine: int, rendering: str, aside: float = 0, more: int = 0) -> np.ndarray:
    """Return the colours of a drawing, some pixels a unit, from a part of a unit aside."""
    root = ElementTree.fromstring(svg)
    wide, high = WIDTH + more, HEIGHT + more
    root.set("xmlns", "http://www.w3.org/2000/svg")
    root.set("viewBox", f"{LEFT + aside} {TOP + aside} {wide} {high}")
    root.set("shape-rendering", rendering)
    text = ElementTree.tostring(root, encoding="unicode")
    data = bytes(resvg_py.svg_to_bytes(svg_string=text, width=wide * fine, height=high * fine))
    return np.asarray(Image.open(BytesIO(data)).convert("RGB"))


def around(pixels: np.ndarray, least: bool) -> np.ndarray:
    """Return of each pixel the darkest or lightest value of it and its eight neighbours, by channel."""
    framed = np.pad(pixels, ((1, 1), (1, 1), (0, 0)), mode="edge")
    shifted = [framed[y : y + HEIGHT, x : x + WIDTH] for y in range(3) for x in range(3)]
    return (np.minimum if least else np.maximum).reduce(shifted)


def strange(svg: str) -> Iterator[np.ndarray]:
    """Return how far each pixel lies outside the colours that meet there, 0 to 255.

    An edge on the border of two pixels is sharp and shows no seam, one in the middle of a pixel shows the
    most. Drawn as it is and half a unit aside, each edge shows three quarters of that at least.
    """
    sharp = drawn(svg, FINE, "crispEdges", more=1)
    for aside in range(FINE):
        fine = sharp[aside:, aside:][: HEIGHT * FINE, : WIDTH * FINE].reshape(HEIGHT, FINE, WIDTH, FINE, 3)
        soft = drawn(svg, 1, "auto", aside / FINE).astype(np.int64)
        low, high = around(fine.min((1, 3)), least=True), around(fine.max((1, 3)), least=False)
        yield np.maximum(low - soft, soft - high).max(2)


def longest(line: np.ndarray) -> int:
    """Return the length of the longest run of true values."""
    ends = np.flatnonzero(~np.concatenate([[False], line, [False]]))
    return max(after - before - 1 for before, after in pairwise(ends.tolist()))


@pytest.mark.parametrize("place", PLACES)
def test_nothing_shows_through_between_shapes_that_meet(place: str) -> None:
    for apart in strange(str(opened(place).draw())):
        seams = apart >= SEEN
        across = [TOP + row for row in range(HEIGHT) if longest(seams[row]) >= LONG]
        down = [LEFT + column for column in range(2, WIDTH - 2) if longest(seams[:, column]) >= LONG]
        assert (across, down) == ([], [])


def test_two_halves_side_by_side_have_a_seam_and_a_whole_under_a_half_has_none() -> None:
    edges = {600: 300.0, 700: 300.25, 800: 300.5}
    for under, expected in ((0, True), (50, False)):
        halves = "".join(
            f'<rect x="200" y="{y}" width="{x - 200 + under}" height="90" fill="#0f4252"/>'
            f'<rect x="{x}" y="{y}" width="100" height="90" fill="#2c6a4c"/>'
            for y, x in edges.items()
        )
        paper = '<rect x="-200" y="0" width="1600" height="1400" fill="#ffffff"/>'
        seams = np.maximum.reduce(list(strange(f"<svg>{paper}{halves}</svg>"))) >= SEEN
        assert [bool(seams[y - TOP + 2 : y - TOP + 88].any()) for y in edges] == [expected] * len(edges)
