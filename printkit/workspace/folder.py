"""A workspace is a folder with `templates/`, `profiles/` and `assets/`."""

import os
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from printkit.errors import WorkspaceError, readable
from printkit.words import Message
from printkit.workspace.files import decode, parse_toml, read_whole
from printkit.workspace.table import Row, parse_table

ENVIRONMENT = "PRINTKIT_WORKSPACE"


@dataclass(frozen=True)
class Workspace:
    """Read files below one root folder and refuse every path that leaves it."""

    root: Path

    @cached_property
    def _resolved(self) -> Path:
        return self.root.resolve()

    def path(self, relative: str) -> Path:
        """Return the file's path; raise WorkspaceError where it lies outside the root."""
        if "\0" in relative:
            raise WorkspaceError(readable(relative), None, Message("U+0000 is no character of a file's name"))
        path = self._inside(relative, self._resolved / relative)
        # Looked for under its other spelling only where it is missing, as that reads whole folders.
        return path if path.exists() else self._inside(relative, self._spelled(path))

    def _inside(self, relative: str, path: Path) -> Path:
        # With links followed, as a link in the workspace may lead out of it.
        resolved = path.resolve()
        if not resolved.is_relative_to(self._resolved):
            raise WorkspaceError(
                relative, None, Message("the path leaves the workspace; use a path below its folder")
            )
        return resolved

    def _spelled(self, path: Path) -> Path:
        """Return the file whose name reads the same: Macs write é as e and an accent."""
        found = self._resolved
        for part in path.relative_to(self._resolved).parts:
            if not (found / part).exists() and found.is_dir():
                name = unicodedata.normalize("NFC", part)
                same = (one for one in found.iterdir() if unicodedata.normalize("NFC", one.name) == name)
                found = next(same, found / part)
            else:
                found /= part
        return found

    def files(self, pattern: str) -> list[str]:
        """List files by a glob pattern, as sorted paths relative to the root."""
        found = (path for path in self.root.glob(pattern) if path.is_file())
        return sorted(path.relative_to(self.root).as_posix() for path in found)

    def has(self, relative: str) -> bool:
        """Tell whether there is such a file; raise WorkspaceError where it lies outside the root."""
        return self.path(relative).is_file()

    def digest(self, relative: str) -> str:
        """Return the SHA-256 of a file."""
        return sha256(self.read_bytes(relative)).hexdigest()

    def read_bytes(self, relative: str) -> bytes:
        return read_whole(self.path(relative), relative)

    def read_text(self, relative: str) -> str:
        """Read UTF-8, with or without a byte order mark."""
        return decode(self.read_bytes(relative), relative)

    def read_toml(self, relative: str) -> dict[str, Any]:
        return parse_toml(self.read_bytes(relative), relative)

    def read_csv(self, relative: str) -> list[Row]:
        """Read a table as a spreadsheet saves it: see `parse_table`."""
        return parse_table(self.read_text(relative), relative)


def bundled_workspace() -> Workspace:
    """Return the reference workspace: inside the wheel, else the checkout itself."""
    package = Path(__file__).resolve().parent.parent
    data = package / "_data"
    return Workspace(data if (data / "profiles").is_dir() else package.parent)


def is_named(explicit: Path | None) -> bool:
    """Tell whether somebody says which workspace it is, on the command line or in the environment."""
    return explicit is not None or bool(os.environ.get(ENVIRONMENT))


def find_workspace(explicit: Path | None = None, start: Path | None = None) -> Workspace:
    """Choose `explicit`, else the environment's, else the nearest folder upwards, else the bundled one."""
    named = explicit or (Path(os.environ[ENVIRONMENT]) if is_named(None) else None)
    if named:
        # One that was named is never passed over for another.
        if not (named / "profiles").is_dir():
            reason = Message("no folder profiles/ here; 'printkit init DIR' starts a workspace")
            raise WorkspaceError(named, None, reason)
        return Workspace(named.resolve())
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "profiles").is_dir():
            return Workspace(folder)
    return bundled_workspace()
