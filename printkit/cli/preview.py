"""`preview`: see a template in the browser while it is made."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.arguments import choose
from printkit.cli.collecting import uncollected
from printkit.cli.completion import ids, languages
from printkit.cli.extra import extra_web
from printkit.cli.listening import in_address, listen, listens
from printkit.cli.options import Settings, common, settings
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.preview.asked import Previewed
    from printkit.preview.known import Known
    from printkit.profiles import LanguageTag
    from printkit.workspace import Workspace

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("template", shell_complete=ids("templates"))
@click.option(
    "--committee", metavar="ID", shell_complete=ids("committees"), help="Whose piece is shown first."
)
@click.option(
    "--format", "format_", metavar="ID", shell_complete=ids("formats"), help="Which is shown first."
)
@click.option("--lang", metavar="TAG", shell_complete=languages, help="The language that is shown first.")
@click.option("--campaign", metavar="ID", shell_complete=ids("campaigns"), help="Whose values pieces have.")
@click.option("--batch", type=FOLDER, metavar="DIR", help="The batch to compare with.  [default: in build/]")
@listens(8650)
@click.option("--insecure-host", is_flag=True, help="Allow a --host that other machines reach.")
@click.option("--poll", is_flag=True, help="Look for changes in turns: for shares that tell of none.")
@click.option("--no-browser", is_flag=True, help="Open no browser.")
@common
@settings
def preview(given: Settings, /, template: str, host: str, port: int, **chosen: Any) -> int:
    """Show TEMPLATE in the browser, renewed when a file changes."""
    with uncollected():
        run = _load()
    if not (run.is_loopback(host) or chosen["insecure_host"]):
        reason = Message(
            "other machines reach this address, and whoever opens the page could write data files"
        )
        raise click.BadParameter(
            Message("%(reason)s; add --insecure-host if that is meant", reason=reason), param_hint="--host"
        )
    workspace = given.workspace()
    since_ns = time.time_ns()
    with uncollected():
        known, begun = _begin(workspace, template, chosen)
    # Before the browser is opened, so that it never asks a port that nobody answers.
    listening = listen(host, port)
    name = in_address(host)
    address = f"http://{name}:{listening.getsockname()[1]}/"

    def started() -> None:
        given.result({"ok": True, "address": address}, f"{template}: {address}")
        given.say(Message("Ctrl-C stops it"))

    # A browser takes as long to open a page as it takes until that is answered; meanwhile it waits
    if not chosen["no_browser"]:
        run.open_browser(address)
    batches = partial(run.batch_folders, chosen["batch"], Path.cwd(), begun.root)
    anywhere = not run.is_loopback(host)
    asked = run.Asked(begun, batches, chosen["poll"], (name,), anywhere, since_ns, given.words.language)
    run.serve(asked, known, run.Listener(listening, started))
    return 0


def _load() -> Any:
    """Begin to load the layout engine beside, then return what serves pages."""
    from printkit.work.warming import LAYOUT, warm

    # A second of imports that the first picture would wait for; meanwhile the workspace is read.
    warm(LAYOUT)
    with extra_web():
        from printkit.preview import run
    return run


def _begin(workspace: Workspace, template: str, chosen: dict[str, Any]) -> tuple[Known, Previewed]:
    """Read the workspace and return what to show first; what was not chosen is the first there is."""
    from printkit.preview.asked import Cell, Previewed
    from printkit.preview.known import read_known
    from printkit.profiles import output_date
    from printkit.template import list_templates

    # Before it is read, as a misspelt name has a better answer than a file that is missing.
    choose({name: name for name in list_templates(workspace)}, "TEMPLATE", template)
    known = read_known(workspace, template)
    profiles, layouts = known.profiles, {name: name for name in known.template.layouts}
    committees = profiles.committees
    spoken: dict[str, LanguageTag] = {name: name for name in known.template.languages}
    campaign = chosen["campaign"] or next(
        # The first campaign that prints it has values for it; without one the samples are shown.
        (one.id for one in profiles.campaigns.values() if any(e.template == template for e in one.pieces)),
        None,
    )
    edition = choose(profiles.campaigns, "--campaign", campaign) if campaign else None
    page = choose(layouts, "--format", chosen["format_"] or next(iter(layouts)))
    committee = choose(committees, "--committee", chosen["committee"] or next(iter(committees), "")).id
    own = profiles.municipality.language
    language = choose(spoken, "--lang", chosen["lang"] or (own if own in spoken else next(iter(spoken))))
    first = Cell(committee, page, language, "own" if edition else "sample")
    return known, Previewed(workspace.root, template, campaign, output_date(edition, None), first)
