"""GWG 2022: which colour spaces leave how much to the press, and in which space transparency is blended."""

from collections.abc import Iterator

from printkit.content import BadOperand, Space, space_of
from printkit.preflight.colours import NAMES
from printkit.preflight.groups import groups, in_luminosity_masks
from printkit.preflight.gwg_found import Found, gathered
from printkit.preflight.gwg_use import Use, uses
from printkit.preflight.registry import Hit, gwg_rule
from printkit.preflight.subject import Subject
from printkit.profiles import GwgLimits

ICC_GRAY, ICC_RGB, ICC_CMYK = "ICCBased grey", "ICCBased RGB", "ICCBased CMYK"
ICC = {1: ICC_GRAY, 3: ICC_RGB, 4: ICC_CMYK}
EARLY = {"DeviceRGB", "CalRGB", "CalGray", "Lab", ICC_GRAY, ICC_RGB, ICC_CMYK}
INTERMEDIATE_IMAGES = {"DeviceRGB", "CalGray", ICC_GRAY, ICC_CMYK}
LATE_IMAGES = {"DeviceRGB", "CalGray", ICC_GRAY}
LATE = {"DeviceRGB", "CalRGB", "CalGray", ICC_GRAY}


@gwg_rule("R0027")
def early_binding(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """All colours are in CMYK, grey or spot colours by now: convert them to the press's CMYK at export."""
    return _against(subject, EARLY, EARLY)


@gwg_rule("R0028")
def intermediate_binding(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """No image is in RGB without a profile or in grey or CMYK with one, all else in CMYK or spot: convert.

    Device grey is CMYK's black here.
    """
    return _against(subject, INTERMEDIATE_IMAGES, EARLY)


@gwg_rule("R0029")
def late_binding(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """Nothing is in RGB without a profile, nor in grey with one: give RGB a profile, grey none."""
    return _against(subject, LATE_IMAGES, LATE)


@gwg_rule("R0030")
def blend_space(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """Transparency is blended in DeviceCMYK, in a luminosity mask in DeviceGray too: set it at export."""
    masks = in_luminosity_masks(subject)
    for group in subject.once(groups):
        allowed = {"DeviceCMYK", "DeviceGray"} if group.owner in masks else {"DeviceCMYK"}
        try:
            name = _name(space_of(group.space, group.resources))
        except BadOperand:
            name = "a space that is none"
        if name not in allowed:
            yield Hit(f"transparency is blended in {name}", group.view.number if group.view else None)


def _against(subject: Subject, images: set[str], others: set[str]) -> Iterator[Hit]:
    """Yield for each page what is in a space that it must not be in."""
    found: dict[tuple[str, str], list[Found]] = {}
    for use in subject.once(uses):
        name = _in_use(use.space)
        if name in (images if use.image else others):
            found.setdefault((_what(use), name), []).append(Found(use.shown))
    for (what, name), places in found.items():
        yield from gathered(f"{what} in {name}", places)


def _what(use: Use) -> str:
    return NAMES[use.shown.element.kind]


def _in_use(space: Space) -> str:
    """Return the space that colours are meant in: a default for its device space, an index's base."""
    if space.family == "Indexed" and space.base is not None:
        return _in_use(space.base)
    if space.default is None:
        return _name(space)
    try:
        return _name(space_of(space.default, None))
    except BadOperand:
        return _name(space)


def _name(space: Space) -> str:
    return ICC[space.size] if space.family == "ICCBased" else space.family
