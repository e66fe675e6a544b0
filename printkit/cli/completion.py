"""What a shell offers after Tab: the ids of the workspace that the line names.

Ids are names of files, and those of sites the first column of a table, so nothing is parsed or checked:
a shell asks at each Tab, and a workspace with a fault in it still completes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from printkit.errors import PrintkitError

if TYPE_CHECKING:
    from printkit.workspace import Workspace

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
FOLDERS = ("committees", "formats", "presses", "campaigns")
LISTS = ("templates", *FOLDERS, "sites")
# The keys of --only whose values are ids of a kind of file
PARTS = {
    "committee": "committees",
    "template": "templates",
    "format": "formats",
    "press": "presses",
    "site": "sites",
}


def ids(what: str) -> Complete:
    """Return what completes an id of `what`: a kind of profile, templates, sites, schemas."""

    def complete(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
        return _items(_ids(context, what), begun)

    return complete


def only(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete `--only KEY=VALUE,...`: a key, then its values; what stands before the last comma stays."""
    before, comma, last = begun.rpartition(",")
    key, equals, _value = last.partition("=")
    lead = before + comma
    if not equals:
        return _items((f"{lead}{name}=" for name in PARTS), begun)
    # A shell puts the whole word in place of what was typed, so each offer repeats what stands before it.
    return _items((f"{lead}{key}={one}" for one in _ids(context, PARTS.get(key, ""))), begun)


def languages(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete the languages that any template has texts in."""
    try:
        files = _workspace(context).files("templates/*/texts.*.toml")
    except (PrintkitError, OSError):
        return []
    return _items(sorted({file.rsplit(".", 2)[1] for file in files}), begun)


def words(*known: str) -> Complete:
    """Return what completes one of a few words."""
    return lambda _context, _parameter, begun: _items(known, begun)


def owners(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete who pays: the committees, and the payer that profiles/orders.toml names."""
    try:
        payer = _workspace(context).read_toml("profiles/orders.toml").get("payer", "")
    except (PrintkitError, OSError):
        payer = ""
    return _items((*_ids(context, "committees"), *([str(payer)] if payer else [])), begun)


def _items(known: Iterable[str], begun: str) -> list[CompletionItem]:
    return [CompletionItem(one) for one in known if one.startswith(begun)]


def _ids(context: click.Context, what: str) -> list[str]:
    try:
        return _known(_workspace(context), what)
    # A shell has no place for a message while a line is being typed.
    except (PrintkitError, OSError):
        return []


def _known(workspace: Workspace, what: str) -> list[str]:
    if what == "sites":
        return sorted(
            # Ids are read in small letters, whatever the table has.
            row["id"].lower()
            for _, row in workspace.read_csv("profiles/sites.csv")
            if row.get("id")
        )
    if what == "templates":
        found = workspace.files("templates/*/template.toml")
        return [PurePosixPath(file).parent.name for file in found]
    if what == "schemas":
        return [PurePosixPath(file).stem for file in workspace.files("profiles/schemas/*.json")]
    if what in FOLDERS:
        return [PurePosixPath(file).stem for file in workspace.files(f"profiles/{what}/*.toml")]
    return []


def _workspace(context: click.Context) -> Workspace:
    # Commands name what completes them as they are loaded, and workers begin before a workspace is read
    from printkit.workspace import find_workspace

    return find_workspace(_folder(context))


def _folder(context: click.Context | None) -> Path | None:
    """Return the folder that -w names, behind the command's name or before it."""
    while context is not None:
        if context.params.get("workspace"):
            return Path(context.params["workspace"])
        context = context.parent
    return None
