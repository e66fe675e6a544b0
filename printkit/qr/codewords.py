"""The codewords of a symbol in byte mode (ISO/IEC 18004): data, padding and error correction, interleaved.

They are those of the `qrcode` library, which divides polynomials coefficient by coefficient; here a block is
multiplied by the remainders of its places, found once for each size of block.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from qrcode.base import EXP_TABLE, LOG_TABLE, Polynomial, gexp, rs_blocks

from printkit.qr.capacity import COUNT_BITS, COUNT_BITS_FROM_10

# Mode indicator of bytes, and what fills a symbol up
BYTES = 4
PADDING = bytes((0xEC, 0x11))

_EXP, _LOG = np.array(EXP_TABLE, dtype=np.uint8), np.array(LOG_TABLE)


def codewords(data: bytes, version: int, level: int) -> list[int]:
    """Return the codewords of a symbol that has room for the data."""
    blocks = rs_blocks(version, level)
    edges = [0, *accumulate(block.data_count for block in blocks)]
    filled = _filled(data, COUNT_BITS if version < 10 else COUNT_BITS_FROM_10, edges[-1])
    parts = [filled[first:last] for first, last in pairwise(edges)]
    checks = [
        _correction(part, block.total_count - block.data_count)
        for part, block in zip(parts, blocks, strict=True)
    ]
    return [*_interleaved(parts), *_interleaved(checks)]


def _filled(data: bytes, count_bits: int, size: int) -> bytes:
    """Return mode, count, data, the terminator's four zeros, and padding."""
    head = BYTES << count_bits | len(data)
    # As one number, which shifts all bytes by the mode's half byte at once.
    number = (head << 8 * len(data) | int.from_bytes(data)) << 4
    body = number.to_bytes((4 + count_bits + 8 * len(data) + 4) // 8)
    return body + (PADDING * size)[: size - len(body)]


def _correction(part: bytes, count: int) -> bytes:
    """Return a block's codewords of error correction: the sum of the remainders of its coefficients."""
    values = np.frombuffer(part, dtype=np.uint8)
    places = values.nonzero()[0]
    logarithms = _LOG[values[places]][:, None] + _remainders(len(part), count)[places]
    # What leaves nothing has no logarithm, and stands far below 0 for it.
    products = np.where(logarithms < 0, 0, _EXP[logarithms % 255])
    return bytes(np.bitwise_xor.reduce(products, axis=0).astype(np.uint8))


@cache
def _remainders(size: int, count: int) -> "np.ndarray[Any, Any]":
    """Return the logarithms of what is left of 1 at each place of a block; far below 0 where nothing is."""
    generator = Polynomial([1], 0)
    for power in range(count):
        generator = generator * Polynomial([1, gexp(power)], 0)
    tail = np.array([generator[place] for place in range(1, count + 1)])
    rows = [tail]
    for _ in range(size - 1):
        first, *rest = rows[0]
        shifted = np.append(rest, 0)
        rows.insert(0, shifted ^ _times(first, tail))
    table = np.array(rows)
    return np.where(table == 0, -1000, _LOG[table])


def _times(factor: int, values: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    if factor == 0:
        return np.zeros_like(values)
    products = _EXP[(_LOG[factor] + _LOG[values]) % 255].astype(int)
    return np.where(values == 0, 0, products)


def _interleaved(parts: Sequence[bytes]) -> Iterator[int]:
    # The last blocks may have a codeword more than the first.
    for place in range(max(map(len, parts))):
        yield from (part[place] for part in parts if place < len(part))
