"""Temporary folders that do not outlive the processes they belong to, however those end."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PREFIX = "printkit-"
LOCK = "in-use"


class Scratch:
    """A temporary folder of this process; making one clears those of processes that were killed.

    A file in it is locked while its process lives. A number would not do: systems give it to others, and a
    container that shares the folder counts its own.
    """

    def __init__(self, purpose: str) -> None:
        prefix = f"{PREFIX}{purpose}-"
        clear_dead()
        while True:
            self._folder = tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
            self.name = self._folder.name
            # It is held open, as closing it would end the lock.
            self._lock = (Path(self.name) / LOCK).open("wb")
            # Without locks nobody can clear the folder but this process.
            with suppress(OSError):
                fcntl.flock(self._lock, fcntl.LOCK_EX)
            # Another start may have taken it for a dead one's just before.
            if (Path(self.name) / LOCK).exists():
                break
            self._lock.close()

    def cleanup(self) -> None:
        """Remove the folder and all that is in it."""
        self._folder.cleanup()
        self._lock.close()


def clear_dead() -> None:
    """Remove this user's folders whose processes are gone, as far as that can be told."""
    for folder in _own():
        with suppress(OSError), (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The lock file goes last: whoever sees the folder half removed can still take the lock.
            for entry in folder.iterdir():
                if entry.name != LOCK:
                    shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
            (folder / LOCK).unlink()
            folder.rmdir()


def _own() -> Iterator[Path]:
    """Yield this user's folders; one that another user planted under it may lead anywhere."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_uid == os.geteuid():
                        yield Path(entry.path)
