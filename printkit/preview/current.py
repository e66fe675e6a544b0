"""The workspace as it is now: a file is read again only where it changed since."""

import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from printkit.workspace import Workspace

Stamp = tuple[int, int, int]
Stamps = tuple[tuple[str, Stamp | None], ...]
# A file that changed so shortly before it was read may change once more without another time: file systems
# count in ticks of some milliseconds.
TICK_NS = 40_000_000


@dataclass(frozen=True)
class _Kept:
    stamp: Stamp | None
    data: bytes
    digest: str


@dataclass(frozen=True)
class CurrentWorkspace(Workspace):
    """Keep what was read of files while their times, sizes and numbers stay."""

    _kept: dict[str, _Kept] = field(default_factory=dict, repr=False, compare=False)

    def read_bytes(self, relative: str) -> bytes:
        return self._read(relative).data

    def digest(self, relative: str) -> str:
        return self._read(relative).digest

    def has(self, relative: str) -> bool:
        return self._same(relative) is not None or super().has(relative)

    def stamps(self, pattern: str) -> Stamps:
        """Return what tells whether any file of a pattern changed, came or went."""
        return tuple((file, _stamp(self.root / file)) for file in self.files(pattern))

    def _read(self, relative: str) -> _Kept:
        # Its stamp is taken before it is read: a change in between then shows as one
        known = self._same(relative)
        if known is None:
            stamp = _stamp(self.path(relative))
            data = super().read_bytes(relative)
            known = self._kept[relative] = _Kept(stamp, data, sha256(data).hexdigest())
        return known

    def _same(self, relative: str) -> _Kept | None:
        """Return what was read of a file, if it still is that: following its path again costs more."""
        known = self._kept.get(relative)
        same = known and known.stamp and known.stamp == _stamp(self.root / relative)
        return known if same else None


def _stamp(path: Path) -> Stamp | None:
    """Return what changes with a file; None where it is not there, or may change unnoticed."""
    try:
        found = path.stat()
    except OSError:
        return None
    fresh = time.time_ns() - found.st_mtime_ns < TICK_NS
    return None if fresh else (found.st_mtime_ns, found.st_size, found.st_ino)
