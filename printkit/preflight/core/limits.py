"""Keep a check within its limits: of time and memory, and of what a file unfolds to."""

import struct
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf

import pikepdf
from pikepdf import settings

from printkit.content import ContentError
from printkit.profiles import CheckLimits
from printkit.units import MB
from printkit.words import Message

# What damaged files raise from within, whatever a rule expects to find there
BROKEN = (
    ContentError,
    pikepdf.PikepdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
# What to do about a sound file that is stopped
RAISE = Message("profiles/preflight/limits.toml may allow more")


class CannotRun(Exception):
    """Say why a rule that is asked for cannot be run to its end; the file then is not checked in full."""


class NotAsked(CannotRun):
    """Say why a rule is not asked of this file; nothing is left open by that."""


@dataclass
class _Work:
    """A piece of work: when it was begun, what it may take, what other work within it took."""

    begun: float
    budget: float
    within: float = 0.0


class Clock:
    """Count the computing time of each piece of work, and stop the one that takes too much.

    A rule is a piece of work, and so is whatever several rules share: it has its own time, and who asks
    for it first is not charged. So what one rule takes never stops another, and work that was stopped is
    stopped for all who need it. CPU time of the calling thread, for a process that waits does no work.
    """

    def __init__(self, limits: CheckLimits | None) -> None:
        self._limits = limits
        self._begun = time.thread_time()
        self._works = [_Work(self._begun, self._budget())]

    @contextmanager
    def work(self) -> Iterator[None]:
        """Give what is done within its own time."""
        self._works.append(_Work(time.thread_time(), self._budget()))
        try:
            yield
        finally:
            done = self._works.pop()
            # Taken off the work around it, so that who asks first for what all share is not the one who pays
            self._works[-1].within += time.thread_time() - done.begun

    def check(self) -> None:
        """Raise CannotRun when the time of the work at hand is over."""
        if self._limits is None:
            return
        work = self._works[-1]
        if time.thread_time() - work.begun - work.within > work.budget:
            left = (
                ""
                if work.budget == self._limits.rule_seconds
                else Message(", all that the check had left for it")
            )
            raise CannotRun(
                Message(
                    "it takes more than %(budget).3g s of computing time%(left)s (%(cure)s)",
                    budget=work.budget,
                    left=left,
                    cure=RAISE,
                )
            )

    def _budget(self) -> float:
        """Return what a piece of work may take: the usual, but little once the whole check took long."""
        if self._limits is None:
            return inf
        left = self._limits.seconds - (time.thread_time() - self._begun)
        # At least a little for each, so that the order of rules does not decide which of them are run
        return min(self._limits.rule_seconds, max(self._limits.least_seconds, left))


def bound_process(limits: CheckLimits) -> None:
    """Bound what qpdf unfolds from now on, in the whole process: a stream that grows past it is broken.

    For processes that do nothing but such work. qpdf keeps one setting for all threads of a process.
    """
    most = limits.stream_mb * MB
    # each filter that may make much of little
    settings.set_qpdf_limits(
        flate_max_memory=most, run_length_max_memory=most, png_max_memory=most, tiff_max_memory=most,
        dct_max_memory=most,
    )  # fmt: skip
