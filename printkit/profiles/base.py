"""What all profiles share: frozen, unknown keys refused, values that may await confirmation."""

import unicodedata
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    TypeAdapter,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from printkit.words import Message

# What a text must look like, by its regular expression: nobody who fills in a profile is shown one.
SHAPES: dict[str, str] = {}


def shaped(pattern: str, words: str) -> StringConstraints:
    """Return the constraint of a regular expression, which complaints tell in words."""
    SHAPES[pattern] = words
    return StringConstraints(pattern=pattern)


# A soft hyphen says where a word may be parted; joiners are part of how some scripts are spelt.
LAWFUL = "\u00ad\u200c\u200d"
# Beside the last two of each plane (Unicode, 23.7)
NONCHARACTERS = "".join(map(chr, range(0xFDD0, 0xFDF0)))


def unprintable(text: str, lawful: str = LAWFUL) -> str | None:
    """Name the first control character, end of a line or noncharacter in `text`."""
    # Nearly every text: ten times as fast, which counts in a table of ten thousand rows.
    if text.isprintable():
        return None
    return next((f"U+{ord(one):04X}" for one in text if one not in lawful and _is_strange(one)), None)


def _is_strange(character: str) -> bool:
    found = unicodedata.category(character)
    # What is not assigned may be assigned since: phones write emoji that this Python does not know yet
    if found == "Cn":
        return character in NONCHARACTERS or ord(character) & 0xFFFE == 0xFFFE
    return found in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def text_fault(text: str, lawful: str = LAWFUL) -> Message | None:
    """Say what `text` holds that no text may hold, None where it holds nothing of the kind."""
    if strange := unprintable(text, lawful):
        return Message(
            "holds the control character %(strange)s; remove it, or type the text anew", strange=strange
        )
    return None


def _printable(text: str) -> str:
    if fault := text_fault(text):
        raise ValueError(fault)
    return text


Identifier = Annotated[
    str,
    shaped(r"^[a-z0-9]+(-[a-z0-9]+)*$", "small letters from a to z, digits, and hyphens between them"),
    Field(max_length=40),
]
Title = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, strip_whitespace=True),
    AfterValidator(_printable),
]
# 5080 mm are the 14 400 points on a side beyond which readers of PDF refuse a page
Length = Annotated[float, Field(gt=0, le=5080, description="millimetres")]
Margin = Annotated[float, Field(ge=0, le=5080, description="millimetres")]
Percent = Annotated[float, Field(ge=0, le=100)]
AssetPath = Annotated[
    str,
    shaped(r"^[^/\\].*$", "a path from the workspace's folder, without a slash in front"),
    Field(min_length=1),
]


# Frozen, as profiles are shared by threads and are parts of keys; an unknown key is nearly always a slip of
# the pen, which would otherwise be passed over in silence
class Model(BaseModel):
    # Built when it is used first: no command uses all of them, and `list` hardly any.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


VALUE = Field(description="the value itself")


# Kinds are subclasses and no parameters: pydantic builds a generic model as soon as it is given one
class Stated(Model):
    """A value and whether its owner has confirmed it; a bare value is confirmed."""

    value: Annotated[Any, VALUE]
    confirmed: Annotated[bool, Field(description="false until its owner has said so")] = True

    @model_validator(mode="before")
    @classmethod
    def _accept_bare(cls, data: Any) -> Any:
        # A table is one that says more of the value; anything else is the value.
        return data if isinstance(data, (dict, cls)) else {"value": data}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the bare value as well."""
        table = handler.resolve_ref_schema(handler(core_schema))
        # Its title and description are those of the table, where an editor shows them.
        bare = {
            key: one
            for key, one in table["properties"]["value"].items()
            if key not in ("title", "description")
        }
        return {"title": table["title"], "description": table["description"], "anyOf": [bare, table]}


class Edges(Model):
    """One distance in millimetres for each edge of a page; one number serves all four."""

    top: Margin
    right: Margin
    bottom: Margin
    left: Margin

    @model_validator(mode="before")
    @classmethod
    def _accept_number(cls, data: Any) -> Any:
        # True is an int to Python
        if isinstance(data, int | float) and not isinstance(data, bool):
            return dict.fromkeys(("top", "right", "bottom", "left"), data)
        return data

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the one number as well."""
        # Here and not once for all: it takes 20 ms, and hardly any command describes profiles
        margin = TypeAdapter(Margin).json_schema()
        table = handler.resolve_ref_schema(handler(core_schema))
        return {"title": table["title"], "description": table["description"], "anyOf": [margin, table]}
