"""The grid and the scale that all designs of a workspace share, by format."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from printkit.profiles.base import AssetPath, Identifier, Length, Margin, Model
from printkit.profiles.print import Format
from printkit.words import Message

SizeName = Literal["headline", "place", "disc", "text", "small"]
Points = Annotated[float, Field(gt=0, le=5000, description="points")]
# From the upper edge of what is seen
Pair = Annotated[tuple[Margin, Margin], Field(description="millimetres from the upper visible edge")]


class TypeStyle(Model):
    """Describe a style of type: its size's name, its face, line height and letter spacing in ems."""

    size: Annotated[SizeName, Field(description="which of a format's sizes")]
    font: Annotated[
        AssetPath, Field(description="font file of its letters, or the brand's head, text or strong")
    ]
    leading: Annotated[float, Field(gt=0, le=3, description="line height in parts of the size")]
    tracking: Annotated[float, Field(ge=-0.2, le=0.2, description="letter spacing in parts of the size")]


class Measure(Model):
    """Give the longest lines in parts of their own size."""

    headline: Annotated[float, Field(gt=0, description="a line of the headline")]
    place: Annotated[float, Field(gt=0, description="a line of the committee's name")]


class People(Model):
    """Say how drawn people are told from all else: the colours of their skin, the size of their heads."""

    skins: Annotated[tuple[Identifier, ...], Field(description="brand colours of skin")]
    head: Annotated[
        float, Field(gt=0, le=1, description="least diameter of a head in parts of the picture's width")
    ]


class Grid(Model):
    """One format's margin, sizes and lines; shares in place of the design's own."""

    margin_mm: Margin
    sizes_pt: Annotated[dict[SizeName, Points], Field(description="the five sizes")]
    headline_mm: Annotated[Pair, Field(description="cap top of the first line, base of the second")]
    ground_mm: Annotated[Margin, Field(description="where the ground begins")]
    names_mm: Annotated[Pair, Field(description="bases of the committee's two lines")]
    act_mm: Annotated[Pair, Field(description="top of call and code, foot of mark and code")]
    back_foot_mm: Annotated[
        Margin | None, Field(description="the same foot on backs, with room for the print id under it")
    ] = None
    mark_mm: Annotated[Length, Field(description="height of the sender's mark")]
    width_mm: Annotated[Length | None, Field(description="width of a panel; else what is seen")] = None
    picture_mm: Annotated[Length | None, Field(description="width of the picture; else the page's")] = None
    shares: Annotated[dict[Identifier, float], Field(description="in place of the design's own")] = {}

    @model_validator(mode="after")
    def _check(self) -> Self:
        # Asked here, as pydantic takes a dict with some of its literal keys
        missing = [name for name in SizeName.__args__ if name not in self.sizes_pt]  # type: ignore[attr-defined]
        if missing:
            raise ValueError(Message("sizes_pt lacks '%(missing)s'", missing=missing[0]))
        for key in ("headline_mm", "names_mm", "act_mm"):
            first, last = getattr(self, key)
            if first >= last:
                raise ValueError(
                    Message("%(key)s: %(first)g does not lie above %(last)g", key=key, first=first, last=last)
                )
        return self

    def width(self, page: Format) -> float:
        """Return the width in mm that shares are parts of."""
        return page.visible.width if self.width_mm is None else self.width_mm


class Design(Model):
    """Styles of type, longest lines, shares of the width, and a grid for each format."""

    type: Annotated[dict[Identifier, TypeStyle], Field(description="styles of type by name")]
    measure: Annotated[Measure, Field(description="longest lines")]
    shares: Annotated[dict[Identifier, float], Field(description="sizes in parts of the visible width")]
    formats: Annotated[dict[Identifier, Grid], Field(description="grids by format")]
    people: Annotated[People | None, Field(description="how drawn people are known")] = None
    rules: Annotated[
        dict[Identifier, dict[str, float]],
        Field(description="what `template check` asks of a design: the figures of each rule, by its id"),
    ] = {}

    def size(self, style: str, page: str) -> float | None:
        """Return a style's size in points on a format; None where either is unknown."""
        # A template may be laid out for a format without a grid, and names its own sizes there.
        if style not in self.type or page not in self.formats:
            return None
        return self.formats[page].sizes_pt[self.type[style].size]

    def lengths(self, page: Format) -> Iterator[tuple[str, float]]:
        """Yield the lengths in mm of a format's grid, each with the name of its variable."""
        grid = self.formats.get(page.id)
        if grid is None:
            return
        width = grid.width(page)
        yield "margin", grid.margin_mm
        yield "panel-width", width
        yield "picture-width", width if grid.picture_mm is None else grid.picture_mm
        yield "ground-line", grid.ground_mm
        yield "mark-height", grid.mark_mm
        yield from zip(("headline-top", "headline-base"), grid.headline_mm, strict=True)
        yield from zip(("name-first", "name-last"), grid.names_mm, strict=True)
        yield from zip(("act-top", "act-foot"), grid.act_mm, strict=True)
        yield "back-foot", grid.act_mm[1] if grid.back_foot_mm is None else grid.back_foot_mm
        # A format's own come over the design's.
        for name, share in (self.shares | grid.shares).items():
            yield f"share-{name}", share * width
