"""What one page is painted with, as columns: each distinct mark once, and the order in which they come."""

import math
from array import array
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from printkit.content.bulk import Measured, measure
from printkit.content.colour import Colour
from printkit.content.objects import EVERYWHERE
from printkit.content.path import TOLERANCE
from printkit.content.runs import WAYS
from printkit.content.state import Context, Element, Kind, State
from printkit.units import Rect

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# ISO 32000-1, Table 54: line cap styles
BUTT = 0
# What each operator that paints a path does (Table 60), as its place in WAYS
PAINTERS = {
    b"f": 0, b"F": 0, b"f*": 0, b"S": 1, b"s": 1, b"B": 2, b"b": 2, b"B*": 2, b"b*": 2,
}  # fmt: skip


class Look(NamedTuple):
    """What marks have in common: their kind, state and context, and which colours they use."""

    kind: Kind
    fills: bool
    strokes: bool
    state: State
    context: Context
    # known by its place in memory: an image or a shading
    source: object = None

    @property
    def kind_of_paint(self) -> tuple[object, ...]:
        """All that tells looks apart but place and size: what is as good as equal."""
        state = self.state
        fill = _paint_of(state.fill) if self.fills else None
        stroke = _paint_of(state.stroke) if self.strokes else None
        text = (id(state.text.font), state.text.mode) if self.kind is Kind.TEXT else None
        own = self.kind, self.fills, self.strokes, id(self.context), id(self.source)
        return *own, fill, stroke, state[6:9], id(state.soft_mask), state[10:13], text


