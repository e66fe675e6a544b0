"""Read many figures at once."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_ZERO, _DOT, _MINUS, _BLANK = b"0.- "
# A whole number of so many digits, and a power of ten up to 22, are exact as floats: dividing one by the
# other gives what reading the figure digit by digit does
_EXACT = 15
_TENS: Floats = np.array([10.0**power for power in range(_EXACT + 1)])
# Of less text all is read sooner one by one
_FEW = 2_000


def figures(text: bytes) -> Floats:
    """Return the figures of a text that has nothing else but blanks: at least one, as PDF writes them."""
    found = None if len(text) < _FEW else _at_once(np.frombuffer(text, np.uint8))
    return np.fromstring(text, sep=" ") if found is None else found


def _at_once(signs: NDArray[np.uint8]) -> Floats | None:
    """Return all figures, None where one has more digits than can be read so; in half the time."""
    solid = signs > _BLANK
    begins = np.flatnonzero(np.diff(solid, prepend=False) & solid)
    # Signs below a zero turn round to more than nine
    digits = np.flatnonzero(signs - np.uint8(_ZERO) < 10)
    first = np.searchsorted(digits, begins)
    counts = np.diff(first, append=len(digits))
    if counts.max() > _EXACT or counts.min() < 1:
        return None
    power = np.repeat(first + counts - 1, counts)
    power -= np.arange(len(digits))
    found: Floats = np.add.reduceat(_TENS[power] * (signs[digits] - np.uint8(_ZERO)), first)
    dots = np.flatnonzero(signs == _DOT)
    owner = np.searchsorted(begins, dots, side="right") - 1
    found[owner] /= _TENS[first[owner] + counts[owner] - np.searchsorted(digits, dots)]
    below = np.flatnonzero(signs == _MINUS)
    found[np.searchsorted(begins, below, side="right") - 1] *= -1
    return found
