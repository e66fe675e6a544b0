"""`init` and `schema`: start a workspace, describe its files."""

from pathlib import Path

import click

from printkit.cli.options import Settings, check_standing, common, settings
from printkit.cli.output import write_json

TEMPLATE = "template"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@common
@settings
def init(given: Settings, folder: Path) -> None:
    """Start a workspace in DIR from the reference one."""
    from printkit.workspace import start_workspace

    check_standing()
    files = start_workspace(folder)
    text = f"{folder}: {len(files)} files; 'printkit -w {folder} doctor' says what to fill in"
    given.result({"ok": True, "workspace": str(folder), "files": files}, "" if given.quiet else text)


@click.command()
@click.argument("kind")
@common
@settings
def schema(given: Settings, kind: str) -> None:
    """Print the JSON Schema of a KIND of profile, for an editor to complete and check."""
    from printkit.profiles import KINDS
    from printkit.profiles import schema as describe
    from printkit.template import template_schema

    kinds = sorted([*KINDS, TEMPLATE])
    if kind not in kinds:
        raise click.BadParameter(f"'{kind}' is not one of {', '.join(kinds)}.", param_hint="KIND")
    found = template_schema() if kind == TEMPLATE else describe(kind)
    write_json(found)
