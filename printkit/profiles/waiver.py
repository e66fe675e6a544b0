"""Waivers: findings that somebody has answered for, until a day."""

import datetime
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Annotated

from pydantic import Field, StringConstraints

from printkit.profiles.base import Model, Title, shaped

RuleId = Annotated[
    str,
    shaped(r"^(R\d{4}|[a-z0-9]+/[a-z0-9-]+)$", "a rule's id, as R0009 or product/safe-zone"),
    Field(max_length=60),
]
PieceGlob = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Waiver(Model):
    """Accept the findings of a rule in some pieces, up to and with the day `until`."""

    rule: Annotated[RuleId, Field(description="the rule whose findings are accepted, as R0009")]
    piece: Annotated[PieceGlob, Field(description="file stems, with * and ?, as c07_*_flyer-a5_*")]
    who: Annotated[Title, Field(description="who answers for it")]
    why: Annotated[Title, Field(description="why it may be printed all the same")]
    until: Annotated[datetime.date, Field(description="the last day on which it holds")]

    def covers(self, piece: str) -> bool:
        """Tell whether the waiver is meant for a piece; `piece` is its file's stem."""
        # Not fnmatch, which folds case on some systems: a waiver must hold for the same files everywhere
        return fnmatchcase(piece, self.piece)


def waivers_for(waivers: Iterable[Waiver], piece: str) -> tuple[Waiver, ...]:
    """Return the waivers meant for a piece, whether they still hold or not."""
    # Those that have run out too: whoever counted on one is told that it is void.
    return tuple(waiver for waiver in waivers if waiver.covers(piece))
