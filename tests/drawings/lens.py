"""The lens of `report-case` over each place, on each shape of page, as its layout sets it."""

import tomllib
from dataclasses import dataclass
from typing import Any

from tests.drawings.landscape import GROUND, ROOT, opened

# In parts of the page's width; a third of what the lens shows is ground
RIM, OVER_GROUND, TIMES, FOOT = 0.012, 0.03, 2.2, 34


@dataclass(frozen=True)
class Page:
    """A front with a lens; `picture` is the picture's width and `lens` the lens's, in parts of the page's."""

    picture: float
    lens: float

    def units(self, part: float) -> float:
        """Return a part of the page's width in units of the drawing."""
        return part * 1200 / self.picture


# A narrow page's picture is 1.35 times as wide as itself
PAGES = {"wide": Page(1, 0.45), "A6": Page(1, 0.40), "narrow": Page(1.35, 0.60)}


@dataclass(frozen=True)
class Lens:
    """What a page shows of a place, from `left` to `right`; what its lens covers and shows; who is left out.

    Circles are middle and radius, all in units of the drawing.
    """

    left: float
    right: float
    covers: tuple[float, float, float]
    shows: tuple[float, float, float]
    clear: tuple[float, float]


def design_of(place: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / f"profiles/committees/{place}.toml").read_text("utf-8"))["design"]


def lens(page: Page, place: str) -> Lens:
    design = design_of(place)
    spot, base = design["spot"], design.get("spot_base", 0)
    across = page.units(1)
    drawing = opened(place)
    left = min(max(float(getattr(drawing, "lens_crop", drawing.landmark)) - across / 2, 0), 1200 - across)
    radius, shown = page.units(page.lens / 2 + RIM), page.units(page.lens) / TIMES
    edge = page.units(OVER_GROUND) + radius
    x = min(max(spot, left + edge), left + across - edge)
    # On a bridge people stand as high as its middle
    reach = (1.1 if base else 0.94) * radius
    return Lens(
        left,
        left + across,
        (x, GROUND - page.units(OVER_GROUND) - radius, radius),
        (spot, (base or GROUND) + FOOT - shown / 2, shown / 2),
        (min(x - reach, spot - shown / 2), max(x + reach, spot + shown / 2)),
    )
