"""Every colour space in use: of painted elements, shadings, images and groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from printkit.content import (
    BadOperand,
    Colour,
    Element,
    Kind,
    PageElements,
    Space,
    entry,
    image_space,
    space_of,
)
from printkit.content.state import IMAGES
from printkit.preflight.core.findings import BoxMm
from printkit.preflight.core.subject import PageView, Subject
from printkit.preflight.seen.groups import groups, in_luminosity_masks
from printkit.words import Message

Role: TypeAlias = Literal["paint", "image", "mask", "group"]
NAMES = {
    Kind.TEXT: Message("text"), Kind.PATH: Message("line work"), Kind.IMAGE: Message("an image"),
    Kind.INLINE_IMAGE: Message("an image"), Kind.SHADING: Message("a gradient"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpaceInUse:
    """A colour space in use, and where: the page, and the first of `count` elements, if no group's."""

    what: str
    space: Space
    role: Role
    view: PageView | None = None
    element: Element | None = None
    # whether any of it lies inside the bleed; a group may
    printed: bool = True
    count: int = 1

    @property
    def page(self) -> int | None:
        return self.view.number if self.view else None

    @property
    def box_mm(self) -> BoxMm | None:
        return self.view.in_mm(self.element.box) if self.view and self.element else None


def used_spaces(subject: Subject) -> tuple[SpaceInUse, ...]:
    """Return the colour spaces of all elements and of all transparency groups, found once for all rules."""
    return subject.once(_used)


def _used(subject: Subject) -> tuple[SpaceInUse, ...]:
    return tuple(_in_use(subject))


def _in_use(subject: Subject) -> Iterator[SpaceInUse]:
    for view, marks in subject.marks:
        for element, printed, count in _alike(view, marks):
            role: Role = "mask" if element.context.in_mask else "paint"
            for space, own_role in spaces_in(view, element, role):
                yield SpaceInUse(NAMES[element.kind], space, own_role, view, element, printed, count)
    masks = subject.once(in_luminosity_masks)
    for group in subject.once(groups):
        group_role: Role = "mask" if group.owner in masks else "group"
        for space in _found(group.space, group.resources):
            yield SpaceInUse("a transparency group", space, group_role, group.view)


def _alike(view: PageView, marks: PageElements) -> Iterator[tuple[Element, bool, int]]:
    """Yield the first of elements that are alike, whether it reaches into the bleed, and their count."""
    if not marks.distinct:
        return
    bleed, clips, boxes = np.array(view.bleed.as_tuple()), marks.clips_of_looks, marks.boxes
    area = np.hstack([np.maximum(clips[:, :2], bleed[:2]), np.minimum(clips[:, 2:], bleed[2:])])
    printed = ((area[:, 2] > area[:, 0]) & (area[:, 3] > area[:, 1]))[marks.look]
    for low, high in ((0, 2), (1, 3)):
        printed &= (boxes[:, high] > boxes[:, low]) & (boxes[:, high] > area[marks.look, low])
        printed &= area[marks.look, high] > boxes[:, low]
    # By kind and by whether it prints: a rule looks at one of ten thousand that are alike
    alike = 2 * marks.kind + printed
    counts = np.bincount(alike, weights=marks.count)
    # of those that write to one place the last stays, so the first in the opposite order
    firsts = np.full(len(counts), -1)
    firsts[alike[::-1]] = np.arange(len(alike))[::-1]
    for first in np.sort(firsts[firsts >= 0]).tolist():
        yield marks.element(first), bool(printed[first]), int(counts[alike[first]])


def spaces_in(view: PageView, element: Element, role: Role) -> Iterator[tuple[Space, Role]]:
    """Yield the colour spaces of one element, with what each is used for."""
    for colour in (element.fill, element.stroke):
        if colour is not None:
            yield from ((space, role) for space in _painted(colour, element))
    if element.kind is Kind.SHADING:
        yield from (
            (space, role) for space in _found(entry(element.source, "/ColorSpace"), element.context.resources)
        )
    elif element.kind in IMAGES and not element.fills:
        image_role: Role = "mask" if role == "mask" else "image"
        yield from ((space, image_role) for space in _of_image(element.source, element.context.resources))


def _painted(colour: Colour, element: Element) -> Iterator[Space]:
    """Yield a colour's space; of a shading pattern that of its shading, of a tiling pattern none."""
    if colour.space.family != "Pattern":
        yield colour.space
    elif entry(colour.pattern, "/Shading") is not None:
        yield from _found(entry(colour.pattern, "/Shading", "/ColorSpace"), element.context.resources)


def _of_image(source: Any, resources: Any) -> Iterator[Space]:
    try:
        yield image_space(source, resources)
    except BadOperand:
        return


def _found(value: Any, resources: Any) -> Iterator[Space]:
    """Yield the space that a value names, nothing where it names none."""
    try:
        yield space_of(value, resources)
    except BadOperand:
        return
