"""The one way to read what a stream of a PDF holds."""

from typing import Any

import pikepdf


def data_of(stream: Any) -> bytes:
    """Return a stream's data unpacked; PdfError where its filters are those of pictures or cannot be undone.

    pikepdf leaves run lengths (RunLengthDecode) packed unless it is asked for them.
    """
    return bytes(stream.read_bytes(pikepdf.StreamDecodeLevel.specialized))
