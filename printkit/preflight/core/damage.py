"""Damaged files in our own words: what a library says of its insides helps nobody who prints."""

import re

import pikepdf

from printkit.errors import PrintkitError
from printkit.preflight.core.limits import CannotRun
from printkit.raster.problem import PictureProblem
from printkit.words import Message, sentence

# How far into a file its header may stand, and how far before its end the last word
HEAD, TAIL = 1024, 2048
_OBJECT = re.compile(r"\(object (\d+)[ ,]\d+")
# What qpdf's words come down to
_CAUSES = (
    ("inflate", Message("its data do not decompress")),
    ("memory limit", Message("its data decompress to more than is read")),
    ("unfilterable", Message("its data are packed in a way that is not read here")),
    ("loop", Message("it refers to itself")),
    ("expected", Message("it is not written as PDF asks")),
    ("EOF", Message("it is cut off")),
)


class Damaged(CannotRun):
    """Say what of a file is damaged, on which page where one page has it."""

    def __init__(self, what: str, page: int | None = None) -> None:
        super().__init__(what)
        self.page = page


def as_damaged(error: Exception) -> CannotRun:
    """Return what an error says of the file, in our own words."""
    match error:
        case CannotRun():
            return error
        case MemoryError():
            return CannotRun(Message("it takes more memory than the check has"))
        case RecursionError():
            return Damaged(Message("the file is damaged: something in it is nested too deeply"))
        case PrintkitError() | PictureProblem():
            what = error.fault if isinstance(error, PictureProblem) else sentence(error)
            cause = error.__cause__
            reason = (
                Message(": %(reason)s", reason=_reason(cause))
                if isinstance(cause, pikepdf.PikepdfError)
                else ""
            )
            return Damaged(Message("the file is damaged: %(what)s%(reason)s", what=what, reason=reason))
        case _:
            return Damaged(Message("the file is damaged: %(reason)s", reason=_reason(error)))


def why_not_opened(pdf: bytes) -> str:
    """Say why a file cannot be opened."""
    if not pdf:
        return Message("the file is empty")
    # Readers take a header a little later too, as mail programs and proxies put bytes in front
    if b"%PDF-" not in pdf[:HEAD]:
        return Message("the file is no PDF")
    if b"startxref" not in pdf[-TAIL:]:
        return Message("the file is damaged: it is cut off, its table of objects is not at its end")
    return Message("the file is damaged: its objects cannot be made out")


def _reason(error: BaseException) -> str:
    text = str(error)
    # Of qpdf's words the object's number is what a prepress operator can look up
    found = _OBJECT.search(text)
    where = (
        Message("object %(found)s cannot be read", found=found[1])
        if found
        else Message("a part of it cannot be read")
    )
    cause = next(
        (ours for theirs, ours in _CAUSES if theirs in text), Message("it is not what PDF has there")
    )
    return Message("%(where)s, %(cause)s", where=where, cause=cause)
