"""What the command line names to be read: files, pipes, stdin."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from printkit.units import MB
from printkit.words import Message

STDIN = "-"
# Of values: the longest order has some thousands of bytes
MOST_TOML_MB = 10


def shown(file: str) -> str:
    """Return what complaints call a file."""
    return "stdin" if file == STDIN else file


def read_given(file: str, most_mb: int) -> bytes:
    """Read what is named; of more than the limit one byte more, as a pipe or a device may never end.

    Raise WorkspaceError for what cannot be read.
    """
    from printkit.workspace.files import read_named, unread

    most = most_mb * MB
    if file != STDIN:
        return read_named(Path(file), file, most)
    try:
        # Where it is closed there is none.
        return sys.stdin.buffer.read(most + 1) if sys.stdin else b""
    except OSError as error:
        raise unread(shown(file), error) from error


def toml_given(file: str) -> dict[str, Any]:
    """Read values as TOML; raise WorkspaceError."""
    from printkit.errors import WorkspaceError
    from printkit.workspace import parse_toml

    data = read_given(file, MOST_TOML_MB)
    if len(data) > MOST_TOML_MB * MB:
        reason = Message("over %(most_mb)s MB; values take less: name the right file", most_mb=MOST_TOML_MB)
        raise WorkspaceError(shown(file), None, reason)
    return parse_toml(data, shown(file))
