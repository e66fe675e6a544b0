"""Colour spaces and colours as page content names them."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf

from printkit.content.objects import BadOperand, entry, name_of

# ISO 32000-1, Table 62 "Colour space families", with the number of components that is fixed
COMPONENTS = {
    "DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4, "CalGray": 1, "CalRGB": 3, "Lab": 3,
    "Indexed": 1, "Separation": 1, "Pattern": 0,
}  # fmt: skip
DEFAULTS = {"DeviceGray": "/DefaultGray", "DeviceRGB": "/DefaultRGB", "DeviceCMYK": "/DefaultCMYK"}
# The inks of a press by their names, and the names that stand for all inks and for none
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
ALL, NONE = "All", "None"
# What a space cannot stand on (ISO 32000-1, 8.6.6.2 to 8.6.6.5)
_SPECIAL = ("Pattern", "Indexed", "Separation", "DeviceN")
_NEVER_UNDER = {
    "Pattern": ("Pattern",), "Indexed": ("Pattern", "Indexed"), "Separation": _SPECIAL, "DeviceN": _SPECIAL,
}  # fmt: skip
# Indexed over DeviceN over ICCBased is the deepest nest that the standard allows
DEEPEST_NEST = 4


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: family, number of components, base (Indexed, Pattern) or alternate, colorants.

    `default` is the page's DefaultGray, DefaultRGB or DefaultCMYK in force for a device space.
    """

    family: str
    size: int
    colorants: tuple[str, ...] = ()
    base: "Space | None" = None
    source: pikepdf.Object | None = None
    default: pikepdf.Object | None = None

    @property
    def device(self) -> bool:
        return self.family in DEFAULTS


GRAY, RGB, CMYK = (Space(name, COMPONENTS[name]) for name in DEFAULTS)
PATTERN = Space("Pattern", 0)
_PLAIN = {"/DeviceGray": GRAY, "/DeviceRGB": RGB, "/DeviceCMYK": CMYK, "/Pattern": PATTERN}


class Colour(NamedTuple):
    """A colour as it is set: space, components, and the pattern where the space is Pattern."""

    space: Space
    components: tuple[float, ...]
    pattern: pikepdf.Object | None = None


BLACK = Colour(GRAY, (0.0,))


def first_colour(space: Space) -> Colour:
    """Return the colour that `cs` or `CS` sets (ISO 32000-1, 8.6.8)."""
    if space.family == "DeviceCMYK":
        return Colour(space, (0.0, 0.0, 0.0, 1.0))
    tint = 1.0 if space.family in ("Separation", "DeviceN") else 0.0
    return Colour(space, (tint,) * space.size)


def space_of(value: Any, resources: Any, depth: int = 0) -> Space:
    """Return the colour space of a name or an array; BadOperand where it is none."""
    if depth > DEEPEST_NEST:
        raise BadOperand(value)
    if isinstance(value, pikepdf.Name):
        return _named(name_of(value), resources, depth)
    if not isinstance(value, pikepdf.Array) or not len(value):
        raise BadOperand(value)
    family = name_of(value[0])
    if family in _PLAIN and len(value) == 1:
        return _named(family, resources, depth)
    return _composed(family[1:], value, resources, depth)


def _named(name: str, resources: Any, depth: int) -> Space:
    plain = _PLAIN.get(name)
    if plain is None:
        return space_of(entry(resources, "/ColorSpace", name), resources, depth + 1)
    # Kept beside the device space: X-4 asks which was meant, and readers take the default.
    default = entry(resources, "/ColorSpace", DEFAULTS.get(plain.family, ""))
    if default is None:
        return plain
    return Space(plain.family, plain.size, default=default)


def _composed(family: str, value: Any, resources: Any, depth: int) -> Space:
    parts = list(value)
    if family in ("CalGray", "CalRGB", "Lab"):
        return Space(family, COMPONENTS[family], source=value)
    if family == "ICCBased" and len(parts) > 1:
        return _icc(value, parts[1], resources, depth)
    if (family == "Indexed" and len(parts) > 3) or (family == "Pattern" and len(parts) > 1):
        base = _under(family, parts[1], resources, depth)
        return Space(family, 1 if family == "Indexed" else base.size, base=base, source=value)
    if family in ("Separation", "DeviceN") and len(parts) > 2:
        names = [parts[1]] if family == "Separation" else list(parts[1])
        colorants = tuple(name_of(name)[1:] for name in names)
        alternate = _under(family, parts[2], resources, depth)
        return Space(family, len(colorants), colorants, alternate, value)
    raise BadOperand(value)


def _under(family: str, value: Any, resources: Any, depth: int) -> Space:
    """Return the space that another stands on; BadOperand where it cannot."""
    base = space_of(value, resources, depth + 1)
    if base.family in _NEVER_UNDER[family]:
        raise BadOperand(value)
    return base


def _icc(value: Any, stream: Any, resources: Any, depth: int) -> Space:
    size = entry(stream, "/N")
    if size not in (1, 3, 4):
        raise BadOperand(value)
    alternate = entry(stream, "/Alternate")
    base = None if alternate is None else space_of(alternate, resources, depth + 1)
    return Space("ICCBased", int(size), base=base, source=value)
