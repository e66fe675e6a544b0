"""A landscape by its shapes: where each is drawn in its thing, and where it is seen in the whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np

from tests.drawings.landscape import GROUND, LAYERS, LEFT, opened, rendered

# Nothing but the sky reaches higher, and nothing but the ground is lower
HIGH = 440
WIDE, TALL = 1600, GROUND - HIGH
SHAPES = {"path", "rect", "circle", "ellipse"}
NOTHING = -1
# Where a thing stands is found on a picture of one pixel for so many units
COARSE = 8
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Thing:
    """What stands in a layer by itself; one of a single shape without a group of its own is a field."""

    number: int
    layer: str
    shapes: range
    element: Element

    @property
    def is_field(self) -> bool:
        return len(self.element) == 0

    @cached_property
    def box(self) -> tuple[slice, slice]:
        """Return the rows and columns of the map in which it stands."""
        found = _pixels([self.element], (0, 0, WIDE, TALL), 1 / COARSE)[..., 3] > 0
        return _span(found, TALL), _span(found.T, WIDE)

    @cached_property
    def alone(self) -> np.ndarray:
        """Return which shape is seen at each unit of its box where nothing else is drawn."""
        rows, columns = self.box
        return _drawn(
            [self.element], (columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start)
        )


@dataclass(frozen=True)
class Shapes:
    """Which shape is seen at each unit, the things back to front, and of which thing each shape is."""

    seen: np.ndarray
    things: tuple[Thing, ...]
    owner: np.ndarray

    @cached_property
    def objects(self) -> np.ndarray:
        """Return which thing is seen at each unit."""
        return np.where(self.seen == NOTHING, NOTHING, self.owner[self.seen])


@cache
def shapes(name: str, *, people: bool = True, lines: bool = True) -> Shapes:
    """Return the shapes of a landscape, with or without its people and what is only a line."""
    clear = None if people else (LEFT, LEFT + WIDE)
    drawn = {layer: str(opened(name).draw([layer], clear=clear)) for layer in LAYERS}
    return mapped({layer: ElementTree.fromstring(text)[0] for layer, text in drawn.items()}, lines=lines)


def mapped(layers: dict[str, Element], *, lines: bool = True) -> Shapes:
    """Return the shapes of layers, back to front."""
    owner: list[int] = []
    things: list[Thing] = []
    for layer, group in layers.items():
        for one in group:
            first = len(owner)
            for element in one.iter():
                if element.tag in SHAPES:
                    is_line = element.get("fill") == "none"
                    for paint in ("fill", "stroke"):
                        if element.get(paint, "none") != "none":
                            element.set(paint, "none" if is_line and not lines else f"#{len(owner) + 1:06x}")
                    owner.append(len(things))
            things.append(Thing(len(things), layer, range(first, len(owner)), one))
    seen = _drawn([one.element for one in things], (0, 0, WIDE, TALL))
    return Shapes(seen, tuple(things), np.array(owner))


def _span(found: np.ndarray, most: int) -> slice:
    units = np.flatnonzero(found.any(axis=1))
    if not units.size:
        return slice(0, 1)
    return slice(max(int(units[0]) - 1, 0) * COARSE, min((int(units[-1]) + 2) * COARSE, most))


def _drawn(things: list[Element], box: Box) -> np.ndarray:
    pixels = _pixels(things, box).astype(np.int32)
    return (pixels[..., 0] << 16 | pixels[..., 1] << 8 | pixels[..., 2]) - 1


def _pixels(things: list[Element], box: Box, per_unit: float = 1) -> np.ndarray:
    left, top, width, height = box
    view = f"{left + LEFT} {top + HIGH} {width} {height}"
    root = Element("svg", {"viewBox": view})
    root.set("shape-rendering", "auto" if per_unit < 1 else "crispEdges")
    root.extend(things)
    return rendered(root, round(width * per_unit), round(height * per_unit))


def pieces(mask: np.ndarray) -> Iterator[tuple[slice, slice, np.ndarray]]:
    """Return what hangs together in a mask: rows and columns of each piece, and where it is in them."""
    runs: list[tuple[int, int, int]] = []
    root: list[int] = []

    def found(one: int) -> int:
        while root[one] != one:
            one = root[one]
        return one

    above: list[int] = []
    for row in range(len(mask)):
        here = []
        ends = np.flatnonzero(np.diff(mask[row].astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
        for first, after in ends.tolist():
            here.append(len(runs))
            root.append(len(runs))
            runs.append((row, first, after))
            for other in above:
                if runs[other][1] < after and runs[other][2] > first:
                    root[found(other)] = found(here[-1])
        above = here
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for number, run in enumerate(runs):
        groups.setdefault(found(number), []).append(run)
    for group in groups.values():
        top, bottom = group[0][0], group[-1][0] + 1
        left, right = min(one[1] for one in group), max(one[2] for one in group)
        piece = np.zeros((bottom - top, right - left), bool)
        for row, first, after in group:
            piece[row - top, first - left : after - left] = True
        yield slice(top, bottom), slice(left, right), piece


def around(mask: np.ndarray) -> np.ndarray:
    """Return the units beside a mask, in an array that is one unit larger on each side."""
    inside = np.pad(mask, 1)
    ring = np.zeros_like(inside)
    ring[1:] |= inside[:-1]
    ring[:-1] |= inside[1:]
    ring[:, 1:] |= inside[:, :-1]
    ring[:, :-1] |= inside[:, 1:]
    return ring & ~inside
