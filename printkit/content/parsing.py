"""Parse content streams."""

import re
from typing import Any

import pikepdf

from printkit.content.objects import ContentError, TooMuch, items_of
from printkit.streams import data_of
from printkit.words import Message

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


# A minute's work, ten times what the densest real page holds; forms that call each other twice, level
# by level, ask for more than any machine has
MOST_OPERATORS = 5_000_000
# What pikepdf calls the operator of an inline image
INLINE_IMAGE = "INLINE IMAGE"
_BLANKS = b"\0\t\n\f\r "
# Every letter to the same one, all else to blanks: a word then begins after a blank
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'\""
_WORDS = bytes(ord("a") if byte in _LETTERS else ord(" ") for byte in range(256))
# Strings, names and comments are passed over; what is left of words (group 1) are operators. Nested
# parentheses two deep, and so many in a string: more only make the count too high.
# Only classes of bytes, and groups of such alone, repeat possessively: `tokens` says why.
_INNER = rb"\([^()\\]*+(?:\\.[^()\\]*+)*+\)"
_TOKENS = re.compile(
    rb"\([^()\\]*+(?:(?:\\.|" + _INNER + rb")[^()\\]*+){0,20000}\)"
    rb"|<[0-9A-Fa-f\s]*+>|/[^\s()<>\[\]{}/%]*+|%[^\r\n]*+|([A-Za-z'\"][^\s()<>\[\]{}/%]*+)",
    re.DOTALL,
)


def parse(stream: Any, most_operators: int = MOST_OPERATORS) -> list[Instruction]:
    """Return the instructions of a page or content stream.

    ContentError where it cannot be read, or is seen to hold more than `most_operators` before it is read.
    """
    if isinstance(stream, pikepdf.Page) and "/Contents" not in stream:
        return []
    try:
        # Counted before it is parsed, which takes half a kilobyte for each.
        if sum(_operators(part, most_operators) for part in parts_of(stream)) > most_operators:
            raise TooMuch(
                Message("the page has more than %(most_operators)s operators", most_operators=most_operators)
            )
        return list(pikepdf.parse_content_stream(stream))
    # IndexError: an inline image that ends before anything is said of it.
    except (pikepdf.PdfError, TypeError, ValueError, IndexError) as error:
        raise ContentError(Message("page content cannot be read")) from error


def ends_early(data: bytes, last: str | None) -> bool:
    """Tell whether content goes on behind its last operator (None: it has none), which readers pass over."""
    left = _bare(data)
    if last is None:
        return bool(left)
    return not left.endswith(b"EI" if last == INLINE_IMAGE else last.encode("utf-8", "surrogateescape"))


def _bare(data: bytes) -> bytes:
    """Return content without blanks and comments at its end (ISO 32000-1, 7.2.2 and 7.2.3)."""
    data = data.rstrip(_BLANKS)
    while (at := data.rfind(b"%", max(data.rfind(b"\n"), data.rfind(b"\r")) + 1)) >= 0:
        data = data[:at].rstrip(_BLANKS)
    return data


def parts_of(stream: Any) -> list[Any]:
    """Return the streams that a page's content consists of, or the one that a stream is."""
    return [part for part in _parts(stream) if isinstance(part, pikepdf.Stream)]


def has_lost_parts(stream: Any) -> bool:
    """Tell whether a page names content that is no stream."""
    return len(parts_of(stream)) < len(_parts(stream))


def _parts(stream: Any) -> list[Any]:
    whole = stream.obj.get("/Contents") if isinstance(stream, pikepdf.Page) else stream
    return items_of(whole, one=True)


def _operators(stream: pikepdf.Stream, most: int) -> int:
    """Count a stream's operators, each of which costs half a kilobyte once parsed.

    Its words are counted first, in a tenth of the time, and the operators among them where they are many.
    """
    data = data_of(stream)
    words = (b" " + data.translate(_WORDS)).count(b" a")
    return words if words <= most else sum(1 for found in _TOKENS.finditer(data) if found.lastindex)


def operator_of(instruction: Instruction) -> str:
    """Return the operator as str, empty where it is no text and so unknown."""
    try:
        return str(instruction.operator)
    except UnicodeDecodeError:
        return ""
