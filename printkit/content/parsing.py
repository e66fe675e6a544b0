"""Parse content streams."""

from typing import Any

import pikepdf

from printkit.content.objects import ContentError

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


# A minute's work, ten times what the densest real page holds; forms that call each other twice, level
# by level, ask for more than any machine has
MOST_OPERATORS = 5_000_000
# Every letter to the same one, all else to blanks: a word then begins after a blank
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'\""
_WORDS = bytes(ord("a") if byte in _LETTERS else ord(" ") for byte in range(256))


def parse(stream: Any, most_operators: int = MOST_OPERATORS) -> list[Instruction]:
    """Return the instructions of a page or content stream.

    ContentError where it cannot be read, or is seen to hold more than `most_operators` before it is read.
    """
    if isinstance(stream, pikepdf.Page) and "/Contents" not in stream:
        return []
    try:
        if sum(_words(part) for part in _parts(stream)) > most_operators:
            raise ContentError(f"the page has more than {most_operators} operators")
        return list(pikepdf.parse_content_stream(stream))
    except (pikepdf.PdfError, TypeError, ValueError) as error:
        raise ContentError(f"page content cannot be read: {error}") from error


def _parts(stream: Any) -> list[Any]:
    whole = stream.obj.get("/Contents") if isinstance(stream, pikepdf.Page) else stream
    parts = list(whole) if isinstance(whole, pikepdf.Array) else [whole]
    return [part for part in parts if isinstance(part, pikepdf.Stream)]


def _words(stream: pikepdf.Stream) -> int:
    """Count the words of a stream, of which operators are some: each costs half a kilobyte once parsed."""
    return (b" " + stream.read_bytes().translate(_WORDS)).count(b" a")


def operator_of(instruction: Instruction) -> str:
    """Return the operator as str, empty where it is no text and so unknown."""
    try:
        return str(instruction.operator)
    except UnicodeDecodeError:
        return ""
