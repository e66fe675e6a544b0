"""What is left after a kill, an interruption, a full disk, and what the next run makes of it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from printkit.batch.planned import Planned
from printkit.errors import WriteError
from printkit.produce import Product
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn
from tests.batch.test_execution import bytes_of

RUN = """
import sys
from pathlib import Path
from printkit.work.pool import InProcess
from printkit.batch.execution import execute
from printkit.batch.planning import KEYS, plan
from printkit.produce.chosen import parse_only
from printkit.batch.origin import campaign_origin
from printkit.batch.run import Run, Silence
from printkit.profiles import load_profiles, output_date
from printkit.workspace import Snapshot
from tests.batch.stand_in import StandIn
workspace = Snapshot(Path.cwd())
profiles = load_profiles(workspace)
campaign = profiles.campaigns["recruitment"]
origin = campaign_origin(workspace, profiles, campaign)
run = Run(Path(sys.argv[1]), workspace, profiles, origin, output_date(campaign), {"stand-in": "1"})
pieces = plan(workspace, profiles, campaign, [parse_only("committee=nu01", KEYS)])
maker = StandIn(seconds=0.05)
execute(run, pieces, maker, Silence(), pool=lambda: InProcess(lambda: maker))
"""


def start(root: Path, repository: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(root)], cwd=repository, env={**os.environ, "PYTHONPATH": "."}
    )


def wait_for_lines(root: Path, count: int) -> None:
    journal = root / ".printkit" / "journal.jsonl"
    for _ in range(6000):
        if journal.exists() and journal.read_bytes().count(b"\n") >= count:
            return
        time.sleep(0.02)
    raise AssertionError("the run does not get on")


@pytest.mark.parametrize("lines", [1, 4, 9])
def test_a_killed_run_leaves_whole_files_and_the_next_goes_on(
    make_batch: Callable[[Path], Batch], tmp_path: Path, repository: Path, lines: int
) -> None:
    killed, whole = make_batch(tmp_path / "killed"), make_batch(tmp_path / "whole")
    process = start(killed.root, repository)
    wait_for_lines(killed.root, lines)
    process.kill()
    process.wait()
    for file in killed.files():
        assert len(pypdfium2.PdfDocument(killed.root / file)) == 1
    maker = StandIn()
    killed(maker)
    whole(StandIn())
    assert len(maker.made) < len(killed.pieces)
    assert bytes_of(killed) == bytes_of(whole)


def test_a_living_run_is_respected_and_a_dead_one_is_not(batch: Batch, repository: Path) -> None:
    process = start(batch.root, repository)
    wait_for_lines(batch.root, 1)
    with pytest.raises(WriteError, match=f"in use by another run .process {process.pid}."):
        batch(StandIn())
    process.kill()
    process.wait()
    assert batch(StandIn()).exit_code == 0


class Interrupted(StandIn):
    """Be interrupted at the sixth piece."""

    def make(self, piece: Planned) -> Product:
        if len(self.made) == 5:
            raise KeyboardInterrupt
        return super().make(piece)


def test_an_interrupted_run_goes_on(batch: Batch) -> None:
    with pytest.raises(KeyboardInterrupt):
        batch(Interrupted())
    # What a job had made and not yet handed back is made again.
    standing = len(batch.files())
    assert 0 < standing <= 5
    maker = StandIn()
    batch(maker)
    assert len(maker.made) == len(batch.pieces) - standing


def test_what_interrupted_runs_left_in_press_is_removed_when_it_may_not_be_printed(batch: Batch) -> None:
    """No manifest names it yet, and the journal's last word is of its place in held/."""
    maker = Interrupted()
    maker.unconfirmed = ("brand.logo",)
    with pytest.raises(KeyboardInterrupt):
        batch(maker)
    assert list(batch.root.glob("press/*/*.pdf"))
    maker.made.clear()
    with pytest.raises(KeyboardInterrupt):
        batch(maker, final=True)
    whole = StandIn()
    whole.unconfirmed = maker.unconfirmed
    batch(whole, final=True)
    assert list(batch.root.glob("press/*/*.pdf")) == []
    assert len(list(batch.root.glob("held/*/*.pdf"))) == len(batch.pieces)


def test_what_the_journal_cannot_name_is_not_put_in_place(batch: Batch) -> None:
    (batch.root / ".printkit/journal.jsonl").mkdir(parents=True)
    with pytest.raises(WriteError, match=r"journal\.jsonl: cannot be written"):
        batch(StandIn())
    assert batch.files() == []


def test_a_line_that_was_cut_off_counts_as_not_written(batch: Batch) -> None:
    batch(StandIn())
    journal = batch.root / ".printkit" / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    last = max(number for number, line in enumerate(lines) if b'"extra"' not in line)
    journal.write_bytes(b"".join(lines[:last]) + lines[last][:40])
    maker = StandIn()
    assert batch(maker).exit_code == 0
    assert maker.made == [json.loads(lines[last])["id"]]


def test_a_lost_journal_costs_time_but_no_files(batch: Batch) -> None:
    batch(StandIn())
    before = bytes_of(batch)
    (batch.root / ".printkit" / "journal.jsonl").unlink()
    batch(StandIn())
    assert bytes_of(batch) == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pieces": 3}', '{"pieces": [{"file": "../../x"}]}'])
def test_a_damaged_manifest_is_written_anew(batch: Batch, text: str) -> None:
    batch(StandIn())
    (batch.root / "manifest.json").write_text(text)
    assert batch(StandIn()).exit_code == 0
    assert len(json.loads((batch.root / "manifest.json").read_bytes())["pieces"]) == len(batch.pieces)


def test_a_folder_that_cannot_be_made_is_an_error(
    make_batch: Callable[[Path], Batch], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(WriteError, match="cannot be written"):
        make_batch(tmp_path / "file" / "out")(StandIn())


def test_the_lock_falls_with_its_process(batch: Batch, repository: Path) -> None:
    process = start(batch.root, repository)
    wait_for_lines(batch.root, 1)
    process.send_signal(signal.SIGTERM)
    process.wait()
    assert batch(StandIn()).exit_code == 0
