"""Real pieces made twice: other folder, time zone, number of jobs, and once killed half-way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.campaign.conftest import CAMPAIGN, printkit, read

PART = ["--only", "committee=nu07"]
# What a run may say of itself without being another result
OWN_STORY = {"state", "seconds"}


def contents(root: Path) -> dict[str, object]:
    """Return what two runs must have in common: files by bytes, the manifest without its run's own story."""
    manifest = dict(read(root).manifest)
    manifest["pieces"] = [{k: v for k, v in one.items() if k not in OWN_STORY} for one in manifest["pieces"]]
    found: dict[str, object] = {"manifest": manifest}
    for part in ("press", "held", "proofs", "order.csv", "distribution.csv"):
        for file in [root / part, *(root / part).rglob("*")]:
            if file.is_file():
                found[file.relative_to(root).as_posix()] = file.read_bytes()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    root = tmp_path_factory.mktemp("one") / "out"
    assert printkit(["batch", CAMPAIGN, "-o", str(root), *PART], TZ="Pacific/Kiritimati").returncode == 0
    return contents(root)


def test_another_folder_zone_and_number_of_jobs_give_equal_bytes(
    undisturbed: dict[str, object], tmp_path: Path
) -> None:
    root = tmp_path / "another folder"
    again = printkit(["batch", CAMPAIGN, "-o", str(root), "--jobs", "2", *PART], TZ="America/St_Johns")
    assert again.returncode == 0
    other = contents(root)
    assert other.keys() == undisturbed.keys()
    assert [name for name in other if other[name] != undisturbed[name]] == []


def test_a_run_killed_half_way_and_resumed_gives_equal_bytes(
    undisturbed: dict[str, object], tmp_path: Path
) -> None:
    root = tmp_path / "out"
    call = [sys.executable, "-m", "printkit", "batch", CAMPAIGN, "-o", str(root), *PART]
    running = subprocess.Popen(call, env={**os.environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and len(list(root.glob("press/nu07/*.pdf"))) < 5:
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    assert not (root / "manifest.json").exists()
    assert printkit(["batch", CAMPAIGN, "-o", str(root), *PART]).returncode == 0
    resumed = read(root).pieces
    assert {piece["state"] for piece in resumed} >= {"unchanged"}
    assert contents(root) == undisturbed
