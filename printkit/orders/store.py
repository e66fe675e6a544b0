"""Files by their content, beside the database: what releases hold, what people upload, what was proved."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from printkit.errors import OrderRefused, WriteError, system_words
from printkit.words import Message
from printkit.workspace import Snapshot, write_file

# Where a workspace has pictures that were handed in
UPLOADS = "assets/uploads/"
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Store:
    """Keep bytes below one folder, each under the SHA-256 of what it holds."""

    root: Path

    def keep(self, data: bytes) -> str:
        """Store bytes and return their hash; the same bytes are stored once."""
        found = sha256(data).hexdigest()
        path = self.path(found)
        # What stands there is read too: a file that a full disk cut short is mended by the next who stores it
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != found:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise WriteError(
                    Message(
                        "%(path)s: cannot be written: %(strerror)s",
                        path=path.parent,
                        strerror=system_words(error),
                    )
                ) from error
            write_file(path, data)
        return found

    def read(self, name: str, shown: str) -> bytes:
        """Return the bytes of a hash; raise OrderRefused, which names the file, where they are others."""
        path = self.path(name)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise OrderRefused(
                Message(
                    "%(shown)s: %(path)s cannot be read: %(strerror)s; restore a backup",
                    shown=shown,
                    path=path,
                    strerror=system_words(error),
                )
            ) from error
        # At each reading, as disks and people change files without a word.
        if sha256(data).hexdigest() != name:
            raise OrderRefused(
                Message(
                    "%(shown)s: %(path)s is not what was stored; restore it from a backup",
                    shown=shown,
                    path=path,
                )
            )
        return data

    def names(self) -> list[str]:
        """Return the hashes of all that is stored."""
        return sorted(path.name for path in (self.root / "files").glob("??/*") if HASH.fullmatch(path.name))

    def path(self, name: str) -> Path:
        """Return where bytes of this hash are; raise OrderRefused for what is no hash."""
        if not HASH.fullmatch(name):
            raise OrderRefused(Message("'%(name)s' is no hash of a stored file", name=name))
        # 256 folders, as some file systems grow slow with thousands of files in one
        return self.root / "files" / name[:2] / name


@dataclass(frozen=True)
class View(Snapshot):
    """Read a release's files, and pictures that were handed in from where they are stored."""

    store: Store | None = None

    def path(self, relative: str) -> Path:
        if self.store is not None and relative.startswith(UPLOADS):
            return self.store.path(relative.removeprefix(UPLOADS).partition(".")[0])
        return super().path(relative)
