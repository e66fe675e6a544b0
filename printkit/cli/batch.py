"""`batch`: make every piece of a campaign."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.failure import describe
from printkit.cli.options import Settings, common, settings
from printkit.cli.table import table

if TYPE_CHECKING:
    from printkit.batch import Due, Forecast, MergeKey, Only, Options, Outcome, Planned, Run, Workers
    from printkit.produce import Maker
    from printkit.profiles import Campaign, Profiles

DIR = click.Path(file_okay=False, path_type=Path)
# So many reasons are named on the screen; the report has them all.
NAMED = 10


@click.command()
@click.argument("campaign")
@click.option("-o", "--output", metavar="DIR", type=DIR, help="Folder to fill.  [default: build/CAMPAIGN]")
@click.option("--only", metavar="KEY=VALUE,...", multiple=True, help="Only these pieces; may be repeated.")
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Workers.  [default: one for each core]")
@click.option("--dry-run", is_flag=True, help="Say what would be made, and how long it would take.")
@click.option("--force", is_flag=True, help="Make every piece anew.")
@click.option("--final", is_flag=True, help="Hold pieces that use an unconfirmed value.")
@click.option("--no-proofs", is_flag=True, help="Leave out the proofs.")
@click.option(
    "--merge",
    type=click.Choice(("site", "committee", "format")),
    help="Merge files, for digital presses.",
)
@click.option("--verify", is_flag=True, help="Read every file again and compare its hash.")
@common
@settings
def batch(
    given: Settings,
    campaign: str,
    output: Path | None,
    only: tuple[str, ...],
    jobs: int | None,
    dry_run: bool,
    force: bool,
    final: bool,
    no_proofs: bool,
    merge: MergeKey | None,
    verify: bool,
) -> int:
    """Make every piece of CAMPAIGN, an id or a TOML file."""
    from printkit.batch import Options, forecast, plan
    from printkit.profiles import load_profiles

    workspace = given.workspace()
    profiles = load_profiles(workspace)
    found = _campaign(profiles, campaign)
    pieces = plan(workspace, profiles, found, _filters(only))
    if not pieces:
        raise click.UsageError(f"no piece of '{found.id}' matches --only; --dry-run lists them")
    options = Options(
        partial=bool(only),
        force=force,
        final=final,
        proofs=not no_proofs,
        verify=verify,
        merge=merge,
    )
    root, shop = output or Path("build", found.id), Shop(profiles, found, jobs or _cores())
    run, maker = _run(given, root, shop, options)
    if dry_run:
        _show(given, run, forecast(run, pieces, maker, shop.jobs))
        return 0
    outcome = _execute(given, run, pieces, maker, jobs=shop.jobs)
    _tell(given, root, found, outcome)
    return outcome.exit_code


def _campaign(profiles: Profiles, named: str) -> Campaign:
    from printkit.profiles import load_campaign

    if named in profiles.campaigns:
        return profiles.campaigns[named]
    path = Path(named)
    if path.suffix != ".toml":
        known = ", ".join(profiles.campaigns) or "none"
        raise click.BadParameter(f"no campaign '{named}'; there are: {known}", param_hint="CAMPAIGN")
    if not path.is_file():
        raise click.BadParameter(f"file '{named}' does not exist", param_hint="CAMPAIGN")
    return load_campaign(profiles, path)


def _filters(only: Iterable[str]) -> list[Only]:
    from printkit.batch import parse_only

    try:
        return [parse_only(text) for text in only]
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--only") from error


def _show(given: Settings, run: Run, told: Forecast) -> None:
    heads = ("piece", "press", "quantity", "state", "why", "note")
    rows = [
        (due.piece.id, due.piece.press, str(due.piece.quantity), due.state, due.why, due.piece.note)
        for due in told.pieces
    ]
    copies = sum(due.piece.quantity for due in told.pieces)
    text = (
        f"{table(heads, rows)}\n\n{len(rows)} pieces, {copies} copies: {told.count('rendered')} layouts and "
        f"{told.count('variant')} variants to make, {told.count('unchanged')} unchanged, "
        f"{told.count('held')} held; about {told.seconds:.0f} s"
    )
    data = {
        "ok": True,
        "campaign": run.campaign.id,
        "pieces": [_planned(due) for due in told.pieces],
        "seconds": round(told.seconds, 1),
    }
    given.result(data, text)


def _planned(due: Due) -> dict[str, Any]:
    names = ("id", "template", "committee", "format", "press", "site", "quantity", "note")
    told = {name: getattr(due.piece, name) for name in names}
    return told | {"lang": due.piece.language, "state": due.state, "why": due.why}


@dataclass(frozen=True)
class Shop:
    """Hold for what and by how many workers pieces are made."""

    profiles: Profiles
    campaign: Campaign
    jobs: int


def _run(given: Settings, root: Path, shop: Shop, options: Options) -> tuple[Run, Maker]:
    from printkit.batch import Run
    from printkit.produce import Maker, Order, engine_versions
    from printkit.profiles import output_date

    workspace, campaign, date = given.workspace(), shop.campaign, output_date(shop.campaign)
    run = Run(root, workspace, shop.profiles, campaign, date, versions=engine_versions(), options=options)
    return run, Maker(Order(workspace, shop.profiles, campaign, date))


def _execute(
    given: Settings, run: Run, pieces: Sequence[Planned], maker: Maker, *, jobs: int
) -> Outcome:
    from printkit.batch import begun_before, execute
    from printkit.cli.progress import progress

    def crew() -> Workers:
        from printkit.batch import Workers
        from printkit.produce import Maker

        return Workers(partial(Maker, maker.order), jobs, run.profiles.batch)

    if run.options.force or not begun_before(run.root):
        from printkit.batch import warm

        warm()
    with progress(given) as heard:
        return execute(run, pieces, maker, heard, crew=crew)


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tell(given: Settings, root: Path, campaign: Campaign, outcome: Outcome) -> None:
    """Name what is held or not merged on stderr, and the folder with its verdict on stdout."""
    from printkit.batch import held_by_reason, totals, verdict

    for group in held_by_reason(outcome.held)[:NAMED]:
        given.say(_held(group["why"], [piece["id"] for piece in group["pieces"]]))
    for file, error in outcome.unmerged.items():
        given.say(f"not merged: {file}: {error}")
    told: dict[str, Any] = {
        "ok": outcome.exit_code == 0,
        "campaign": campaign.id,
        "output": str(root),
        "totals": totals(outcome.records),
        "held": [{"id": record.id, "why": list(record.reasons)} for record in outcome.held],
        "unmerged": [{"file": file, "why": str(error)} for file, error in outcome.unmerged.items()],
        "seconds": round(outcome.seconds, 2),
    }
    if outcome.failure:
        told["error"] = describe(outcome.failure)
    text = "" if given.quiet else f"{verdict(outcome)['text']}\n{root / 'report.html'}"
    given.result(told, text)
    if outcome.failure and not given.json:
        click.echo(f"printkit: no piece could be made: {outcome.failure}", err=True)


def _held(reasons: Sequence[str], ids: Sequence[str]) -> str:
    more = f" and {len(ids) - 1} more" if len(ids) > 1 else ""
    return f"held: {ids[0]}{more}: {reasons[0] if reasons else 'see the report'}"
