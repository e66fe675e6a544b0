"""A symbol as modules, apart from the library that computes it."""

from dataclasses import dataclass
from typing import TypeAlias

Matrix: TypeAlias = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True)
class Symbol:
    """A code's text and its dark modules, row by row from the top, without quiet zone."""

    text: str
    level: str
    version: int
    matrix: Matrix

    @property
    def modules(self) -> int:
        return len(self.matrix)


def modules_of(version: int) -> int:
    """Return the modules along one side (ISO/IEC 18004: 17 and 4 for each version)."""
    return 17 + 4 * version
