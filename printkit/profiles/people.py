"""For whom and where: committees, sites, brand, campaigns."""

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from printkit.profiles.base import VALUE, AssetPath, Identifier, Model, Percent, Stated, Title, shaped
from printkit.profiles.languages import LanguageTag
from printkit.profiles.slot_values import Given, SlotTable, given, in_any, names
from printkit.profiles.waiver import Waiver
from printkit.words import Message

HexColor = Annotated[
    str,
    shaped(r"^#[0-9a-fA-F]{6}$", "a colour as #12355b"),
    AfterValidator(str.lower),
]
ShortAddress = Annotated[
    str,
    shaped(r"^[a-z0-9.-]+(/[a-z0-9-]+)*$", "an address without https://, as example.org/committee-3"),
    Field(max_length=40),
]
Recipe = tuple[Percent, Percent, Percent, Percent]
Edition = Annotated[str, shaped(r"^[a-z0-9]{1,6}$", "one to six small letters from a to z and digits")]
Name = Annotated[str, shaped(r"^[a-z][a-z0-9_]*$", "small letters from a to z, digits and underscores")]
Script = Annotated[str, shaped(r"^[A-Z][a-z]{3}$", "a script's code (ISO 15924), as Cyrl, Arab or Hans")]
WebAddress = Annotated[
    str,
    shaped(r"^https?://[^\s]+$", "an address that begins with https:// and has no blanks"),
    Field(max_length=2000),
]


class StatedAddress(Stated):
    """State a web address."""

    value: Annotated[WebAddress, VALUE]


class StatedShort(Stated):
    """State an address as it is printed."""

    value: Annotated[ShortAddress, VALUE]


class StatedValue(Stated):
    """State a date, number or word that texts use."""

    value: Annotated[datetime.date | int | str, VALUE]


class Committee(Model):
    """Describe a local committee; its codes lead to `form` where there is one, else to `page`."""

    id: Identifier
    number: Annotated[int, Field(ge=1, description="the municipality's number of the committee")]
    name: Annotated[Title, Field(description="name as it is printed")]
    names: Annotated[
        dict[LanguageTag, Title], Field(description="name by language, where it is another than `name`")
    ] = {}
    areas: Annotated[
        tuple[Title, ...], Field(min_length=1, description="neighbourhoods, as they are printed")
    ]
    page: Annotated[StatedAddress, Field(description="the committee's page on the web")]
    form: Annotated[StatedAddress | None, Field(description="where codes lead; else to the page")] = None
    short_address: Annotated[StatedShort, Field(description="address as it is printed, without https://")]
    design: Annotated[
        dict[Name, str | int | float],
        Field(description="what designs ask of it, by the names in template.toml"),
    ] = {}

    def name_in(self, language: str) -> str:
        """Return the name as it is printed in a language."""
        return self.names.get(language, self.name)


class Site(Model):
    """Describe a place that takes print and the committees it shows."""

    id: Annotated[Identifier, Field(description="small letters, digits and hyphens; part of file names")]
    name: Annotated[Title, Field(description="name as it is printed")]
    kind: Annotated[Identifier, Field(description="what place it is, as profiles/municipality.toml has it")]
    committees: Annotated[
        tuple[Identifier, ...],
        Field(min_length=1, description="ids of the committees that it shows, separated by blanks, or all"),
    ]
    address: Annotated[str, Field(description="where the driver goes")]
    contact: Annotated[str, Field(description="whom the driver asks for")]
    rules: Annotated[
        str,
        Field(max_length=400, description="what the place takes and for how long; empty: as its kind does"),
    ] = ""


class Color(Model):
    """Name a brand colour: sRGB for screens and layout, recipes in percent C M Y K for the press."""

    name: Annotated[Title, Field(description="name in reports")]
    srgb: Annotated[HexColor, Field(description="colour on screens and in layouts, as #12355b")]
    coated: Annotated[
        Recipe | None, Field(description="percent C, M, Y, K, where a press prints on coated paper")
    ] = None
    uncoated: Annotated[
        Recipe | None, Field(description="percent C, M, Y, K, where a press prints on uncoated paper")
    ] = None
    confirmed: Annotated[bool, Field(description="false until the brand's owner has said so")] = True

    @property
    def rgb8(self) -> tuple[int, int, int]:
        red, green, blue = bytes.fromhex(self.srgb[1:])
        return red, green, blue

    def recipe(self, coated: bool) -> tuple[float, float, float, float]:
        """Return the recipe for coated or uncoated paper as fractions of full ink."""
        found = self.coated if coated else self.uncoated
        if found is None:
            raise ValueError(Message("colour %(srgb)s has no recipe for this paper", srgb=self.srgb))
        c, m, y, k = found
        return c / 100, m / 100, y / 100, k / 100


