"""Tables in plain text: aligned for a person, split by two blanks for a script."""

import re
from collections.abc import Callable, Sequence

# As a language writes them, and several in a cell, as the sides of a page
_NUMBERS = re.compile(r"-?\d+(?:[.,]\d+)?(?: \d+(?:[.,]\d+)?)*")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], say: Callable[[str], str] = str) -> str:
    """Return the rows under their heads, each column as wide as its widest cell; numbers to the right.

    `say` puts heads and cells that are messages in another language.
    """
    if not rows:
        return ""
    # Before widths are measured, as a translation is longer or shorter.
    heads, *rows = ([say(cell) for cell in row] for row in (heads, *rows))
    columns = list(zip(heads, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    # A column is put to the right where every cell is a number; the heads do not count.
    right = [all(_NUMBERS.fullmatch(cell) for cell in column[1:]) for column in columns]
    return "\n".join(_line(row, widths, right) for row in (heads, *rows))


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = zip(row, widths, right, strict=True)
    return "  ".join(
        cell.rjust(width) if to_right else cell.ljust(width) for cell, width, to_right in cells
    ).rstrip()
