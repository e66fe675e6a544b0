"""No save is missed, whenever it comes."""

import asyncio
import datetime
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from printkit.preview.asked import Cell, Previewed
from printkit.preview.known import read_known
from printkit.preview.live import Live
from printkit.preview.schedule import Schedule
from printkit.preview.store import PictureStore
from printkit.preview.watch import TICK_NS
from printkit.workspace import Workspace
from tests.preview.conftest import make_stage, running
from tests.template.stage import Stage

DAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
FIRST = Cell("nu03", "flyer-a5", "nb", "sample")
# Tenths of a second, in which a busy machine comes to it, and in which none would be heard
PATIENT, SOON = 600, 10


@pytest.fixture
def stage(tmp_path: Path, repository: Path) -> Stage:
    made = make_stage(tmp_path / "work", repository)
    time.sleep(2 * TICK_NS / 1e9)
    return made


def heard(stage: Stage, change: Callable[[Stage], object], looks: int) -> int:
    """Return how many changes a preview hears of, where one comes after its start and before its watch."""

    async def run() -> int:
        schedule = Schedule([], PictureStore(1), 60)
        schedule.since_ns = time.time_ns()
        known = read_known(Workspace(stage.root), "try")
        live = Live(Previewed(stage.root, "try", None, DAY, FIRST), known, schedule, batches=list, poll=False)
        change(stage)
        watch = asyncio.create_task(live.watch())
        for _ in range(looks):
            await asyncio.sleep(0.1)
            if schedule.moment:
                break
        watch.cancel()
        return schedule.moment

    return asyncio.run(run())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda stage: stage.css(".title { background: #a70 }"), id="style sheet"),
        pytest.param(lambda stage: stage.write("assets/new.txt", "new"), id="a file more"),
        pytest.param(lambda stage: (stage.root / "templates/try/texts.en.toml").unlink(), id="a file less"),
    ],
)
def test_a_save_before_the_watch_is_heard(stage: Stage, change: Callable[[Stage], object]) -> None:
    assert heard(stage, change, PATIENT)


def test_what_lay_there_before_the_start_is_no_save(stage: Stage) -> None:
    assert not heard(stage, lambda stage: None, SOON)


def test_it_stops_as_soon_as_it_has_told_its_address(stage: Stage) -> None:
    with running(stage) as started:
        assert started.stop(signal.SIGINT) == 0
