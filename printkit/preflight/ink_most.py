"""The most ink that a page can have anywhere, told by its colours without a picture."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from printkit.content import BadOperand, Colour, Element, Kind
from printkit.preflight.ink_colour import ALL, Plate
from printkit.preflight.ink_images import Images, Wanted
from printkit.preflight.limits import CannotRun
from printkit.preflight.subject import Subject
from printkit.preflight.tint import tint_of
from printkit.preflight.visible import OPAQUE


@dataclass
class Paints:
    """Gather what a page is painted with; `mixed` where that does not tell which ink it leaves.

    Colours are known by the place of their space in memory, which elements keep.
    """

    solid: dict[Any, Colour] = field(default_factory=dict)
    overprinted: dict[Any, Colour] = field(default_factory=dict)
    images: dict[Any, Element] = field(default_factory=dict)
    mixed: bool = False

    def add(self, element: Element) -> None:
        """Note one element."""
        state, context = element.state, element.context
        plain = state.blend in OPAQUE and not context.group_blends
        clear = 0 <= state.fill_alpha <= 1 and 0 <= state.stroke_alpha <= 1
        if not (plain and clear) or context.in_pattern or context.in_glyph:
            self.mixed = True
        elif element.kind is Kind.IMAGE and not element.fills:
            self._add_image(element)
        elif element.kind in (Kind.SHADING, Kind.INLINE_IMAGE):
            self.mixed = True
        self._add_colour(element.fill, state.overprint_fill)
        self._add_colour(element.stroke, state.overprint_stroke)

    def _add_image(self, element: Element) -> None:
        self.mixed = self.mixed or element.state.overprint_fill
        self.images[getattr(element.source, "objgen", None)] = element

    def _add_colour(self, colour: Colour | None, overprints: bool) -> None:
        if colour is not None:
            known = self.overprinted if overprints else self.solid
            known[id(colour.space), colour.components] = colour


def paints(subject: Subject) -> dict[int, Paints]:
    """Return what each page is painted with; ask `subject.once` for it."""
    found = {view.number: Paints() for view in subject.pages}
    for view, element in subject.elements:
        if not found[view.number].mixed:
            found[view.number].add(element)
    return found


def most_ink(found: Paints, images: Images, plates: tuple[Plate, ...]) -> float | None:
    """Return what no part of a page has more ink than, 1 is one full ink; None where only a picture tells.

    Paint that covers wholly or in part leaves a mean of colours, so no more ink than the fullest has; what
    overprints adds to each ink of any of them what it has more of it.
    """
    if found.mixed:
        return None
    names = [ink for plate in plates for ink in plate.inks]
    solid = [_inks(colour, names) for colour in found.solid.values()]
    overprinted = [_inks(colour, names) for colour in found.overprinted.values()]
    if None in solid or None in overprinted:
        return None
    paper = (0.0,) * len(names)
    over = tuple(map(max, zip(paper, *filter(None, overprinted), strict=True)))
    most: list[float] = [sum(map(max, inks, over)) for inks in (paper, *filter(None, solid))]
    for image in found.images.values():
        found_most = _most_of_image(images, image, Wanted(plates, over))
        if found_most is None:
            return None
        most.append(found_most)
    return max(most)


def _inks(colour: Colour, names: Iterable[str]) -> tuple[float, ...] | None:
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
