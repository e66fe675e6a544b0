"""Tell which rectangles lie over earlier ones, of any number: sorted by place, all are looked up at once."""

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
# Points: coordinates are written with three decimals or more, so what meets by less than two of these touches
TOUCH = 1e-3
# So many times as long as wide is a line
LINE = 8
# So many grounds are looked for, as long as more boxes than a few are left
MOST_GROUNDS, FEW = 8, 64
# A branch holds so many; fewer branches take more steps, more of them more looks for each (4 was fastest)
BRANCHES = 4
# So many looks are done at once: some 20 MB
AT_ONCE = 200_000
# So many on both sides are compared first
BESIDE = 16
# Places are sorted by so many bits in each direction
BITS = 16
# so far are halves moved apart, then halves of these; what is kept of each
SPREAD = ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555))


def shrunken(boxes: Floats) -> Floats:
    """Return boxes (n, 4) without their outermost edge, so that those which touch part; hairlines stay.

    Each of the four edges lies by itself in memory: what looks at one of all boxes is four times as fast.
    """
    small = np.empty(boxes.shape[::-1])
    for low, high in ((0, 2), (1, 3)):
        least, most = boxes[:, low], boxes[:, high]
        thin, middle = most - least <= 2 * TOUCH, (least + most) / 2
        small[low], small[high] = np.where(thin, middle, least + TOUCH), np.where(thin, middle, most - TOUCH)
    return small.T


def overlapping(boxes: Floats, before: Ints, check: Callable[[], None]) -> Flags:
    """Tell of each of shrunk boxes in painting order (n, 4) whether it meets one of the first `before` (n).

    `before` is no more than the box's own number. `check` is called now and then and may raise. What lies
    within an earlier box need not be looked for: what meets it meets the earlier one too. So most of a page
    with a ground is told at once.
    """
    columns = np.ascontiguousarray(boxes.T)
    met, left, rest = np.zeros(len(boxes), np.bool_), np.arange(len(boxes)), columns
    sizes = (columns[2] - columns[0]) * (columns[3] - columns[1])
    for _ in range(MOST_GROUNDS):
        if len(left) < FEW:
            break
        ground = int(left[sizes[left].argmax()])
        # The largest first: on most pages one ground settles all
        box = columns[:, ground]
        met |= _meet(box, columns) & (ground < before)
        hidden = _within(box, rest) & (left > ground)
        if hidden.any():
            left, rest = left[~hidden], rest[:, ~hidden]
        sizes[ground] = -1
    asked = _Asked(columns, before, met)
    parts = [_in_place(columns, part) for part in _shapes(rest, left) if len(part)]
    for part in parts:
        _ask_beside(asked, part)
    for part in parts:
        # What is told needs no further look, and that is most of a page by then
        asking = np.flatnonzero(~met & (before > 0))
        if len(asking):
            _Tree(asked.columns[:, part], part).look_up(asked, _in_place(columns, asking), check)
    return met


class _Asked(NamedTuple):
    """Boxes as columns (4, n), how many of the first are asked for, and what has been told."""

    columns: Floats
    before: Ints
    met: Flags


def _in_place(columns: Floats, numbers: Ints) -> Ints:
    """Return numbers of boxes so that what is near on the page is near among them."""
    return numbers[np.argsort(_curve(columns[:, numbers]), kind="stable")]


def _ask_beside(asked: _Asked, numbers: Ints) -> None:
    """Compare boxes with those beside them: where many overlap, that tells most."""
    columns, before = asked.columns[:, numbers], asked.before[numbers]
    for step in range(1, BESIDE + 1):
        (x0, y0, x1, y1), (u0, v0, u1, v1) = columns[:, :-step], columns[:, step:]
        at = np.flatnonzero((x0 <= u1) & (u0 <= x1) & (y0 <= v1) & (v0 <= y1))
        one, other = numbers[at], numbers[at + step]
        last = np.where(one < other, before[at + step], before[at])
        asked.met[np.maximum(one, other)[np.minimum(one, other) < last]] = True


def _meet(box: Floats, columns: Floats) -> Flags:
    (x0, y0, x1, y1), (u0, v0, u1, v1) = columns, box
    return np.asarray((x0 <= u1) & (x1 >= u0) & (y0 <= v1) & (y1 >= v0))


