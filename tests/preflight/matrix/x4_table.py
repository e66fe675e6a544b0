"""The samples of a rule of PDF/X-4 by name. What an error of X-4 breaks, breaks R0001 too."""

from collections.abc import Iterator
from typing import Any

from tests.preflight.matrix.base import Draft, draft
from tests.preflight.matrix.objects import page_entry, root_entry
from tests.preflight.matrix.sample import Row, Sample, cases

Table = dict[str, Draft]


def table(rule: str, breaking: Table, passing: Table, severity: str = "error") -> None:
    """Register the samples of a rule of PDF/X-4 by name."""
    also = ("R0001",) if severity == "error" else ()

    @cases(rule)
    def rows(row: Row) -> Iterator[Sample]:
        for name, drafted in breaking.items():
            yield row.breaks(name, drafted, severity, also, fits="box" not in rule)
        for name, drafted in passing.items():
            yield row.passes(name, drafted, fits="box" not in rule)


def root(path: str, value: str | None) -> Draft:
    return draft("", root_entry(path, value))


def sheet(key: str, value: str | None) -> Draft:
    return draft("", page_entry(key, value))


def intent(key: str, value: str | None) -> Draft:
    return root(f"OutputIntents.0.{key}", value)


def saved(**settings: Any) -> Draft:
    return Draft(save=tuple(settings.items()))
