"""Read and write whole files; a complaint names the file and the line."""

import contextlib
import os
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printkit.errors import WorkspaceError, WriteError


@dataclass(frozen=True)
class Written:
    """Say what was written: the file relative to its folder, and what to know it by again."""

    file: str
    sha256: str
    bytes: int
    mtime_ns: int
    inode: int | None = None


def read_whole(path: Path, shown: Path | str) -> bytes:
    """Read a file; a complaint calls it `shown`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkspaceError(shown, None, f"cannot be read: {error.strerror}") from error


def decode(data: bytes, shown: Path | str) -> str:
    """Decode UTF-8, with or without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise WorkspaceError(shown, f"line {line}", reason) from error


def parse_toml(data: bytes, shown: Path | str) -> dict[str, Any]:
    try:
        return tomllib.loads(decode(data, shown))
    except tomllib.TOMLDecodeError as error:
        raise WorkspaceError(shown, None, f"not valid TOML: {error}") from error


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file anywhere, one that the command line names."""
    return parse_toml(read_whole(file, file), file)


def write_file(path: Path, data: bytes) -> None:
    """Write aside, flush and move into place; raise WriteError and leave nothing half-written."""
    aside = ""
    try:
        handle, aside = tempfile.mkstemp(prefix=".printkit-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o666 & ~_umask())
        Path(aside).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(aside).unlink()
        raise WriteError(f"{path}: cannot be written: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
