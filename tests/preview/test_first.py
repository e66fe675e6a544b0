"""The first piece is bound before a worker is there, and taken while its files are as they were."""

import datetime
import subprocess
import sys
import time
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from printkit.preview.asked import Ask, Cell, Previewed
from printkit.preview.binding import BoundFirst, bind_first, bound
from printkit.preview.known import Known, read_known
from printkit.preview.run import ReplaceableWorker
from printkit.preview.soft_proofs import SoftProofs
from printkit.template import READINGS
from printkit.work.workers import Workers
from tests.preview.conftest import make_stage
from tests.template.stage import Stage

FIRST = Cell("nu03", "flyer-a5", "nb", "sample")
ASK = Ask(FIRST, 100)
# Longer than a file system's clock goes between two of its ticks
TICK_SECONDS = 0.05


@pytest.fixture
def stage(tmp_path: Path, repository: Path) -> Stage:
    made = make_stage(tmp_path / "work", repository)
    time.sleep(TICK_SECONDS)
    return made


def begin(stage: Stage) -> tuple[Previewed, Known, BoundFirst | None]:
    begun = Previewed(stage.root, "try", None, datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), FIRST)
    known = read_known(stage.workspace, "try")
    return begun, known, bind_first(ASK, begun, known)


def test_it_is_bound_as_a_worker_binds_it_and_templates_are_compiled_once(
    stage: Stage,
) -> None:
    READINGS.codes.clear()
    begun, known, first = begin(stage)
    assert first
    assert not READINGS.codes
    SoftProofs(begun, known, first)
    assert set(READINGS.codes) == set(first.readings.codes) == {"try/page.html"}
    made = bound(ASK, begun, stage.workspace, profiles=known.profiles, template=known.template)
    assert replace(first.artwork, workspace=stage.workspace) == made


@pytest.mark.parametrize("changed", ["", "assets/fonts/SourceSans3-Bold.ttf", "templates/try/page.html"])
def test_it_is_taken_only_while_its_files_are_as_they_were(stage: Stage, changed: str) -> None:
    begun, known, first = begin(stage)
    assert first
    first = replace(first, artwork=replace(first.artwork, texts={}))
    if changed:
        (stage.root / changed).touch()
        time.sleep(TICK_SECONDS)
    shown = SoftProofs(begun, known, first).show(ASK, 0, guess=True)
    assert bool(shown.texts) == bool(changed)


def test_what_cannot_be_bound_is_left_to_a_worker_to_tell(stage: Stage) -> None:
    stage.write("templates/try/page.html", "{{ nobody }}")
    assert begin(stage)[2] is None


def test_a_worker_begins_with_its_first_call() -> None:
    class Counted:
        def submit(self, method: str) -> Future[Any]:
            return Future()

    started: list[Counted] = []

    def start() -> Workers:
        started.append(Counted())
        return cast(Workers, started[-1])

    worker = ReplaceableWorker(start)
    assert not started
    worker.submit("show")
    worker.submit("show")
    assert len(started) == 1


def test_workers_of_a_preview_begin_without_the_rules_of_checks() -> None:
    seen = "[name for name in ('weasyprint', 'printkit.preflight.checks') if name in sys.modules]"
    program = f"import sys, printkit.work.preload_layout; sys.stdout.write(repr({seen}))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert ran.stdout == "['weasyprint']"


def test_the_engine_begins_before_what_reads_a_workspace_is_loaded() -> None:
    seen = "[name for name in ('printkit.work.warming', 'printkit.workspace') if name in sys.modules]"
    program = f"import sys, printkit.cli.preview, printkit.work.warming; print({seen})"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert ran.stdout == "['printkit.work.warming']\n"
