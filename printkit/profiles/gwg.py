"""The Ghent Workgroup's requirements: severity and limits, for each variant of their 2022 specification."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from printkit.profiles.base import Identifier, Model, Title

OWN_KEYS = {"name", "meaning"}


class GwgLimits(Model):
    """Hold what one variant asks: a severity, or one limit for an error and one for a warning."""

    severity: Literal["error", "warning", "ignore"] | None = None
    error: Annotated[float, Field(ge=0)] | None = None
    warning: Annotated[float, Field(ge=0)] | None = None
    A: Annotated[float, Field(ge=0)] | None = None
    B: Annotated[float, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.severity is None and (self.error is None or self.warning is None):
            raise ValueError("give a severity, or limits for error and warning")
        return self


def _gather_variants(data: Any) -> Any:
    if not isinstance(data, Mapping) or "variants" in data:
        return data
    own = {key: value for key, value in data.items() if key in OWN_KEYS}
    return {**own, "variants": {key: value for key, value in data.items() if key not in OWN_KEYS}}


class GwgRule(Model):
    """Hold a requirement's name, its meaning, and its limits by variant."""

    name: Identifier
    meaning: Title
    variants: dict[Identifier, GwgLimits]


class GwgInk(Model):
    """Say how ink coverage is measured: so many pixels on the side of the square that a mean is taken of.

    `tolerance` is what a mean may be over its limit; `bare_ppi` shows whether a page has any ink. About
    `enough_pixels` of an image are read, none of one with more than `image_pixels`; a trim of more than
    `page_pixels` is looked at with fewer.
    """

    square_pixels: Annotated[int, Field(ge=8, le=200)]
    tolerance: Annotated[float, Field(ge=0, le=0.1)]
    bare_ppi: Annotated[float, Field(ge=18, le=300)]
    enough_pixels: Annotated[int, Field(ge=10_000)]
    image_pixels: Annotated[int, Field(ge=1_000_000)]
    page_pixels: Annotated[int, Field(ge=1_000_000)]


class GwgSpots(Model):
    """Name what colour libraries put behind a colour's name."""

    suffixes: tuple[Title, ...]


class GwgSteps(Model):
    """Name the processing steps that a variant needs and those it forbids, as Group or Group/Type."""

    required: tuple[Title, ...] = ()
    forbidden: tuple[Title, ...] = ()


class Gwg(Model):
    """Hold all requirements by id, each of which speaks of every variant, and what they are judged with."""

    ink: GwgInk
    spots: GwgSpots
    steps: dict[Identifier, GwgSteps] = {}
    rules: dict[
        Annotated[str, Field(pattern=r"^R\d{4}$")], Annotated[GwgRule, BeforeValidator(_gather_variants)]
    ]

    @model_validator(mode="before")
    @classmethod
    def _gather_rules(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or "rules" in data:
            return data
        own = {key: value for key, value in data.items() if key in cls.model_fields}
        return own | {"rules": {key: value for key, value in data.items() if key not in own}}

    @model_validator(mode="after")
    def _check(self) -> Self:
        for name, rule in self.rules.items():
            if set(rule.variants) != set(self.variants):
                odd = sorted(set(rule.variants) ^ set(self.variants))
                raise ValueError(
                    f"{name} and the first rule do not speak of the same variants: {', '.join(odd)}"
                )
        if not set(self.steps) <= set(self.variants):
            raise ValueError("processing steps are given for a variant that does not exist")
        return self

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants' names, in the order of the specification."""
        return tuple(next(iter(self.rules.values())).variants)
