"""What a worker of the tests can do, well or badly; light, as workers import it."""

import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from printkit.errors import MissingError, RenderError, SlotErrors, SlotProblem, TimeIsUp, WorkspaceError
from printkit.profiles import BatchLimits
from printkit.profiles.limits import TableLimits

PROBLEM = SlotProblem("recruit/flyer-a5", "title", "74 characters, 60 fit")


def limits(piece_seconds: float, silent_seconds: float = 60) -> BatchLimits:
    return BatchLimits(
        piece_seconds=piece_seconds,
        bind_seconds=1,
        silent_seconds=silent_seconds,
        worker_mb=1000,
        start_seconds=1,
        layout_seconds=1,
        variant_seconds=1,
        table=TableLimits(file_mb=1, unpacked_mb=1, rows=1, columns=1, cell_characters=1),
    )


class Picky(Exception):
    """Be an error that cannot be made again from its words."""

    def __init__(self, here: int, there: int) -> None:
        super().__init__(f"{here} and {there}")


class Methods:
    def number(self) -> int:
        return os.getpid()

    def data(self, size: int) -> bytes:
        return bytes(size)

    def sleep(self, seconds: float) -> int:
        time.sleep(seconds)
        return os.getpid()

    def leave(self) -> None:
        os._exit(3)

    def die(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def die_while_telling(self) -> Any:
        return Fatal()

    def fill(self, megabytes: int) -> int:
        return len(bytearray(megabytes * 1_000_000))

    def fill_and_hide(self, megabytes: int) -> int:
        try:
            return self.fill(megabytes)
        except MemoryError as error:
            raise RenderError("laying out failed") from error

    def fill_and_list(self, megabytes: int) -> list[int | RenderError]:
        try:
            return [self.fill_and_hide(megabytes)]
        except RenderError as error:
            return [0, error]

    def count(self, to: int) -> int:
        """Be busy in C code that never lets another thread run."""
        return sum(range(to))

    def fail_when_ended(self) -> None:
        """Raise another error where time is up."""
        try:
            while True:
                pass
        except BaseException:  # noqa: BLE001
            raise RenderError("laying out failed: TypeError") from None

    def list_when_ended(self, told: bool) -> list[Exception]:
        """Return errors beside each other when time is up, one of which tells so or none."""
        try:
            while True:
                pass
        except TimeIsUp as error:
            page = WorkspaceError("templates/t/page.html", None, "it was ended")
            page.__cause__ = error if told else None
            return [page]

    def refuse(self) -> None:
        raise SlotErrors([PROBLEM])

    def be_picky(self) -> None:
        raise Picky(1, 2)

    def lock(self) -> Any:
        return threading.Lock()

    def load(self) -> tuple[bool, str | None, str]:
        """Return whether the engine was loaded before, behind which fonts, and where its own now lie."""
        before = "weasyprint" in sys.modules, os.environ.get("FONTCONFIG_FILE")
        from printkit.render.engine import engine

        return *before, engine().folder.name

    def is_deaf(self) -> bool:
        return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())

    def shout(self) -> None:
        os.write(1, b"to stdout\n")
        os.write(2, b"to stderr\n")
        sys.stdout.write("printed\n")
        sys.stderr.write("complained\n")
        sys.stdout.flush()

    def put_aside(self) -> Path:
        return Path(tempfile.mkdtemp(prefix="printkit-test-"))


class Fatal:
    """Kill the process that pickles it, after what is told before it."""

    def __reduce__(self) -> tuple[Any, ...]:
        os.kill(os.getpid(), signal.SIGKILL)
        return Fatal, ()


def nobody() -> Methods:
    raise MissingError("a native library is missing")


def stillborn() -> Methods:
    os._exit(4)
