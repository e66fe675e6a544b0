"""Codes by the `qrcode` library, under the mask that ISO/IEC 18004 asks for, or under a given one."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import QRData

# Who gives a mask spares the search for the best of eight, which takes four times as long as the rest.
GIVEN = 3
# ISO/IEC 18004, mode indicator of bytes
BYTES: Final = 4
# What printkit's page leaves free for the code
RESERVED = '<div class="code" data-code="qr"></div>'


def modules(text: str, mask: int | None = None) -> list[list[bool]]:
    """Return the rows of the smallest symbol that holds the text, under its best mask or the one given."""
    code = QRCode(None, ERROR_CORRECT_M, border=0, mask_pattern=mask)
    code.add_data(QRData(text.encode(), BYTES), optimize=0)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


def runs(rows: list[list[bool]]) -> Iterator[tuple[int, int, int]]:
    """Yield column, row and length of each run of dark modules."""
    for y, row in enumerate(rows):
        x = 0
        for dark, group in groupby(row):
            length = len(list(group))
            if dark:
                yield x, y, length
            x += length


def coded(page: str, piece: dict[str, str]) -> str:
    """Return a page with its code as SVG, each run of dark modules a box, and its print id."""
    rows = modules(piece["url"])
    drawn = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in runs(rows))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}">'
    code = f'{head}<path d="{drawn}"/></svg><p>{piece["print_id"]}</p>'
    return page.replace(RESERVED, f'<div class="code">{code}</div>')
