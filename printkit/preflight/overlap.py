"""Tell which rectangles lie over earlier ones, of any number: a tree halves the page where it is crowded."""

from typing import TypeAlias

from printkit.preflight.limits import CannotRun
from printkit.units import Rect

Box: TypeAlias = tuple[float, float, float, float]
# Points: coordinates are written with three decimals or more, so what meets by less than two of these touches
TOUCH = 1e-3
# A leaf with more boxes is halved, if that parts them
CROWDED = 24
# Down to a hundredth of the tolerance on the largest page
DEEPEST = 60
# Some 200 MB; meshes of long lines come to this
MOST_KEPT = 2_000_000


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


def _common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


class Pile:
    """Hold boxes in painting order, and tell of each new one whether any of them lies beneath."""

    def __init__(self, area: Rect) -> None:
        self.kept = 0
        self._widest: Box = (0.0, 0.0, 0.0, 0.0)
        self._root = _Node(area.as_tuple(), 0)

    def add(self, box: Box) -> bool:
        """Put a shrunk box on the pile; return whether it meets one that was there."""
        if self.kept and _holds(self._widest, box):
            return True
        if self.kept > MOST_KEPT:
            raise CannotRun("what overlaps cannot be told: there are too many long lines")
        met = self._root.add(box, self)
        if _size(box) > _size(self._widest) or not self.kept:
            self._widest = box
        self.kept += 1
        return met


class _Node:
    """Hold a part of the page: covered as a whole, or a leaf with boxes, or two halves."""

    __slots__ = ("area", "boxes", "covered", "crowded", "depth", "halves", "middle", "upright")

    def __init__(self, area: Box, depth: int) -> None:
        self.area, self.depth = area, depth
        self.boxes: list[Box] = []
        self.covered = False
        self.crowded = CROWDED
        self.halves: tuple[_Node, _Node] | None = None
        self.upright, self.middle = False, 0.0

    def add(self, box: Box, pile: Pile) -> bool:
        if self.covered:
            return True
        if _holds(box, self.area):
            met = self.halves is not None or bool(self.boxes)
            self.covered, self.boxes, self.halves = True, [], None
            return met
        if self.halves is None:
            return self._add_to_leaf(box, pile)
        return self._add_to_halves(box, pile, self.halves)

    def _add_to_halves(self, box: Box, pile: Pile, halves: "tuple[_Node, _Node]") -> bool:
        low, high = (box[0], box[2]) if self.upright else (box[1], box[3])
        met = low <= self.middle and halves[0].add(box, pile)
        beyond = high >= self.middle and halves[1].add(box, pile)
        if halves[0].covered and halves[1].covered:
            self.covered, self.halves = True, None
        return met or beyond

    def _add_to_leaf(self, box: Box, pile: Pile) -> bool:
        part = _common(box, self.area)
        met = False
        for other in self.boxes:
            if meet(other, box):
                met = True
                if _holds(other, part):
                    return True
        if met:
            self.boxes = [other for other in self.boxes if not _holds(box, _common(other, self.area))]
        self.boxes.append(box)
        pile.kept += 1
        if len(self.boxes) > self.crowded:
            self._halve(pile)
        return met

    def _halve(self, pile: Pile) -> None:
        """Cut where the fewest boxes are cut; wait for more boxes where most would be."""
        x0, y0, x1, y1 = self.area
        across, along = (x0 + x1) / 2, (y0 + y1) / 2
        cut_across = sum(box[0] <= across <= box[2] for box in self.boxes)
        cut_along = sum(box[1] <= along <= box[3] for box in self.boxes)
        if self.depth == DEEPEST or 4 * min(cut_across, cut_along) > 3 * len(self.boxes):
            self.crowded *= 2
            return
        self.upright = (cut_across, y1 - y0) <= (cut_along, x1 - x0)
        self.middle = across if self.upright else along
        one = (x0, y0, across, y1) if self.upright else (x0, y0, x1, along)
        two = (across, y0, x1, y1) if self.upright else (x0, along, x1, y1)
        self.halves = _Node(one, self.depth + 1), _Node(two, self.depth + 1)
        boxes, self.boxes = self.boxes, []
        pile.kept -= len(boxes)
        for box in boxes:
            self._add_to_halves(box, pile, self.halves)


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
