"""What is expected of a file, as profiles and the person who checks it say."""

from collections.abc import Sequence
from dataclasses import dataclass

from printkit.preflight.core.requirements import Requirements
from printkit.preflight.core.subject import Expected
from printkit.profiles import Format, Press, Profiles

# What the Ghent Workgroup calls sheet-fed offset without spot colours: flyers and posters
USUAL_VARIANT = "sheetcmyk-cmyk"


@dataclass(frozen=True)
class Specification:
    """What is said about a file; None is not said. `scale` is the final size / the file's size."""

    press: Press | None = None
    format: Format | None = None
    variant: str | None = None
    distance_m: float | None = None
    scale: float = 1.0
    urls: Sequence[str] = ()

    @property
    def gwg(self) -> str:
        """Return the variant to judge by: the one named, else the press's."""
        return self.variant or (self.press.gwg if self.press else USUAL_VARIANT)

    @property
    def distance(self) -> float:
        """Return the viewing distance in metres: the one named, else the format's, else one metre."""
        return self.distance_m or (self.format.viewing_distance_m if self.format else 1.0)


def expected_of(profiles: Profiles, specification: Specification) -> Expected:
    """Return what the rules ask of a file; ValueError for a variant that does not exist."""
    page, press = specification.format, specification.press
    bleed = page.bleed_mm if page else None
    return Expected(
        trim_mm=page.trim_mm if page else None,
        # A press's own bleed is what its printer asks for, whatever the format
        bleed_mm=press.bleed_mm if page and press and press.bleed_mm is not None else bleed,
        pages=page.pages if page else None,
        format=page,
        product_rules=profiles.product,
        urls=tuple(specification.urls) or None,
        code_rules=profiles.codes,
        ink_limit=press.ink_limit if press else None,
        limits=profiles.limits,
        gwg=Requirements(profiles.gwg, specification.gwg, specification.distance, specification.scale),
    )
