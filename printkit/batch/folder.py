"""The folder of a batch: locked by one run, and only whole files ever stand in it."""

import errno
import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import IO

from printkit.batch.links import open_unlinked, refuse_links
from printkit.batch.paths import LOCK, PLACES, STATE
from printkit.errors import InUse, WriteError, readable, system_words
from printkit.words import Message
from printkit.workspace import Written as Written

# A disk flushes a few files at a time in little more than the time of one.
FLUSHED_TOGETHER = 4
# So many bytes are compared at a time.
BLOCK = 1 << 20
# What the system says where another process holds a lock
TAKEN = (errno.EWOULDBLOCK, errno.EACCES)


@dataclass(frozen=True)
class Folder:
    """Write below one folder, each file aside first and then moved into place."""

    root: Path

    def path(self, file: str) -> Path:
        """Return where the file stands; raise WriteError for a name that leads out of the folder."""
        self._refuse_outside(file)
        return Path(self.root, file)

    def _refuse_outside(self, file: str) -> None:
        if file.startswith("/") or ".." in file.split("/"):
            raise WriteError(Message("%(file)s: leads out of %(root)s", file=file, root=self.root))

    def place(self, file: str, data: bytes) -> Written:
        """Write `data` aside, flush it, move it into place; raise WriteError with nothing half done."""
        written = self.put_aside(file, data)
        self.bring(written)
        return written

    def put_aside(self, file: str, data: bytes) -> Written:
        """Write and flush what `bring` is to move into place."""
        target = self.path(file)
        with self._undone(target, self._aside(file)):
            target.parent.mkdir(parents=True, exist_ok=True)
            return self._write(file, data, sha256(data).hexdigest())

    def store(self, file: str, data: bytes, digest: str) -> Written:
        """Write and flush data of this SHA-256 aside, under a name of its own until it is adopted."""
        with self._undone(self._aside(file), self._aside(file)):
            return self._write(file, data, digest)

    def _write(self, file: str, data: bytes, digest: str) -> Written:
        stat = _write(self._aside(file), data)
        # What was checked is what the journal will name. Compared in one piece: a fifth of hashing it anew.
        if self._aside(file).read_bytes() != data:
            raise OSError(errno.EIO, Message("what the disk gives back is not what was written"))
        _let_go(self._aside(file))
        return Written(file, digest, len(data), stat.st_mtime_ns, stat.st_ino)

    def adopt(self, aside: Written, file: str) -> Written:
        """Give a file that was stored the name under which `bring` takes it into place."""
        target = self.path(file)
        with self._undone(target, self._aside(aside.file)):
            target.parent.mkdir(parents=True, exist_ok=True)
            self._aside(aside.file).replace(self._aside(file))
        return replace(aside, file=file)

    def put_all_aside(self, files: Mapping[str, bytes]) -> list[Written]:
        """Put files aside, a few at a time; raise the first WriteError once all are done, with none left."""
        try:
            with ThreadPoolExecutor(FLUSHED_TOGETHER) as writers:
                return list(writers.map(self.put_aside, files, files.values()))
        except WriteError:
            for file in files:
                self._aside(file).unlink(missing_ok=True)
            raise

    def bring(self, *aside: Written) -> None:
        """Move files that were put aside into place."""
        for one in aside:
            target = self.path(one.file)
            with self._undone(target, self._aside(one.file)):
                self._aside(one.file).replace(target)

    def _aside(self, file: str) -> Path:
        return Path(f"{self.root}/{STATE}/aside/{file.replace('/', '~')}")

    def _withdrawn(self, file: str) -> Path:
        return self._aside(f"withdrawn/{file}")

    @contextmanager
    def _undone(self, target: Path, aside: Path) -> Iterator[None]:
        """Raise WriteError for a target that the system refuses, and leave nothing aside."""
        try:
            yield
        except OSError as error:
            with suppress(OSError):
                aside.unlink()
            raise WriteError(
                Message(
                    "%(path)s: cannot be written: %(strerror)s",
                    path=target,
                    strerror=system_words(error),
                )
            ) from error

    def renew(self, file: str, data: bytes) -> None:
        """Write a file as `place` does, unless it is there, or was withdrawn, and holds just this."""
        if _is(self.path(file), data):
            return
        if _is(self._withdrawn(file), data):
            self._return(file)
        else:
            self.place(file, data)

    def bring_back(self, written: Written) -> bool:
        """Move a file that was withdrawn back into place, if it still is what was written; tell whether."""
        try:
            stat = self._withdrawn(written.file).stat()
        except OSError:
            return False
        if (stat.st_size, stat.st_mtime_ns, stat.st_ino) != (written.bytes, written.mtime_ns, written.inode):
            return False
        self._return(written.file)
        return True

    def _return(self, file: str) -> None:
        with self._undone(self.path(file), self._withdrawn(file)):
            self._withdrawn(file).replace(self.path(file))

    def holds(self, written: Written, thorough: bool = False) -> bool:
        """Tell whether the file is still what was written."""
        return self.known(written, thorough) is not None

    def known(self, written: Written, thorough: bool = False) -> Written | None:
        """Return what to know the file by from now on; None where it is not what was written.

        Size, time and inode stand for the content. Where one of the latter differs, as in a copy of the
        folder, or if `thorough`, the content decides.
        """
        try:
            self._refuse_outside(written.file)
            # Asked of each file that stands, and a path as an object takes longer than the system does
            stat = os.stat(f"{self.root}/{written.file}")  # noqa: PTH116
            # Asked first, as it costs no reading
            if stat.st_size != written.bytes:
                return None
            if (stat.st_mtime_ns, stat.st_ino) == (written.mtime_ns, written.inode) and not thorough:
                return written
            if sha256(self.path(written.file).read_bytes()).hexdigest() != written.sha256:
                return None
            return replace(written, mtime_ns=stat.st_mtime_ns, inode=stat.st_ino)
        except (OSError, WriteError):
            return None

    def remove(self, written: Written) -> bool:
        """Remove a file that is still what was written, and the folders that this leaves empty."""
        if not self.holds(written):
            return False
        path = self.path(written.file)
        try:
            path.unlink()
        except OSError as error:
            raise WriteError(
                Message("%(path)s: cannot be removed: %(strerror)s", path=path, strerror=system_words(error))
            ) from error
        with suppress(OSError):
            # rmdir takes empty folders only, and the first that is not ends it
            for folder in path.relative_to(self.root).parents[:-1]:
                (self.root / folder).rmdir()
        return True

    def withdraw(self, files: Iterable[str]) -> None:
        """Take away files that may no longer be true, where they are; raise WriteError.

        Until the run ends they lie aside, where `renew` and `bring_back` find those that are true after all.
        """
        for file in files:
            path = self.path(file)
            try:
                # What is no file is not moved aside, where it would stay in the way
                if path.is_file() and not path.is_symlink():
                    path.replace(self._withdrawn(file))
                else:
                    path.unlink(missing_ok=True)
            except OSError as error:
                raise WriteError(
                    Message(
                        "%(path)s: cannot be removed: %(strerror)s", path=path, strerror=system_words(error)
                    )
                ) from error

    def lying(self) -> Iterator[str]:
        """Yield every file that lies where runs put theirs, whoever did, but what systems hide.

        A name that is no UTF-8 comes with its odd bytes as `\\xff`.
        """
        for place in PLACES:
            for folder, _, names in os.walk(self.path(place)):
                at = Path(folder).relative_to(self.root).as_posix()
                yield from (readable(f"{at}/{name}") for name in names if not name.startswith("."))

    def read(self, file: str) -> bytes:
        try:
            return self.path(file).read_bytes()
        except OSError as error:
            raise WriteError(
                Message(
                    "%(path)s: cannot be read: %(strerror)s",
                    path=self.root / file,
                    strerror=system_words(error),
                )
            ) from error


