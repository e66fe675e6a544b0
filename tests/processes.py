"""Processes that tests look after: which live, and waiting for what they do."""

import json
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def the_living(session: int) -> set[int]:
    """Return the processes of a session that have not ended; one that nobody buried yet has."""
    return {number for number, state, of in _processes() if of == session and state not in "ZX"}


def children_of(parent: int) -> list[int]:
    """Return the processes that a process has started and that are there."""
    told = [Path(f"/proc/{parent}/task/{parent}/children")]
    return [int(number) for file in told if file.exists() for number in file.read_text().split()]


def ticks(number: int) -> int:
    """Return how long a process has been at work, in hundredths of a second."""
    told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    return int(told.rpartition(")")[2].split()[11])


def told_by(process: subprocess.Popen[str], seconds: float = 300) -> Any:
    """Return the object that a program prints by --json once it serves; fail where it ends or is silent."""
    out = process.stdout
    assert out is not None
    # A read has no end of its own; a program that is killed ends it.
    end = threading.Timer(seconds, process.kill)
    end.start()
    try:
        # Up to the brace that ends the object, or to the end of what is printed.
        lines = [*iter(lambda: out.readline() or "}\n", "}\n")]
    finally:
        end.cancel()
    assert lines, f"nothing was printed: exit code {process.poll()} after at most {seconds} seconds"
    return json.loads("".join(lines) + "}")


def _processes() -> list[tuple[int, str, int]]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        # state, parent, group, session: what follows the name in brackets, which may hold anything
        fields = told.rpartition(")")[2].split()
        found.append((int(folder.name), fields[0], int(fields[3])))
    return found


def soon(asked: Callable[[], bool], seconds: float = 120) -> bool:
    """Tell whether something comes true in time."""
    end = time.monotonic() + seconds
    while not asked() and time.monotonic() < end:
        time.sleep(0.02)
    return asked()
