"""A folder takes one run at a time, and a run that died holds nothing."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from printkit.batch.folder import open_folder
from printkit.cli import main
from printkit.errors import WriteError
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn
from tests.batch.test_kills import HELD, PIECES, Stage, stage
from tests.processes import soon, the_living, ticks

__all__ = ["stage"]


def a_dead_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


@pytest.mark.parametrize(
    "number",
    [a_dead_process(), os.getppid(), 1, "", "no number"],
    ids=["dead", "living", "first", "empty", "words"],
)
def test_a_lock_that_nobody_holds_is_taken_over_whoever_it_names(batch: Batch, number: object) -> None:
    lock = batch.root / ".printkit/lock"
    lock.parent.mkdir(parents=True)
    lock.write_text(str(number), encoding="ascii")
    assert batch(StandIn()).exit_code == 0
    assert lock.read_text(encoding="ascii") == str(os.getpid())


def test_the_command_respects_a_run_at_work_and_names_it(stage: Stage, tmp_path: Path) -> None:
    number = stage.begin(tmp_path)
    assert stage.hear() == "piece"
    os.kill(number, signal.SIGSTOP)
    line = ["batch", "recruitment", "--only", "committee=nu01", "-o", str(tmp_path)]
    refused = CliRunner().invoke(main, line)
    os.kill(number, signal.SIGCONT)
    assert (refused.exit_code, refused.stdout) == (7, "")
    assert f"{tmp_path}: in use by another run (process {number})" in refused.stderr
    assert [stage.hear() for _ in range(PIECES)] == ["piece"] * (PIECES - 1) + [f"ended {HELD}"]


STUCK = """
import os, sys
from pathlib import Path
from printkit.batch.folder import open_folder
from printkit.work.workers import Workers
from tests.work.methods import Methods, limits
if __name__ == "__main__":
    with open_folder(Path(sys.argv[1])), Workers(Methods, 1, limits(3)) as pool:
        print(pool.submit("number").result(), flush=True)
        pool.submit("count", 10**12).result()
"""


@contextlib.contextmanager
def stuck(root: Path, repository: Path) -> Iterator["tuple[subprocess.Popen[str], int]"]:
    """Run a caller whose worker hears nothing, and give the worker's number."""
    script = root.with_suffix(".py")
    script.write_text(STUCK, encoding="utf-8")
    line = [sys.executable, str(script), str(root)]
    paths = {**os.environ, "PYTHONPATH": str(repository)}
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, text=True, env=paths, start_new_session=True
    ) as process:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())


def test_a_worker_that_outlives_its_caller_holds_no_lock_and_ends(tmp_path: Path, repository: Path) -> None:
    root = tmp_path / "out"
    with stuck(root, repository) as (caller, worker):
        before = ticks(worker)
        with pytest.raises(WriteError, match=f"process {caller.pid}"), open_folder(root):
            pass
        # It does not come back from what it counts, and so never sees that its caller is gone.
        assert soon(lambda: ticks(worker) > before + 20)
        caller.kill()
        caller.wait()
        assert worker in the_living(caller.pid)
        with open_folder(root):
            pass
        assert soon(lambda: not the_living(caller.pid), seconds=30)
