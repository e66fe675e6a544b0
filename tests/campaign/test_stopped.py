"""Real pieces, by the command line: killed, interrupted, out of room; the next run makes up for it."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.batch.contents import check_whole, contents
from tests.campaign.conftest import PART, printkit, read
from tests.disk import mounted
from tests.processes import soon, the_living

pytestmark = pytest.mark.long

PIECES = 14
MEGABYTE = 1_000_000


@contextmanager
def at_work(root: Path, pieces: int) -> Iterator["subprocess.Popen[str]"]:
    """Run the command in a session of its own until so many press files stand."""
    line, pipe = [sys.executable, "-m", "printkit", *PART, "-o", str(root)], subprocess.PIPE
    with subprocess.Popen(line, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as process:
        while process.poll() is None and len(list(root.glob("press/*/*.pdf"))) < pieces:
            time.sleep(0.005)
        yield process
    # Workers of a caller that was killed see that and end.
    assert soon(lambda: not the_living(process.pid))


def complete(root: Path, undisturbed: dict[str, object]) -> None:
    assert not (root / "manifest.json").exists()
    assert printkit([*PART, "-o", str(root)]).returncode == 0
    assert "unchanged" in {piece["state"] for piece in read(root).pieces}
    assert contents(root) == undisturbed


def test_three_kills_change_nothing(undisturbed: dict[str, object], tmp_path: Path) -> None:
    """The last comes when all pieces stand, while proofs and lists are written."""
    chance = random.Random(4)
    for pieces, longest in ((1, 0.3), (PIECES // 2, 0.3), (PIECES, 0.02)):
        with at_work(tmp_path, pieces) as process:
            time.sleep(chance.uniform(0, longest))
            process.kill()
            assert process.wait() == -signal.SIGKILL
        check_whole(tmp_path, undisturbed)
    complete(tmp_path, undisturbed)


def test_ctrl_c_ends_all_within_a_second(undisturbed: dict[str, object], tmp_path: Path) -> None:
    with at_work(tmp_path, 1) as process:
        begun = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait() == 130
        # One, and one for a machine with other things to do.
        assert time.monotonic() - begun < 2
        # The terminal's line has ^C on it.
        assert process.communicate() == ("", "\nprintkit: interrupted\n")
    check_whole(tmp_path, undisturbed)
    complete(tmp_path, undisturbed)


def test_a_polite_end_is_as_good_as_a_kill(undisturbed: dict[str, object], tmp_path: Path) -> None:
    with at_work(tmp_path, 1) as process:
        process.terminate()
        assert process.wait() == -signal.SIGTERM
        assert process.communicate() == ("", "")
    check_whole(tmp_path, undisturbed)
    complete(tmp_path, undisturbed)


def test_a_full_disk_ends_the_command_with_7(undisturbed: dict[str, object], tmp_path: Path) -> None:
    size = sum(len(data) for data in undisturbed.values() if isinstance(data, bytes))
    with mounted(tmp_path / "disk", size // 2) as disk:
        root = disk.root / "out"
        full = printkit([*PART, "-o", str(root)])
        assert (full.returncode, full.stdout) == (7, "")
        told = full.stderr.splitlines()
        assert len(told) == 1
        named = Path(told[0].removeprefix("printkit: ").partition(": ")[0])
        assert (named.is_relative_to(root), named.parent.is_dir()) == (True, True)
        assert told[0].endswith(": cannot be written: No space left on device")
        check_whole(root, undisturbed)
        assert list((root / ".printkit/aside").iterdir()) == []
        disk.grow(size + MEGABYTE)
        complete(root, undisturbed)
