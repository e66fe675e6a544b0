"""What a design asks of each committee: typed in template.toml, stated in the committee's file."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from printkit.errors import WorkspaceError
from printkit.profiles import Committee, Model, Profiles
from printkit.profiles.base import Title
from printkit.words import Message
from printkit.workspace import Workspace

DesignKind = Literal["number", "color", "file", "choice"]


class DesignValue(Model):
    """Describe one value that a design asks of each committee."""

    kind: Annotated[DesignKind, Field(description="what a value is")]
    label: Annotated[Title, Field(description="name for people")]
    help: Annotated[str, Field(description="hint for people")] = ""
    required: Annotated[bool, Field(description="no piece of a committee without it")] = True
    choices: Annotated[tuple[Title, ...], Field(description="the values that there are, of a choice")] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if bool(self.choices) != (self.kind == "choice"):
            raise ValueError(Message("a choice needs choices, other kinds take none"))
        return self


Asked = Iterable[tuple[str, DesignValue]]


def check_committee(committee: Committee, asked: Asked, profiles: Profiles) -> Iterator[WorkspaceError]:
    """Yield what a committee states otherwise than a design asks; files are not looked for."""
    for name, one in asked:
        if reason := _problem(one, committee.design.get(name), profiles):
            yield _complaint(committee, name, reason)


def check_files(workspace: Workspace, committee: Committee, asked: Asked) -> Iterator[WorkspaceError]:
    """Yield the files of a committee that are not there."""
    for name, one in asked:
        file = committee.design.get(name)
        if one.kind == "file" and isinstance(file, str) and not workspace.has(file):
            yield _complaint(committee, name, Message("no file %(file)s", file=file))


def _complaint(committee: Committee, name: str, reason: str) -> WorkspaceError:
    return WorkspaceError(f"profiles/committees/{committee.id}.toml", f"design.{name}", reason)


def _problem(asked: DesignValue, value: str | int | float | None, profiles: Profiles) -> str | None:
    if value is None:
        return Message("a template asks for it: %(label)s", label=asked.label) if asked.required else None
    # All kinds but numbers are written as text
    if isinstance(value, str) == (asked.kind == "number"):
        due = "a number" if asked.kind == "number" else Message("text in quotes")
        return Message("%(value)r where %(due)s is due", value=value, due=due)
    known = {"color": tuple(profiles.brand.colors), "choice": asked.choices}.get(asked.kind)
    if known is not None and value not in known:
        return Message("unknown '%(id)s'; known: %(known)s", id=value, known=", ".join(known))
    return None
