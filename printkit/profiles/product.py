"""How a file is measured against the format that was ordered."""

from typing import Annotated

from pydantic import Field

from printkit.profiles.base import Length, Margin, Model


class BleedCover(Model):
    """Say how closely the strip between trim and bleed is looked at, and what counts as painted there."""

    ppi: Annotated[float, Field(ge=72, le=600, description="resolution that it is looked at with")]
    most_pages: Annotated[int, Field(ge=1, description="a longer file is not looked at")]
    least_alpha: Annotated[float, Field(gt=0, le=1, description="a pixel with less counts as not painted")]


class ProductRules(Model):
    """Hold the figures of the product rules."""

    bleed_cover: Annotated[BleedCover, Field(description="how the strip between trim and bleed is looked at")]
    ink_square_mm: Annotated[
        Length, Field(description="side of the square that the press's ink limit is a mean of")
    ]
    zone_tolerance_mm: Margin
