"""Start a workspace from the reference one."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from printkit.errors import WriteError
from printkit.workspace.folder import bundled_workspace

PARTS = ("assets", "profiles", "templates")


def start_workspace(folder: Path) -> list[str]:
    """Copy the reference workspace into `folder`, all or nothing; return the files, relative to it."""
    source = bundled_workspace().root
    taken = [part for part in PARTS if (folder / part).exists()]
    if taken:
        raise WriteError(f"{folder}: {taken[0]}/ is there already; choose a folder without a workspace")
    files = [file for part in PARTS for file in _files(source, part)]
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".printkit-", dir=folder) as aside:
            for file in files:
                _copy(source / file, Path(aside) / file)
            _bring(Path(aside), folder)
    except OSError as error:
        for one in made:
            with suppress(OSError):
                one.rmdir()
        where = error.filename2 or error.filename or folder
        raise WriteError(f"{where}: cannot be written: {error.strerror or error}") from error
    return files


def _files(root: Path, part: str) -> Iterator[str]:
    found = (path for path in (root / part).rglob("*") if path.is_file())
    yield from sorted(path.relative_to(root).as_posix() for path in found if path.suffix != ".pyc")


def _copy(source: Path, target: Path) -> None:
    """Copy what a file holds; its rights stay with it, as some disks refuse to set any."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _bring(aside: Path, folder: Path) -> None:
    """Move the parts into place; raise OSError with none of them there."""
    brought: list[str] = []
    try:
        for part in PARTS:
            (aside / part).rename(folder / part)
            brought.append(part)
    except OSError:
        for part in brought:
            (folder / part).rename(aside / part)
        raise
