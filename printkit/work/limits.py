"""The limits of a process on itself: computing time for each call, memory, and silence."""

import contextlib
import os
import re
import resource
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from printkit.errors import TimeIsUp
from printkit.units import MB
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.profiles import BatchLimits

# Who was asked to stop has so many seconds of computing before the system ends the process, by this signal.
GRACE_SECONDS = 2.0
OVERTIME = signal.SIGVTALRM


@dataclass(frozen=True)
class Limits:
    """Say what work may cost: seconds of computing for each call, and MB for the data of the process.

    `silent_seconds` is for work that neither computes nor ends: what says nothing for so long is ended.
    """

    seconds: float
    memory_mb: int
    silent_seconds: float

    @property
    def time(self) -> str:
        return too_long(self.seconds)

    @property
    def memory(self) -> str:
        return Message("it needed more than %(memory_mb)s MB", memory_mb=self.memory_mb)

    @property
    def silent(self) -> str:
        return Message("nothing was heard of it for %(silent_seconds)g s", silent_seconds=self.silent_seconds)


def making(limits: "BatchLimits") -> Limits:
    """Return what making a piece may cost."""
    return Limits(limits.piece_seconds, limits.worker_mb, limits.silent_seconds)


def binding(limits: "BatchLimits") -> Limits:
    """Return what filling in a template may cost."""
    return Limits(limits.bind_seconds, limits.worker_mb, limits.silent_seconds)


def too_long(seconds: float) -> str:
    """Say that work was ended by its time."""
    return Message("it took more than %(seconds)g s of computing", seconds=seconds)


def allow(memory_mb: int) -> None:
    """Let the data of this process grow to so much and no further; it leaves no core file."""
    _limit(resource.RLIMIT_DATA, memory_mb * MB)
    _limit(resource.RLIMIT_CORE, 0)


def held_mb() -> int:
    """Return what the data of this process take up now, as the system counts them for `allow`."""
    status = Path("/proc/self/status")
    # Where the system does not tell, nothing is held against the work but its own.
    if not status.exists():
        return 0
    told = re.search(r"VmData:\s*(\d+) kB", status.read_text(encoding="utf-8", errors="replace"))
    return int(told[1]) * 1024 // MB if told else 0


def silence() -> None:
    """Have nothing heard that is written to stdout and stderr, where libraries speak in their own words."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.close(null)


@dataclass
class Deadline:
    """Say how long work may compute, and whether it was told that its time is up."""

    seconds: float
    passed: bool = False

    def spoilt(self, made: object) -> bool:
        """Tell whether time was up and nothing in a result or an error says so.

        TimeIsUp is raised at any line, also where a library keeps it to itself or raises something else in
        its place: of what comes after it only an error that was made of it is to be believed.
        """
        told = made if isinstance(made, list) else [made]
        return self.passed and not any(isinstance(getattr(one, "__cause__", None), TimeIsUp) for one in told)


@contextlib.contextmanager
def computing(deadline: Deadline) -> Iterator[None]:
    """Raise TimeIsUp in what computes longer; where that goes unheard, in C code, OVERTIME ends the process.

    Computing is counted and not waiting, so that a busy machine costs no piece: its own and what the system
    does for it, as memory that is asked for without end is mostly the system's work. For the main thread of a
    process that does one thing at a time.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        deadline.passed = True
        raise TimeIsUp(too_long(deadline.seconds))

    handler = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, deadline.seconds)
    signal.setitimer(signal.ITIMER_VIRTUAL, deadline.seconds + GRACE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (soft, hard))
