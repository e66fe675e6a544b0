"""Values that a campaign gives slots: for all pieces or one committee, in any language or in one."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, TypeAlias, cast

from pydantic import Field

SlotValue: TypeAlias = str | int | bool | datetime.date | datetime.time | list[str] | dict[str, str | float]
# A slot's value by its name, and under a language's tag a table of those in that language
SlotTable: TypeAlias = dict[
    str, SlotValue | Annotated[dict[str, SlotValue], Field(description="slots in this language")]
]
# What a table for a picture has, and one for a language has not
PICTURE = "file"


@dataclass(frozen=True)
class Given:
    """A value, the key that gives it, and the language that the key names."""

    value: SlotValue
    key: str
    language: str | None


def in_language(table: SlotTable, language: str) -> Mapping[str, SlotValue]:
    """Return what a table says in a language alone."""
    found = table.get(language)
    # A picture's table is a dict, too; types do not tell it from a language's.
    return cast(dict[str, SlotValue], found) if _is_language(found) else {}


def in_any(table: SlotTable) -> Mapping[str, SlotValue]:
    """Return what a table says without naming a language."""
    return {name: value for name, value in table.items() if not _is_language(value)}  # type: ignore[misc]


def languages(table: SlotTable) -> Iterator[str]:
    """Yield the tags of the languages that a table names."""
    yield from (name for name, value in table.items() if _is_language(value))


def names(table: SlotTable) -> Iterator[str]:
    """Yield the slots that a table gives values in whatever language."""
    yield from in_any(table)
    for language in languages(table):
        yield from in_language(table, language)


def given(key: str, table: SlotTable, language: str) -> dict[str, Given]:
    """Return a table's values for a piece in a language; what names the language counts before the rest."""
    found = {name: Given(value, key, None) for name, value in in_any(table).items()}
    own = in_language(table, language).items()
    # The later dict wins
    return found | {name: Given(value, f"{key}.{language}", language) for name, value in own}


def _is_language(value: object) -> bool:
    return isinstance(value, dict) and PICTURE not in value