class Logo(Model):
    file: Annotated[AssetPath, Field(description="SVG, PDF or picture, relative to the workspace")]
    file_on_dark: Annotated[
        AssetPath | None, Field(description="the mark for dark grounds, where it has one of its own")
    ] = None
    confirmed: Annotated[bool, Field(description="false until the brand's owner has said so")] = True


class Fonts(Model):
    """Name three TrueType files, by what they are for."""

    head: Annotated[AssetPath, Field(description="headings")]
    text: Annotated[AssetPath, Field(description="running text")]
    strong: Annotated[AssetPath, Field(description="what stands out")]


class Brand(Model):
    """The sender's name, logo, colours, and fonts."""

    name: Annotated[Title, Field(description="the sender")]
    logo: Annotated[Logo, Field(description="the sender's mark")]
    fonts: Annotated[Fonts, Field(description="what proofs and `var(--font-head)` are set in")]
    scripts: Annotated[
        dict[Script, Fonts], Field(description="fonts that follow where those lack a script, by its code")
    ] = {}
    colors: Annotated[dict[Identifier, Color], Field(description="brand colours by id")]

    def families(self, role: str, script: str) -> dict[str, str]:
        """Return the families of head, text or strong with their files, in the order they are tried in.

        The brand's own comes first, then those of the scripts, a language's own before the others: scripts
        may share letters, as Chinese and Japanese do.
        """
        # A stable sort: all but the piece's own script stay as brand.toml has them
        others = sorted(self.scripts, key=lambda one: one != script)
        named = f"Brand {role.capitalize()}"
        own = {named: getattr(self.fonts, role)}
        return own | {f"{named} {one}": getattr(self.scripts[one], role) for one in others}


class Tracking(Model):
    """Name the query parameters that a code's address carries, each by a name of its own; none where off.

    Those for template, language and code stand only where a campaign has several.
    """

    enabled: Annotated[bool, Field(description="false: codes carry no parameters")]
    campaign: Annotated[Identifier | None, Field(description="parameter that says the edition")] = None
    committee: Annotated[Identifier | None, Field(description="parameter that says the committee")] = None
    format: Annotated[Identifier | None, Field(description="parameter that says the format")] = None
    site: Annotated[Identifier | None, Field(description="parameter that says the place")] = None
    template: Annotated[Identifier, Field(description="where a campaign has several")] = "tp"
    language: Annotated[Identifier, Field(description="where a campaign has several")] = "ln"
    code: Annotated[Identifier, Field(description="where a piece has several")] = "cd"

    @model_validator(mode="after")
    def _named(self) -> Self:
        missing = [key for key in ("campaign", "committee", "format", "site") if getattr(self, key) is None]
        # Off, none of them is asked for; on, a missing one would count every reading as of an unknown place
        if self.enabled and missing:
            raise ValueError(
                Message(
                    "%(missing)s is required: the name of a parameter; or set enabled = false",
                    missing=missing[0],
                )
            )
        return self

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        # Two under one name would be counted together by whoever reads statistics.
        owners: dict[str, str] = {}
        for key, name in self:
            if key != "enabled" and name and (other := owners.setdefault(name, key)) != key:
                raise ValueError(
                    Message(
                        "%(other)s and %(key)s are both '%(name)s'; give each parameter its own name",
                        other=other,
                        key=key,
                        name=name,
                    )
                )
        return self


