"""What is asked of the program of a font; the readers behind it are loaded once a file has text."""

from collections.abc import Callable
from dataclasses import dataclass

# Units of glyphs on the size, but for Type 3, whose dictionary says how large a unit is
PER_MILLE = 1000.0
# Advances in units of glyphs, of the glyphs that a code may show; none where it shows .notdef
Advances = Callable[[int], list[float]]


class NoProgram(Exception):
    """Say why a font's program cannot be read."""


@dataclass(frozen=True)
class Program:
    """What a font's program has; `blank` tells whether a code is meant to leave no mark.

    `unit` is what a unit of its glyphs is in 1/1000 of the size.
    """

    advances: Advances
    blank: Callable[[int], bool]
    unit: float = 1.0
