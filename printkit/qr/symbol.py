"""Symbols by the `qrcode` library, in byte mode."""

from functools import cache, lru_cache

import numpy as np
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

from printkit.qr.address import CodeProblem
from printkit.qr.capacity import capacity
from printkit.qr.codewords import codewords
from printkit.qr.masking import Modules, best_masked, masks
from printkit.qr.matrix import Matrix, Symbol
from printkit.words import Message

LEVELS = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}
# The column of the upright timing pattern
TIMING = 6


@lru_cache(maxsize=256)
def make_symbol(text: str, level: str, versions: tuple[int, int], mask: int | None = None) -> Symbol:
    """Return the smallest symbol within `versions` (first, last) that holds `text`.

    A given `mask` (0 to 7) saves trying all eight. Raise CodeProblem where the text does not fit.
    """
    data = text.encode()
    for version in range(versions[0], versions[1] + 1):
        # In bytes, which one mode holds, whatever the text.
        if len(data) <= capacity(version, level):
            return Symbol(text, level, version, _matrix(data, level, version, mask))
    most = capacity(versions[1], level)
    raise CodeProblem(
        Message(
            "the address has %(count)s characters, %(most)s fit into its code; shorten it",
            count=len(data),
            most=most,
        )
    )


def _matrix(data: bytes, level: str, version: int, mask: int | None) -> Matrix:
    modules, free = _frame(version, level, mask or 0)
    rows, columns = _places(version)
    bits = np.zeros(len(rows), dtype=bool)
    written = np.unpackbits(np.array(codewords(data, version, LEVELS[level]), dtype=np.uint8))
    # What is over at the end stays light: some versions have a few modules more than bits.
    bits[: len(written)] = written
    modules = modules.copy()
    modules[rows, columns] = bits ^ masks(len(modules))[mask or 0][rows, columns]
    if mask is None:
        modules = best_masked(modules, LEVELS[level], free)
    matrix: list[list[bool]] = modules.tolist()
    return tuple(map(tuple, matrix))


@cache
def _frame(version: int, level: str, mask: int) -> tuple[Modules, Modules]:
    """Return a symbol without data, and which modules function patterns and information leave free for it."""
    code = QRCode(version, LEVELS[level], border=0, mask_pattern=mask)
    code.data_cache = []
    code.map_data = lambda *_: None  # type: ignore[method-assign]
    code.makeImpl(False, mask)
    free = np.array([[module is None for module in row] for row in code.modules])
    return np.array(code.modules, dtype=bool), free


@cache
def _places(version: int) -> tuple[Modules, Modules]:
    """Return rows and columns of the modules that hold data, in its order.

    It runs up and down in pairs of columns from the right, past the upright timing pattern.
    """
    _, free = _frame(version, "L", 0)
    size, order = len(free), []
    pairs = [*range(size - 1, TIMING, -2), *range(TIMING - 1, 0, -2)]
    for count, right in enumerate(pairs):
        rows = range(size) if count % 2 else reversed(range(size))
        order += [(row, column) for row in rows for column in (right, right - 1) if free[row, column]]
    places = np.array(order)
    return places[:, 0], places[:, 1]