class Entry(Model):
    """Ask for one kind of piece: at each site of these kinds, or without `sites` once a committee."""

    template: Annotated[Identifier, Field(description="the design")]
    format: Annotated[Identifier, Field(description="the page's geometry")]
    press: Annotated[
        Identifier | None, Field(description="the printing condition; else the format's own")
    ] = None
    languages: Annotated[
        tuple[LanguageTag, ...],
        Field(min_length=1, description="a piece in each of them; of rows, those of a row that names none"),
    ] = ()
    sites: Annotated[tuple[Identifier, ...], Field(description="kinds; none: one piece without a site")] = ()
    else_without_site: Annotated[bool, Field(description="where a committee has no such site")] = False
    quantity: Annotated[
        int | None, Field(ge=1, description="copies of each piece; of rows, where a row names no number")
    ] = None
    quantities: Annotated[
        dict[Identifier, Annotated[int, Field(ge=0)]],
        Field(description="copies of each piece of a committee, by its id; 0: it gets none"),
    ] = {}
    rows: Annotated[
        AssetPath | None, Field(description="a table, relative to the workspace: each of its rows is a piece")
    ] = None
    sheet: Annotated[str | None, Field(description="the sheet of a workbook; else the first seen")] = None
    columns: Annotated[
        dict[str, str],
        Field(description='slot, or committee, site, lang, quantity, id, by a column\'s head; "" ignores it'),
    ] = {}
    note: Annotated[str, Field(description="for print shop and driver")] = ""

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        # Each row times each site was never meant by anybody, and hundreds of pieces too many look right in a
        # list
        if self.rows and self.sites:
            raise ValueError(
                Message("rows and sites exclude each other: a row names its place in a column 'site'")
            )
        lacking = [key for key in ("languages", "quantity") if not getattr(self, key)]
        if not self.rows and lacking:
            raise ValueError(
                Message("%(key)s is required; only rows of a table may say it instead", key=lacking[0])
            )
        if not self.rows and (self.columns or self.sheet is not None):
            raise ValueError(Message("columns and sheet say how a table is read; name it by rows"))
        return self

    def copies(self, committee: str) -> int:
        """Return how many copies of each of its pieces a committee gets; 0 where its rows say it."""
        return self.quantities.get(committee, self.quantity or 0)


def _something(pieces: Any) -> Any:
    if pieces == []:
        told = Message("nothing is made; name a template and a format under [[pieces]], a table by rows")
        raise ValueError(told)
    return pieces


class Campaign(Model):
    """Say which pieces are made, for whom, where and how many."""

    id: Identifier
    name: Annotated[Title, Field(description="name for people")]
    edition: Annotated[Edition, Field(description="short code in addresses and print ids")]
    date: Annotated[
        datetime.date | None, Field(description="the date that each file carries; without it today")
    ] = None
    committees: Annotated[tuple[Identifier, ...] | None, Field(description="ids; without it all")] = None
    values: Annotated[
        dict[Name, StatedValue], Field(description="dates, numbers and words that texts use")
    ] = {}
    tracking: Annotated[Tracking, Field(description="what codes tell of where they were read")]
    pieces: Annotated[
        tuple[Entry, ...], BeforeValidator(_something), Field(min_length=1, description="what is made")
    ]
    slots: Annotated[SlotTable, Field(description="slots for all pieces; in one language under its tag")] = {}
    committee_slots: Annotated[
        dict[Identifier, SlotTable],
        Field(description="slots of one committee, by its id; in one language under its tag"),
    ] = {}
    waivers: Annotated[tuple[Waiver, ...], Field(description="findings that somebody answers for")] = ()

    @model_validator(mode="after")
    def _spoken(self) -> Self:
        untold = [key for key, table in self.slot_tables if in_any(table)]
        if untold and not self.first_language:
            raise ValueError(
                Message(
                    "no piece names languages, so nobody knows in which %(key)s is; add languages",
                    key=untold[0],
                )
            )
        return self

    @property
    def first_language(self) -> str:
        """The language of words that are given without one; empty where only rows name languages."""
        return next((tag for entry in self.pieces for tag in entry.languages), "")

    @property
    def slot_tables(self) -> Iterator[tuple[str, SlotTable]]:
        """Each table of slots, by its key."""
        yield "slots", self.slots
        yield from ((f"committee_slots.{one}", table) for one, table in self.committee_slots.items())

    @property
    def given_slots(self) -> frozenset[str]:
        """The slots that have a value, whoever's and in whatever language."""
        return frozenset(name for _, table in self.slot_tables for name in names(table))

    def slots_for(self, committee: str, language: str) -> dict[str, Given]:
        """Return the values for a committee's piece in a language; its own count before those for all."""
        own = given(f"committee_slots.{committee}", self.committee_slots.get(committee, {}), language)
        return given("slots", self.slots, language) | own
