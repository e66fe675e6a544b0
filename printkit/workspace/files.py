"""Read and write whole files; a complaint names the file and the line."""

import contextlib
import errno
import math
import os
import secrets
import stat
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from printkit.errors import WorkspaceError, WriteError, causes, system_words
from printkit.words import Message
from printkit.workspace.syntax import toml_fault

_NO_FILE = Message("this is no file but a pipe, a socket or a device; put a file there")
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
        # Those may never end; of a folder the system says what it is.
        if not stat.S_ISREG(kind := path.stat().st_mode) and not stat.S_ISDIR(kind):
            raise WorkspaceError(shown, None, _NO_FILE)
        return path.read_bytes()
    except OSError as error:
        raise unread(shown, error) from error


def read_named(path: Path, shown: Path | str, most: int) -> bytes:
    """Read what somebody named to be read once, a pipe too, as of `<(command)`; a complaint calls it `shown`.

    Of more than `most` bytes one more is read: a pipe or a device may never end.
    """
    try:
        with path.open("rb") as opened:
            return opened.read(most + 1)
    except OSError as error:
        raise unread(shown, error) from error


def unread(shown: Path | str, error: OSError) -> WorkspaceError:
    """Return the complaint that a file, called `shown`, cannot be read."""
    return WorkspaceError(shown, None, Message("cannot be read: %(strerror)s", strerror=system_words(error)))


def foreign(folder: Path, name: str) -> WriteError:
    """Return the complaint that a file lies where printkit would write its own."""
    cure = Message("move it away or choose another folder")
    return WriteError(
        Message("%(root)s: %(name)s is there and not printkit's; %(cure)s", root=folder, name=name, cure=cure)
    )


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
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where, reason = toml_fault(text, error)
        raise WorkspaceError(shown, where, reason) from error
    except RecursionError as error:
        reason = Message("lists or tables stand in each other too deeply to be read; no value needs that")
        raise WorkspaceError(shown, None, reason) from error
    # Python refuses 4,300 digits.
    except ValueError as error:
        raise WorkspaceError(
            shown, None, Message("a whole number has more digits than can be read; put it in quotes")
        ) from error
    # TOML has them, and every limit that they are compared with would be told instead.
    for key, value in _endless(found):
        raise WorkspaceError(shown, key, Message("'%(value)s' is no number", value=value))
    return found


def _endless(value: Any, key: str = "") -> Iterator[tuple[str, float]]:
    """Yield the keys of numbers that are none or have no end."""
    if isinstance(value, dict | list):
        for name, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _endless(one, f"{key}.{name}" if key else str(name))
    elif isinstance(value, float) and not math.isfinite(value):
        yield key, value


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file anywhere, one that the command line names."""
    return parse_toml(read_whole(file, file), file)


def write_file(path: Path, data: bytes) -> None:
    """Write a file as `writing` does."""
    with writing(path) as file:
        file.write(data)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Give a file aside to write to, then flush it and move it into place.

    A device or a pipe is written to as it is. Raise WriteError and leave nothing half-written.
    """
    try:
        # Moving a file over /dev/stdout would take the device away.
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
        else:
            with _aside(path) as file:
                yield file
    except OSError as error:
        raise WriteError(
            Message("%(path)s: cannot be written: %(strerror)s", path=path, strerror=system_words(error))
        ) from error


@contextlib.contextmanager
def _aside(path: Path) -> Iterator[BinaryIO]:
    # Made with the rights that this process gives its files: some folders refuse to change them afterwards
    # (a Windows disk seen from Linux), and to ask for the mask is to change it for all threads.
    aside = path.with_name(f".printkit-{secrets.token_hex(8)}")
    try:
        with aside.open("xb") as file:
            yield file
            file.flush()
            # Before it is moved: after a power cut the name must not stand for an empty file.
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise


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
