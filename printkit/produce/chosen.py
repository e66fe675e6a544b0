"""Which of many pieces a command is for: its option `--only KEY=VALUE,...`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from printkit.words import Message

# So many of the values that there are get named.
NAMED = 12

# For each key the values of which a piece has one
Only = Mapping[str, frozenset[str]]
Planned = TypeVar("Planned")


class NoSuchPiece(ValueError):
    """Say which pieces were asked for that are not there."""


def parse_only(text: str, keys: Iterable[str]) -> Only:
    """Read `committee=c03,format=flyer-a5`; values of one key are alternatives. Raise ValueError."""
    chosen: dict[str, frozenset[str]] = {}
    for part in text.split(","):
        key, equals, value = (word.strip() for word in part.partition("="))
        if not equals or key not in keys:
            raise ValueError(
                Message("'%(part)s' is not KEY=VALUE with a key of %(keys)s", part=part, keys=", ".join(keys))
            )
        chosen[key] = chosen.get(key, frozenset()) | {value}
    return chosen


def only_these(
    pieces: Iterable[Planned], filters: Iterable[Only], fields: Mapping[str, str], whose: str
) -> tuple[Planned, ...]:
    """Return the pieces that any filter takes; all without a filter.

    `fields` names for each key the attribute that it compares, `whose` what the pieces belong to.
    Raise NoSuchPiece for a filter that takes none.
    """
    known, wanted = tuple(pieces), tuple(filters)
    for only in wanted:
        _check(known, only, fields, whose)
    return tuple(one for one in known if not wanted or any(_takes(only, one, fields) for only in wanted))


def _takes(only: Only, piece: object, fields: Mapping[str, str]) -> bool:
    """Tell whether the piece has one of the chosen values for every key."""
    return all(getattr(piece, fields[key]) in values for key, values in only.items())


def _check(pieces: Sequence[object], only: Only, fields: Mapping[str, str], whose: str) -> None:
    """Raise NoSuchPiece that names a value no piece has, or values that no piece has at the same time."""
    for key, values in only.items():
        known = {str(getattr(piece, fields[key])) for piece in pieces} - {"None"}
        if unknown := sorted(values - known):
            there = ", ".join(sorted(known)[:NAMED]) + (", ..." if len(known) > NAMED else "")
            raise NoSuchPiece(
                Message(
                    "%(whose)s has no %(key)s '%(value)s'; it has %(there)s",
                    whose=whose,
                    key=key,
                    value=unknown[0],
                    there=there or Message("none"),
                )
            )
    if not any(_takes(only, piece, fields) for piece in pieces):
        wanted = ",".join(f"{key}={value}" for key, values in only.items() for value in sorted(values))
        raise NoSuchPiece(Message("no piece of %(whose)s is %(wanted)s at once", whose=whose, wanted=wanted))