def _within(box: Floats, columns: Floats) -> Flags:
    (x0, y0, x1, y1), (u0, v0, u1, v1) = columns, box
    return np.asarray((x0 >= u0) & (x1 <= u1) & (y0 >= v0) & (y1 <= v1))


def _shapes(columns: Floats, numbers: Ints) -> Iterator[Ints]:
    """Yield the numbers of lines that lie, of lines that stand and of all else: together they sort badly."""
    width, height = columns[2:] - columns[:2]
    lying, standing = width > LINE * height, height > LINE * width
    for shape in (~lying & ~standing, lying, standing):
        yield numbers[shape]


class _Level(NamedTuple):
    """Branches, each column for itself: the box round all in each, and the number of the first painted.

    What reaches from the least of their ends to the greatest of their starts, in both directions, meets
    every one.
    """

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    last_x0: Floats
    last_y0: Floats
    first_x1: Floats
    first_y1: Floats
    first: Ints


class _Tree:
    """Boxes in levels of branches, each of a few branches of the level before; the last level is one."""

    def __init__(self, columns: Floats, numbers: Ints) -> None:
        x0, y0, x1, y1 = columns
        level = _Level(x0, y0, x1, y1, x0, y0, x1, y1, numbers)
        self.levels = [level]
        while len(level.first) > 1:
            level = _gathered(level)
            self.levels.append(level)

    def look_up(self, asked: _Asked, asking: Ints, check: Callable[[], None]) -> None:
        """Set in `met` which of the boxes that ask meet one of those here."""
        (x0, y0, x1, y1), before, met = asked
        left = [(len(self.levels) - 1, asking, np.zeros(len(asking), np.int64))]
        while left:
            check()
            depth, who, where = left.pop()
            level = self.levels[depth]
            who, where = _pick(~met[who] & (level.first[where] < before[who]), who, where)
            near = level.x0[where] <= x1[who]
            near &= level.x1[where] >= x0[who]
            near &= level.y0[where] <= y1[who]
            near &= level.y1[where] >= y0[who]
            who, where = _pick(near, who, where)
            if not depth:
                met[who] = True
                continue
            # it is enough to have met the first
            sure = level.last_x0[where] <= x1[who]
            sure &= level.first_x1[where] >= x0[who]
            sure &= level.last_y0[where] <= y1[who]
            sure &= level.first_y1[where] >= y0[who]
            met[who[sure]] = True
            who, where = _pick(~met[who], who, where)
            left += _below(depth - 1, who, where, len(self.levels[depth - 1].first))


def _pick(wanted: Flags, who: Ints, where: Ints) -> tuple[Ints, Ints]:
    found = np.flatnonzero(wanted)
    return who[found], where[found]


def _below(depth: int, who: Ints, where: Ints, count: int) -> Iterator[tuple[int, Ints, Ints]]:
    """Yield what is to be looked up in the branches of branches, many in parts: one may tell enough."""
    parts = [(who, where * BRANCHES + branch) for branch in range(BRANCHES)]
    if len(who) * BRANCHES <= AT_ONCE:
        parts = [(np.tile(who, BRANCHES), np.concatenate([where for _, where in parts]))]
    for some, places in parts:
        yield (depth, *_pick(places < count, some, places))


def _gathered(level: _Level) -> _Level:
    starts = np.arange(0, len(level.first), BRANCHES)
    least, most = np.minimum.reduceat, np.maximum.reduceat
    ways = (least, least, most, most, most, most, least, least, least)
    return _Level(*(way(column, starts) for way, column in zip(ways, level, strict=True)))


def _curve(columns: Floats) -> Ints:
    """Return places on a curve through all of the area (Morton's): what is near on it is near on the page.

    Steps are of the boxes' usual size in each direction, so that lines are gathered into blocks.
    """
    places = np.zeros(columns.shape[1], np.int64)
    for axis, (low, high) in enumerate(zip(columns[:2], columns[2:], strict=True)):
        middles = (low + high) / 2
        least = middles.min()
        step = max((high - low).mean(), TOUCH)
        # no more steps than there are bits
        step = max(step, (middles.max() - least) / (2**BITS - 1))
        places |= _spread(((middles - least) / step).astype(np.int64)) << axis
    return places


def _spread(numbers: Ints) -> Ints:
    """Return numbers of `BITS` bits with a zero before each bit."""
    for shift, mask in SPREAD:
        numbers = (numbers | numbers << shift) & mask
    return numbers
