"""What the extra `web` brings: where a library of it is not installed, whoever asks is told how to add it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from printkit.errors import MissingError
from printkit.words import Message


@contextmanager
def extra_web() -> Iterator[None]:
    """Raise MissingError where a library is imported within that is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        # A module of our own that is missing is a fault here; nothing that is installed mends it.
        if (error.name or "printkit").partition(".")[0] == "printkit":
            raise
        raise MissingError(
            Message(
                "this needs '%(name)s', which is not installed; add the extra web: "
                "pip install 'printkit-press[web]', or with the wheel's file pip install 'FILE.whl[web]'",
                name=error.name,
            )
        ) from error