@contextmanager
def open_folder(root: Path) -> Iterator[Folder]:
    """Make the folder, lock it and clear what a killed run left aside; raise WriteError where that fails.

    The lock is the system's: it falls with the process that holds it, however that dies.
    """
    refuse_links(root)
    state = root / STATE
    try:
        # Inside the folder itself, since only within one file system a move is at once
        (state / "aside").mkdir(parents=True, exist_ok=True)
        lock = open_unlinked(state / LOCK, "a+b")
    except OSError as error:
        raise WriteError(
            Message("%(path)s: cannot be written: %(strerror)s", path=root, strerror=system_words(error))
        ) from error
    with lock:
        _lock(root, lock)
        try:
            yield Folder(root)
        finally:
            with suppress(OSError):
                _clear(root)


def _lock(root: Path, lock: IO[bytes]) -> None:
    try:
        _claim(lock)
    except OSError as error:
        # Some network disks know no locks; two runs there would write over each other
        if error.errno not in TAKEN:
            reason = Message(
                "its file system has no locks (%(strerror)s); choose a folder on a disk of this machine",
                strerror=system_words(error),
            )
            raise WriteError(Message("%(place)s: %(reason)s", place=root, reason=reason)) from error
        lock.seek(0)
        holder = lock.read().decode("ascii", "replace").strip() or "unknown"
        reason = Message(
            "in use by another run (process %(holder)s); wait for it or choose another folder", holder=holder
        )
        raise InUse(Message("%(place)s: %(reason)s", place=root, reason=reason)) from error
    try:
        lock.truncate(0)
        # At once: what waits in the file is written again when it is closed, and fails in the system's words.
        os.write(lock.fileno(), str(os.getpid()).encode())
        _clear(root)
    except OSError as error:
        raise WriteError(
            Message("%(path)s: cannot be written: %(strerror)s", path=root, strerror=system_words(error))
        ) from error


def _claim(lock: IO[bytes]) -> None:
    """Take the lock, by the record lock of POSIX where a file system has no other; raise OSError."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in TAKEN:
            raise
        # NFS has these alone
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _clear(root: Path) -> None:
    """Remove what was put aside and not brought into place."""
    for left in (root / STATE / "aside").iterdir():
        left.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> os.stat_result:
    with open_unlinked(path, "wb") as file:
        file.write(data)
        file.flush()
        # Otherwise a power cut after the move leaves a name with nothing behind it
        os.fsync(file.fileno())
        return os.fstat(file.fileno())


def _let_go(path: Path) -> None:
    """Let go of a flushed file's memory: a batch writes more than is read again soon.

    What other programs keep in memory is to stay, and the next file takes the place of this one.
    """
    # macOS does not know it.
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _is(path: Path, data: bytes) -> bool:
    """Tell whether a file holds just this, without holding it twice."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size != len(data):
                return False
            return all(file.read(BLOCK) == data[at : at + BLOCK] for at in range(0, len(data), BLOCK))
    except OSError:
        return False
