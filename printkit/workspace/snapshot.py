"""A workspace as one run sees it: what was read of a file is what the file holds until the run ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from printkit.errors import WorkspaceError
from printkit.words import Message
from printkit.workspace.folder import Workspace

# Of larger files the hash is kept, and they are read again: pictures would fill the memory of each process.
MOST_KEPT = 4_000_000
CHANGED = Message("changed while the run was at work; run it again")

# What is known of files: their SHA-256, and small ones' bytes
News = dict[str, tuple[str, bytes | None]]


@dataclass(frozen=True)
class Snapshot(Workspace):
    """Read each file once: who asks again gets the same bytes, or WorkspaceError where the file is another.

    It can be pickled with all that it has read, so that other processes read the same.
    """

    _known: News = field(default_factory=dict, repr=False, compare=False)
    _news: News = field(default_factory=dict, repr=False, compare=False)

    def read_bytes(self, relative: str) -> bytes:
        digest, data = self._known.get(relative, ("", None))
        if data is not None:
            return data
        data = super().read_bytes(relative)
        found = sha256(data).hexdigest()
        if digest and digest != found:
            raise WorkspaceError(relative, None, CHANGED)
        if not digest:
            told = {relative: (found, data if len(data) <= MOST_KEPT else None)}
            self._known.update(told)
            self._news.update(told)
        return data

    def has(self, relative: str) -> bool:
        # What was read is there for this run, although it may be gone meanwhile.
        return relative in self._known or super().has(relative)

    def digest(self, relative: str) -> str:
        if relative not in self._known:
            self.read_bytes(relative)
        return self._known[relative][0]

    def news(self) -> News:
        """Return what was read since this was asked last."""
        told = dict(self._news)
        self._news.clear()
        return told

    def take(self, news: News) -> None:
        """Know what another process has read."""
        for file, known in news.items():
            # What this process read itself stays: nobody's news may change it.
            self._known.setdefault(file, known)

    def agrees(self, read: Mapping[str, str]) -> bool:
        """Tell whether what another process has read is what this run knows, and know it from now on."""
        # Before any is taken: where one disagrees none of them is known.
        if any(self._known.get(file, (digest,))[0] != digest for file, digest in read.items()):
            return False
        self.take({file: (digest, None) for file, digest in read.items()})
        return True


def digests(workspace: Workspace, files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the hash that each of the files has now; nothing for one that is not there or leads elsewhere."""
    for file in files:
        try:
            yield file, workspace.digest(file) if workspace.has(file) else ""
        except WorkspaceError:
            yield file, ""