class PageElements:
    """The marks of a page while it is read, then as columns."""

    def __init__(self) -> None:
        # what the page is cut to before anything is painted
        self.page = EVERYWHERE
        self.looks: list[Look] = []
        # signed numbers of 64 bits, without an object for each
        self._painted, self._look = array("q"), array("q")
        # simple paths as written, not measured yet; any other mark as an element, by its number
        self._paths: list[bytes] = []
        self._elements: dict[int, Element] = {}
        # simple paths that were asked for as elements
        self._made: dict[int, Element] = {}
        self._numbers: dict[tuple[object, ...], int] = {}

    def __len__(self) -> int:
        return len(self._painted)

    @property
    def distinct(self) -> int:
        return len(self._look)

    def look_of_path(self, way: int, state: State, context: Context) -> int:
        """Return the number of the look of simple paths that are painted in one of WAYS in a state."""
        key = way, id(state), id(context)
        # By their places in memory, which is quick: equal states are mostly one object.
        look = self._numbers.get(key)
        if look is None:
            look = self._numbers[key] = len(self.looks)
            self.looks.append(Look(Kind.PATH, *WAYS[way], state, context))
        return look

    def add_paths(self, written: list[bytes], looks: Ints) -> None:
        """Note simple paths as `runs.part` leaves them, each with the number of its look."""
        first = len(self._look)
        self._look.frombytes(looks.tobytes())
        self._painted.extend(range(first, len(self._look)))
        self._paths += written

    def add_path(self, written: bytes, look: int) -> None:
        """Note one simple path."""
        self._painted.append(len(self._look))
        self._look.append(look)
        self._paths.append(written)

    def add(self, element: Element) -> None:
        """Note a mark that was measured while it was read."""
        number = len(self._look)
        self._painted.append(number)
        self._elements[number] = element
        self._look.append(self._look_of(element))

    def repeat(self, first: int, last: int) -> None:
        """Note marks of the order once more."""
        self._painted += self._painted[first:last]

    def elements(self) -> Iterator[Element]:
        """Yield every mark in painting order; those that repeat are the same object."""
        return map(self.element, self._painted)

    def of_kind(self, *kinds: Kind) -> Iterator[Element]:
        """Yield every mark of some kinds in painting order."""
        wanted = np.array([look.kind in kinds for look in self.looks], np.bool_)
        return (self.element(number) for number in self._ordered(wanted[self.look]))

    def beyond(self, parts: list[Rect], *kinds: Kind) -> Iterator[Element]:
        """Yield in painting order every mark of some kinds that reaches out of each part of the page."""
        wanted = np.array([look.kind in kinds for look in self.looks], np.bool_)[self.look]
        low = np.maximum(self.boxes[:, :2], self.clips[:, :2])
        high = np.minimum(self.boxes[:, 2:], self.clips[:, 2:])
        for part in parts:
            inside = (low >= part[:2]) & (high <= part[2:])
            wanted &= ~(inside[:, 0] & inside[:, 1])
        return (self.element(number) for number in self._ordered(wanted))

    def grounds(self, part: Rect) -> Iterator[Element]:
        """Yield every upright rectangle that is filled over a whole part of the page, and cut by nothing."""
        boxes, bars = self.boxes, self.width
        x0, y0, x1, y1 = part.inset(*[TOLERANCE] * 4)
        over = (boxes[:, :2] <= (x0, y0)) & (boxes[:, 2:] >= (x1, y1))
        for number in np.flatnonzero(over[:, 0] & over[:, 1]).tolist():
            look, box = self.looks[self._look[number]], boxes[number]
            # One rectangle alone is as wide as its bar; turned it would be narrower than its box.
            whole = abs(bars[number] - min(box[2] - box[0], box[3] - box[1])) <= TOLERANCE
            alone = look.kind is Kind.PATH and not look.strokes and number not in self._elements
            if alone and whole and look.state.clip is self.page:
                yield self.element(number)

    def near(self, rect: Rect) -> Iterator[Element]:
        """Yield in painting order every mark of which something may be seen in a part of the page."""
        low = np.maximum(self.boxes[:, :2], self.clips[:, :2])
        high = np.minimum(self.boxes[:, 2:], self.clips[:, 2:])
        # Compared as boxes, cut to their clips: what only touches counts as near.
        beside = (low > (rect.x1, rect.y1)) | (high < (rect.x0, rect.y0))
        seen: NDArray[np.bool_] = ~np.any(beside, axis=1)
        return (self.element(number) for number in self._ordered(seen))

    def _ordered(self, wanted: NDArray[np.bool_]) -> list[int]:
        numbers: list[int] = self.order[wanted[self.order]].tolist()
        return numbers

    def element(self, number: int) -> Element:
        """Return a distinct mark as an element."""
        found = self._elements.get(number) or self._made.get(number)
        if found is None:
            found = self._made[number] = self._simple(number)
        return found

    def _simple(self, number: int) -> Element:
        look, width = self.looks[self._look[number]], float(self.width[number])
        box, strokes = Rect(*self.boxes[number].tolist()), look.strokes
        # A bar's width is nan for what is none, which is no figure to say of it.
        bar = None if strokes or math.isnan(width) else width
        return Element._make(
            (
                Kind.PATH, box, look.state, look.context, look.fills, strokes, None,
                width if strokes else None, bar, None, None, b"",
            )
        )  # fmt: skip

    @cached_property
    def order(self) -> Ints:
        """For each mark in painting order the number of the distinct one that it repeats."""
        return np.array(self._painted, np.int64)

    @cached_property
    def look(self) -> Ints:
        """The number of each distinct mark's look."""
        return np.array(self._look, np.int64)

    @cached_property
    def size(self) -> Floats:
        """Font size of text, pixels an inch of images, nan for all else."""
        sizes = np.full(self.distinct, np.nan)
        own = self._elements.values()
        sizes[list(self._elements)] = [
            _or_nan(one.ppi if one.font_size is None else one.font_size) for one in own
        ]
        return sizes

    @property
    def boxes(self) -> Floats:
        """The box of each distinct mark: x0, y0, x1, y1 in points of page space, not cut to its clip."""
        return self._measured[0]

    @property
    def width(self) -> Floats:
        """The width of lines, of strokes in text too, and of bars; nan for all else."""
        return self._measured[1]

    @cached_property
    def clips(self) -> Floats:
        """The clip of each distinct mark as a box."""
        return self.clips_of_looks[self.look]

    @cached_property
    def clips_of_looks(self) -> Floats:
        """The clip of each look as a box."""
        return np.array([look.state.clip.as_tuple() for look in self.looks], np.float64).reshape(-1, 4)

    @cached_property
    def count(self) -> Ints:
        """How often each distinct mark is painted."""
        return np.bincount(self.order, minlength=self.distinct)

    @cached_property
    def kind(self) -> Ints:
        """The number of each distinct mark's kind, in `kinds`."""
        numbers: dict[tuple[object, ...], int] = {}
        kinds = [numbers.setdefault(look.kind_of_paint, len(numbers)) for look in self.looks]
        return np.array(kinds, np.int64)[self.look]

    @cached_property
    def kinds(self) -> list[Look]:
        """One look of each kind of paint: those that differ in place and size only are one."""
        first: dict[int, int] = {}
        for kind, look in zip(self.kind.tolist(), self.look.tolist(), strict=True):
            first.setdefault(kind, look)
        return [self.looks[first[kind]] for kind in range(len(first))]

    @cached_property
    def _measured(self) -> tuple[Floats, Floats]:
        # each edge by itself in memory, as most look at one of all boxes
        boxes, widths = np.empty((4, self.distinct)).T, np.full(self.distinct, np.nan)
        own = list(self._elements)
        if own:
            boxes[own] = [one.box for one in self._elements.values()]
            widths[own] = [_or_nan(one.as_line) for one in self._elements.values()]
        paths = np.ones(self.distinct, np.bool_)
        paths[own] = False
        numbers = np.flatnonzero(paths)
        if len(numbers):
            boxes[numbers], widths[numbers] = self._of_paths(numbers)
        return boxes, widths

    def _of_paths(self, numbers: Ints) -> tuple[Floats, Floats]:
        look = self.look[numbers]
        states = [look.state for look in self.looks]
        matrices = np.array([state.ctm for state in states], np.float64).reshape(-1, 6)[look]
        found = measure(self._paths, matrices)
        strokes = np.array([one.strokes for one in self.looks], np.bool_)[look]
        # A drawing of fields alone is measured already.
        if not strokes.any():
            return found.boxes, found.bars
        lines = np.array([state.line_width for state in states])[look]
        butt = np.array([state.line_cap == BUTT for state in states])[look]
        boxes = found.boxes + _edges(found, matrices, lines, butt) * strokes[:, None]
        return boxes, np.where(strokes, lines * _smallest_scale(matrices), found.bars)

    def _look_of(self, one: Element) -> int:
        key = one.kind, one.fills, one.strokes, id(one.state), id(one.context), id(one.source)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.looks)
            self.looks.append(Look(one.kind, one.fills, one.strokes, one.state, one.context, one.source))
        return found


def _paint_of(colour: Colour) -> tuple[object, ...]:
    return id(colour.space), colour.components, id(colour.pattern)


def _or_nan(size: float | None) -> float:
    return math.nan if size is None else size


def _edges(found: Measured, matrices: Floats, lines: Floats, butt: NDArray[np.bool_]) -> Floats:
    """Return how far strokes reach past each side of their paths; ends of level and upright ones do not."""
    a, b, c, d, _, _ = matrices.T
    dx, dy = lines / 2 * np.sqrt(a * a + c * c), lines / 2 * np.sqrt(b * b + d * d)
    dx, dy = np.where(found.level & butt, 0.0, dx), np.where(found.upright & butt, 0.0, dy)
    return np.stack([-dx, -dy, dx, dy], axis=1)


def _smallest_scale(matrices: Floats) -> Floats:
    """Return the least stretch in any direction, as `Matrix.smallest_scale` does."""
    a, b, c, d, _, _ = matrices.T
    total, det = a * a + b * b + c * c + d * d, a * d - b * c
    found: Floats = np.sqrt(
        np.maximum(0.0, (total - np.sqrt(np.maximum(0.0, total * total - 4 * det * det))) / 2)
    )
    return found
