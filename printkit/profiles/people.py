"""For whom and where: committees, sites, brand, campaigns."""

import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from printkit.profiles.base import AssetPath, Identifier, Model, Percent, Stated, Title
from printkit.profiles.waiver import Waiver

Language = Literal["nb", "nn", "en"]
SiteKind = Literal["library", "gp", "hub", "knutepunkt"]
HexColor = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
ShortAddress = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+(/[a-z0-9-]+)*$", max_length=40)]
Edition = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]{1,6}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=2000)]
SlotValue = str | int | bool | datetime.date | datetime.time | list[str] | dict[str, str | float]


# Named, as a class without a name of its own cannot be sent to another process.
class StatedAddress(Stated[WebAddress]):
    """State a web address."""


class StatedShort(Stated[ShortAddress]):
    """State an address as it is printed."""


class StatedValue(Stated[datetime.date | int | str]):
    """State a date, number or word that texts use."""


class Committee(Model):
    """Describe a local committee; its codes lead to `form` where there is one, else to `page`."""

    id: Identifier
    number: Annotated[int, Field(ge=1)]
    name: Title
    areas: Annotated[tuple[Title, ...], Field(min_length=1)]
    page: StatedAddress
    form: StatedAddress | None = None
    short_address: StatedShort
    illustration: AssetPath
    sky: Annotated[Identifier, Field(description="brand colour at the illustration's upper edge")]
    ground: Annotated[Identifier, Field(description="brand colour at the illustration's lower edge")]


class Site(Model):
    """Describe a place that takes print and the committees it shows."""

    id: Identifier
    name: Title
    kind: SiteKind
    committees: tuple[Identifier, ...]
    address: str
    contact: str


class Color(Model):
    """Name a brand colour: sRGB for screens and layout, recipes in percent C M Y K for the press."""

    name: Title
    srgb: HexColor
    coated: tuple[Percent, Percent, Percent, Percent]
    uncoated: tuple[Percent, Percent, Percent, Percent]
    confirmed: bool = True

    @property
    def rgb8(self) -> tuple[int, int, int]:
        red, green, blue = bytes.fromhex(self.srgb[1:])
        return red, green, blue

    def recipe(self, coated: bool) -> tuple[float, float, float, float]:
        """Return the recipe for coated or uncoated paper as fractions of full ink."""
        c, m, y, k = self.coated if coated else self.uncoated
        return c / 100, m / 100, y / 100, k / 100


class Logo(Model):
    file: AssetPath
    confirmed: bool = True


class Fonts(Model):
    """Name the TrueType files that proofs are set in."""

    head: AssetPath
    text: AssetPath
    strong: AssetPath


class Brand(Model):
    """Hold the sender's name, logo, colours, and the fonts of proofs."""

    name: Title
    logo: Logo
    fonts: Fonts
    colors: dict[Identifier, Color]


class Tracking(Model):
    """Name the query parameters that a code's address carries, each by a name of its own.

    Those for template, language and code stand only where a campaign has several.
    """

    enabled: bool
    campaign: Identifier
    committee: Identifier
    format: Identifier
    site: Identifier
    template: Annotated[Identifier, Field(description="where a campaign has several")] = "tp"
    language: Annotated[Identifier, Field(description="where a campaign has several")] = "ln"
    code: Annotated[Identifier, Field(description="where a piece has several")] = "cd"

    @model_validator(mode="after")
    def _told_apart(self) -> "Tracking":
        owners: dict[str, str] = {}
        for key, name in self:
            if key != "enabled" and (other := owners.setdefault(name, key)) != key:
                raise ValueError(f"{other} and {key} are both '{name}'; give each parameter its own name")
        return self


class Entry(Model):
    """Order one kind of piece: at each site of these kinds, or without `sites` once a committee."""

    template: Identifier
    format: Identifier
    press: Identifier | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    sites: Annotated[tuple[SiteKind, ...], Field(description="kinds; none: one piece without a site")] = ()
    else_without_site: Annotated[bool, Field(description="where a committee has no such site")] = False
    quantity: Annotated[int, Field(ge=1)]
    note: str = ""


class Campaign(Model):
    """Say which pieces are made, for whom, where and how many."""

    id: Identifier
    name: Title
    edition: Annotated[Edition, Field(description="short code in addresses and print ids")]
    date: datetime.date | None = None
    committees: tuple[Identifier, ...] | None = None
    values: dict[Name, StatedValue] = {}
    tracking: Tracking
    pieces: Annotated[tuple[Entry, ...], Field(min_length=1)]
    slots: dict[str, SlotValue] = {}
    committee_slots: dict[Identifier, dict[str, SlotValue]] = {}
    waivers: tuple[Waiver, ...] = ()
