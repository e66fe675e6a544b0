"""What is visible on the product, what overlaps, and what each element is painted with."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from printkit.content import Colour, Element, Kind, State
from printkit.preflight.overlap import Piles, meet, shrunk
from printkit.preflight.subject import TICK, PageView, Subject
from printkit.preflight.tint import NOISE, Tint, tint_of
from printkit.units import Rect

OPAQUE = ("Normal", "Compatible")


class Paint(NamedTuple):
    """Hold one of an element's two paints: its inks, whether it overprints, whether it is opaque.

    `keeps` tells whether inks that the paint does not name stay as they are: in DeviceCMYK that takes OPM 1.
    """

    tint: Tint
    overprints: bool
    keeps: bool
    solid: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold an element that is visible on the product; `box` is what is seen of it, in points of the page.

    `overlapping`: it intersects an element that was painted before it and is visible itself;
    `over_group`: one that lies beneath the isolated group in which this one is painted.
    """

    view: PageView
    element: Element
    box: Rect
    overlapping: bool
    fill: Paint | None
    stroke: Paint | None
    over_group: bool = False

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


def shown(subject: Subject) -> tuple[Shown, ...]:
    """Return all page elements (GWG, D0003) in painting order; ask `subject.once` for it."""
    return tuple(_Eye(subject).look())


class _Eye:
    """Go through the elements of all pages once."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.piles = Piles(Rect(0, 0, 0, 0))
        self.tints: dict[tuple[int, tuple[float, ...]], tuple[Colour, Tint]] = {}

    def look(self) -> Iterator[Shown]:
        page, host = None, None
        for count, (view, element) in enumerate(self.subject.elements):
            if count % TICK == 0:
                self.subject.clock.check()
            if view is not page:
                page, host, self.piles = view, None, Piles(view.trim)
            if element.context.in_mask:
                continue
            if element.context.in_pattern or element.context.in_glyph:
                seen = self._part(element, host)
            else:
                seen = host = self._seen(view, element)
            # What belongs to a processing step lies beneath others, but is no page element itself (D0003).
            if seen is not None and not element.context.step:
                yield seen

    def _seen(self, view: PageView, element: Element) -> Shown | None:
        fill, stroke = self._paints(element)
        if not _has_ink(element, fill, stroke):
            return None
        area = element.state.clip.intersection(view.trim)
        if area.empty or not meet(shrunk(element.box), shrunk(area)):
            return None
        box = element.box.intersection(area)
        met = self.piles.add(shrunk(box), element.context.isolated_group)
        return Shown(view, element, box, met.any, fill, stroke, met.beneath_group)

    def _part(self, element: Element, host: Shown | None) -> Shown | None:
        """Return what a pattern or a letter is drawn with: it lies where its host does."""
        fill, stroke = self._paints(element)
        if host is None or not _has_ink(element, fill, stroke):
            return None
        return Shown(host.view, element, host.box, host.overlapping, fill, stroke)

    def _paints(self, element: Element) -> tuple[Paint | None, Paint | None]:
        state, group = element.state, element.context.group_alpha
        clear = state.blend in OPAQUE and not element.context.group_blends
        fill = stroke = None
        if element.fills and state.fill_alpha * group > 0:
            solid = clear and state.fill_alpha * group >= 1 - NOISE
            fill = self._paint(state.fill, state, state.overprint_fill, solid)
        if element.strokes and state.stroke_alpha * group > 0:
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


def _has_ink(element: Element, fill: Paint | None, stroke: Paint | None) -> bool:
    if element.context.hidden:
        return False
    if fill is not None or stroke is not None:
        return True
    # An image or a gradient brings its own colours; text in mode 3 has none.
    own = element.kind not in (Kind.TEXT, Kind.PATH) and not element.fills
    return own and element.state.fill_alpha * element.context.group_alpha > 0
