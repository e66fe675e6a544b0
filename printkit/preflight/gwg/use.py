"""GWG 2022: the colour spaces of all that is visible on the product."""

from typing import NamedTuple

from printkit.content import Space
from printkit.preflight.core.subject import Subject
from printkit.preflight.seen.colours import spaces_in
from printkit.preflight.seen.visible import VisibleElements, visible_elements


class Use(NamedTuple):
    """A colour space with what it is used for; `image` tells pictures from all other elements."""

    shown: VisibleElements
    space: Space
    image: bool


def uses(subject: Subject) -> tuple[Use, ...]:
    """Return what colour spaces are used on the product; ask `subject.once` for it."""
    return tuple(
        Use(one, space, role == "image")
        for one in subject.once(visible_elements)
        for space, role in spaces_in(one.view, one.element, "paint")
    )
