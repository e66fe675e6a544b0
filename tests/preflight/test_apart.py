"""Work on a file that nobody vouches for: it ends in time, in memory, and without a word on stderr."""

import datetime
import os
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from printkit.preflight import Brief, Order, examine_file, expected_of
from printkit.preflight.apart import Ended, apart
from printkit.profiles import CheckLimits, Profiles, load_profiles
from printkit.workspace import Workspace
from tests.preflight.files import press_file


@pytest.fixture(scope="module")
def profiles(repository: Path) -> Profiles:
    return load_profiles(Workspace(repository))


@pytest.fixture
def limits(profiles: Profiles) -> CheckLimits:
    return profiles.limits.model_copy(update={"last_seconds": 0.5})


def broken() -> None:
    raise ZeroDivisionError("of a file")


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_the_work_returns_comes_back(limits: CheckLimits) -> None:
    assert apart(lambda: {"a": (1, 2)}, limits) == {"a": (1, 2)}


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda: time.sleep(9), "longer than 0.5 s"),
        (lambda: bytearray(10**10), "more than 1900 MB"),
        (broken, "ZeroDivisionError: of a file"),
        (killed, "broke down"),
    ],
)
def test_what_does_not_end_well_is_told(
    limits: CheckLimits, work: Any, words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Ended, match=words):
        apart(work, limits)
    assert capfd.readouterr().err == ""


def test_a_file_whose_check_is_ended_is_unreadable_and_says_why(profiles: Profiles, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(press_file())
    expected = expected_of(profiles, Order())
    short = profiles.limits.model_copy(update={"last_seconds": 0.001})
    day = datetime.date(2027, 8, 16)
    checked = examine_file(file, Brief(replace(expected, limits=short), "sheetcmyk-cmyk", day))
    assert (checked.report.verdict, checked.report.rules_run) == ("unreadable", ())
    assert "longer than 0.001 s" in checked.report.findings[0].message
    assert checked.sha256 is not None
