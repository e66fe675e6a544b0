"""Copies of the process at work: what they make comes home, what passes a limit costs its item alone."""

import contextlib
import os
import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel import localedata

from printkit.errors import RenderError, SlotErrors, SlotProblem, TimeIsUp, WorkspaceError
from printkit.render.vector import drawn
from printkit.work.copies import Died, Ended, apart, beside, each, is_memory
from printkit.work.limits import Limits

PROBLEM = SlotProblem("recruit/flyer-a5", "title", "74 characters, 60 fit")
LIMITS = Limits(seconds=0.3, memory_mb=2000, silent_seconds=30)
PATIENT = Limits(seconds=60, memory_mb=2000, silent_seconds=60)
AGES = 10**12
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0h9v9z" fill="red"/></svg>'
)


def spin() -> None:
    while True:
        pass


def keep_to_itself() -> int:
    """Go on as if nothing had been when time is up, as a library does that catches everything."""
    with contextlib.suppress(BaseException):
        spin()
    return 1


def raise_another() -> None:
    """Raise an error of one's own where time is up, as C code does that left one behind."""
    try:
        spin()
    except BaseException:  # noqa: BLE001
        raise TypeError("int() argument must be a string") from None


def tell_by_another() -> None:
    try:
        keep_to_itself()
        raise RenderError("laying out failed: TypeError")
    except RenderError:
        raise SlotErrors([PROBLEM]) from None


def name_the_page() -> None:
    try:
        spin()
    except TimeIsUp as error:
        raise WorkspaceError("templates/t/page.html", None, "it was ended") from error


def sleep() -> None:
    time.sleep(60)


def outgrow() -> None:
    """Fill the memory with little things, and hold them where the error is raised."""
    kept: list[float] = []
    try:
        while True:
            kept.append(len(kept) / 7)
    except MemoryError as error:
        raise RenderError("too many of them") from error


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_is_made_comes_home_from_another_process() -> None:
    number, data = apart(lambda: (os.getpid(), bytes(5_000_000)), LIMITS)
    assert number != os.getpid()
    assert data == bytes(5_000_000)


def test_this_process_goes_on_while_a_copy_works() -> None:
    ear, mouth = os.pipe()
    with beside(lambda: os.read(ear, 9), PATIENT) as made:
        os.write(mouth, b"begun")
        assert made() == b"begun"
    with pytest.raises(Ended, match="signal 9"), beside(die, PATIENT) as made:
        made()
    # Nobody waits for what is no longer wanted
    with beside(sleep, PATIENT):
        pass


def test_what_the_caller_holds_is_not_held_against_a_copy() -> None:
    assert apart(os.getpid, Limits(seconds=5, memory_mb=50, silent_seconds=30)) != os.getpid()


def test_a_copy_of_a_process_that_drew_draws_too() -> None:
    assert drawn(DRAWING, (10, 10)).startswith(b"%PDF")
    again = apart(lambda: drawn(DRAWING.replace(b"red", b"blue"), (10, 10)), PATIENT)
    assert again.startswith(b"%PDF")
    with pytest.raises(RenderError, match="cannot be drawn"):
        apart(lambda: drawn(b"<svg", (10, 10)), PATIENT)


def test_what_nests_deeper_than_python_calls_comes_home() -> None:
    def nested() -> list[Any]:
        made: list[Any] = []
        for _ in range(2 * sys.getrecursionlimit()):
            made = [made]
        return made

    depth, made = 0, apart(nested, LIMITS)
    while made:
        depth, made = depth + 1, made[0]
    assert depth == 2 * sys.getrecursionlimit()


class Late:
    """Raise once what is none of its own, as an error does that an ended call has left behind."""

    raised = False

    def __reduce__(self) -> tuple[type["Late"], tuple[()]]:
        if not Late.raised:
            Late.raised = True
            raise TypeError("int() argument must be a string")
        return Late, ()


def test_an_error_that_was_left_behind_costs_no_result() -> None:
    assert isinstance(apart(Late, LIMITS), Late)


class MadeOnlyHere(Exception):
    """Cannot be made again in any process but this, as where a call was ended in the middle of a library."""

    process = os.getpid()

    def __reduce__(self) -> tuple[Callable[[], Exception], tuple[()]]:
        return MadeOnlyHere.again, ()

    @staticmethod
    def again() -> Exception:
        assert os.getpid() == MadeOnlyHere.process
        return MadeOnlyHere()


