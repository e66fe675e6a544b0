"""Start a workspace from the reference one."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from printkit.errors import WriteError, system_words
from printkit.words import Message
from printkit.workspace.folder import bundled_workspace

PARTS = ("assets", "profiles", "templates")
# How the folder begins in which a workspace is made before it is moved into place
ASIDE = ".printkit-"
# Stands behind each text of a new workspace that is there in another language for the time being
TO_TRANSLATE = "# translate"


def start_workspace(folder: Path) -> list[str]:
    """Copy the reference workspace into `folder`, all or nothing; return the files, relative to it."""
    source = bundled_workspace().root
    files = [file for part in PARTS for file in _files(source, part)]

    def fill(aside: Path) -> None:
        for file in files:
            copy_file(source / file, aside / file)

    place_workspace(folder, fill)
    return files


def place_workspace(folder: Path, fill: Callable[[Path], None]) -> None:
    """Have a workspace written aside and move it into `folder`: all or nothing, whatever `fill` raises."""
    taken = [part for part in PARTS if (folder / part).exists()]
    if taken:
        raise WriteError(
            Message(
                "%(folder)s: %(taken)s/ is there already; choose a folder without a workspace",
                folder=folder,
                taken=taken[0],
            )
        )
    # Only folders that this call makes are taken away again.
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Beside its place, as moving within one disk either happens or does not.
        with tempfile.TemporaryDirectory(prefix=ASIDE, dir=folder) as aside:
            fill(Path(aside))
            _bring(Path(aside), folder)
    # Ctrl-C too must leave nothing.
    except BaseException as error:
        for one in made:
            with suppress(OSError):
                one.rmdir()
        if not isinstance(error, OSError):
            raise
        where = Path(error.filename2 or error.filename or folder)
        # Nobody has asked for the folder aside, which is gone by now
        if str(where).startswith(str(folder / ASIDE)):
            where = folder
        raise WriteError(
            Message("%(path)s: cannot be written: %(strerror)s", path=where, strerror=system_words(error))
        ) from error


def _files(root: Path, part: str) -> Iterator[str]:
    found = (path for path in (root / part).rglob("*") if path.is_file())
    yield from sorted(path.relative_to(root).as_posix() for path in found if path.suffix != ".pyc")


def copy_file(source: Path, target: Path) -> None:
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
