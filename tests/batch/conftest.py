"""A campaign's pieces and a run into a folder of the test's own, made by a stand-in for the layout engine."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from printkit.batch.execution import execute
from printkit.batch.origin import campaign_origin
from printkit.batch.planned import Planned
from printkit.batch.planning import plan
from printkit.batch.run import Options, Outcome, Run, Silence
from printkit.profiles import Profiles, load_profiles, output_date
from printkit.work.pool import InProcess
from printkit.workspace import Snapshot
from tests.batch.stand_in import StandIn


@pytest.fixture(scope="session")
def workspace(repository: Path) -> Snapshot:
    return Snapshot(repository)


@pytest.fixture(scope="session")
def profiles(workspace: Snapshot) -> Profiles:
    return load_profiles(workspace)


@pytest.fixture(scope="session")
def pieces(workspace: Snapshot, profiles: Profiles) -> tuple[Planned, ...]:
    """The first committee's pieces: four layouts, fourteen files."""
    chosen = {"committee": frozenset({"nu01"})}
    return plan(workspace, profiles, profiles.campaigns["recruitment"], [chosen])


@dataclass
class Batch:
    """Run the stand-in's pieces into one folder."""

    base: Run
    pieces: tuple[Planned, ...]

    @property
    def root(self) -> Path:
        return self.base.root

    def __call__(self, maker: StandIn, pieces: tuple[Planned, ...] | None = None, **options: Any) -> Outcome:
        run = replace(self.base, options=Options(**options))
        chosen = self.pieces if pieces is None else pieces
        return execute(run, chosen, maker, Silence(), pool=lambda: InProcess(lambda: maker))

    def files(self) -> list[str]:
        found = (path for folder in ("press", "held") for path in (self.root / folder).rglob("*"))
        return sorted(path.relative_to(self.root).as_posix() for path in found if path.is_file())


@pytest.fixture(scope="session")
def make_batch(
    workspace: Snapshot, profiles: Profiles, pieces: tuple[Planned, ...]
) -> Callable[[Path], Batch]:
    campaign = profiles.campaigns["recruitment"]

    def make(root: Path) -> Batch:
        origin = campaign_origin(workspace, profiles, campaign)
        run = Run(root, workspace, profiles, origin, output_date(campaign), {"stand-in": "1"})
        return Batch(run, pieces)

    return make


@pytest.fixture
def batch(make_batch: Callable[[Path], Batch], tmp_path: Path) -> Batch:
    return make_batch(tmp_path / "out")
