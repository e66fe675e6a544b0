"""Workers die, hang and fill the memory; that costs the job they have, and nothing of them stays."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from printkit.errors import MissingError, SlotErrors
from printkit.work.pool import Lost, Pool, Setup
from printkit.work.warming import as_installed
from printkit.work.workers import _BOOKS, Workers
from tests.work.methods import PROBLEM, Methods, limits, nobody, stillborn

LIMITS = limits(20)
SHORT = limits(1.5)
AGES = 10**12
ROOT = Path(__file__).parents[2]
# A script that does not look at __name__
RUN = """
from printkit.work.workers import Workers
from tests.work.methods import Methods, limits

with Workers(Methods, 1, limits(20)) as pool:
    assert pool.submit("data", 3).result() == bytes(3)
print("once")
"""
# They have methods of their own.
METHODS: Any = Methods


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Workers(METHODS, 2, LIMITS) as pool:
        yield pool


def numbers(pool: Pool) -> set[int]:
    """Return the processes at work: each sleeps long enough for another to have the next job."""
    jobs = [pool.submit("sleep", 0.2) for _ in range(pool.workers)]
    return {job.result() for job in jobs}


def is_alive(number: int) -> bool:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return ") Z " not in Path(f"/proc/{number}/stat").read_text(encoding="ascii")
    return False


def soon(asked: Callable[[], bool]) -> bool:
    """Tell whether something comes true; a busy machine has time for it."""
    end = time.monotonic() + 120
    while not asked() and time.monotonic() < end:
        time.sleep(0.02)
    return asked()


def test_as_many_processes_work_as_were_asked_for(pool: Pool) -> None:
    first = numbers(pool)
    assert (pool.workers, len(first)) == (2, 2)
    assert os.getpid() not in first
    assert numbers(pool) == first


def test_what_a_job_makes_comes_back(pool: Pool) -> None:
    jobs = [pool.submit("data", size) for size in (0, 300_000, 5_000_000)]
    assert [job.result() for job in jobs] == [bytes(size) for size in (0, 300_000, 5_000_000)]


def test_an_error_arrives_as_itself(pool: Pool) -> None:
    with pytest.raises(SlotErrors) as told:
        pool.submit("refuse").result()
    assert told.value.problems == (PROBLEM,)


def test_an_error_that_cannot_be_made_again_arrives_in_words(pool: Pool) -> None:
    with pytest.raises(RuntimeError, match="Picky: 1 and 2"):
        pool.submit("be_picky").result()


def test_what_cannot_be_sent_costs_its_job_only(pool: Pool) -> None:
    before = numbers(pool)
    for job in (pool.submit("lock"), pool.submit("data", sys.stdout), pool.submit("no_such_method")):
        with pytest.raises((TypeError, AttributeError)):
            job.result()
    assert numbers(pool) == before


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("leave", "the worker died (exit code 3)"),
        ("die", "the worker died (signal 9)"),
        ("die_while_telling", "the worker died (signal 9)"),
    ],
)
def test_a_death_costs_one_job_and_another_takes_the_place(pool: Pool, method: str, words: str) -> None:
    before = numbers(pool)
    others = [pool.submit("sleep", 0.01) for _ in range(9)]
    lost = pool.submit(method)
    others += [pool.submit("sleep", 0.01) for _ in range(9)]
    assert str(lost.exception()) == words
    assert isinstance(lost.exception(), Lost)
    assert [job.exception() for job in others] == [None] * 18
    assert (len(numbers(pool)), len(numbers(pool) & before)) == (2, 1)


def test_a_process_killed_half_way_through_an_answer_costs_that_answer_only(pool: Pool) -> None:
    victim = pool.submit("number").result()
    jobs = [pool.submit("data", 50_000_000) for _ in range(8)]
    os.kill(victim, signal.SIGKILL)
    failed = [job.exception() for job in jobs if job.exception()]
    assert [str(one) for one in failed] in ([], ["the worker died (signal 9)"])
    assert len(numbers(pool)) == 2


@pytest.mark.parametrize(
    ("method", "arguments"),
    [("fail_when_ended", ()), ("list_when_ended", (False,))],
    ids=["raised", "listed"],
)
def test_what_comes_after_the_end_is_not_believed(method: str, arguments: tuple[bool, ...]) -> None:
    with Workers(METHODS, 1, SHORT) as pool, pytest.raises(Lost, match="^it took more than 1.5 s"):
        pool.submit(method, *arguments).result()


def test_a_listed_error_that_was_made_of_the_end_comes_back() -> None:
    with Workers(METHODS, 1, SHORT) as pool:
        (told,) = pool.submit("list_when_ended", True).result()
    assert "page.html" in str(told)


@pytest.mark.parametrize("method", ["fill", "fill_and_hide", "fill_and_list"])
def test_too_much_memory_costs_one_job_and_the_process(pool: Pool, method: str) -> None:
    before = numbers(pool)
    with pytest.raises(Lost, match="^it needed more than 1000 MB$"):
        pool.submit(method, 1500).result()
    assert pool.submit("fill", 300).result() == 300_000_000
    assert len(numbers(pool) & before) == 1


def test_a_job_that_takes_too_long_is_ended_while_others_go_on() -> None:
    with Workers(METHODS, 2, SHORT) as pool:
        numbers(pool)
        hung = pool.submit("count", AGES)
        others = [pool.submit("data", 1) for _ in range(9)]
        assert [job.result() for job in others] == [b"\0"] * 9
        assert not hung.done()
        assert str(hung.exception()) == "it took more than 1.5 s of computing"
        assert len(numbers(pool)) == 2


def test_a_job_that_only_waits_is_given_up_at_last() -> None:
    with Workers(METHODS, 1, limits(60, silent_seconds=1.5)) as pool, pytest.raises(Lost) as lost:
        pool.submit("sleep", 60).result()
    assert str(lost.value) == "nothing was heard of it for 1.5 s"


@pytest.mark.parametrize("method", ["sleep", "count"])
def test_leaving_ends_busy_workers_and_what_waits(method: str) -> None:
    with Workers(METHODS, 2, LIMITS) as pool:
        working = numbers(pool)
        aside = pool.submit("put_aside").result()
        assert aside.is_dir()
        jobs = [pool.submit(method, AGES if method == "count" else 60) for _ in range(5)]
        assert soon(lambda: sum(job.running() for job in jobs) == 2)
    assert not any(map(is_alive, working))
    assert all(job.done() for job in jobs)
    assert sum(job.cancelled() for job in jobs) == 3
    assert not aside.parent.exists()
    with pytest.raises(RuntimeError, match="have left"):
        pool.submit("number")


def test_leaving_waits_for_no_worker_that_is_only_being_started() -> None:
    """One whose engine takes long to load would be waited for until it has: here nobody lets it begin."""
    with _BOOKS:
        with Workers(METHODS, 8, LIMITS) as pool:
            job = pool.submit("number")
        # Nobody was waited for: their threads still ask for what this one holds.
        assert any(thread.is_alive() for thread in pool.threads)
    assert job.cancelled()


def test_ctrl_c_is_not_heard_from_the_first_moment(pool: Pool) -> None:
    assert pool.submit("is_deaf").result()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.parametrize(
    ("setup", "error", "words"),
    [
        (nobody, MissingError, "a native library is missing"),
        (stillborn, Lost, "the worker died (exit code 4)"),
        (lambda: Methods(), Lost, "no worker could be started: "),
    ],
)
def test_who_cannot_be_hired_fails_each_job(setup: Setup, error: type[Exception], words: str) -> None:
    with Workers(setup, 2, LIMITS) as pool:
        failed = [pool.submit("number").exception() for _ in range(3)]
    assert [type(one) for one in failed] == [error] * 3
    assert all(str(one).startswith(words) for one in failed)


def test_the_engine_is_loaded_beforehand_and_its_fonts_are_each_workers_own() -> None:
    with Workers(METHODS, 2, LIMITS) as pool:
        aside = pool.submit("put_aside").result()
        loaded, fonts, folder = pool.submit("load").result()
        assert (loaded, fonts, Path(folder).parent) == (True, None, aside.parent)
        assert Path(folder, "fonts.conf").is_file()
    assert not Path(folder).exists()


UNLOADABLE = """
from tests.work.methods import Methods, limits
from printkit.work.workers import Workers
if __name__ == "__main__":
    with Workers(Methods, 1, limits(20)) as pool:
        print(repr(pool.submit("load").exception()), pool.submit("data", 3).result())
