"""What is written to stdout and stderr: whole, in an encoding that they take, or refused."""

import atexit
import contextlib
import gc
import json
import os
import sys
from collections.abc import Iterator

import click

from printkit.errors import WriteError, readable, system_words
from printkit.words import Message

CLOSED = Message("stdout is closed; let it lead to a file, a pipe or a screen")


def write_json(data: object) -> None:
    """Write an object to stdout as UTF-8, whatever the terminal's encoding; WriteError where it cannot be."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    # Names of files may hold bytes that are no text.
    write_bytes(text.encode("utf-8", "replace") + b"\n")


def write_text(text: str) -> None:
    """Write lines to stdout; what its encoding does not have becomes a question mark. Raise WriteError."""
    _check_open()
    with _told():
        click.echo(_encodable(text, sys.stdout.encoding))


def write_bytes(data: bytes) -> None:
    """Write bytes to stdout; raise WriteError where they cannot be written."""
    _check_open()
    with _told():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def say(text: str) -> None:
    """Write lines to stderr; where nobody takes them they are lost, and the work goes on."""
    # A remark that nobody can read is no reason to lose what is being made.
    with contextlib.suppress(OSError):
        click.echo(_encodable(text, sys.stderr.encoding if sys.stderr else None), err=True)


def hold_standard() -> None:
    """Let stdin, stdout and stderr lead nowhere where they are closed.

    The next file or pipe that is opened would take such a number, and what speaks in a worker or is silenced
    there would go into it. That stdout was closed is still seen by `sys.stdout`.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free, which is this one
            os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(number, True)


def let_go() -> bool:
    """Write out what stdout still holds; tell whether it took it, and leave nothing to fail at the end."""
    try:
        if sys.stdout:
            sys.stdout.flush()
    except OSError:
        # Python would try again when it ends, and print its own words.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


def end_at_once() -> None:
    """Have this process end without Python looking through all that was loaded once more: 0.1 s.

    For commands that hold nothing which is closed by being forgotten, as the database of orders is: SQLite
    then leaves the last transactions in a file of their own.
    """
    atexit.register(gc.freeze)


def _check_open() -> None:
    # Python has none where it was closed before the start.
    if sys.stdout is None:
        raise WriteError(CLOSED)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise WriteError(Message("stdout: whoever was reading it has gone")) from error
    except OSError as error:
        raise WriteError(Message("stdout: %(strerror)s", strerror=system_words(error))) from error


def _encodable(text: str, encoding: str | None) -> str:
    # A terminal without the letters of a language shows question marks; to end there would lose the result.
    name = encoding or "utf-8"
    return readable(text).encode(name, "replace").decode(name)
