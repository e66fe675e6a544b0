"""The inks of a code: what paints its dark modules."""

from collections.abc import Iterator

from printkit.content import Colour, Element, Kind
from printkit.content.state import IMAGES
from printkit.preflight.codes.near import Near
from printkit.preflight.codes.reading import QR, measured
from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.seen.colours import spaces_in
from printkit.units import Rect
from printkit.words import Message

# A colour is written with so few digits that this is nothing.
NOTHING = 0.001
GREYS = ("DeviceGray", "CalGray")
# ISO 32000-1, 8.6.6.4: the colorant of the black plate
BLACK = ("Black",)


@rule("product/qr-one-ink", "error", QR, needs="code_rules", draws=True)
def qr_one_ink(subject: Subject) -> Iterator[Hit]:
    """A code is in full black alone, as other inks or a screen blur its modules: set it in 100 % black."""
    for sight, near, _ in measured(subject):
        for inks in dict.fromkeys(_inks(subject, near)):
            message = Message(
                "%(name)s is painted in %(inks)s; black alone, 0 0 0 1, keeps its edges sharp",
                name=sight.name,
                inks=inks,
            )
            yield Hit(message, sight.page, sight.box_mm)


def _inks(subject: Subject, near: Near) -> Iterator[str]:
    """Name what the dark modules are painted in, where it is not full black alone."""
    ground, drawn = _layers(subject, near)
    for element in drawn or ground:
        if element.kind in IMAGES and not element.fills:
            yield from (Message("an image in %(space)s", space=space) for space in _image_inks(near, element))
        elif element.kind is Kind.SHADING:
            yield Message("a gradient")
        else:
            colours = (element.fill, element.stroke)
            yield from (_named(colour) for colour in colours if colour is not None and not _plain(colour))


def _layers(subject: Subject, near: Near) -> tuple[list[Element], list[Element]]:
    """Return the last element that covers all the code and its surroundings, and what is drawn upon it."""
    view, box = near.view, near.box
    module = box.width / near.modules
    around = box.inset(-module, -module, -module, -module)
    ground: list[Element] = []
    drawn: list[Element] = []
    elements = (one for page, marks in subject.marks if page is view for one in marks.near(view.on_page(box)))
    for element in elements:
        context = element.context
        if context.hidden or context.in_mask or context.step or not element.alpha:
            continue
        shown = view.shown(element.visible)
        # What lies under a ground that hides it prints nothing here
        if _covers(element, shown, around):
            ground, drawn = [element], []
        elif not shown.intersection(box).empty and (element.fills or element.strokes or element.source):
            drawn.append(element)
    return ground, drawn


def _covers(element: Element, shown: Rect, box: Rect) -> bool:
    opaque = element.alpha == 1 and element.state.blend == "Normal" and element.state.soft_mask is None
    painting = element.kind in (*IMAGES, Kind.SHADING) or (element.kind is Kind.PATH and element.fills)
    return opaque and painting and shown.contains(box)


def _image_inks(near: Near, element: Element) -> Iterator[str]:
    for space, _ in spaces_in(near.view, element, "paint"):
        # A palette's colours are those of the space beneath it
        base = space.base if space.family == "Indexed" and space.base else space
        if base.family not in GREYS and base.colorants != BLACK:
            yield base.family


def _plain(colour: Colour) -> bool:
    """Tell whether a colour is full black alone, or white."""
    space, values = colour.space, colour.components
    if space.family == "DeviceCMYK":
        others, black = values[:3], values[3]
        return max(others) <= NOTHING and (black <= NOTHING or black >= 1 - NOTHING)
    if space.family in GREYS:
        return values[0] <= NOTHING or values[0] >= 1 - NOTHING
    if space.family == "Separation" and space.colorants == BLACK:
        return values[0] <= NOTHING or values[0] >= 1 - NOTHING
    return space.family == "DeviceRGB" and min(values) >= 1 - NOTHING


def _named(colour: Colour) -> str:
    values = " ".join(f"{value:g}" for value in colour.components)
    colorants = ", ".join(colour.space.colorants)
    return " ".join(filter(None, (colour.space.family, colorants, values)))
