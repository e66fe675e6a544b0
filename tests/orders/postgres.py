"""PostgreSQL of the system, started for the tests on a socket in a folder of its own."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine

from tests.processes import children_of, soon

# Debian keeps the server's programs out of the path, by version.
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/bin", "/usr/bin", "/opt/homebrew/bin")
# It refuses to run as root; this is the user that its package makes.
USER = "postgres"
# Seconds that a start or a stop may take; pg_ctl itself gives up after 60.
PATIENCE = 120


def program(name: str) -> str:
    """Return where a program of the server is; a missing one fails the test by name."""
    found = [
        folder / name for place in PLACES for folder in Path("/").glob(place[1:]) if (folder / name).exists()
    ]
    if not found and not shutil.which(name):
        raise AssertionError(f"PostgreSQL's {name} is missing: scripts/natives test installs it")
    return str(max(found)) if found else name


def as_user(command: Sequence[str]) -> list[str]:
    return (
        ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command]
        if os.geteuid() == 0
        else [*command]
    )


@dataclass
class Server:
    """A running server's folder and process."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str) -> str:
        user = USER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        """Return the address of a new database: an empty one, or a copy of another."""
        name = f"t{next(self.numbers)}"
        engine = create_engine(
            self.url("postgres").replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
            # A sequence that was copied runs ahead of its log, and would go back where the server is killed.
            connection.exec_driver_sql("CHECKPOINT")
        engine.dispose()
        return self.url(name)

    def start(self) -> None:
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off"
        self._control("start", "-w", "-l", str(self.folder / "log"), "-o", options)

    def stop(self, how: str = "fast") -> None:
        self._control("stop", "-w", "-m", how)

    def kill(self) -> None:
        """Kill the server as a loss of power ends it, and wait until nothing of it is there."""
        number = int((self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        children = children_of(number)
        os.kill(number, signal.SIGKILL)
        # They see by themselves that it has gone; until then no other server may take the folder.
        assert soon(lambda: not any(Path(f"/proc/{one}").exists() for one in (number, *children)), PATIENCE)

    def _control(self, *words: str) -> None:
        command = [program("pg_ctl"), "-D", str(self.folder / "data"), *words]
        subprocess.run(
            as_user(command),
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            timeout=PATIENCE,
        )


@contextmanager
def served() -> Iterator[Server]:
    """Run a server of a new cluster until the context ends."""
    # A socket's name has about a hundred bytes, which a test's folder may have used up.
    with tempfile.TemporaryDirectory(prefix="pk-pg-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
        make = [
            program("initdb"),
            "-D",
            str(folder / "data"),
            "-A",
            "trust",
            "-N",
            "-E",
            "UTF8",
            "--locale=C",
        ]
        subprocess.run(
            as_user(make),
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            timeout=PATIENCE,
        )
        server = Server(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
