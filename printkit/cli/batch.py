"""`batch`: make every piece of a campaign."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from printkit.cli.arguments import READABLE, NewFolder, Scheduler
from printkit.cli.batch_words import show, tell
from printkit.cli.collecting import uncollected
from printkit.cli.complaints import complained
from printkit.cli.completion import ids
from printkit.cli.completion import only as only_
from printkit.cli.options import Settings, common, settings
from printkit.cli.output import end_at_once
from printkit.cli.render_rows import read_source
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.batch.planned import Planned
    from printkit.batch.run import MergeKey, Options, Outcome, Run
    from printkit.produce import Maker, Production
    from printkit.profiles import BatchLimits, Campaign, Profiles
    from printkit.rows import Source
    from printkit.work.pool import Pool
    from printkit.workspace import Workspace

DIR = NewFolder()


@click.command()
@click.argument("campaign", shell_complete=ids("campaigns"))
@click.option("-o", "--output", metavar="DIR", type=DIR, help="Folder to fill.  [default: build/CAMPAIGN]")
@click.option(
    "--only",
    metavar="KEY=VALUE,...",
    multiple=True,
    shell_complete=only_,
    help="Only these pieces; may be repeated.",
)
@click.option(
    "--rows", metavar="FILE", type=READABLE, help="A table in place of the campaign's own; - reads stdin."
)
@click.option("--jobs", metavar="N", type=click.IntRange(1), help="Workers.  [default: one for each core]")
@click.option(
    "--cluster", metavar="ADDRESS", type=Scheduler(), help="Work on the Dask cluster of this scheduler."
)
@click.option("--dry-run", is_flag=True, help="Say what would be made, and how long it would take.")
@click.option("--force", is_flag=True, help="Make every piece anew.")
@click.option("--final", is_flag=True, help="Hold pieces that use an unconfirmed value.")
@click.option("--no-proofs", is_flag=True, help="Leave out the proofs.")
@click.option(
    "--merge",
    type=click.Choice(("site", "committee", "format")),
    help="Merge files, for digital presses.",
)
@click.option(
    "--complaints",
    metavar="FILE.xlsx",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write a table with what is wrong in its rows.",
)
@click.option("--verify", is_flag=True, help="Read every file again and compare its hash.")
@common
@settings
def batch(
    given: Settings,
    campaign: str,
    output: Path | None,
    only: tuple[str, ...],
    rows: str | None,
    jobs: int | None,
    cluster: str | None,
    dry_run: bool,
    force: bool,
    final: bool,
    no_proofs: bool,
    merge: MergeKey | None,
    complaints: Path | None,
    verify: bool,
) -> int:
    """Make every piece of CAMPAIGN, an id or a TOML file."""
    end_at_once()
    if jobs and cluster:
        raise click.UsageError(Message("--jobs counts workers here, --cluster names others; choose one"))
    workspace = given.workspace()
    if not (dry_run or cluster):
        # Before the profiles are read: workers load their libraries in the time in which this process plans.
        _load_workers(workspace, output or Path("build", Path(campaign).stem), force)
    with uncollected():
        from printkit.batch.forecast import forecast
        from printkit.batch.run import Options
        from printkit.profiles import load_profiles
        from printkit.work.pool import cores

        profiles = load_profiles(workspace)
    found = _campaign(profiles, campaign)
    told: list[str] = []
    table = _table(profiles, found, rows) if rows else None
    with complained(given, complaints, _tables(workspace, found, table), profiles.batch.table):
        pieces = _pieces(workspace, profiles, found, only, table=table, told=told)
    options = Options(
        # What the folder has of pieces that were not asked for stays, and is not called strange.
        partial=bool(only),
        force=force,
        final=final,
        proofs=not no_proofs,
        verify=verify,
        merge=merge,
    )
    root = output or Path("build", found.id)
    run, maker = _run(given, root, found, table, profiles=profiles, options=options)
    # What a table told while it was read stands with what the doctor says, as both are for a person to look
    # at.
    run = replace(run, concerns=(*told, *run.concerns))
    work = WorkPlan(root.absolute(), maker.production, profiles.batch, jobs or cores(), cluster)
    if dry_run:
        show(given, run, forecast(run, pieces, maker, work.jobs))
        return 0
    outcome = _execute(given, run, pieces, maker, work=work)
    tell(given, run, outcome)
    return outcome.exit_code


def _load_workers(workspace: Workspace, root: Path, force: bool) -> None:
    """Have workers begin to load before this process does, where a run will make anything."""
    from printkit.batch.early import expects_work

    if force or expects_work(workspace, root):
        from printkit.work.warming import warm

        warm()


def _campaign(profiles: Profiles, named: str) -> Campaign:
    from printkit.profiles import load_campaign

    # An id comes before a file of that name: what a campaign is must not hang on where one stands.
    if named in profiles.campaigns:
        return profiles.campaigns[named]
    path = Path(named)
    if path.suffix != ".toml":
        known = ", ".join(profiles.campaigns) or "none"
        raise click.BadParameter(
            Message("no campaign '%(named)s'; there are: %(known)s", named=named, known=known),
            param_hint="CAMPAIGN",
        )
    if not path.is_file():
        raise click.BadParameter(
            Message("file '%(named)s' does not exist", named=named), param_hint="CAMPAIGN"
        )
    return load_campaign(profiles, path)


def _table(profiles: Profiles, campaign: Campaign, file: str) -> Source:
    """Return the table that takes the place of a campaign's one; a usage error where that is not one."""
    named = sorted({entry.rows for entry in campaign.pieces if entry.rows})
    # With two tables nobody could tell which one the file takes the place of.
    if len(named) != 1:
        found = Message("it names %(tables)s", tables=", ".join(named))
        there = found if named else Message("none of its [[pieces]] names one")
        told = Message(
            "takes the place of a campaign's one table; in '%(id)s' %(there)s", id=campaign.id, there=there
        )
        raise click.BadParameter(told, param_hint="--rows")
    return read_source(file, profiles.batch.table)


