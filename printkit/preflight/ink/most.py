"""The most ink that a page can have anywhere, told by its colours without a picture."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

import numpy as np

from printkit.content import BadOperand, Colour, Element, Kind, PageElements
from printkit.content.colour import ALL
from printkit.preflight.core.limits import CannotRun
from printkit.preflight.core.subject import Subject
from printkit.preflight.ink.colour import Plate
from printkit.preflight.ink.images import Images, Wanted
from printkit.preflight.seen.tint import tint_of
from printkit.preflight.seen.visible import OPAQUE
from printkit.units import Rect

T = TypeVar("T")
# How much of each ink, 1 is full
Inks: TypeAlias = tuple[float, ...]


@dataclass
class Paints:
    """Gather what a page is painted with; `mixed` where that does not tell which ink it leaves.

    Colours are known by the place of their space in memory, which elements keep. Images and colours that
    overprint have with them the box round all places where they may be seen.
    """

    solid: dict[Any, Colour] = field(default_factory=dict)
    overprinted: dict[Any, tuple[Colour, Rect]] = field(default_factory=dict)
    images: dict[Any, tuple[Element, Rect]] = field(default_factory=dict)
    mixed: bool = False

    def add(self, element: Element) -> None:
        """Note one element."""
        state, context = element.state, element.context
        plain = state.blend in OPAQUE and not context.group_blends
        clear = 0 <= state.fill_alpha <= 1 and 0 <= state.stroke_alpha <= 1
        # Blending adds inks up in ways that colours do not tell
        if not (plain and clear) or context.in_pattern or context.in_glyph:
            self.mixed = True
        elif element.kind is Kind.IMAGE and not element.fills:
            self._add_image(element)
        elif element.kind in (Kind.SHADING, Kind.INLINE_IMAGE):
            self.mixed = True
        self._add_colour(element, element.fill, state.overprint_fill)
        self._add_colour(element, element.stroke, state.overprint_stroke)

    def _add_image(self, element: Element) -> None:
        self.mixed = self.mixed or element.state.overprint_fill
        _widen(self.images, getattr(element.source, "objgen", None), element, _seen(element))

    def _add_colour(self, element: Element, colour: Colour | None, overprints: bool) -> None:
        if colour is None:
            return
        key = id(colour.space), colour.components
        if overprints:
            _widen(self.overprinted, key, colour, _seen(element))
        else:
            self.solid[key] = colour


def _widen(known: dict[Any, tuple[T, Rect]], key: Any, one: T, seen: Rect) -> None:
    """Note one of a kind and where it is seen."""
    if not seen.empty:
        known[key] = one, seen.union(known[key][1]) if key in known else seen


def _seen(element: Element) -> Rect:
    """Return a box that holds all that is seen of an element, however far mitres reach, and glyphs."""
    if element.strokes:
        # A mitre may reach far beyond the path
        return element.state.clip
    beyond = element.font_size or 0.0
    return element.box.inset(*[-beyond] * 4).intersection(element.state.clip)


def paints(subject: Subject) -> dict[int, Paints]:
    """Return what each page is painted with; ask `subject.once` for it."""
    found = {view.number: Paints() for view in subject.pages}
    for view, marks in subject.marks:
        for number in _firsts(marks):
            if not found[view.number].mixed:
                found[view.number].add(marks.element(number))
    return found


def _firsts(marks: PageElements) -> list[int]:
    """Return the first mark of each kind, and all whose places count: images and what overprints."""
    places = [
        one.kind is Kind.IMAGE
        or (one.fills and one.state.overprint_fill)
        or (one.strokes and one.state.overprint_stroke)
        for one in marks.kinds
    ]
    if not places:
        return []
    wanted = np.array(places, np.bool_)[marks.kind]
    wanted[np.unique(marks.kind, return_index=True)[1]] = True
    numbers: list[int] = np.flatnonzero(wanted).tolist()
    return numbers


def most_ink(found: Paints, images: Images, plates: tuple[Plate, ...]) -> float | None:
    """Return what no part of a page has more ink than, 1 is one full ink; None where only a picture tells.

    Paint that covers wholly or in part leaves a mean of colours, so no more ink than the fullest has; what
    overprints adds to each ink of any of them, of images where it may lie on one, what it has more of it.
    """
    if found.mixed:
        return None
    names = [ink for plate in plates for ink in plate.inks]
    solid = [_inks(colour, names) for colour in found.solid.values()]
    over = [(_inks(colour, names), seen) for colour, seen in found.overprinted.values()]
    known = [(inks, seen) for inks, seen in over if inks is not None]
    if None in solid or len(known) < len(over):
        return None
    # What overprints bare paper counts too
    paper = (0.0,) * len(names)
    added = _fullest(paper, (inks for inks, _ in known))
    most: list[float] = [sum(map(max, inks, added)) for inks in (paper, *filter(None, solid))]
    for image, shown in found.images.values():
        upon = (inks for inks, seen in known if not seen.intersection(shown).empty)
        found_most = _most_of_image(images, image, Wanted(plates, _fullest(paper, upon)))
        if found_most is None:
            return None
        most.append(found_most)
    return max(most)


def _fullest(paper: Inks, others: Iterable[Inks]) -> Inks:
    """Return of each ink the most that any has."""
    return tuple(map(max, zip(paper, *others, strict=True)))


def _inks(colour: Colour, names: Iterable[str]) -> Inks | None:
    """Return how much of each ink a colour has; None where its space does not tell."""
    inks = tint_of(colour).inks
    if inks is None:
        return None
    return tuple(min(max(inks.get(name, inks.get(ALL, 0.0)), 0.0), 1.0) for name in names)


def _most_of_image(images: Images, element: Element, wanted: Wanted) -> float | None:
    source: Any = element.source
    try:
        most: float | None = images.most(source, element.context.resources, wanted)
    except (BadOperand, CannotRun):
        return None
    return most
