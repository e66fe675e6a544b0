"""Tell which rectangles lie over earlier ones, of any number: a tree halves the page where it is crowded."""

from math import inf
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from printkit.preflight.limits import CannotRun
from printkit.units import Rect

Box: TypeAlias = tuple[float, float, float, float]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
# Points: coordinates are written with three decimals or more, so what meets by less than two of these touches
TOUCH = 1e-3
# A leaf with more boxes is halved, if that parts them
CROWDED = 24
# Some 200 MB; only weird meshes come to this
MOST_KEPT = 2_000_000
# So many times as long as wide is a line
LINE = 8
BLOCKS, LYING, STANDING = range(3)
# So many grounds are looked for, as long as more boxes than a few are left
MOST_GROUNDS, FEW = 8, 64
# Meets and holds no box
NOTHING: Box = (inf, inf, -inf, -inf)


def shrunk(box: Rect) -> Box:
    """Return a box without its outermost edge, so that boxes which touch part; hairlines stay."""
    x0, x1 = _shrunk(box.x0, box.x1)
    y0, y1 = _shrunk(box.y0, box.y1)
    return x0, y0, x1, y1


def _shrunk(low: float, high: float) -> tuple[float, float]:
    if high - low <= 2 * TOUCH:
        return (low + high) / 2, (low + high) / 2
    return low + TOUCH, high - TOUCH


