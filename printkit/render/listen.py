"""Listen to WeasyPrint's log: whatever it only mentions there is an error here."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from printkit.errors import WorkspaceError, WorkspaceErrors

# Lines that say nothing about the piece, each with the reason.
HARMLESS = (
    # Which of two libraries takes unused glyphs out of a font.
    "Using fontTools instead of HarfBuzz-Subset",
)
_PLACE = re.compile(r"\s*\bat (\d+):\d+[,.:]?")


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not message.startswith(HARMLESS) and message not in self.heard:
            self.heard.append(message)


@contextmanager
def listening(file: str) -> Iterator[None]:
    """Raise WorkspaceErrors for all that WeasyPrint logs meanwhile; `file` is what it reads."""
    ear, logger = _Ear(), logging.getLogger("weasyprint")
    kept = logger.level, logger.propagate
    logger.addHandler(ear)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(ear)
        logger.level, logger.propagate = kept
    if ear.heard:
        raise WorkspaceErrors(_complaint(file, message) for message in ear.heard)


def _complaint(file: str, message: str) -> WorkspaceError:
    place = _PLACE.search(message)
    where = f"line {place[1]}" if place else None
    return WorkspaceError(file, where, _PLACE.sub("", message))
