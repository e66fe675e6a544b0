"""Start a workspace from the reference one."""

import shutil
from pathlib import Path

from printkit.errors import WriteError
from printkit.workspace.folder import bundled_workspace

PARTS = ("assets", "profiles", "templates")


def start_workspace(folder: Path) -> list[str]:
    """Copy the reference workspace into `folder`; return the files written, relative to it."""
    source = bundled_workspace()
    taken = [part for part in PARTS if (folder / part).exists()]
    if taken:
        raise WriteError(f"{folder}: {taken[0]}/ is there already; choose a folder without a workspace")
    try:
        for part in PARTS:
            ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
            shutil.copytree(source.root / part, folder / part, ignore=ignored)
    except OSError as error:
        raise WriteError(f"{folder}: cannot be written: {error.strerror or error}") from error
    return [path for part in PARTS for path in _files(folder, part)]


def _files(folder: Path, part: str) -> list[str]:
    found = (path for path in (folder / part).rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)
