"""Keep a check within its limits: of time and memory, and of what a file unfolds to."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pikepdf
from pikepdf import settings

from printkit.content import ContentError
from printkit.profiles import CheckLimits

# What damaged files raise from within, whatever a rule expects to find there
BROKEN = (
    ContentError,
    pikepdf.PikepdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
_MB = 1_000_000


class CannotRun(Exception):
    """Say why a rule that is asked for cannot be run to its end; the file then is not checked in full."""


class NotAsked(CannotRun):
    """Say why a rule is not asked of this file; nothing is left open by that."""


class Clock:
    """Tell when a check has taken so long that nothing more is begun."""

    def __init__(self, limits: CheckLimits | None) -> None:
        self._limits = limits
        self._begun = self._rule_begun = time.monotonic()

    def begin_rule(self) -> None:
        """Give the next rule its time."""
        self._rule_begun = time.monotonic()
        self.check()

    def check(self) -> None:
        """Raise CannotRun when the time of the rule or of all is over."""
        if self._limits is None:
            return
        now = time.monotonic()
        if now - self._begun > self._limits.seconds:
            raise CannotRun(f"the check had taken {self._limits.seconds:g} s")
        if now - self._rule_begun > self._limits.rule_seconds:
            raise CannotRun(f"the rule had taken {self._limits.rule_seconds:g} s")


@contextmanager
def bounded(limits: CheckLimits | None) -> Iterator[None]:
    """Bound what qpdf unfolds meanwhile, in the whole process: a stream that grows past it is broken."""
    if limits is None:
        yield
        return
    most = limits.stream_mb * _MB
    # each filter that may make much of little
    settings.set_qpdf_limits(
        flate_max_memory=most, run_length_max_memory=most, png_max_memory=most, tiff_max_memory=most,
        dct_max_memory=most,
    )  # fmt: skip
    try:
        yield
    finally:
        settings.set_qpdf_limits(
            flate_max_memory=0, run_length_max_memory=0, png_max_memory=0, tiff_max_memory=0, dct_max_memory=0
        )
