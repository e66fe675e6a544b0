"""Measure many simple paths at once: one subpath of lines and curves each, or one rectangle."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from printkit.content.figures import figures
from printkit.content.path import TOLERANCE

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_M, _L, _C, _V, _Y, _H, _R = b"mlcvyhr"
# pairs of numbers before each operator
_PAIRS = np.zeros(128, np.int64)
_PAIRS[[_M, _L, _C, _V, _Y, _H, _R]] = 1, 1, 3, 2, 2, 0, 2
_FIRST_LETTER = ord("A")
# Operators that build a path, and text with all letters as blanks, the star of some painters too
_BUILDS = np.zeros(128, np.bool_)
_BUILDS[[_M, _L, _C, _V, _Y, _H, _R]] = True
_FIGURES = bytes(sign if sign < _FIRST_LETTER and sign != ord("*") else ord(" ") for sign in range(256))
# Characters that are measured at once: what fits into a processor's cache is measured fastest
_AT_ONCE = 200_000
# Within this of a line lies what is one (TOLERANCE of a thousandth, as sides are compared)
_ON_LINE = TOLERANCE * TOLERANCE
_QUADS = (4, 5)


class Measured(NamedTuple):
    """Of each path its box (x0, y0, x1, y1), the width of its bar (nan: it is none), and whether it is
    one level or one upright line."""

    boxes: Floats
    bars: Floats
    level: Flags
    upright: Flags


def measure(written: list[bytes], matrices: Floats) -> Measured:
    """Return what paths measure on the page; they are written in pieces of any number of them.

    `matrices` has six numbers for each. What paints them may stand behind them, and says nothing here.
    """
    parts, done = list[Measured](), 0
    for text in _gathered(written):
        found = _measure(text, matrices[done:])
        parts.append(found)
        done += len(found.bars)
    return Measured(*map(np.concatenate, zip(*parts, strict=True)))


def _measure(text: bytes, matrices: Floats) -> Measured:
    signs = np.frombuffer(b" " + text, np.uint8)
    letters = signs >= _FIRST_LETTER
    operators = signs[1:][letters[1:] > letters[:-1]]
    operators = operators[_BUILDS[operators]]
    pairs = figures(text.translate(_FIGURES)).reshape(-1, 2)
    path = np.cumsum((operators == _M) | (operators == _R)) - 1
    # Told apart first: a rectangle has its corners in the order of its sides, a subpath only their points.
    rectangular = np.zeros(path[-1] + 1, np.bool_)
    rectangular[path[operators == _R]] = True
    made = _Measuring(len(rectangular))
    owners = np.repeat(path, _PAIRS[operators])
    made.rectangles(np.flatnonzero(rectangular), pairs[rectangular[owners]], matrices)
    drawn = ~rectangular[path]
    made.subpaths(operators[drawn], path[drawn], pairs[~rectangular[owners]], matrices)
    return Measured(made.boxes, made.bars, made.level, made.upright)


def _gathered(written: list[bytes]) -> Iterator[bytes]:
    """Yield pieces together, as many as are measured at once."""
    some, size = list[bytes](), 0
    for piece in written:
        some.append(piece)
        size += len(piece)
        if size > _AT_ONCE:
            yield b" ".join(some)
            some, size = [], 0
    if some:
        yield b" ".join(some)


class _Measuring:
    def __init__(self, count: int) -> None:
        self.boxes = np.empty((count, 4))
        self.bars = np.full(count, np.nan)
        self.level, self.upright = np.zeros(count, np.bool_), np.zeros(count, np.bool_)

    def rectangles(self, path: NDArray[np.int64], pairs: Floats, matrices: Floats) -> None:
        x, y, width, height = pairs.reshape(-1, 4).T
        matrix = matrices[path]
        corners = np.stack(
            [
                _applied(matrix, *corner)
                for corner in ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
            ],
            axis=1,
        )
        self.boxes[path, :2], self.boxes[path, 2:] = corners.min(axis=1), corners.max(axis=1)
        self.bars[path] = _bars(corners)

    def subpaths(
        self, operators: NDArray[np.uint8], path: NDArray[np.int64], pairs: Floats, matrices: Floats
    ) -> None:
        if not len(operators):
            return
        counts = _PAIRS[operators]
        points = _applied(matrices[np.repeat(path, counts)], pairs[:, 0], pairs[:, 1])
        ends = np.cumsum(counts) - 1
        moving = counts > 0
        corners, owner = points[ends[moving]], path[moving]
        starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
        paths = owner[starts]
        self.boxes[paths, :2] = np.minimum.reduceat(corners, starts)
        self.boxes[paths, 2:] = np.maximum.reduceat(corners, starts)
        curved = np.isin(operators, (_C, _V, _Y))
        if curved.any():
            self._curves(operators, path, points, ends, curves=np.flatnonzero(curved))
        sides = np.diff(np.r_[starts, len(owner)])
        # What has a curve is no bar, whatever its corners are.
        sides[np.isin(paths, path[curved])] = 0
        self._bars_of_lines(paths, corners, starts, sides)
        # A curve on a level or upright line too.
        flat = (self.boxes[paths, 2:] <= self.boxes[paths, :2]).any(axis=1)
        self.bars[paths[flat]] = 0.0

    def _curves(
        self,
        operators: NDArray[np.uint8],
        path: NDArray[np.int64],
        points: Floats,
        ends: NDArray[np.int64],
        *,
        curves: NDArray[np.int64],
    ) -> None:
        """Widen the boxes to where curves turn between their ends."""
        kind, last = operators[curves], ends[curves]
        start, end = points[ends[curves - 1]], points[last]
        one = np.where((kind == _V)[:, None], start, points[last - np.where(kind == _C, 2, 1)])
        two = np.where((kind == _Y)[:, None], end, points[last - 1])
        for axis in (0, 1):
            for values, where in _turns(*(point[:, axis] for point in (start, one, two, end))):
                np.minimum.at(self.boxes[:, axis], path[curves][where], values)
                np.maximum.at(self.boxes[:, axis + 2], path[curves][where], values)

    def _bars_of_lines(
        self, paths: NDArray[np.int64], corners: Floats, starts: NDArray[np.int64], sides: NDArray[np.int64]
    ) -> None:
        lines = sides == 2
        run = np.abs(corners[starts[lines] + 1] - corners[starts[lines]]) <= TOLERANCE
        self.upright[paths[lines]], self.level[paths[lines]] = run[:, 0], run[:, 1]
        self.bars[paths[lines]] = 0.0
        for count in (3, *_QUADS):
            found = np.flatnonzero(sides == count)
            if len(found):
                self.bars[paths[found]] = _bars(corners[starts[found][:, None] + np.arange(count)])


def _applied(matrix: Floats, x: Floats, y: Floats) -> Floats:
    a, b, c, d, e, f = matrix.T
    return np.stack([a * x + c * y + e, b * x + d * y + f], axis=1)


def _bars(corners: Floats) -> Floats:
    """Return the shorter side of each rectangle (paths, corners, 2), 0 for a line, nan for all else."""
    start = corners[:, :1]
    along, up = np.moveaxis(corners - start, 2, 0)
    away = np.hypot(along, up)
    farthest = away.argmax(axis=1)
    end = corners[np.arange(len(corners)), farthest]
    run, rise = (end - start[:, 0]).T
    beside = np.abs(run[:, None] * up - rise[:, None] * along)
    bars = np.where(beside.max(axis=1) <= _ON_LINE * away.max(axis=1), 0.0, np.nan)
    if corners.shape[1] in _QUADS:
        bars = np.where(np.isnan(bars), _quads(corners, away), bars)
    return bars


def _quads(corners: Floats, away: Floats) -> Floats:
    one, two, three, four = np.moveaxis(corners[:, :4], 1, 0)
    first, second = two - one, three - two
    sides = np.hypot(*first.T), np.hypot(*second.T)
    straight = (np.abs(one + three - two - four) <= TOLERANCE).all(axis=1)
    square = np.abs((first * second).sum(axis=1)) <= TOLERANCE * np.maximum(sides[0] * sides[1], TOLERANCE)
    closed = away[:, -1] <= TOLERANCE if corners.shape[1] > 4 else True
    return np.where(straight & square & closed, np.minimum(*sides), np.nan)


def _turns(p0: Floats, p1: Floats, p2: Floats, p3: Floats) -> list[tuple[Floats, NDArray[np.int64]]]:
    """Return the values of cubic Beziers where they turn, with the curves that these are of."""
    low, high = np.minimum(p0, p3), np.maximum(p0, p3)
    # Only where a handle lies outside of its ends can a curve turn between them.
    out = np.flatnonzero((p1 < low) | (p1 > high) | (p2 < low) | (p2 > high))
    p0, p1, p2, p3 = (point[out] for point in (p0, p1, p2, p3))
    a, b, c = p3 - 3 * p2 + 3 * p1 - p0, 2 * (p2 - 2 * p1 + p0), p1 - p0
    found = []
    # What has no root becomes nan, which lies between no two figures.
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(b * b - 4 * a * c)
        straight = np.abs(a) < 1e-12
        for time in (np.where(straight, -c / b, (-b - root) / (2 * a)), (-b + root) / (2 * a)):
            inside = (time > 0) & (time < 1)
            t = time[inside]
            s = 1 - t
            q0, q1, q2, q3 = (point[inside] for point in (p0, p1, p2, p3))
            values = s * s * s * q0 + 3 * s * s * t * q1 + 3 * s * t * t * q2 + t * t * t * q3
            found.append((values, out[inside]))
    return found
