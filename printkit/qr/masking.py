"""The mask of a symbol: all eight are weighed at once (ISO/IEC 18004, evaluation of data masking results).

What counts is what the `qrcode` library counts, so that both choose the same.
"""

from functools import cache
from typing import Any, TypeAlias

import numpy as np
from qrcode.util import BCH_type_info, mask_func

Modules: TypeAlias = Any
Place: TypeAlias = tuple[int, int]

MASKS = range(8)
# From this version on a symbol tells its version in two blocks of 3 by 6 modules.
VERSIONED = 17 + 4 * 7
# Penalties: a run of five and more alike, a block of two by two, what looks like a finder, 5 % off the half
RUN, RUN_POINTS = 5, 3
BLOCK_POINTS = 3
FINDER, FINDER_POINTS = "10111010000", 40
PERCENT, PERCENT_POINTS = 5, 10


def best_masked(modules: Modules, level: int, data: Modules) -> Modules:
    """Return a symbol, which comes under mask 0, under the mask of the least penalty.

    `data` tells which modules a mask turns; `level` is the standard's number of the error correction.
    """
    size = len(modules)
    # All eight at once: where two masks differ, exactly those modules turn.
    tried = modules ^ ((masks(size) ^ masks(size)[0]) & data)
    best = int(penalties(tried & ~_information(size)).argmin())
    written = BCH_type_info(level << 3 | best)
    for bit, places in enumerate(zip(*_format_places(size), strict=True)):
        for place in places:
            tried[best][place] = bool(written >> bit & 1)
    return tried[best]


def penalties(symbols: Modules) -> Modules:
    """Return the penalty of each symbol of a stack."""
    # Columns are lines too, and every rule but the blocks' looks at lines.
    lines = np.concatenate((symbols, symbols.swapaxes(1, 2)))
    by_line = _runs(lines) + FINDER_POINTS * _finders(lines)
    half = len(symbols)
    return by_line[:half] + by_line[half:] + BLOCK_POINTS * _blocks(symbols) + _unbalanced(symbols)


@cache
def masks(size: int) -> Modules:
    """Return what each mask turns, whether it holds data or not."""
    rows, columns = range(size), range(size)
    functions = [mask_func(mask) for mask in MASKS]
    return np.array(
        [[[bool(turns(row, column)) for column in columns] for row in rows] for turns in functions]
    )


def _runs(lines: Modules) -> Modules:
    """Count each run's first five modules as three points, each further module as one."""
    alike = lines[..., 1:] == lines[..., :-1]
    inside = alike[..., : 1 - RUN + 1].copy()
    for step in range(1, RUN - 1):
        inside &= alike[..., step : alike.shape[-1] - RUN + 2 + step]
    begins = inside.copy()
    begins[..., 1:] &= ~alike[..., : inside.shape[-1] - 1]
    return inside.sum(axis=(1, 2)) + (RUN_POINTS - 1) * begins.sum(axis=(1, 2))


def _finders(lines: Modules) -> Modules:
    """Count what looks like a finder pattern with four light modules before or behind it."""
    places = lines.shape[-1] - len(FINDER) + 1
    seen = np.zeros((*lines.shape[:-1], places), dtype=np.int16)
    for step in range(len(FINDER)):
        seen += lines[..., step : step + places].astype(np.int16) << (len(FINDER) - 1 - step)
    return ((seen == int(FINDER, 2)) | (seen == int(FINDER[::-1], 2))).sum(axis=(1, 2))


def _blocks(symbols: Modules) -> Modules:
    across = symbols[:, :, 1:] == symbols[:, :, :-1]
    down = symbols[:, 1:] == symbols[:, :-1]
    return (across[:, 1:] & across[:, :-1] & down[:, :, 1:]).sum(axis=(1, 2))


def _unbalanced(symbols: Modules) -> Modules:
    share = symbols.mean(axis=(1, 2)) * 100
    return PERCENT_POINTS * (np.abs(share - 50) / PERCENT).astype(int)


@cache
def _information(size: int) -> Modules:
    """Return the modules of format and version information, which are not weighed."""
    found = np.zeros((size, size), dtype=bool)
    for place in (*_format_places(size)[0], *_format_places(size)[1], (size - 8, 8)):
        found[place] = True
    if size >= VERSIONED:
        found[size - 11 : size - 8, :6] = found[:6, size - 11 : size - 8] = True
    return found


def _format_places(size: int) -> tuple[list[Place], list[Place]]:
    """Return where each bit of the format information stands, down column 8 and along row 8."""
    far = range(size - 8, size)
    down = [*range(6), 7, 8, *far[1:]]
    along = [*reversed(far), 7, *range(5, -1, -1)]
    return [(row, 8) for row in down], [(8, column) for column in along]