class MadeNowhere(Exception):
    """Ask for more than it tells."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(one + two)


class Untold(Exception):
    """Hold what no other process can have."""

    def __reduce__(self) -> tuple[object, ...]:
        return Untold, (threading.Lock(),)


def test_an_error_is_made_again_by_who_waits_and_not_in_the_copy() -> None:
    def fail() -> None:
        raise MadeOnlyHere

    with pytest.raises(MadeOnlyHere) as told:
        apart(fail, LIMITS)
    assert "in fail" in str(told.value.__cause__)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (MadeNowhere(3, 4), "MadeNowhere: 7 (not told whole: TypeError: MadeNowhere.__init__() missing 1"),
        (Untold("held"), "Untold: held (not told whole: TypeError: cannot pickle '_thread.lock' object"),
    ],
    ids=["made nowhere", "untold"],
)
def test_an_error_that_cannot_be_made_again_comes_as_its_words(error: Exception, why: str) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(RuntimeError, match=re.escape(why)) as told:
        apart(fail, LIMITS)
    cause = str(told.value.__cause__)
    assert "in fail" in cause
    assert "TypeError" in cause


def test_a_result_that_cannot_be_told_is_an_error_that_says_where() -> None:
    with pytest.raises(TypeError, match="cannot pickle") as told:
        apart(threading.Lock, LIMITS)
    assert "pickled" in str(told.value.__cause__)


def test_an_error_arrives_as_itself_with_its_traceback() -> None:
    def refuse() -> None:
        raise SlotErrors([PROBLEM])

    with pytest.raises(SlotErrors) as told:
        apart(refuse, LIMITS)
    assert told.value.problems == (PROBLEM,)
    assert "in refuse" in str(told.value.__cause__)


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (spin, "it took more than 0.3 s of computing"),
        (keep_to_itself, "it took more than 0.3 s of computing"),
        (raise_another, "it took more than 0.3 s of computing"),
        (tell_by_another, "it took more than 0.3 s of computing"),
        (lambda: sum(range(AGES)), "it took more than 0.3 s of computing"),
        (lambda: len(bytearray(2_500_000_000)), "it needed more than 2000 MB"),
        (die, "the process died of it (signal 9)"),
        (lambda: os._exit(3), "the process died of it (exit code 3)"),
    ],
)
def test_what_passes_a_limit_is_ended_with_the_reason(work: Callable[[], Any], why: str) -> None:
    with pytest.raises(Ended) as told:
        apart(work, LIMITS)
    assert str(told.value) == why


def test_an_error_that_was_made_of_the_end_goes_home() -> None:
    with pytest.raises(WorkspaceError, match="page.html: it was ended"):
        apart(name_the_page, LIMITS)


def test_an_end_whose_error_cannot_be_told_is_told_by_its_limit() -> None:
    def fail() -> None:
        try:
            spin()
        except TimeIsUp as error:
            raise Untold("held") from error

    with pytest.raises(Ended, match="it took more than 0.3 s of computing"):
        apart(fail, LIMITS)


@pytest.mark.parametrize(("work", "died"), [(die, True), (lambda: os._exit(3), True), (spin, False)])
def test_a_death_is_told_apart_from_a_limit(work: Callable[[], Any], died: bool) -> None:
    with pytest.raises(Ended) as told:
        apart(work, LIMITS)
    assert isinstance(told.value, Died) == died


def test_who_waits_without_computing_is_ended_at_last() -> None:
    with pytest.raises(Ended, match="nothing was heard of it for 0.2 s"):
        apart(sleep, Limits(60, 2000, 0.2))


@pytest.mark.parametrize("bad", [{0}, {70}, {199}, {3, 4, 130}])
def test_what_is_ended_costs_its_item_alone(bad: set[int]) -> None:
    def work(item: int) -> int:
        if item in bad:
            die()
        return 2 * item

    made = list(each(work, range(200), [LIMITS] * 200))
    assert {at for at, one in enumerate(made) if isinstance(one, Ended)} == bad
    assert all(one == 2 * at for at, one in enumerate(made) if at not in bad)


@pytest.mark.parametrize("at", [0, 1])
def test_each_item_is_ended_by_its_own_seconds_and_these_are_told(at: int) -> None:
    def work(item: int) -> int:
        return sum(range(AGES)) if item == at else item

    given = [LIMITS if item == at else PATIENT for item in range(3)]
    made = list(each(work, range(3), given, together=1))
    assert [str(one) for one in made] == [
        "it took more than 0.3 s of computing" if item == at else str(item) for item in range(3)
    ]


def test_each_call_has_the_whole_time_to_itself() -> None:
    def compute(_: int) -> int:
        end = time.process_time() + 0.5
        while time.process_time() < end:
            pass
        return 1

    # Three take more than one may, and one leaves room for what the system does for it
    assert list(each(compute, range(3), [Limits(1.2, 2000, 60)] * 3)) == [1, 1, 1]


def test_what_libraries_say_goes_unheard_and_what_they_leave_behind_goes(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def work() -> Path:
        os.write(2, b"(process:1): Pango-WARNING **\n")
        os.write(1, b"hello")
        return Path(tempfile.mkdtemp())

    left = apart(work, LIMITS)
    assert not left.parent.exists()
    assert capfd.readouterr() == ("", "")


def test_an_error_that_leads_back_to_itself_is_told_apart_from_a_lack_of_memory() -> None:
    first, second = ValueError("first"), ValueError("second")
    first.__context__, second.__cause__ = second, first
    assert not is_memory(first)
    second.__cause__ = MemoryError()
    assert is_memory(first)


def test_a_copy_that_cannot_even_tell_of_its_lack_of_memory_is_told_of_by_its_limit() -> None:
    class Endless:
        def __reduce__(self) -> tuple[object, ...]:
            raise MemoryError

    (made,) = each(lambda _: Endless(), [1], [LIMITS])
    assert isinstance(made, Ended)
    assert str(made) == LIMITS.memory


def test_an_error_that_a_lack_of_memory_led_to_is_told_with_room_for_its_words() -> None:
    with pytest.raises(RenderError, match="too many of them"):
        apart(outgrow, Limits(seconds=60, memory_mb=400, silent_seconds=60))


def test_a_copy_waits_for_no_lock_that_another_thread_held_at_the_fork() -> None:
    begun = threading.Event()

    def read_slowly() -> None:
        with localedata._cache_lock:
            begun.set()
            time.sleep(0.5)

    reading = threading.Thread(target=read_slowly)
    reading.start()
    begun.wait(10)
    found = apart(lambda: sorted(localedata.load("pt")["months"]), Limits(60, 2000, 5))
    reading.join()
    assert "format" in found
