"""A campaign of one small page, made for real: what a run reads, and what it makes again."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from printkit.batch.execution import execute
from printkit.batch.forecast import Forecast, forecast
from printkit.batch.maker import PieceMaker
from printkit.batch.origin import campaign_origin
from printkit.batch.planned import Planned
from printkit.batch.planning import plan
from printkit.batch.run import Options, Outcome, Run, Silence
from printkit.produce import Maker, Production
from printkit.profiles import load_profiles, output_date
from printkit.work.pool import InProcess
from printkit.workspace import Snapshot
from tests.cases.design import Design, design

CAMPAIGN = """name = "K"
edition = "k"
date = 2027-01-01
committees = {committees}
tracking = {{ enabled = false }}
[[pieces]]
template = "t"
format = "t100"
languages = ["nb"]
sites = []
quantity = 1
"""


@dataclass
class Small:
    """Run the campaign `k` of a workspace of its own into `out`, each time as a new command would."""

    design: Design
    setup: Callable[[Maker], PieceMaker] = field(default=lambda maker: maker)

    def write(self, file: str, data: bytes) -> None:
        path = self.design.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def run(self, **options: Any) -> Outcome:
        run, pieces, production = self.planned()

        def ready() -> PieceMaker:
            # As a worker of its own, which gets what this run has read.
            own = replace(production, workspace=replace(production.workspace))
            return self.setup(Maker(own))

        run = replace(run, options=Options(proofs=False, **options))
        return execute(run, pieces, Maker(production), Silence(), pool=lambda: InProcess(ready))

    def forecast(self) -> Forecast:
        run, pieces, production = self.planned()
        return forecast(run, pieces, Maker(production), 1)

    def why(self) -> set[str]:
        """Say why the pieces would be made again; nothing where they would stay as they are."""
        return {due.why for due in self.forecast().pieces if due.why}

    def planned(self) -> tuple[Run, tuple[Planned, ...], Production]:
        workspace = Snapshot(self.design.root)
        profiles = load_profiles(workspace)
        campaign = profiles.campaigns["k"]
        date = output_date(campaign)
        origin = campaign_origin(workspace, profiles, campaign)
        run = Run(self.design.root / "out", workspace, profiles, origin, date, {"a": "1"})
        return run, plan(workspace, profiles, campaign), Production(workspace, profiles, campaign, date)


def small(folder: Path, *committees: str) -> Small:
    """Return a campaign for some committees, of a page that is empty."""
    made = Small(design(folder))
    made.design.write("profiles/campaigns/k.toml", CAMPAIGN.format(committees=list(committees or ("nu03",))))
    return made