def _tables(workspace: Workspace, campaign: Campaign, table: Source | None) -> Callable[[], list[Source]]:
    from printkit.batch.tables_read import sources

    return lambda: sources(workspace, campaign, table)


def _pieces(
    workspace: Workspace,
    profiles: Profiles,
    campaign: Campaign,
    only: Iterable[str],
    *,
    table: Source | None,
    told: list[str],
) -> tuple[Planned, ...]:
    from printkit.batch.planning import KEYS, plan
    from printkit.cli.arguments import only_asked

    with only_asked(only, KEYS) as filters:
        pieces = plan(workspace, profiles, campaign, filters, table=table, tell=told.append)
    # An empty folder with a manifest would look like a campaign that is done.
    if not pieces:
        raise click.UsageError(Message("campaign '%(id)s' has no pieces", id=campaign.id))
    return pieces


@dataclass(frozen=True)
class WorkPlan:
    """Whose pieces are made and who makes them: so many workers here, or the cluster's."""

    root: Path
    production: Production
    limits: BatchLimits
    jobs: int
    cluster: str | None

    def pool(self) -> Pool:
        """Call those who make the pieces; raise MissingError where a cluster does not answer."""
        if self.cluster:
            from printkit.cluster.pool import Cluster

            return Cluster.of(self.cluster, self.production)
        from printkit.batch.writing import WritingSetup
        from printkit.produce import Maker
        from printkit.template import READINGS, after_reading
        from printkit.work.workers import Workers

        # What this process has read of templates while it planned, workers need not read again.
        setup = partial(after_reading, READINGS, partial(Maker, self.production))
        return Workers(WritingSetup(setup, self.root), self.jobs, self.limits)


def _run(
    given: Settings,
    root: Path,
    campaign: Campaign,
    table: Source | None,
    *,
    profiles: Profiles,
    options: Options,
) -> tuple[Run, Maker]:
    from printkit.batch.origin import campaign_origin
    from printkit.batch.run import Run
    from printkit.produce import Maker, Production, engine_versions
    from printkit.profiles import output_date

    workspace, date = given.workspace(), output_date(campaign)
    run = Run(
        root,
        workspace,
        profiles,
        campaign_origin(workspace, profiles, campaign, table),
        date,
        versions=engine_versions(),
        options=options,
        concerns=_concerns(workspace, profiles, campaign),
    )
    return run, Maker(Production(workspace, profiles, campaign, date))


def _concerns(workspace: Workspace, profiles: Profiles, campaign: Campaign) -> tuple[str, ...]:
    from printkit.doctor import concerns

    # Whether a date is past is asked of the calendar; everything printed goes by the campaign's own date.
    today = datetime.datetime.now(datetime.UTC).date()
    return tuple(
        Message("%(reason)s; %(cure)s", reason=one.what, cure=one.todo)
        for one in concerns(workspace, profiles, campaign, today)
    )


def _execute(
    given: Settings, run: Run, pieces: Sequence[Planned], maker: Maker, *, work: WorkPlan
) -> Outcome:
    from printkit.batch.execution import execute
    from printkit.cli.progress import progress

    with progress(given) as heard:
        return execute(run, pieces, maker, heard, pool=work.pool)
