"""What a screen asks of a picture: a kind of its own, as nothing of paper, press or bleed is true of it."""

from typing import Annotated, Literal

from pydantic import Field

from printkit.profiles.base import Identifier, Model, Title

Pixels = Annotated[int, Field(ge=1, le=8192)]


class EdgePixels(Model):
    """A distance in pixels for each edge of a picture."""

    top: Annotated[int, Field(ge=0, description="from above")]
    right: Annotated[int, Field(ge=0, description="from the right")]
    bottom: Annotated[int, Field(ge=0, description="from below")]
    left: Annotated[int, Field(ge=0, description="from the left")]


class Screen(Model):
    """A picture that is shown on a screen: its pixels, what the service lays over it, its file."""

    id: Identifier
    name: Annotated[Title, Field(description="name for people")]
    px: Annotated[tuple[Pixels, Pixels], Field(description="width and height in pixels")]
    safe_px: Annotated[
        EdgePixels | None, Field(description="no text nearer to the edge: cut or covered there")
    ] = None
    least_text_px: Annotated[int, Field(ge=1, description="smaller text is not read on a phone")]
    file: Annotated[Literal["png", "jpeg"], Field(description="what the picture is written as")]
    most_kb: Annotated[
        int | None, Field(ge=1, description="the service packs a larger file anew, and worse")
    ] = None
