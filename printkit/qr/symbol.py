"""Symbols by the `qrcode` library, in byte mode."""

from functools import cache, lru_cache

import numpy as np
from qrcode import QRCode
from qrcode.base import rs_blocks
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

from printkit.qr.address import CodeProblem
from printkit.qr.codewords import COUNT_BITS, COUNT_BITS_FROM_10, codewords
from printkit.qr.masking import Modules, best_masked
from printkit.qr.matrix import Matrix, Symbol

LEVELS = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}
# ISO/IEC 18004, length of the mode indicator in bits
MODE_BITS = 4


def capacity(version: int, level: str) -> int:
    """Return how many bytes a symbol holds."""
    bits = 8 * sum(block.data_count for block in rs_blocks(version, LEVELS[level]))
    return (bits - MODE_BITS - (COUNT_BITS if version < 10 else COUNT_BITS_FROM_10)) // 8


@lru_cache(maxsize=256)
def make_symbol(text: str, level: str, versions: tuple[int, int], mask: int | None = None) -> Symbol:
    """Return the smallest symbol within `versions` (first, last) that holds `text`.

    A given `mask` (0 to 7) saves trying all eight. Raise CodeProblem where the text does not fit.
    """
    data = text.encode()
    for version in range(versions[0], versions[1] + 1):
        if len(data) <= capacity(version, level):
            return Symbol(text, level, version, _matrix(data, level, version, mask))
    most = capacity(versions[1], level)
    raise CodeProblem(f"the address has {len(data)} characters, {most} fit into its code; shorten it")


def _matrix(data: bytes, level: str, version: int, mask: int | None) -> Matrix:
    code = QRCode(version, LEVELS[level], border=0, mask_pattern=mask or 0)
    code.data_cache = codewords(data, version, LEVELS[level])
    code.make(fit=False)
    modules = np.array(code.modules, dtype=bool)
    if mask is None:
        modules = best_masked(modules, LEVELS[level], _data_modules(version))
    matrix: list[list[bool]] = modules.tolist()
    return tuple(map(tuple, matrix))


@cache
def _data_modules(version: int) -> Modules:
    """Return which modules hold data: those that function patterns and information leave free."""
    code = QRCode(version, border=0, mask_pattern=0)
    code.make(fit=False)
    code.map_data = lambda *_: None  # type: ignore[method-assign]
    code.makeImpl(False, 0)
    return np.array([[module is None for module in row] for row in code.modules])
