"""Read and write whole files; a complaint names the file and the line."""

import contextlib
import errno
import os
import re
import secrets
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from printkit.errors import WorkspaceError, WriteError, causes, system_words
from printkit.words import Message

# TOML wants seconds, which nobody writes.
_BARE_TIME = re.compile(r"=\s*\d\d?:\d\d\s*(#.*)?$", re.MULTILINE)
# A disk, a quota or a limit of the process that leaves no room
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


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
        raise WorkspaceError(
            shown, None, Message("cannot be read: %(strerror)s", strerror=system_words(error))
        ) from error


def decode(data: bytes, shown: Path | str) -> str:
    """Decode UTF-8, with or without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        # The byte tells somebody who knows encodings which one it is.
        reason = Message("byte 0x%(data)02x is not UTF-8; save the file as UTF-8", data=data[error.start])
        raise WorkspaceError(shown, Message("line %(line)s", line=line), reason) from error


def parse_toml(data: bytes, shown: Path | str) -> dict[str, Any]:
    """Read TOML; raise WorkspaceError, which calls the file `shown` and knows what people get wrong."""
    text = decode(data, shown)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        hint = Message("; write a time of day as 18:00:00 or in quotes") if _BARE_TIME.search(text) else ""
        raise WorkspaceError(
            shown, None, Message("not valid TOML: %(error)s%(hint)s", error=error, hint=hint)
        ) from error
    except RecursionError as error:
        reason = Message("lists or tables stand in each other too deeply to be read; no value needs that")
        raise WorkspaceError(shown, None, reason) from error


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file anywhere, one that the command line names."""
    return parse_toml(read_whole(file, file), file)


def write_file(path: Path, data: bytes) -> None:
    """Write aside, flush and move into place; raise WriteError and leave nothing half-written.

    A device or a pipe is written to as it is.
    """
    # Moving a file over /dev/stdout would take the device away.
    if path.exists() and not path.is_file():
        _pour(path, data)
        return
    # Made with the rights that this process gives its files: some folders refuse to change them afterwards
    # (a Windows disk seen from Linux), and to ask for the mask is to change it for all threads.
    aside = path.with_name(f".printkit-{secrets.token_hex(8)}")
    try:
        with aside.open("xb") as file:
            file.write(data)
            file.flush()
            # Before it is moved: after a power cut the name must not stand for an empty file.
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise WriteError(
            Message("%(path)s: cannot be written: %(strerror)s", path=path, strerror=system_words(error))
        ) from error


def _pour(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise WriteError(
            Message("%(path)s: cannot be written: %(strerror)s", path=path, strerror=system_words(error))
        ) from error


def no_room(error: object) -> WriteError | None:
    """Return what a full disk is told by, where an error of whatever name came of one; else None."""
    for one in causes(error):
        # It says already which file could not be written.
        if isinstance(one, WriteError):
            break
        if isinstance(one, OSError) and one.errno in _NO_ROOM:
            file = one.filename or tempfile.gettempdir()
            return WriteError(
                Message(
                    "%(file)s: %(strerror)s; make room, or set TMPDIR to a folder that has some",
                    file=file,
                    strerror=system_words(one),
                )
            )
    return None