"""


def test_an_engine_that_cannot_be_loaded_is_told_by_the_job(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('no libpango')", encoding="utf-8")
    script = tmp_path / "caller.py"
    script.write_text(UNLOADABLE, encoding="utf-8")
    paths = {**os.environ, "PYTHONPATH": f"{tmp_path}:{repository}"}
    line = [sys.executable, str(script)]
    done = subprocess.run(line, capture_output=True, text=True, env=paths, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("MissingError('a native library of WeasyPrint is missing: no libpango")
    assert done.stdout.endswith(" b'\\x00\\x00\\x00'\n")


CALLER = """
import signal, sys, time
from tests.work.methods import Methods, limits
from printkit.work.workers import Workers
if __name__ == "__main__":
    # Tests may run where Ctrl-C is ignored: in the background of a shell.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Workers(Methods, 2, limits(60)) as pool:
            pool.submit("shout").result()
            numbers = {pool.submit("sleep", 0.2) for _ in range(2)}
            print(*(one.result() for one in numbers), pool.submit("put_aside").result(), flush=True)
            idle = pool.submit("sleep", 60).result()
    except KeyboardInterrupt:
        sys.exit(130)
"""


@contextlib.contextmanager
def caller(repository: Path, folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[int], Path]]:
    """Run a caller with one busy worker and an idle one, in a group of processes of its own."""
    script = folder / "caller.py"
    script.write_text(CALLER, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(repository)},
    )
    with process:
        assert process.stdout is not None
        # Workers shouted before, and were not heard.
        *working, aside = process.stdout.readline().split()
        yield process, [int(one) for one in working], Path(aside)


def test_ctrl_c_ends_everything_without_a_word(repository: Path, tmp_path: Path) -> None:
    with caller(repository, tmp_path) as (process, working, aside):
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=300)
        assert (process.returncode, told) == (130, "")
        assert len(working) == 2
        assert not any(map(is_alive, working))
        assert not aside.parent.exists()


def test_no_worker_outlives_a_caller_that_was_killed(repository: Path, tmp_path: Path) -> None:
    with caller(repository, tmp_path) as (process, working, aside):
        assert [is_alive(one) for one in working] == [True, True]
        process.kill()
        assert soon(lambda: not any(map(is_alive, working)))
        assert soon(lambda: not aside.parent.exists())
        assert process.communicate(timeout=300)[1] == ""


@pytest.mark.parametrize("module", ["printkit", "numpy", "signal"])
def test_workers_load_nothing_of_the_folder_or_the_script_of_a_run(tmp_path: Path, module: str) -> None:
    here, script = tmp_path / "here", tmp_path / "script/run.py"
    for file, text in ((here / f"{module}.py", "open('loaded', 'w')"), (script, RUN)):
        file.parent.mkdir()
        file.write_text(text, "utf-8")
    run = subprocess.run(
        [sys.executable, script],
        cwd=here,
        # An empty part of it would be this folder.
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    assert (run.stdout.split(), run.stderr) == ([b"once"], b"")
    assert [path.name for path in here.iterdir()] == [f"{module}.py"]


@pytest.mark.parametrize("name", ["PYTHONSAFEPATH", "MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"])
@pytest.mark.parametrize("before", [None, "0", "4711"])
def test_what_processes_are_told_is_gone_afterwards(
    monkeypatch: pytest.MonkeyPatch, name: str, before: str | None
) -> None:
    monkeypatch.delenv(name, raising=False)
    if before is not None:
        monkeypatch.setenv(name, before)
    whole = dict(os.environ)
    with as_installed():
        told = os.environ[name]
    assert dict(os.environ) == whole
    # The memory of a worker is the caller's to say.
    assert (told == before) == (before is not None and name != "PYTHONSAFEPATH")


HALTED = """
from tests.work.methods import Methods, limits
from printkit.work.workers import Workers
with Workers(Methods, 1, limits(60, silent_seconds=4)) as pool:
    print(pool.submit("number").result(), flush=True)
    pool.submit("sleep", 2).result()
    print("done", flush=True)
"""


def test_a_run_that_is_halted_with_its_workers_loses_no_time(repository: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", HALTED],
        cwd=repository,
        env=os.environ | {"PYTHONPATH": str(repository)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stdout
    run.stdout.readline()
    os.killpg(run.pid, signal.SIGSTOP)
    time.sleep(5)
    os.killpg(run.pid, signal.SIGCONT)
    assert run.communicate()[0] == "done\n"
