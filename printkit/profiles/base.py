"""What all profiles share: frozen, unknown keys refused, values that may await confirmation."""

from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

T = TypeVar("T")

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Length = Annotated[float, Field(gt=0, le=5080, description="millimetres")]
Margin = Annotated[float, Field(ge=0, le=5080, description="millimetres")]
Percent = Annotated[float, Field(ge=0, le=100)]
AssetPath = Annotated[str, StringConstraints(pattern=r"^[^/\\].*$", min_length=1)]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Stated(Model, Generic[T]):
    """Hold a value and whether its owner has confirmed it; a bare value is confirmed."""

    value: T
    confirmed: bool = True

    @model_validator(mode="before")
    @classmethod
    def _accept_bare(cls, data: Any) -> Any:
        return data if isinstance(data, (dict, cls)) else {"value": data}


class Edges(Model):
    """Hold one distance in millimetres for each edge of a page; one number serves all four."""

    top: Margin
    right: Margin
    bottom: Margin
    left: Margin

    @model_validator(mode="before")
    @classmethod
    def _accept_number(cls, data: Any) -> Any:
        if isinstance(data, int | float) and not isinstance(data, bool):
            return dict.fromkeys(("top", "right", "bottom", "left"), data)
        return data
