"""A real Dask cluster on this machine, and what its workers are ready as; light, as workers import it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from printkit.workspace import Workspace
from tests.work.methods import Methods

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"


class Readers(Methods):
    """Read the bundle as it lies on the worker."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.inside = 0

    def files(self) -> dict[str, bytes]:
        return {file: self.workspace.read_bytes(file) for file in self.workspace.files("**/*")}

    def folder(self) -> Path:
        return self.workspace.root

    def crowd(self) -> int:
        """Return how many jobs were inside at once."""
        self.inside += 1
        time.sleep(0.05)
        seen = self.inside
        self.inside -= 1
        return seen


@dataclass
class Farm:
    """Start a scheduler and workers, and end them all."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.address = f"tcp://{HOST}:{free_port()}"

    def scheduler(self) -> subprocess.Popen[bytes]:
        return self._start("scheduler", "--host", self.address, "--no-dashboard")

    def workers(self, *options: str, path: Path = ROOT) -> subprocess.Popen[bytes]:
        scratch = ("--local-directory", str(self.folder), "--memory-limit", "800MB")
        return self._start(
            "worker", self.address, "--no-dashboard", "--nthreads", "1", *scratch, *options, path=path
        )

    def end(self) -> None:
        for process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, *arguments: str, path: Path = ROOT) -> subprocess.Popen[bytes]:
        paths = {"PYTHONPATH": f"{path}{os.pathsep}{ROOT}", "TMPDIR": str(self.folder)}
        environment = {**os.environ, **self.settings, **paths}
        log = self.folder / f"{arguments[0]}-{len(self.running)}.log"
        with log.open("wb") as out:
            command = [sys.executable, "-P", "-m", "dask", *arguments]
            # A group of its own, as workers have processes beneath them.
            process = subprocess.Popen(
                command, env=environment, stdout=out, stderr=out, cwd=self.folder, start_new_session=True
            )
        self.running.append(process)
        return process


@contextlib.contextmanager
def farm(folder: Path, **settings: str) -> Iterator[Farm]:
    """Yield a cluster that has a scheduler and no workers yet."""
    made = Farm(folder, settings)
    try:
        made.scheduler()
        wait_until(lambda: answers(made.address))
        yield made
    finally:
        made.end()


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind((HOST, 0))
        return int(bound.getsockname()[1])


def answers(address: str) -> bool:
    port = int(address.rpartition(":")[2])
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
        return True
    return False


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds that takes a moment; a test that waits in vain fails."""
    for _ in range(400):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to pass")
