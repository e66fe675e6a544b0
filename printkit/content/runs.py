"""Tell apart simple paths that follow each other, all at once: what paints each, what is set between them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# What paints a path does: fill, stroke, or both
WAYS = (True, False), (False, True), (True, True)
_FIRST_LETTER, _STAR = ord("A"), ord("*")
# By the first letter of an operator; with r begins `re` too, which is a path's
_PAINTERS, _SETTERS, _R, _G = {b"fF": 0, b"sS": 1, b"bB": 2}, b"gGkKRw", ord("r"), ord("g")
_WAY, _SETS = np.full(128, -1, np.int64), np.zeros(128, np.bool_)
for _letters, _way in _PAINTERS.items():
    _WAY[list(_letters)] = _way
_SETS[list(_SETTERS)] = True


class Parted(NamedTuple):
    """Paths as written without what sets anything, how each is painted (its place in WAYS), and what is set.

    An operator with its operands stands there after the number of the path that follows it.
    """

    written: list[bytes]
    ways: NDArray[np.int64]
    set: list[tuple[int, bytes]]


def part(run: bytes) -> Parted:
    """Return the paths of a run, which is as `tokens` finds it."""
    signs = np.frombuffer(run + b" ", np.uint8)
    letters = signs >= _FIRST_LETTER
    starts = np.flatnonzero(letters[1:] > letters[:-1]) + 1
    first, second = signs[starts], signs[starts + 1]
    ways = _WAY[first]
    painting = np.flatnonzero(ways >= 0)
    setting = np.flatnonzero(_SETS[first] | ((first == _R) & (second == _G)))
    paths = np.searchsorted(painting, setting)
    # What sets something begins where the path before ends
    ends = np.r_[0, starts[painting] + 1 + (second[painting] == _STAR)]
    written, found, end = list[bytes](), list[tuple[int, bytes]](), 0
    behind = starts[setting] + 1 + (second[setting] >= _FIRST_LETTER)
    for path, begun, over in zip(paths.tolist(), ends[paths].tolist(), behind.tolist(), strict=True):
        written.append(run[end:begun])
        found.append((path, run[begun:over].lstrip()))
        end = over
    written.append(run[end:])
    return Parted(written, ways[painting], found)
