"""Work on a file that nobody vouches for: it ends in time, in memory, and without a word on stderr."""

import datetime
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from multiprocessing import active_children
from pathlib import Path
from threading import Thread
from typing import Any

import pikepdf
import pytest

from printkit.preflight import Hit, Specification, Subject, expected_of, say_not_checked
from printkit.preflight.checks import RULES, Brief
from printkit.preflight.core.check import in_order
from printkit.profiles import CheckLimits, Profiles, load_profiles
from printkit.work.checks import examine, examine_file
from printkit.work.untrusted import Ended, apart
from printkit.workspace import Workspace
from tests.preflight.files import press_file

DAY = datetime.date(2027, 8, 16)


@pytest.fixture(scope="module")
def profiles(repository: Path) -> Profiles:
    return load_profiles(Workspace(repository))


@pytest.fixture
def limits(profiles: Profiles) -> CheckLimits:
    return profiles.limits.model_copy(update={"last_seconds": 0.5})


def broken() -> None:
    raise ZeroDivisionError("of a file")


def spin() -> None:
    while True:
        pass


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_the_work_returns_comes_back(limits: CheckLimits) -> None:
    assert apart(lambda: {"a": (1, 2)}, limits) == {"a": (1, 2)}


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (spin, "more than 0.5 s of computing"),
        (lambda: bytearray(10**10), "more than 1900 MB"),
        (broken, "a fault of printkit's"),
        (killed, "broke down"),
    ],
)
def test_what_does_not_end_well_is_told(
    limits: CheckLimits, work: Any, words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Ended, match=words):
        apart(work, limits)
    assert capfd.readouterr().err == ""


def test_work_that_waits_for_ever_is_ended(limits: CheckLimits) -> None:
    with pytest.raises(Ended, match="not ended after 0.2 s"):
        apart(lambda: time.sleep(600), limits.model_copy(update={"hang_seconds": 0.2}))


def test_a_file_whose_check_is_ended_is_not_checked_and_says_why(profiles: Profiles, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(press_file())
    expected = expected_of(profiles, Specification())
    short = profiles.limits.model_copy(update={"last_seconds": 0.001})
    checked = examine_file(file, Brief(replace(expected, limits=short), "sheetcmyk-cmyk", DAY))
    assert (checked.report.verdict, checked.report.rules_run) == ("not-checked", ())
    assert "more than 0.001 s" in say_not_checked(checked.report)[0]
    assert checked.sha256 is not None


def test_files_checked_at_once_in_one_process_are_held_each_to_its_own_limits(profiles: Profiles) -> None:
    with pikepdf.open(BytesIO(press_file())) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"0 0 9 9 re f\n" + b" " * 30_000_000)
        out = BytesIO()
        pdf.save(out)
    expected = expected_of(profiles, Specification())

    def content_read(stream_mb: int) -> bool:
        limits = profiles.limits.model_copy(update={"stream_mb": stream_mb})
        brief = Brief(replace(expected, limits=limits), "sheetcmyk-cmyk", DAY)
        return "R0027" in examine("a.pdf", out.getvalue(), brief).report.rules_run

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(content_read, [256, 5] * 4)) == [True, False] * 4


def test_a_check_that_is_halted_gives_its_usual_result(
    profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = profiles.limits.model_copy(update={"rule_seconds": 1, "seconds": 1, "last_seconds": 20})
    rule = RULES["x4/title"]

    def halts(subject: Subject) -> Iterator[Hit]:
        os.kill(os.getpid(), signal.SIGSTOP)
        subject.clock.check()
        yield from rule.check(subject)

    def wake() -> None:
        while not (halted := [one for one in active_children() if state(one.pid) == "T"]):
            time.sleep(0.05)
        time.sleep(2.5)
        os.kill(halted[0].pid or 0, signal.SIGCONT)

    monkeypatch.setitem(RULES, "x4/title", replace(rule, check=halts))
    Thread(target=wake, daemon=True).start()
    expected = replace(expected_of(profiles, Specification()), limits=limits)
    report = examine("a.pdf", press_file(), Brief(expected, "sheetcmyk-cmyk", DAY)).report
    assert (report.not_checked, report.findings) == ((), ())


def state(process: int | None) -> str:
    """Return the state of a process, T where it is halted."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]


def test_what_was_told_before_a_check_is_ended_counts(
    profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(subject: Subject) -> Iterator[Hit]:
        spin()
        yield Hit("never")

    late = in_order()[-1].id
    monkeypatch.setitem(RULES, late, replace(RULES[late], check=endless, needs=None))
    limits = profiles.limits.model_copy(update={"last_seconds": 4})
    brief = Brief(replace(expected_of(profiles, Specification()), limits=limits), "sheetcmyk-cmyk", DAY)
    report = examine("a.pdf", press_file(), brief).report
    assert [one.id for one in report.not_checked] == [late]
    assert "more than 4 s" in report.not_checked[0].why
    assert "x4/fonts" in report.rules_run
