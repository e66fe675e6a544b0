"""What is asked of the program of a font; the readers behind it are loaded once a file has text."""

from collections.abc import Callable
from dataclasses import dataclass

# Advances in 1/1000 of the size, of the glyphs that a code may show; none where it shows .notdef
Advances = Callable[[int], list[float]]


class NoProgram(Exception):
    """Say why a font's program cannot be read."""


@dataclass(frozen=True)
class Program:
    """What a font's program has; `blank` tells whether a code is meant to leave no mark."""

    advances: Advances
    blank: Callable[[int], bool]
