"""`list`: what the workspace holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.completion import LISTS as KINDS
from printkit.cli.completion import words
from printkit.cli.options import Settings, common, settings
from printkit.cli.table import table
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.profiles import Listed
    from printkit.workspace import Workspace

Rows = list[dict[str, Any]]
# Keys of the rows as their columns are headed
HEADS = {
    str(head): head
    for head in (
        Message("id"),
        Message("name"),
        Message("formats"),
        Message("languages"),
        Message("trim_mm"),
        Message("bleed_mm"),
        Message("pages"),
        Message("default_press"),
        Message("condition"),
        Message("ink_limit"),
        Message("short_address"),
        Message("kind"),
        Message("committees"),
        Message("edition"),
        Message("date"),
    )
}


@click.command("list")
@click.argument("what", metavar="WHAT", shell_complete=words(*KINDS))
@common
@settings
def list_(given: Settings, what: str) -> None:
    """List templates, formats, presses, committees, sites or campaigns."""
    # Without the figures of checks and codes, so that it answers at once.
    from printkit.profiles import load_listed

    if what not in LISTS:
        raise click.BadParameter(
            Message("'%(what)s' is not one of %(there)s.", what=what, there=", ".join(LISTS)),
            param_hint="WHAT",
        )
    workspace = given.workspace()
    rows = LISTS[what](workspace, load_listed(workspace))
    # The keys are the contract of --json; people read their translation.
    heads = [HEADS[key] for key in rows[0]] if rows else []
    given.result({what: rows}, table(heads, [_cells(row.values()) for row in rows], given.words.say))


def _cells(values: Iterable[object]) -> list[str]:
    return [_cell(value) for value in values]


def _cell(value: object) -> str:
    numbers = value if isinstance(value, list) else [value]
    # With fields, so that they get the decimal sign of who reads
    if numbers and all(isinstance(one, float) for one in numbers):
        source = " ".join(f"%(n{place})g" for place in range(len(numbers)))
        return Message.of(source, **{f"n{place}": one for place, one in enumerate(numbers)})
    return " ".join("" if one is None else str(one) for one in numbers)


def _templates(workspace: Workspace, _: Listed) -> Rows:
    from printkit.template import list_templates, load_template

    found = [load_template(workspace, identifier) for identifier in list_templates(workspace)]
    return [
        {"id": one.id, "name": one.name, "formats": sorted(one.layouts), "languages": sorted(one.languages)}
        for one in found
    ]


def _formats(_: Workspace, profiles: Listed) -> Rows:
    return [
        {"id": one.id, "name": one.name, "trim_mm": list(one.trim_mm), "bleed_mm": one.bleed_mm}
        | {"pages": one.pages, "default_press": one.default_press}
        for one in profiles.formats.values()
    ]


def _presses(_: Workspace, profiles: Listed) -> Rows:
    return [
        {"id": one.id, "name": one.name, "condition": one.condition, "ink_limit": one.ink_limit}
        for one in profiles.presses.values()
    ]


def _committees(_: Workspace, profiles: Listed) -> Rows:
    return [
        {"id": one.id, "name": one.name, "short_address": one.short_address.value}
        for one in profiles.committees.values()
    ]


def _sites(_: Workspace, profiles: Listed) -> Rows:
    return [
        {"id": one.id, "name": one.name, "kind": one.kind, "committees": list(one.committees)}
        for one in profiles.sites.values()
    ]


def _campaigns(_: Workspace, profiles: Listed) -> Rows:
    return [
        {"id": one.id, "name": one.name, "edition": one.edition, "date": str(one.date) if one.date else None}
        for one in profiles.campaigns.values()
    ]


LISTS: Mapping[str, Callable[[Workspace, Listed], Rows]] = {
    "templates": _templates,
    "formats": _formats,
    "presses": _presses,
    "committees": _committees,
    "sites": _sites,
    "campaigns": _campaigns,
}
