"""Run a command as a user would and say how long it took and how much memory its processes held."""

import ctypes
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

ROOT = Path(__file__).parents[2]
# Python keeps what it compiled, as it does unless told otherwise.
SETTINGS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
# Seconds between two looks at the memory of a tree of processes
EVERY = 0.05
# linux/prctl.h
PR_SET_CHILD_SUBREAPER = 36
# So long workers may outlive the command that started them, in seconds
LEFT_OVER = 5


class BenchError(Exception):
    """Say that something did not do its work, so that its time means nothing."""


@dataclass(frozen=True)
class Spent:
    """What a run cost: seconds of wall and CPU time, megabytes at the peak (0 where nobody looked)."""

    wall: float
    cpu: float
    peak_mb: float = 0.0


def run(command: Sequence[str | Path], memory: bool = False) -> Spent:
    """Run a command to its end; raise BenchError where it fails."""
    with subprocess.Popen(
        list(map(str, command)), cwd=ROOT, env=SETTINGS, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        start = perf_counter()
        watch = Watch(process.pid)
        if memory:
            watch.start()
        said = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    watch.done.set()
    cpu = usage.ru_utime + usage.ru_stime + orphans_cpu()
    if process.returncode:
        raise BenchError(f"{' '.join(map(str, command))}: exit {process.returncode}\n{said.decode()[-2000:]}")
    return Spent(wall, cpu, watch.peak / 1024)


def adopt_orphans() -> None:
    """Have processes that outlive the command which started them come to this one, so that they count."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def orphans_cpu() -> float:
    """Wait for what a command left running; return its CPU time."""
    spent, until = 0.0, perf_counter() + LEFT_OVER
    while perf_counter() < until:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        spent += usage.ru_utime + usage.ru_stime if pid else 0.0
        sleep(0 if pid else EVERY)
    return spent


class Watch(threading.Thread):
    """Look at the memory of a process and all beneath it, again and again."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.peak, self.done = pid, 0, threading.Event()

    def run(self) -> None:
        """Keep the largest sum until `done`."""
        while not self.done.wait(EVERY):
            self.peak = max(self.peak, sum(map(held_kb, tree(self.pid))))


def tree(pid: int) -> Iterator[int]:
    """Yield a process and all that it or its children started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from tree(int(child))


def held_kb(pid: int) -> int:
    """Return a process's share of memory (PSS); pages that several hold count once for all."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def beside(name: str) -> Path:
    """Return a program installed beside this Python."""
    return Path(sys.executable).parent / name
