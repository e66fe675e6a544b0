"""Which files changed: those of the workspace, and others that pieces were made from."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path, PurePosixPath

from watchfiles import awatch

from printkit.profiles import PreviewFigures
from printkit.workspace import PARTS

# File systems tell times by the ticks of a clock, so a file may seem to be that much older
TICK_NS = 10_000_000
# What a save may take at most until it counts as done, in times of `settle_ms`
_LONGEST = 10


def folders(root: Path, read: Iterable[str]) -> tuple[Path, ...]:
    """Return the folders to watch, each with all below it, for a workspace and what was read of it."""
    found = {root / part for part in PARTS}
    found |= {root / PurePosixPath(file).parent for file in read if PurePosixPath(file).parts[0] not in PARTS}
    # A file that lies beside the workspace's folders is watched by itself.
    found = {root / file for file in read if len(PurePosixPath(file).parts) == 1} | (found - {root})
    return tuple(sorted(one for one in found if one.exists()))


async def changes(
    root: Path, paths: tuple[Path, ...], figures: PreviewFigures, poll: bool
) -> AsyncIterator[frozenset[str]]:
    """Yield the files that changed, relative to the workspace, save by save."""
    stop = asyncio.Event()
    watcher = awatch(
        *paths,
        debounce=figures.settle_ms * _LONGEST,
        step=figures.settle_ms,
        stop_event=stop,
        force_polling=poll or None,
        poll_delay_ms=figures.poll_ms,
        ignore_permission_denied=True,
    )
    try:
        async for found in watcher:
            yield frozenset(_relative(root, file) for _, file in found)
    finally:
        stop.set()


def files(root: Path) -> Iterator[Path]:
    """Yield all files and folders of a workspace, in order."""
    for part in PARTS:
        for path in sorted((root / part).rglob("*")):
            # What editors lay beside a file that is open goes when it is closed
            if not path.name.startswith(".") or path.suffix == ".toml":
                yield path


def changed_since(moment_ns: int, paths: Iterable[Path]) -> bool:
    """Tell whether a file or folder is newer than a moment, or gone."""
    for path in paths:
        try:
            found = path.stat()
        except FileNotFoundError:
            return True
        # A file that was copied may say that it is old; when that came here is the other time
        if max(found.st_mtime_ns, found.st_ctime_ns) >= moment_ns - TICK_NS:
            return True
    return False


def _relative(root: Path, file: str) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else file
