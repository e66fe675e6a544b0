"""A small campaign made by workers; light, as a server's process is."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from printkit.batch.execution import execute
from printkit.batch.origin import campaign_origin
from printkit.batch.planning import plan
from printkit.batch.run import Options, Outcome, Run, Silence
from printkit.orders import working as working
from printkit.produce import Maker, Production
from printkit.profiles import load_profiles, output_date
from printkit.work.workers import Workers
from printkit.workspace import Snapshot
from tests.batch.small import Small, small


def batched(made: Small, bind_seconds: float) -> Outcome:
    """Run the campaign by workers, in whatever thread this is."""
    workspace = Snapshot(made.design.root)
    profiles = load_profiles(workspace)
    limits = profiles.batch.model_copy(update={"bind_seconds": bind_seconds})
    campaign, profiles = profiles.campaigns["k"], replace(profiles, batch=limits)
    production = Production(workspace, profiles, campaign, output_date(campaign))
    origin, pieces = campaign_origin(workspace, profiles, campaign), plan(workspace, profiles, campaign)
    options = Options(proofs=False)
    run = Run(made.design.root / "out", workspace, profiles, origin, production.date, {}, options)
    return execute(
        run, pieces, Maker(production), Silence(), pool=lambda: Workers(partial(Maker, production), 1, limits)
    )


def alone(root: str) -> None:
    batched(Small(small(Path(root), "nu03").design), 5)
