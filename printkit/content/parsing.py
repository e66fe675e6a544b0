"""Parse content streams."""

from typing import Any

import pikepdf

from printkit.content.objects import ContentError

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


def parse(stream: Any) -> list[Instruction]:
    """Return the instructions of a page or content stream; ContentError where it cannot be read."""
    if isinstance(stream, pikepdf.Page) and "/Contents" not in stream:
        return []
    try:
        return list(pikepdf.parse_content_stream(stream))
    except (pikepdf.PdfError, TypeError, ValueError) as error:
        raise ContentError(f"page content cannot be read: {error}") from error


def operator_of(instruction: Instruction) -> str:
    """Return the operator as str, empty where it is no text and so unknown."""
    try:
        return str(instruction.operator)
    except UnicodeDecodeError:
        return ""
