"""Listen to WeasyPrint's log: whatever it only mentions there is an error here."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.words import Message

# Lines that say nothing about the piece, each with the reason.
HARMLESS = (
    # Which of two libraries takes unused glyphs out of a font.
    "Using fontTools instead of HarfBuzz-Subset",
)
# It passes over properties with a browser's prefix without a warning. Browsers heed their own, so they count
# as written, but for those that change nothing on paper.
_PREFIXED = re.compile(r"Ignored `(?P<name>-webkit-[\w-]+)")
_ON_SCREENS = re.compile(
    r"-webkit-(?:print-color-adjust|font-smoothing|text-size-adjust|tap-highlight-color|user-\w+|touch-callout|"
    r"overflow-scrolling|appearance|hyphens)"
)
_PLACE = re.compile(r"\s*\bat (\d+):\d+[,.:]?")

# What was fetched is no picture, as a font or a style sheet.
_NO_PICTURE = re.compile(r"Failed to load image at '(?P<address>[^']*)'")

FileOf = Callable[[int], str | None]


class _LogHandler(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # Thousands of lines say nothing; the one that matters has a level that tells nothing
        if record.levelno < logging.WARNING and "prefixed" not in str(record.args):
            return
        message = record.getMessage()
        prefixed = _PREFIXED.match(message)
        if prefixed and not _ON_SCREENS.fullmatch(prefixed["name"]):
            message = message.rpartition(",")[0] + ", write it without the prefix"
        elif record.levelno < logging.WARNING:
            return
        if not message.startswith(HARMLESS) and message not in self.heard:
            self.heard.append(message)


@contextmanager
def listening(file: str, file_of: FileOf | None = None) -> Iterator[None]:
    """Raise WorkspaceErrors for all that WeasyPrint logs meanwhile.

    `file` is what it reads; `file_of` may name the style sheet of a value that is only settled in the layout,
    by its line.
    """
    handler, logger = _LogHandler(), logging.getLogger("weasyprint")
    kept = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    # Handlers of the program that called would print it a second time
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = kept
    if handler.heard:
        raise WorkspaceErrors(_complaint(file, file_of, message) for message in handler.heard)


def _complaint(file: str, file_of: FileOf | None, message: str) -> WorkspaceError:
    if no_picture := _NO_PICTURE.match(message):
        named = unquote(urlsplit(no_picture["address"]).path).lstrip("/")
        return WorkspaceError(file, None, Message("'%(file)s' is no picture; name one that is", file=named))
    place = _PLACE.search(message)
    if place is None:
        return WorkspaceError(file, None, message)
    found = file_of(int(place[1])) if file_of else None
    return WorkspaceError(found or file, Message("line %(line)s", line=place[1]), _PLACE.sub("", message))
