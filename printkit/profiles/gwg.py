"""The Ghent Workgroup's requirements: severity and limits, for each variant of their 2022 specification."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from printkit.profiles.base import Identifier, Model, Title, shaped
from printkit.words import Message

OWN_KEYS = {"name", "meaning"}
RuleKey = Annotated[str, shaped(r"^R\d{4}$", "the id of a requirement, as R0009")]


class GwgLimits(Model):
    """What one variant asks: a severity, or one limit for an error and one for a warning."""

    severity: Annotated[
        Literal["error", "warning", "ignore"] | None, Field(description="what a finding counts as")
    ] = None
    error: Annotated[
        Annotated[float, Field(ge=0)] | None, Field(description="limit from which it is an error")
    ] = None
    warning: Annotated[
        Annotated[float, Field(ge=0)] | None, Field(description="limit from which it is a warning")
    ] = None
    A: Annotated[
        Annotated[float, Field(ge=0)] | None, Field(description="first limit of the rule's meaning")
    ] = None
    B: Annotated[
        Annotated[float, Field(ge=0)] | None, Field(description="second limit of the rule's meaning")
    ] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.severity is None and (self.error is None or self.warning is None):
            raise ValueError(Message("give a severity, or limits for error and warning"))
        return self


# In the file a variant is a key of its requirement, as the workbook of GWG has a column for each: nothing of
# it is written twice, and it can be laid beside the source
def _gather_variants(data: Any) -> Any:
    if not isinstance(data, Mapping) or "variants" in data:
        return data
    own = {key: value for key, value in data.items() if key in OWN_KEYS}
    return {**own, "variants": {key: value for key, value in data.items() if key not in OWN_KEYS}}


class GwgRule(Model):
    """A requirement's name, its meaning, and its limits by variant."""

    name: Annotated[Identifier, Field(description="name of the requirement")]
    meaning: Annotated[Title, Field(description="what it asks")]
    variants: Annotated[dict[Identifier, GwgLimits], Field(description="limits by variant")]

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the table as it is written, with a key for each variant."""
        table = handler.resolve_ref_schema(handler(core_schema))
        variants = table["properties"].pop("variants")
        table["additionalProperties"] = next(iter(variants["patternProperties"].values()))
        table["required"].remove("variants")
        return table


class GwgInk(Model):
    """Say how ink coverage is measured: so many pixels on the side of the square that a mean is taken of.

    `tolerance` is what a mean may be over its limit; `bare_ppi` shows whether a page has any ink. About
    `enough_pixels` of an image are read, none of one with more than `image_pixels`; a trim of more than
    `page_pixels` is looked at with fewer.
    """

    square_pixels: Annotated[
        int, Field(ge=8, le=200, description="pixels on the side of the square that a mean is taken of")
    ]
    tolerance: Annotated[
        float, Field(ge=0, le=0.1, description="parts of an ink that a mean may be over its limit")
    ]
    bare_ppi: Annotated[
        float, Field(ge=18, le=300, description="resolution that a page is looked at with for any ink at all")
    ]
    enough_pixels: Annotated[
        int, Field(ge=10_000, description="pixels of an image that are enough for a mean")
    ]
    image_pixels: Annotated[int, Field(ge=1_000_000, description="images with more are not read")]
    page_pixels: Annotated[int, Field(ge=1_000_000, description="a trim with more is looked at with fewer")]


class GwgSpots(Model):
    """Name what colour libraries put behind a colour's name."""

    suffixes: Annotated[tuple[Title, ...], Field(description="endings of colour libraries")]


class GwgSteps(Model):
    """Name the processing steps that a variant needs and those it forbids, as Group or Group/Type."""

    required: Annotated[
        tuple[Title, ...], Field(description="steps that the variant needs, as Structural/Cutting")
    ] = ()
    forbidden: Annotated[tuple[Title, ...], Field(description="steps that the variant forbids")] = ()


class Gwg(Model):
    """All requirements by id, each of which speaks of every variant, and what they are judged with."""

    ink: Annotated[GwgInk, Field(description="how ink coverage is measured")]
    spots: Annotated[GwgSpots, Field(description="what colour libraries put behind a colour's name")]
    steps: Annotated[dict[Identifier, GwgSteps], Field(description="processing steps by variant")] = {}
    rules: Annotated[
        dict[RuleKey, Annotated[GwgRule, BeforeValidator(_gather_variants)]],
        Field(description="requirements by id"),
    ]

    @model_validator(mode="before")
    @classmethod
    def _gather_rules(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or "rules" in data:
            return data
        # What is no table of its own here is the id of a requirement.
        own = {key: value for key, value in data.items() if key in cls.model_fields}
        return own | {"rules": {key: value for key, value in data.items() if key not in own}}

    @model_validator(mode="after")
    def _check(self) -> Self:
        for name, rule in self.rules.items():
            # A requirement that says nothing of a variant would be one that is never asked there
            if set(rule.variants) != set(self.variants):
                odd = sorted(set(rule.variants) ^ set(self.variants))
                raise ValueError(
                    Message(
                        "%(name)s and the first rule do not speak of the same variants: %(odd)s",
                        name=name,
                        odd=", ".join(odd),
                    )
                )
        if not set(self.steps) <= set(self.variants):
            raise ValueError(Message("processing steps are given for a variant that does not exist"))
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the file, where each requirement is a table of its own."""
        table = handler.resolve_ref_schema(handler(core_schema))
        table["patternProperties"] = table["properties"].pop("rules")["patternProperties"]
        table["required"].remove("rules")
        return table

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants' names, in the order of the specification."""
        return tuple(next(iter(self.rules.values())).variants)
