"""What one page is painted with, as columns: each distinct mark once, and the order in which they come."""

from collections.abc import Iterator
from functools import cached_property
from math import nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from printkit.content.bulk import Measured, measure
from printkit.content.state import Context, Element, Kind, State
from printkit.units import Rect

Floats = NDArray[np.float64]
# ISO 32000-1, Table 54: line cap styles
BUTT = 0
# fill, stroke, even-odd rule of each operator that paints a path (Table 60)
PAINTERS = {
    b"f": (True, False, False), b"F": (True, False, False), b"f*": (True, False, True),
    b"S": (False, True, False), b"s": (False, True, False),
    b"B": (True, True, False), b"b": (True, True, False),
    b"B*": (True, True, True), b"b*": (True, True, True),
}  # fmt: skip


class Look(NamedTuple):
    """Hold what marks have in common: their kind, state and context, and which colours they use."""

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
        colours: list[object] = []
        for used, colour in ((self.fills, self.state.fill), (self.strokes, self.state.stroke)):
            colours += [id(colour.space), colour.components, id(colour.pattern)] if used else [None]
        text = (id(state.text.font), state.text.mode) if self.kind is Kind.TEXT else None
        blending = state[6:9], id(state.soft_mask), state[10:13]
        return *self[:3], id(self.context), id(self.source), *colours, *blending, text


class _Path(NamedTuple):
    """Hold a simple path as written, not measured yet, and the number of its look."""

    written: bytes
    look: int


