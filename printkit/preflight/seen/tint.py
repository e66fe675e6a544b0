"""How much of which ink a colour asks for, and whether it is white or black to a printer."""

from dataclasses import dataclass
from functools import cached_property

from printkit.content import Colour
from printkit.content.colour import ALL, NONE, PROCESS

# Of a component: colours are written with three decimals or more
NOISE = 1e-6


@dataclass(frozen=True)
class Tint:
    """The inks of a colour by colorant, in parts of full ink; None where only a conversion tells."""

    family: str
    inks: dict[str, float] | None

    @cached_property
    def white(self) -> bool:
        """CMYK 0 0 0 0, Gray 1, and tint 0 of any colorant."""
        return self.inks is not None and not any(amount > NOISE for amount in self.inks.values())

    @cached_property
    def black(self) -> bool:
        """CMYK 0 0 0 1, Gray 0, and tint 1 of Black alone."""
        if self.inks is None or self.inks.get("Black", 0.0) < 1 - NOISE:
            return False
        return self.count == 1

    @cached_property
    def count(self) -> int:
        """The number of inks above zero; All counts as the four of process."""
        inks = self.inks or {}
        return sum(len(PROCESS) if name == ALL else 1 for name, amount in inks.items() if amount > NOISE)

    @property
    def process(self) -> float:
        """The sum of the process inks."""
        return sum(amount for name, amount in (self.inks or {}).items() if name in PROCESS)

    @property
    def grey(self) -> bool:
        return self.family == "DeviceGray"


def tint_of(colour: Colour) -> Tint:
    """Return a colour's inks; patterns, profiles and RGB have none that could be told here."""
    space, parts = colour.space, colour.components
    if space.family == "DeviceCMYK":
        return Tint(space.family, dict(zip(PROCESS, parts, strict=True)))
    if space.family == "DeviceGray":
        return Tint(space.family, {"Black": 1 - parts[0]})
    if space.family in ("Separation", "DeviceN"):
        # None prints nothing, whatever its tint (ISO 32000-1, 8.6.6.4)
        named = zip(space.colorants, parts, strict=True)
        return Tint(space.family, {name: part for name, part in named if name != NONE})
    return Tint(space.family, None)
