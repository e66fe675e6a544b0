"""Codewords are those of the library, in every version and level."""

import random
from typing import Any, Final, cast

import pytest
from qrcode.util import QRData, create_data

from printkit.qr.capacity import capacity
from printkit.qr.codewords import codewords
from printkit.qr.symbol import LEVELS

# The mode of bytes
BYTES: Final = 4


@pytest.mark.parametrize("level", "LMQH")
def test_codewords_are_those_of_the_library_in_every_version(level: str) -> None:
    noise = random.Random(level)
    for version in range(1, 41):
        for length in (1, capacity(version, level) // 2, capacity(version, level)):
            data = noise.randbytes(length)
            theirs = create_data(version, cast(Any, LEVELS[level]), [QRData(data, BYTES)])
            assert codewords(data, version, LEVELS[level]) == theirs
