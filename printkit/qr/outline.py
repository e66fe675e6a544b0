"""A symbol as one path: the outlines of its dark areas, so that no hairline shows between modules."""

from functools import cache
from typing import Any

import numpy as np

from printkit.qr.matrix import Matrix
from printkit.units import Rect, short


def symbol_path(matrix: Matrix, box: Rect) -> bytes:
    """Return PDF operators that fill the symbol into `box` (points), in the colour that is set."""
    size = len(matrix)
    scale = f"{short(box.width / size)} 0 0 {short(box.height / size)} {short(box.x0)} {short(box.y0)}"
    # Holes run the same way round as what is round them, so the even-odd rule tells them apart.
    return f"q {scale} cm\n{_outlines(matrix)}f* Q\n".encode()


def _outlines(matrix: Matrix) -> str:
    """Return a closed polygon a line for each outline, in modules from the lower left corner."""
    places, beyond = _corners(matrix)
    corners = _words(len(matrix) + 1)[places[:, 0], places[:, 1]].tolist()
    left, lines = [True] * len(corners), []
    for start in range(0, len(corners), 2):
        here, signs = start, "m"
        while left[here]:
            # Corners stand row by row, so that an edge leads from each even one to the next.
            there = here ^ 1
            left[here] = left[there] = False
            lines.append(f"{corners[here]} {signs} {corners[there]} l")
            here, signs = beyond[there], "l"
        # One that was met before is part of a polygon that is closed already.
        if signs == "l":
            lines[-1] += " h\n"
    return " ".join(lines).replace("\n ", "\n")


@cache
def _words(size: int) -> "np.ndarray[Any, Any]":
    """Return each corner as it is written, by row upwards and column."""
    return np.array([[f"{x} {y}" for x in range(size)] for y in range(size)], dtype=object)


def _corners(matrix: Matrix) -> tuple["np.ndarray[Any, Any]", list[int]]:
    """Return the outlines' corners (row upwards, column), and which other one stands above or below each.

    A corner at which two modules touch diagonally stands there twice.
    """
    # A light edge all round, so that modules at the rim have corners like all others.
    dark = np.pad(np.array(matrix, dtype=np.int8)[::-1], 1)
    lower, upper = dark[:-1], dark[1:]
    along = (lower[:, :-1] ^ lower[:, 1:]) + (upper[:, :-1] ^ upper[:, 1:])
    across = (lower[:, :-1] ^ upper[:, :-1]) + (lower[:, 1:] ^ upper[:, 1:])
    rows, columns = np.nonzero((along > 0) & (across > 0))
    twice = along[rows, columns]
    places = np.repeat(np.stack((rows, columns), axis=1), twice, axis=0)
    # The left edge goes with the lower one, the right with the upper, unless the dark modules lie otherwise.
    falling = np.repeat(lower[rows, columns + 1] > 0, twice)
    second = np.append(False, (places[1:] == places[:-1]).all(axis=1))
    upwards = np.lexsort((second ^ falling, places[:, 0], places[:, 1]))
    beyond = np.empty(len(places), dtype=int)
    beyond[upwards[0::2]], beyond[upwards[1::2]] = upwards[1::2], upwards[0::2]
    return places, beyond.tolist()
