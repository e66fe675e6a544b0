"""How a file is measured against the format that was asked for."""

from typing import Annotated

from pydantic import Field

from printkit.profiles.base import Length, Margin, Model


class BleedCover(Model):
    """Say how closely the strip between trim and bleed is looked at, and what counts as painted there."""

    ppi: Annotated[float, Field(ge=72, le=600, description="resolution that it is looked at with")]
    most_pages: Annotated[int, Field(ge=1, description="a longer file is not looked at")]
    least_alpha: Annotated[float, Field(gt=0, le=1, description="a pixel with less counts as not painted")]


class PictureFigures(Model):
    """Say how like its layout a page must look, from afar and in grey."""

    columns: Annotated[int, Field(ge=8, le=200, description="cells across the trim that are compared")]
    cell: Annotated[
        float, Field(gt=0, le=1, description="a cell may be so much darker or lighter, 1 is black")
    ]
    least_share: Annotated[
        float, Field(gt=0, le=1, description="least darkness of a page over that of its layout")
    ]
    most_share: Annotated[float, Field(ge=1, description="most darkness of a page over that of its layout")]


class ProductRules(Model):
    """The figures of the product rules."""

    bleed_cover: Annotated[BleedCover, Field(description="how the strip between trim and bleed is looked at")]
    ink_square_mm: Annotated[
        Length, Field(description="side of the square that the press's ink limit is a mean of")
    ]
    picture: Annotated[PictureFigures, Field(description="how like its layout a page must look")]
    zone_tolerance_mm: Margin