def meet(one: Box, other: Box) -> bool:
    """Tell whether two shrunk boxes have a point in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


class Pile:
    """Hold boxes in painting order, and tell of each new one whether any of them lies beneath.

    Lines that lie, lines that stand and all else have trees of their own: in one tree, lines that cross
    would cut each other to pieces.
    """

    def __init__(self, area: Rect) -> None:
        self.kept = 0
        self._trees = tuple(_Node(area.as_tuple()) for _ in (BLOCKS, LYING, STANDING))
        self._widest = NOTHING

    def add(self, box: Box) -> bool:
        """Put a shrunk box on the pile; return whether it meets one that was there."""
        if _holds(self._widest, box):
            return True
        if self.kept > MOST_KEPT:
            raise CannotRun("what overlaps cannot be told: the page has too many meshes of lines")
        if _size(box) > _size(self._widest):
            self._widest = box
        own = self._trees[_shape(box)]
        met = own.add(box, self)
        return met or any(tree is not own and tree.meets(box) for tree in self._trees)


def overlapping(boxes: Floats, area: Rect) -> Flags:
    """Tell of each of shrunk boxes in painting order (n, 4) whether it meets an earlier one.

    What lies within an earlier box is told by that and needs no place in the pile: what meets it meets the
    earlier one too. So most of a page with a ground is told at once.
    """
    met, left = np.zeros(len(boxes), np.bool_), np.arange(len(boxes))
    sizes = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    for _ in range(MOST_GROUNDS):
        if len(left) < FEW:
            break
        ground = left[sizes[left].argmax()]
        low, high = boxes[ground, :2], boxes[ground, 2:]
        inside = (
            (boxes[left, :2] >= low).all(axis=1) & (boxes[left, 2:] <= high).all(axis=1) & (left > ground)
        )
        met[left[inside]] = True
        sizes[ground] = -1
        left = left[~inside]
    pile = Pile(area)
    for number, box in zip(left.tolist(), boxes[left].tolist(), strict=True):
        met[number] = pile.add(tuple(box))
    return met


def beneath(boxes: Floats, number: int, first: int) -> bool:
    """Tell whether a shrunk box meets any of those before the one that is `first`."""
    box, others = boxes[number], boxes[:first]
    return bool(((others[:, :2] <= box[2:]) & (others[:, 2:] >= box[:2])).all(axis=1).any())


def shrunken(boxes: Floats) -> Floats:
    """Return boxes as `shrunk` does, many at once."""
    low, high = boxes[:, :2], boxes[:, 2:]
    thin, middle = high - low <= 2 * TOUCH, (low + high) / 2
    return np.hstack([np.where(thin, middle, low + TOUCH), np.where(thin, middle, high - TOUCH)])


class _Node:
    """Hold a part of the page: covered as a whole, or a leaf with boxes, or two halves.

    What it is given is cut to it. `bounds` is round all that it holds, `widest` the largest box of all.
    """

    __slots__ = ("area", "bounds", "boxes", "covered", "crowded", "halves", "middle", "upright", "widest")

    def __init__(self, area: Box) -> None:
        self.area = area
        self.bounds: Box | None = None
        self.widest = NOTHING
        self.boxes: list[Box] = []
        self.covered = False
        self.crowded = CROWDED
        self.halves: tuple[_Node, _Node] | None = None
        self.upright, self.middle = False, 0.0

    def meets(self, box: Box) -> bool:
        """Tell whether a box meets one that is here."""
        if self.bounds is None or not meet(self.bounds, box):
            return False
        if self.covered or meet(self.widest, box):
            return True
        if self.halves is None:
            return any(meet(other, box) for other in self.boxes)
        low, high = self._cut(box)
        return (low is not None and self.halves[0].meets(low)) or (
            high is not None and self.halves[1].meets(high)
        )

    def add(self, box: Box, pile: Pile) -> bool:
        """Take a box; tell whether it meets one that was here."""
        if self.covered or _holds(self.widest, box):
            return True
        known, self.bounds = self.bounds, box if self.bounds is None else _around(self.bounds, box)
        if _size(box) > _size(self.widest):
            self.widest = box
        if _holds(box, self.area):
            self._cover()
            return known is not None
        if self.halves is None:
            return self._add_to_leaf(box, pile)
        return self._add_to_halves(box, pile, self.halves)

    def _cover(self) -> None:
        self.covered, self.boxes, self.halves = True, [], None

    def _add_to_halves(self, box: Box, pile: Pile, halves: "tuple[_Node, _Node]") -> bool:
        low, high = self._cut(box)
        met = low is not None and halves[0].add(low, pile)
        met = (high is not None and halves[1].add(high, pile)) or met
        if halves[0].covered and halves[1].covered:
            self._cover()
        return met

    def _cut(self, box: Box) -> tuple[Box | None, Box | None]:
        """Return what of a box lies in each half."""
        x0, y0, x1, y1 = box
        middle = self.middle
        first, last = (x0, x1) if self.upright else (y0, y1)
        if last < middle:
            return box, None
        if first > middle:
            return None, box
        if self.upright:
            return (x0, y0, middle, y1), (middle, y0, x1, y1)
        return (x0, y0, x1, middle), (x0, middle, x1, y1)

    def _add_to_leaf(self, box: Box, pile: Pile) -> bool:
        met = False
        for other in self.boxes:
            if meet(other, box):
                met = True
                if _holds(other, box):
                    return True
        if met:
            self.boxes = [other for other in self.boxes if not _holds(box, other)]
        self.boxes.append(box)
        pile.kept += 1
        if len(self.boxes) > self.crowded:
            self._halve(pile)
        return met

    def _halve(self, pile: Pile) -> None:
        """Halve where fewer boxes are cut; wait for more boxes where that would not part them."""
        x0, y0, x1, y1 = self.area
        across, along = (x0 + x1) / 2, (y0 + y1) / 2
        cut_across = sum(box[0] <= across <= box[2] for box in self.boxes)
        cut_along = sum(box[1] <= along <= box[3] for box in self.boxes)
        most_cut = 4 * min(cut_across, cut_along) > 3 * len(self.boxes)
        if max(x1 - x0, y1 - y0) < TOUCH or (most_cut and not self._is_filled()):
            self.crowded *= 2
            return
        self.upright = (cut_across, y1 - y0) <= (cut_along, x1 - x0)
        self.middle = across if self.upright else along
        one = (x0, y0, across, y1) if self.upright else (x0, y0, x1, along)
        two = (across, y0, x1, y1) if self.upright else (x0, along, x1, y1)
        halves = self.halves = _Node(one), _Node(two)
        boxes, self.boxes = self.boxes, []
        pile.kept -= len(boxes)
        for box in boxes:
            self._add_to_halves(box, pile, halves)

    def _is_filled(self) -> bool:
        """Tell whether the boxes are so large that halves will soon be covered."""
        return LINE * sum(map(_size, self.boxes)) > len(self.boxes) * _size(self.area)


def _size(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _shape(box: Box) -> int:
    width, height = box[2] - box[0], box[3] - box[1]
    if width > LINE * height:
        return LYING
    return STANDING if height > LINE * width else BLOCKS


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
