"""The year's plan of measures: what is printed when, for whom, and who pays it."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from printkit.errors import WorkspaceError
from printkit.profiles.base import Identifier, Model, Title
from printkit.words import Message

PLANS = "profiles/plan"


class PlanLine(Model):
    """One measure: kits for the places of each committee, needed by a day."""

    name: Annotated[Title, Field(description="name for people, and of its orders")]
    begin: Annotated[datetime.date, Field(description="first day to make drafts of it")]
    needed_by: Annotated[datetime.date, Field(description="last day to arrive")]
    kits: Annotated[tuple[Identifier, ...], Field(min_length=1, description="what each committee gets")]
    payer: Annotated[Literal["municipality", "committee"], Field(description="whose account pays it")] = (
        "committee"
    )
    committees: Annotated[tuple[Identifier, ...] | None, Field(description="ids; without it all")] = None
    note: Annotated[str, Field(max_length=400, description="what to remember")] = ""
    confirmed: Annotated[bool, Field(description="false until the day is settled")] = True

    @model_validator(mode="after")
    def _check(self) -> Self:
        # A measure must leave a day to order in.
        if self.needed_by <= self.begin:
            raise ValueError(Message("needed_by is not after begin"))
        return self


class Plan(Model):
    """A year of measures, each by its id."""

    id: Identifier
    name: Annotated[Title, Field(description="name for people")]
    year: Annotated[int, Field(ge=2000, le=2200, description="the year that it is of")]
    lines: Annotated[dict[Identifier, PlanLine], Field(min_length=1, description="measures by id")]


def check_plans(
    plans: Mapping[str, Plan], kits: Iterable[str], committees: Iterable[str]
) -> Iterator[WorkspaceError]:
    """Yield kits and committees that a plan names and nobody knows."""
    known_kits, known = set(kits), set(committees)
    for name, plan in plans.items():
        for key, line in plan.lines.items():
            file, where = f"{PLANS}/{name}.toml", f"lines.{key}"
            for kit in sorted(set(line.kits) - known_kits):
                yield WorkspaceError(file, f"{where}.kits", Message("no kit '%(kit)s'", kit=kit))
            for one in sorted(set(line.committees or ()) - known):
                yield WorkspaceError(
                    file, f"{where}.committees", Message("no committee '%(committee)s'", committee=one)
                )
