"""The Ghent Workgroup's requirements as one variant has them, for one product."""

from dataclasses import dataclass
from math import isfinite

from printkit.profiles import Gwg, GwgLimits
from printkit.words import Message

# The requirement by which limits follow viewing distance and scale
SHIFTING = "R0037"


@dataclass(frozen=True)
class Requirements:
    """The variant to judge by; the product is `scale` times the file, seen from `distance_m` metres."""

    gwg: Gwg
    variant: str
    distance_m: float = 1.0
    scale: float = 1.0

    def __post_init__(self) -> None:
        if self.variant not in self.gwg.variants:
            known = tuple(self.gwg.variants)
            raise ValueError(
                Message("unknown variant '%(variant)s'; known: %(known)s", variant=self.variant, known=known)
            )
        if not all(isfinite(one) and one > 0 for one in (self.distance_m, self.scale)):
            raise ValueError(Message("viewing distance and scale must be numbers above zero"))

    def name(self, rule: str) -> str:
        return self.gwg.rules[rule].name

    def limits(self, rule: str) -> GwgLimits:
        return self.gwg.rules[rule].variants[self.variant]

    def ignores(self, rule: str) -> bool:
        return self.limits(rule).severity == "ignore"

    def ppi(self, limit: float) -> float:
        """Return a resolution limit for this product: seen from farther away, less will do."""
        # GWG 2022: from farther away fewer pixels do, but a line that is too thin for the press stays too
        # thin
        return limit / self.distance_m * self.scale if self._shifts else limit

    def size(self, limit: float) -> float:
        """Return a limit of font size or line width, in points of the file."""
        return limit / self.scale if self._shifts else limit

    @property
    def _shifts(self) -> bool:
        return not self.ignores(SHIFTING)
