"""`init` and `schema`: start a workspace, describe its files."""

from pathlib import Path
from typing import Any

import click

from printkit.cli.arguments import READABLE, NewFolder
from printkit.cli.completion import ids
from printkit.cli.options import Settings, check_standing, common, settings
from printkit.cli.output import write_json
from printkit.words import Message

FILE = click.Path(exists=True, dir_okay=False)


@click.command()
@click.argument("folder", metavar="DIR", type=NewFolder())
@click.option("--empty", "is_empty", is_flag=True, help="Start a small one of the municipality's own.")
@click.option("--answers", metavar="FILE.toml", type=READABLE, help="What --empty would ask; - reads stdin.")
@click.option("--municipality", metavar="NAME", help="The sender.")
@click.option("--language", metavar="TAG", help="The language of proofs and lists.")
@click.option("--languages", metavar="TAG,...", help="Those of what is printed.  [default: --language]")
@click.option(
    "--committee-word",
    "committee_words",
    metavar="[TAG=]WORD",
    multiple=True,
    help="What a local committee is called; may be repeated.",
)
@click.option("--color", "colors", metavar="ID=#HEX", multiple=True, help="A colour; may be repeated.")
@click.option("--committees", metavar="FILE", type=FILE, help="A table of the committees, CSV or XLSX.")
@click.option("--places", metavar="FILE", type=FILE, help="A table of places that take print, likewise.")
@click.option("--mark", metavar="FILE.svg", type=FILE, help="The municipality's mark.")
@click.option(
    "--font", "fonts", metavar="KEY=FILE", multiple=True, help="The fonts head, text and strong; each once."
)
@common
@settings
def init(given: Settings, /, folder: Path, is_empty: bool, **chosen: Any) -> None:
    """Start a workspace in DIR: a copy of the reference one, or with --empty one of your own."""
    # A folder that is named from one that was deleted would be made nowhere.
    check_standing()
    if is_empty:
        from printkit.cli.empty import empty

        empty(given, folder, chosen)
        return
    # Ignored, an answer would look as if it had been taken.
    if said := [name for name, value in chosen.items() if value]:
        option = next(
            one.opts[0] for one in click.get_current_context().command.params if one.name == said[0]
        )
        raise click.UsageError(Message("%(option)s belongs to --empty; add --empty", option=option))
    from printkit.workspace import start_workspace

    files = start_workspace(folder)
    text = Message(
        "%(folder)s: %(count)s files; 'printkit -w %(folder)s doctor' says what to fill in",
        folder=folder,
        count=len(files),
    )
    given.result({"ok": True, "workspace": str(folder), "files": files}, "" if given.quiet else text)


@click.command()
@click.argument("kind", shell_complete=ids("schemas"))
@common
@settings
def schema(given: Settings, kind: str) -> None:
    """Print the JSON Schema of a KIND of profile, for an editor to complete and check."""
    from printkit.profiles.schema import KINDS
    from printkit.profiles.schema import schema as describe
    from printkit.template import form_schema, template_schema, texts_schema

    others = {"form": form_schema, "template": template_schema, "texts": texts_schema}
    kinds = sorted([*KINDS, *others])
    if kind not in kinds:
        raise click.BadParameter(
            Message("'%(kind)s' is not one of %(there)s.", kind=kind, there=", ".join(kinds)),
            param_hint="KIND",
        )
    # Always JSON, with and without --json: a schema has no other form.
    write_json(others[kind]() if kind in others else describe(kind))