class Marks:
    """Hold the marks of a page while it is read, then as columns.

    `order` has for each mark in painting order the number of the distinct one that it repeats.
    """

    def __init__(self) -> None:
        self.looks: list[Look] = []
        self.order: list[int] = []
        self._distinct: list[_Path | Element] = []
        self._numbers: dict[tuple[object, ...], int] = {}

    def __len__(self) -> int:
        return len(self.order)

    @property
    def distinct(self) -> int:
        return len(self._distinct)

    def add_path(self, written: bytes, operator: bytes, state: State, context: Context) -> None:
        """Note a simple path as written (see `tokens`), and the operator that paints it."""
        key = operator, id(state), id(context)
        look = self._numbers.get(key)
        if look is None:
            fills, strokes, _ = PAINTERS[operator]
            look = self._numbers[key] = len(self.looks)
            self.looks.append(Look(Kind.PATH, fills, strokes, state, context))
        self._note(_Path(written, look))

    def add(self, element: Element) -> None:
        self._note(element)

    def repeat(self, first: int, last: int) -> None:
        """Note marks of the order once more."""
        self.order += self.order[first:last]

    def elements(self) -> Iterator[Element]:
        """Yield every mark in painting order; those that repeat are the same object."""
        made: dict[int, Element] = {}
        for number in self.order:
            if number not in made:
                made[number] = self.element(number)
            yield made[number]

    def of_kind(self, *kinds: Kind) -> Iterator[Element]:
        """Yield every mark of some kinds in painting order."""
        wanted = np.array([look.kind in kinds for look in self._looks], np.bool_)
        return (self.element(number) for number in self._ordered(wanted[self.look]))

    def near(self, rect: Rect) -> Iterator[Element]:
        """Yield in painting order every mark of which something may be seen in a part of the page."""
        low = np.maximum(self.boxes[:, :2], self.clips[:, :2])
        high = np.minimum(self.boxes[:, 2:], self.clips[:, 2:])
        beside = (low > (rect.x1, rect.y1)) | (high < (rect.x0, rect.y0))
        seen: NDArray[np.bool_] = ~np.any(beside, axis=1)
        return (self.element(number) for number in self._ordered(seen))

    def _ordered(self, wanted: NDArray[np.bool_]) -> list[int]:
        if not self.order:
            return []
        order = np.array(self.order, np.int64)
        numbers: list[int] = order[wanted[order]].tolist()
        return numbers

    def element(self, number: int) -> Element:
        """Return a distinct mark as an element."""
        found = self._distinct[number]
        if isinstance(found, Element):
            return found
        look, bar = self.looks[found.look], self.width[number]
        box = Rect(*self.boxes[number].tolist())
        if look.strokes:
            return Element(Kind.PATH, box, look.state, look.context, look.fills, True, line_width=float(bar))
        return Element(
            Kind.PATH, box, look.state, look.context, True, bar_width=None if np.isnan(bar) else float(bar)
        )

    @cached_property
    def look(self) -> NDArray[np.int64]:
        """The number of each distinct mark's look."""
        return np.array([self._look(one) for one in self._distinct], np.int64)

    @cached_property
    def size(self) -> Floats:
        """Font size of text, pixels an inch of images, nan for all else."""
        return np.array([_size(one) for one in self._distinct], np.float64)

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
        clips = np.array([look.state.clip.as_tuple() for look in self._looks], np.float64).reshape(-1, 4)
        return clips[self.look]

    @cached_property
    def count(self) -> NDArray[np.int64]:
        """How often each distinct mark is painted."""
        return np.bincount(np.array(self.order, np.int64), minlength=self.distinct)

    @cached_property
    def kind(self) -> NDArray[np.int64]:
        """The number of each distinct mark's kind, in `kinds`."""
        numbers: dict[tuple[object, ...], int] = {}
        kinds = [numbers.setdefault(look.kind_of_paint, len(numbers)) for look in self._looks]
        return np.array(kinds, np.int64)[self.look]

    @cached_property
    def kinds(self) -> list[Look]:
        """One look of each kind of paint: those that differ in place and size only are one."""
        first: dict[int, int] = {}
        for kind, look in zip(self.kind.tolist(), self.look.tolist(), strict=True):
            first.setdefault(kind, look)
        return [self.looks[first[kind]] for kind in range(len(first))]

    @property
    def _looks(self) -> list[Look]:
        # all are known once each mark has been asked for its own
        _ = self.look
        return self.looks

    @cached_property
    def _measured(self) -> tuple[Floats, Floats]:
        boxes, widths = np.empty((self.distinct, 4)), np.full(self.distinct, np.nan)
        paths = [number for number, one in enumerate(self._distinct) if isinstance(one, _Path)]
        for number, one in enumerate(self._distinct):
            if isinstance(one, Element):
                boxes[number] = one.box.as_tuple()
                width = one.line_width if one.strokes else one.bar_width
                widths[number] = np.nan if width is None else width
        if paths:
            boxes[paths], widths[paths] = self._of_paths(paths)
        return boxes, widths

    def _of_paths(self, numbers: list[int]) -> tuple[Floats, Floats]:
        written = [one.written for one in map(self._distinct.__getitem__, numbers) if isinstance(one, _Path)]
        look = self.look[numbers]
        states = [look.state for look in self.looks]
        matrices = np.array([state.ctm for state in states], np.float64).reshape(-1, 6)[look]
        found = measure(written, matrices)
        strokes = np.array([one.strokes for one in self.looks], np.bool_)[look]
        if not strokes.any():
            return found.boxes, found.bars
        lines = np.array([state.line_width for state in states])[look]
        butt = np.array([state.line_cap == BUTT for state in states])[look]
        boxes = found.boxes + _edges(found, matrices, lines, butt) * strokes[:, None]
        return boxes, np.where(strokes, lines * _smallest_scale(matrices), found.bars)

    def _look(self, one: _Path | Element) -> int:
        if isinstance(one, _Path):
            return one.look
        key = one.kind, one.fills, one.strokes, id(one.state), id(one.context), id(one.source)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.looks)
            self.looks.append(Look(one.kind, one.fills, one.strokes, one.state, one.context, one.source))
        return found

    def _note(self, one: _Path | Element) -> None:
        self.order.append(len(self._distinct))
        self._distinct.append(one)


def _size(one: _Path | Element) -> float:
    if isinstance(one, _Path):
        return nan
    size = one.ppi if one.font_size is None else one.font_size
    return nan if size is None else size


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
