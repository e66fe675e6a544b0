"""What a template says of itself: slots and layouts, as written in `templates/<id>/template.toml`."""

import datetime
import re
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, field_validator, model_validator

from printkit.profiles import Committee, LanguageTag, Model
from printkit.profiles.base import AssetPath, Identifier, Title, shaped
from printkit.template.design import DesignValue
from printkit.words import Message

SlotKind = Literal["text", "rich", "date", "time", "integer", "url", "choice", "list", "image", "qr"]
Editor = Literal["comms", "committee"]
SLOT_KINDS: tuple[str, ...] = get_args(SlotKind)
# What Jinja reads as a name; a slot of one of these names would hide the smart value.
RESERVED = frozenset(
    {"committee", "site", "campaign", "brand", "format", "lang", "dir", "t", "drawing", "grid"}
)

SlotId = Annotated[
    str,
    shaped(r"^[a-z][a-z0-9_]*$", "small letters from a to z, digits and underscores, a letter first"),
    Field(max_length=40),
]
Count = Annotated[int, Field(ge=0, le=100_000)]
Size = Annotated[float, Field(gt=0, le=5000, description="points")]
TemplateFile = Annotated[AssetPath, Field(max_length=200)]
Written = str | int | datetime.date | datetime.time | list[str] | dict[str, str | float]

# Which limits mean something for which kind.
LIMITS: dict[str, frozenset[str]] = {
    "min_characters": frozenset({"text", "rich", "url", "list"}),
    "max_characters": frozenset({"text", "rich", "url", "list"}),
    "min_lines": frozenset({"text", "rich"}),
    "max_lines": frozenset({"text", "rich"}),
    "min_items": frozenset({"list"}),
    "max_items": frozenset({"list"}),
    "pattern": frozenset({"text", "url", "list"}),
    "choices": frozenset({"choice"}),
    "target": frozenset({"qr"}),
    "ratio": frozenset({"image"}),
    "min_px": frozenset({"image"}),
}


class Slot(Model):
    """Describe one variable zone."""

    kind: Annotated[SlotKind, Field(description="what a value is")]
    label: Annotated[Title, Field(description="name in forms")]
    help: Annotated[str, Field(description="hint in forms")] = ""
    sample: Annotated[Written | None, Field(description="what --sample prints")] = None
    required: Annotated[bool, Field(description="no piece without a value")] = False
    edit: Annotated[Editor, Field(description="who may set it")] = "comms"
    default: Annotated[Written | None, Field(description="text may hold Jinja: {{ committee.name }}")] = None
    min_characters: Annotated[Count | None, Field(description="fewest characters")] = None
    max_characters: Annotated[Count | None, Field(description="most characters")] = None
    min_lines: Annotated[Count | None, Field(description="fewest lines")] = None
    max_lines: Annotated[Count | None, Field(description="most lines")] = None
    min_items: Annotated[Count | None, Field(description="fewest items of a list")] = None
    max_items: Annotated[Count | None, Field(description="most items of a list")] = None
    pattern: Annotated[str | None, Field(description="regular expression that the whole value matches")] = (
        None
    )
    choices: Annotated[tuple[Title, ...], Field(description="the values that there are")] = ()
    target: Annotated[Literal["committee"] | None, Field(description="the committee's form, else page")] = (
        None
    )
    ratio: Annotated[float | None, Field(gt=0, description="width / height")] = None
    min_px: Annotated[tuple[Count, Count] | None, Field(description="width, height")] = None

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(Message("not a regular expression: %(error)s", error=error)) from error
        return pattern

    @model_validator(mode="after")
    def _check(self) -> Self:
        strange = [key for key, kinds in LIMITS.items() if getattr(self, key) and self.kind not in kinds]
        if strange:
            raise ValueError(
                Message(
                    "a slot of kind '%(kind)s' takes no %(strange)s",
                    kind=self.kind,
                    strange=", ".join(strange),
                )
            )
        if self.kind == "choice" and not self.choices:
            raise ValueError(Message("a slot of kind 'choice' needs choices"))
        if self.kind == "qr" and not (self.target or self.default):
            raise ValueError(Message("a slot of kind 'qr' needs target = \"committee\" or a default address"))
        # Without one nobody could look at the design before all values are there
        if self.required and self.sample is None and self.kind != "qr":
            raise ValueError(Message("a required slot needs a sample"))
        return self


class Fit(Model):
    """Give the sizes between which a slot's text is fitted, in points."""

    largest: Size
    smallest: Size

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.smallest > self.largest:
            raise ValueError(
                Message(
                    "smallest %(smallest)g is over largest %(largest)g",
                    smallest=self.smallest,
                    largest=self.largest,
                )
            )
        return self


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Layout(Model):
    """Name the files of one format's layout, relative to the template's folder."""

    html: Annotated[
        TemplateFile, Field(description="page, beside template.toml or from the workspace's root")
    ]
    css: Annotated[
        tuple[TemplateFile, ...],
        BeforeValidator(_as_list, json_schema_input_type=TemplateFile | tuple[TemplateFile, ...]),
        Field(min_length=1, description="style sheets: one, or a list in order"),
    ]
    fit: Annotated[
        dict[SlotId, Fit | Identifier], Field(description="sizes by slot, or a style of type of the design")
    ] = {}
    max_characters: Annotated[dict[SlotId, Count], Field(description="in place of the slots' own")] = {}


class Template(Model):
    """Describe a design with typed slots and a layout for each format."""

    id: Identifier
    name: Annotated[Title, Field(description="name for people")]
    description: Annotated[str, Field(description="what it is for")] = ""
    committee: Annotated[
        dict[SlotId, DesignValue], Field(description="what is asked of each committee, by name")
    ] = {}
    slots: Annotated[dict[SlotId, Slot], Field(description="variable zones by id")]
    layouts: Annotated[dict[Identifier, Layout], Field(min_length=1, description="layouts by format")]
    languages: tuple[LanguageTag, ...]

    @model_validator(mode="after")
    def _check(self) -> Self:
        hidden = sorted(RESERVED & set(self.slots))
        if hidden:
            raise ValueError(
                Message("slot '%(hidden)s' has the name of a smart value; rename it", hidden=hidden[0])
            )
        # In a template `committee.name` would mean one of two things
        if taken := sorted(set(Committee.model_fields) & set(self.committee)):
            raise ValueError(
                Message(
                    "committee.%(taken)s: each committee has a value of this name; rename it", taken=taken[0]
                )
            )
        for name, layout in self.layouts.items():
            unknown = sorted((set(layout.fit) | set(layout.max_characters)) - set(self.slots))
            if unknown:
                raise ValueError(
                    Message(
                        "layouts.%(name)s names slot '%(unknown)s', which is not in slots",
                        name=name,
                        unknown=unknown[0],
                    )
                )
        return self

    @property
    def left_to_staff(self) -> tuple[str, ...]:
        """Return required slots without a default that the communications office alone sets."""
        return tuple(
            name
            for name, slot in self.slots.items()
            if slot.required and slot.edit == "comms" and slot.default is None
        )

    def roomier(self, page: str, slot: str) -> tuple[str, ...]:
        """Return the formats whose layouts take more characters of a slot, the nearest first."""
        own_limit = self.slots[slot].max_characters
        most = {one: layout.max_characters.get(slot, own_limit) for one, layout in self.layouts.items()}
        own = most[page]
        wider = [
            (count, one)
            for one, count in most.items()
            # Where no limit is said nothing is known of the room
            if own is not None and count is not None and count > own
        ]
        return tuple(one for _, one in sorted(wider))
