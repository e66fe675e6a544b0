"""What is visible on the product, what overlaps, and what each mark is painted with."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from printkit.content import Colour, Element, Kind, Look, PageElements, State
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.seen.alike import shared_numbers
from printkit.preflight.seen.overlap import Flags, Floats, Ints, overlapping, shrunken
from printkit.preflight.seen.tint import NOISE, Tint, tint_of
from printkit.units import Rect

# What stands for a size that a mark has not
NONE = -1.0
OPAQUE = ("Normal", "Compatible")


class Paint(NamedTuple):
    """One of an element's two paints: its inks, whether it overprints, whether it is opaque.

    `keeps` tells whether inks that the paint does not name stay as they are: in DeviceCMYK that takes OPM 1.
    """

    tint: Tint
    overprints: bool
    keeps: bool
    solid: bool


@dataclass(frozen=True, slots=True)
class VisibleElements:
    """Elements of a page that are visible on the product and alike in all that rules ask for.

    `element` is the first of `count`, `box` what is seen of it, in points of the page.
    `overlapping`: each intersects an element that was painted before it and is visible itself;
    `over_group`: one that lies beneath the isolated group in which these are painted.
    """

    view: PageView
    element: Element
    box: Rect
    overlapping: bool
    fill: Paint | None
    stroke: Paint | None
    over_group: bool = False
    count: int = 1

    @property
    def paints(self) -> tuple[Paint, ...]:
        return tuple(paint for paint in (self.fill, self.stroke) if paint is not None)

    @property
    def is_text(self) -> bool:
        return self.element.kind is Kind.TEXT

    @property
    def is_path(self) -> bool:
        """Tell whether it is line work; what draws a letter is a part of the text."""
        return self.element.kind is Kind.PATH and not self.element.context.in_glyph

    @property
    def font_size(self) -> float | None:
        """The effective size of text in points of the finished sheet."""
        size = self.element.font_size if self.is_text else None
        return None if size is None else size * self.view.unit

    @property
    def line(self) -> tuple[float, Paint] | None:
        """The effective width and the paint of a line or of a thin filled rectangle."""
        if not self.is_path:
            return None
        stroked = self.stroke is not None
        width = self.element.line_width if stroked else self.element.bar_width
        paint = self.stroke if stroked else self.fill
        return None if width is None or paint is None else (width * self.view.unit, paint)


def visible_elements(subject: Subject) -> tuple[VisibleElements, ...]:
    """Return all page elements (GWG, D0003) in painting order, like ones as one.

    Ask `subject.once` for it.
    """
    return tuple(one for view, marks in subject.marks for one in _Page(subject, view, marks).shown())


def each_visible(subject: Subject) -> tuple[VisibleElements, ...]:
    """Return page elements as `shown` does, each that has a place of its own by itself."""
    return tuple(one for view, marks in subject.marks for one in _Page(subject, view, marks).shown(False))


class _Worn(NamedTuple):
    """What a look means to the eye: its paints, and whether it leaves any ink."""

    fill: Paint | None
    stroke: Paint | None
    inked: bool
    # what a letter or a pattern is drawn with lies where that lies
    part: bool
    mask: bool
    step: bool


@dataclass
class _Rows:
    """The visible marks of a page, one row for each that differs or comes again.

    `number` is the mark's, `place` when it is painted, `count` how often.
    """

    number: Ints
    place: Ints
    count: Ints
    overlapping: Flags


class _Page:
    """Look at one page."""

    def __init__(self, subject: Subject, view: PageView, marks: PageElements) -> None:
        self.subject, self.view, self.marks = subject, view, marks
        self.tints = subject.once(_tints)
        self.worn = [self._wear(look) for look in marks.kinds]

    def shown(self, alike: bool = True) -> Iterator[VisibleElements]:
        if not self.marks.distinct:
            return
        self.subject.clock.check()
        kind = self.marks.kind
        boxes, seen = self._seen(kind)
        met = np.zeros(len(kind), np.bool_)
        # By its edges less a hair: neighbours that touch do not overlap
        small = shrunken(boxes[seen])
        met[seen] = overlapping(small, np.arange(len(small)), self.subject.clock.check)
        over = self._over_groups(boxes, seen, kind)
        host = self._hosts(kind)
        visible = self._of(kind, "inked") & (host >= 0) & seen[host]
        visible &= ~self._of(kind, "step") & ~self._of(kind, "mask")
        rows = self._rows(visible, met[host])
        yield from self._grouped(rows, (kind, over), boxes[host], alike)

    def _of(self, kind: Ints, name: str) -> Flags:
        flags = np.array([getattr(one, name) for one in self.worn], np.bool_)
        found: Flags = flags[kind]
        return found

    def _wear(self, look: Look) -> _Worn:
        fill, stroke = self._paints(look)
        context = look.context
        part = context.in_pattern or context.in_glyph
        return _Worn(fill, stroke, _has_ink(look, fill, stroke), part, context.in_mask, context.step)

    def _seen(self, kind: Ints) -> tuple[Floats, Flags]:
        """Return what is seen of each mark, and whether anything is, for those that are no parts."""
        own, trim = self.marks.boxes, np.array(self.view.trim.as_tuple())
        clips, look = self.marks.clips_of_looks, self.marks.look
        area = np.hstack([np.maximum(clips[:, :2], trim[:2]), np.minimum(clips[:, 2:], trim[2:])])
        small, room, boxes = shrunken(own), shrunken(area), np.empty((4, len(look)))
        seen = ((area[:, 2] > area[:, 0]) & (area[:, 3] > area[:, 1]))[look]
        for low, high in ((0, 2), (1, 3)):
            seen &= (small[:, low] <= room[look, high]) & (room[look, low] <= small[:, high])
            np.maximum(own[:, low], area[look, low], out=boxes[low])
            np.minimum(own[:, high], area[look, high], out=boxes[high])
        seen &= self._of(kind, "inked") & ~self._of(kind, "part") & ~self._of(kind, "mask")
        # text of no size paints nothing
        seen &= self.marks.size != 0
        return boxes.T, seen

    def _hosts(self, kind: Ints) -> Ints:
        """Return for each mark the one that it is a part of, itself for most; -1 where there is none."""
        numbers = np.arange(len(kind))
        alone = ~self._of(kind, "part") & ~self._of(kind, "mask")
        last = np.maximum.accumulate(np.where(alone, numbers, -1))
        found: Ints = np.where(self._of(kind, "part"), last, numbers)
        return found

    def _over_groups(self, boxes: Floats, seen: Flags, kind: Ints) -> Flags:
        """Tell which marks that are to overprint lie over something beneath their isolated group."""
        over = np.zeros(len(kind), np.bool_)
        groups = [look.context.isolated_group for look in self.marks.looks]
        if not any(groups):
            return over
        keeps = np.array([any(p is not None and p.keeps for p in one[:2]) for one in self.worn], np.bool_)
        known = {group: number for number, group in enumerate(dict.fromkeys(groups))}
        group = np.array([known[one] for one in groups])[self.marks.look[seen]]
        numbers = np.arange(len(group))
        starts = np.maximum.accumulate(np.where(np.diff(group, prepend=-1) != 0, numbers, 0))
        asking = (group != known.get(None, -1)) & keeps[kind[seen]]
        small = shrunken(boxes[seen])
        over[seen] = overlapping(small, np.where(asking, starts, 0), self.subject.clock.check)
        return over

    def _rows(self, visible: Flags, met: Flags) -> _Rows:
        """Return the visible marks; one that comes again lies over itself."""
        places = np.argsort(self.marks.order, kind="stable")
        ends = np.cumsum(self.marks.count)
        first = places[ends - self.marks.count]
        again = np.flatnonzero(visible & (self.marks.count > 1))
        numbers = np.flatnonzero(visible)
        second = places[ends[again] - self.marks.count[again] + 1]
        return _Rows(
            np.r_[numbers, again],
            np.r_[first[numbers], second],
            np.r_[np.ones(len(numbers), np.int64), self.marks.count[again] - 1],
            np.r_[met[numbers], np.ones(len(again), np.bool_)],
        )

    def _grouped(
        self, rows: _Rows, kinds: tuple[Ints, Flags], boxes: Floats, alike: bool
    ) -> Iterator[VisibleElements]:
        """Yield rows that are alike as one, else those of one mark, in the order of their first."""
        sorting = np.argsort(rows.place, kind="stable")
        number, marks, met = rows.number[sorting], self.marks, rows.overlapping[sorting]
        kind, over = (column[number] for column in kinds)
        sizes = (np.nan_to_num(column[number], nan=NONE) for column in (marks.size, marks.width))
        same = shared_numbers(kind, over, met, *sizes) if alike else shared_numbers(number, met)
        _, firsts, groups = np.unique(same, return_index=True, return_inverse=True)
        counts = np.bincount(groups, weights=rows.count[sorting], minlength=len(firsts))
        order = np.argsort(firsts)
        at = firsts[order]
        # Lists of all at once: one figure after the other out of an array takes three times as long.
        columns = number[at], kind[at], met[at], over[at], counts[order].astype(np.int64), boxes[number[at]]
        for one, paint, meets, beneath, count, box in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            worn = self.worn[paint]
            yield VisibleElements(
                self.view, marks.element(one), Rect(*box), meets, worn.fill, worn.stroke, beneath, count
            )

    def _paints(self, look: Look) -> tuple[Paint | None, Paint | None]:
        state, group = look.state, look.context.group_alpha
        clear = state.blend in OPAQUE and not look.context.group_blends
        fill = stroke = None
        if look.fills and state.fill_alpha * group > 0:
            solid = clear and state.fill_alpha * group >= 1 - NOISE
            fill = self._paint(state.fill, state, state.overprint_fill, solid)
        if look.strokes and state.stroke_alpha * group > 0:
            solid = clear and state.stroke_alpha * group >= 1 - NOISE
            stroke = self._paint(state.stroke, state, state.overprint_stroke, solid)
        return fill, stroke

    def _paint(self, colour: Colour, state: State, overprints: bool, solid: bool) -> Paint:
        key = id(colour.space), colour.components
        if key not in self.tints:
            # The colour is kept too, so that its space keeps its id.
            self.tints[key] = colour, tint_of(colour)
        tint = self.tints[key][1]
        keeps = overprints and (tint.family != "DeviceCMYK" or state.overprint_mode == 1)
        return Paint(tint, overprints, keeps, solid)


def _tints(_: Subject) -> dict[tuple[int, tuple[float, ...]], tuple[Colour, Tint]]:
    return {}


def _has_ink(look: Look, fill: Paint | None, stroke: Paint | None) -> bool:
    if look.context.hidden:
        return False
    if fill is not None or stroke is not None:
        return True
    # An image or a gradient brings its own colours; text in mode 3 has none.
    own = look.kind not in (Kind.TEXT, Kind.PATH) and not look.fills
    return own and look.state.fill_alpha * look.context.group_alpha > 0
