"""GWG 2022: what overprints and what knocks out, and what is painted in grey or in all inks."""

from collections.abc import Callable, Iterator

from printkit.content import Kind
from printkit.content.colour import ALL
from printkit.preflight.core.registry import Hit, gwg_rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.gwg.found import Found, gathered, size_limit, smaller
from printkit.preflight.seen.colours import NAMES, spaces_in
from printkit.preflight.seen.visible import Paint, VisibleElements, visible_elements
from printkit.profiles import GwgLimits
from printkit.words import Message


@gwg_rule("R0007")
def white_text_overprint(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """White text that lies over something does not overprint, or it vanishes: let it knock out."""
    found = (one for one in _overlapping(subject) if one.is_text and _has(one, _white_overprint))
    return gathered(Message("white text overprints"), map(Found, found))


@gwg_rule("R0008")
def white_path_overprint(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """White line work that lies over something does not overprint, or it vanishes: let it knock out."""
    found = (one for one in _overlapping(subject) if one.is_path and _has(one, _white_overprint))
    return gathered(Message("white line work overprints"), map(Found, found))


@gwg_rule("R0009")
def black_text_overprint(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """Small black text over something overprints, or white rims show: set overprint, and OPM 1.

    Fill and stroke are judged each by itself; DeviceGray is R0011's and R0013's.
    """
    limit = size_limit(subject, limits)
    # Over something only: on bare paper nothing shows a rim
    small = (one for one in _overlapping(subject) if smaller(one.font_size, limit))
    found = (Found(one, one.font_size) for one in small if _has(one, _knocks_out_black))
    return gathered(Message("black text under %(limit)g pt does not overprint", limit=limit), found, limit)


@gwg_rule("R0010")
def black_line_overprint(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """Thin black lines over something overprint, or white rims show: set overprint, and OPM 1."""
    limit = size_limit(subject, limits)
    found = (Found(one, width) for one, width, paint in _thin(subject, limit) if _knocks_out_black(paint))
    return gathered(Message("a black line under %(limit)g pt does not overprint", limit=limit), found, limit)


@gwg_rule("R0011")
def gray_text(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """Small text over something is not in DeviceGray, which cannot overprint: set it in black of CMYK."""
    limit = size_limit(subject, limits)
    small = (one for one in _overlapping(subject) if smaller(one.font_size, limit))
    found = (Found(one, one.font_size) for one in small if _has(one, lambda paint: paint.tint.grey))
    return gathered(Message("text under %(limit)g pt in DeviceGray", limit=limit), found, limit)


@gwg_rule("R0012")
def gray_line(subject: Subject, limits: GwgLimits) -> Iterator[Hit]:
    """Thin lines over something are not in DeviceGray, which cannot overprint: set them in black of CMYK."""
    limit = size_limit(subject, limits)
    found = (Found(one, width) for one, width, paint in _thin(subject, limit) if paint.tint.grey)
    return gathered(Message("a line under %(limit)g pt in DeviceGray", limit=limit), found, limit)


@gwg_rule("R0013")
def gray_overprint(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """Nothing in DeviceGray that lies over something overprints: let it knock out, or use black of CMYK."""
    for kind, name in NAMES.items():
        found = (one for one in _overlapping(subject) if one.element.kind is kind and _grey_overprint(one))
        yield from gathered(Message("%(name)s in DeviceGray overprints", name=name), map(Found, found))


@gwg_rule("R0024")
def registration_colour(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """Nothing on the product is in the registration colour All, which prints on every plate: use black."""
    for kind, name in NAMES.items():
        found = (one for one in subject.once(visible_elements) if one.element.kind is kind and _in_all(one))
        yield from gathered(Message("%(name)s in the registration colour All", name=name), map(Found, found))


def _overlapping(subject: Subject) -> Iterator[VisibleElements]:
    return (one for one in subject.once(visible_elements) if one.overlapping)


def _thin(subject: Subject, limit: float) -> Iterator[tuple[VisibleElements, float, Paint]]:
    """Yield the overlapping lines under the limit with width and paint."""
    for one in _overlapping(subject):
        line = one.line
        if line is not None and smaller(line[0], limit):
            yield one, *line


def _has(one: VisibleElements, wrong: Callable[[Paint], bool]) -> bool:
    return any(wrong(paint) for paint in one.paints)


def _white_overprint(paint: Paint) -> bool:
    return paint.overprints and paint.tint.white


def _knocks_out_black(paint: Paint) -> bool:
    """Tell whether a paint is opaque black, not in DeviceGray, and does not overprint."""
    return paint.tint.black and not paint.tint.grey and paint.solid and not paint.keeps


def _grey_overprint(one: VisibleElements) -> bool:
    # Images and gradients have no paint of their own, but the state's overprint counts for them
    if one.element.kind in (Kind.TEXT, Kind.PATH) or one.paints:
        return _has(one, lambda paint: paint.overprints and paint.tint.grey)
    if not one.element.state.overprint_fill:
        return False
    return any(space.family == "DeviceGray" for space, _ in spaces_in(one.view, one.element, "paint"))


def _in_all(one: VisibleElements) -> bool:
    for space, _ in spaces_in(one.view, one.element, "paint"):
        if ALL in space.colorants or (space.base is not None and ALL in space.base.colorants):
            return True
    return False
