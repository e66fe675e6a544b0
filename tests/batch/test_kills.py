"""A batch killed at fifty random moments leaves whole files, and what goes on from there ends equal."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from tests.batch.contents import check_whole, contents
from tests.processes import soon, the_living

pytestmark = pytest.mark.long

KILLS = 50
# Kills in one folder, one later than the other
CHAIN = 10
PIECES = 14
# After so many pieces: none (workers start), some, all (proofs, lists, journal and manifest are written).
MOMENTS = [0] * 4 + list(range(1, PIECES)) + [PIECES] * 12
# The exit code of a run that holds pieces
HELD = 1
# The stage, where workers come from, and what multiprocessing watches both with
IDLE = 3


class Stage:
    """Run batches in copies of a process that has everything loaded."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.told, self.heard = process.stdin, process.stdout
        self.session = process.pid

    def begin(self, root: Path) -> int:
        self.told.write(f"{root}\n")
        self.told.flush()
        return int(self.hear().removeprefix("begun "))

    def hear(self) -> str:
        return self.heard.readline().strip()

    def times(self, root: Path) -> list[float]:
        """Run to the end; return when it began, when each piece was settled and when it ended."""
        self.begin(root)
        found = [time.monotonic()]
        while (line := self.hear()) == "piece":
            found.append(time.monotonic())
        assert line == f"ended {HELD}"
        return [*found, time.monotonic()]

    def kill(self, root: Path, pieces: int, seconds: float) -> bool:
        """Run and kill so long after so many pieces; tell whether the run was still at work."""
        number = self.begin(root)
        for _ in range(pieces):
            assert self.hear() == "piece"
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        while (line := self.hear()) == "piece":
            pass
        return line == f"ended {-signal.SIGKILL}"


def prepared(repository: Path, folder: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.batch.stage"],
        cwd=repository,
        env={**os.environ, "TMPDIR": folder},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.fixture
def stage(repository: Path) -> Iterator[Stage]:
    # The name of a socket may have a hundred letters, fewer than the folder of a test.
    with tempfile.TemporaryDirectory() as folder, prepared(repository, folder) as process:
        stage = Stage(process)
        assert stage.hear() == "ready"
        yield stage
        process.communicate(timeout=300)


def test_fifty_kills_at_random_moments_change_nothing(stage: Stage, tmp_path: Path) -> None:
    times = stage.times(tmp_path / "undisturbed")
    undisturbed = contents(tmp_path / "undisturbed")
    gaps = [after - before for before, after in pairwise(times)]
    chance, killed, late = random.Random(4), 0, 0
    while killed < KILLS:
        root = tmp_path / f"killed-{killed}-{late}"
        for moment in sorted(chance.choice(MOMENTS) + chance.random() for _ in range(CHAIN)):
            pieces = int(moment)
            if not stage.kill(root, pieces, (moment - pieces) * gaps[pieces]):
                late += 1
                break
            killed += 1
            check_whole(root, undisturbed)
        assert late < KILLS
        stage.times(root)
        assert contents(root) == undisturbed
        assert list((root / ".printkit/aside").iterdir()) == []
    # Workers end by themselves: their callers had no time to end them.
    assert soon(lambda: len(the_living(stage.session)) == IDLE)


def test_what_the_undisturbed_run_makes_is_whole_and_both_kinds_of_held_pieces_are_in_it(
    stage: Stage, tmp_path: Path
) -> None:
    stage.times(tmp_path)
    files = [file for part in ("press", "held", "proofs") for file in (tmp_path / part).rglob("*.pdf")]
    assert all(len(pypdfium2.PdfDocument(file)) >= 1 for file in files)
    assert len(list((tmp_path / "press/nu01").iterdir())) == PIECES - 2
    assert sorted(file.suffix for file in (tmp_path / "held/nu01").iterdir()) == [".json", ".json", ".pdf"]
