"""GWG 2022: which colour spaces leave how much to the press, and in which space transparency is blended."""

from collections.abc import Iterator
from typing import NamedTuple

from printkit.content import BadOperand, Space, space_of
from printkit.preflight.core.registry import Hit, gwg_rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.gwg.found import Found, gathered
from printkit.preflight.gwg.use import uses
from printkit.preflight.seen.colours import NAMES
from printkit.preflight.seen.groups import groups, in_luminosity_masks
from printkit.profiles import GwgLimits
from printkit.words import Message

ICC_GRAY, ICC_RGB, ICC_CMYK = Message("ICCBased grey"), Message("ICCBased RGB"), Message("ICCBased CMYK")
ICC = {1: ICC_GRAY, 3: ICC_RGB, 4: ICC_CMYK}
MANAGED = {"DeviceRGB", "CalRGB", "CalGray", ICC_GRAY, ICC_RGB, ICC_CMYK}
UNBOUND = {"DeviceRGB", "CalGray", ICC_GRAY}


class Barred(NamedTuple):
    """Name the spaces barred to images, to all else, and as what a spot colour falls back to."""

    images: set[str]
    others: set[str]
    alternates: set[str]


# GWG 2022: when colours are bound to the press; the earlier, the less is left to a RIP that nobody knows
EARLY = Barred({*MANAGED, "Lab"}, {*MANAGED, "Lab"}, MANAGED)
INTERMEDIATE = Barred({*UNBOUND, ICC_CMYK}, {*MANAGED, "Lab"}, {*UNBOUND, ICC_CMYK})
LATE = Barred(UNBOUND, {*UNBOUND, "CalRGB", ICC_CMYK}, UNBOUND)


@gwg_rule("R0027")
def early_binding(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """All colours are in CMYK, grey or spot colours by now: convert them to the press's CMYK at export.

    A spot colour falls back to such a space or to Lab.
    """
    return _against(subject, EARLY)


@gwg_rule("R0028")
def intermediate_binding(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """No image is in RGB without a profile or in grey or CMYK with one, all else in CMYK or spot: convert.

    Device grey is CMYK's black here. What an image must not be in, no spot colour falls back to.
    """
    return _against(subject, INTERMEDIATE)


@gwg_rule("R0029")
def late_binding(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """Nothing is in RGB without a profile, nor in grey with one: give RGB a profile, grey none.

    Text and line work have no profile of CMYK either.
    """
    return _against(subject, LATE)


@gwg_rule("R0030")
def blend_space(subject: Subject, _: GwgLimits) -> Iterator[Hit]:
    """Transparency is blended in DeviceCMYK, in a luminosity mask in DeviceGray too: set it at export."""
    masks = in_luminosity_masks(subject)
    for group in subject.once(groups):
        allowed = {"DeviceCMYK", "DeviceGray"} if group.owner in masks else {"DeviceCMYK"}
        try:
            name: str = _name(space_of(group.space, group.resources))
        except BadOperand:
            # What cannot be made out cannot be what is allowed
            name = Message("a space that is none")
        if name not in allowed:
            yield Hit(
                Message("transparency is blended in %(name)s", name=name),
                group.view.number if group.view else None,
            )


def _against(subject: Subject, barred: Barred) -> Iterator[Hit]:
    """Yield for each page what is in a space that it must not be in."""
    found: dict[str, list[Found]] = {}
    for use in subject.once(uses):
        intended, alternate = _in_use(use.space)
        what = NAMES[use.shown.element.kind]
        if intended in (barred.images if use.image else barred.others):
            told: str = Message("%(what)s in %(space)s", what=what, space=intended)
            found.setdefault(told, []).append(Found(use.shown))
        if alternate in barred.alternates:
            told = Message(
                "%(what)s in a spot colour that falls back to %(alternate)s", what=what, alternate=alternate
            )
            found.setdefault(told, []).append(Found(use.shown))
    for told, places in found.items():
        yield from gathered(told, places)


def _in_use(space: Space) -> tuple[str, str | None]:
    """Return the space that colours are meant in, an index's base, and what a spot colour falls back to."""
    if space.family == "Indexed" and space.base is not None:
        return _in_use(space.base)
    alternate = space.base if space.family in ("Separation", "DeviceN") else None
    return _meant(space), None if alternate is None else _meant(alternate)


def _meant(space: Space) -> str:
    """Return a space's name; that of the default space where a device space has one."""
    # A default space stands in the device space's place wherever that is named (ISO 32000-1, 8.6.5.6)
    if space.default is None:
        return _name(space)
    try:
        return _name(space_of(space.default, None))
    except BadOperand:
        return _name(space)


def _name(space: Space) -> str:
    return ICC[space.size] if space.family == "ICCBased" else space.family
