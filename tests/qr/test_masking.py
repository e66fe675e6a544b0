"""The mask that is chosen is the one of the library, which weighs them one by one."""

import random
from typing import Final

import numpy as np
import pytest
from qrcode import QRCode
from qrcode.util import QRData, lost_point

from printkit.qr.masking import penalties
from printkit.qr.symbol import LEVELS, make_symbol

# The mode of bytes
BYTES: Final = 4


def by_the_library(text: str, level: str, version: int) -> list[list[bool]]:
    code = QRCode(version, LEVELS[level], border=0)
    code.add_data(QRData(text.encode(), BYTES), optimize=0)
    code.make(fit=False)
    return [[bool(module) for module in row] for row in code.modules]


@pytest.mark.parametrize("level", "LMQH")
def test_the_symbol_is_that_of_the_library(level: str) -> None:
    signs = random.Random(level)
    for length in (3, 20, 50, 90, 130, 160, 700):
        text = "https://example.no/" + "".join(signs.choices("abcdef0123/?&=-", k=length))
        symbol = make_symbol(text, level, (1, 40))
        assert symbol.matrix == tuple(map(tuple, by_the_library(text, level, symbol.version)))


def test_penalties_are_those_of_the_library() -> None:
    noise = np.random.default_rng(7).random((8, 45, 45))
    # From nearly white to nearly black, and all of one colour
    symbols = noise < np.linspace(0, 1, 8)[:, None, None]
    assert penalties(symbols).tolist() == [lost_point(symbol.tolist()) for symbol in symbols]
