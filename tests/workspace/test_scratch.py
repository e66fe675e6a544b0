"""Temporary folders go with their processes; the next start clears what killed ones left."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from printkit.workspace import Scratch

OWNER = """
import sys
from printkit.workspace import Scratch
folder = Scratch("try")
print(folder.name, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def owner(repository: Path) -> "tuple[subprocess.Popen[str], Path]":
    line = [sys.executable, "-c", OWNER]
    paths = {**os.environ, "PYTHONPATH": str(repository)}
    process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=paths)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def end(process: "subprocess.Popen[str]", number: int) -> None:
    process.send_signal(number)
    process.communicate()


def test_a_folder_goes_when_it_is_cleaned_up(temporary: Path) -> None:
    folder = Scratch("try")
    (Path(folder.name) / "fonts").mkdir()
    folder.cleanup()
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_is_cleared_by_the_next_start(temporary: Path, repository: Path) -> None:
    process, left = owner(repository)
    (left / "fonts").mkdir()
    (left / "fonts/a.ttf").write_bytes(b"font")
    (left / "link").symlink_to(temporary)
    end(process, signal.SIGKILL)
    assert left.is_dir()
    folder = Scratch("try")
    assert [path.name for path in temporary.iterdir()] == [Path(folder.name).name]
    folder.cleanup()


def test_the_folder_of_a_process_that_lives_stays(repository: Path) -> None:
    process, theirs = owner(repository)
    Scratch("try").cleanup()
    assert theirs.is_dir()
    end(process, signal.SIGKILL)
    Scratch("try").cleanup()
    assert not theirs.exists()


def test_folders_of_others_stay(temporary: Path) -> None:
    (temporary / "theirs").mkdir()
    (temporary / "theirs/in-use").write_bytes(b"")
    (temporary / "printkit-try-link").symlink_to(temporary / "theirs")
    for name in ("others-1", "printkit-try-without-lock"):
        (temporary / name).mkdir()
    (temporary / "printkit-try-file").write_bytes(b"")
    if not os.geteuid():
        (temporary / "printkit-try-anothers").mkdir()
        (temporary / "printkit-try-anothers/in-use").write_bytes(b"")
        os.chown(temporary / "printkit-try-anothers", 12345, 12345)
    before = sorted(temporary.iterdir())
    Scratch("try").cleanup()
    assert sorted(temporary.iterdir()) == before
    assert (temporary / "theirs/in-use").is_file()
