"""Figures read all at once are those that are read one by one."""

import random

import numpy as np
import pytest

from printkit.content.figures import figures


def _written(dice: random.Random) -> str:
    sign = dice.choice(("", "", "-", "+"))
    whole, part = dice.randint(0, 9_999_999), f"{dice.randint(0, 9_999_999):0{dice.randint(1, 7)}d}"
    return sign + dice.choice(
        (f"{whole}", f"{whole}.", f".{part}", f"{whole}.{part}", f"{whole % 10}.{part}")
    )


@pytest.mark.parametrize("longest", ["1", "123456789012345", "0.123456789012345678", "123456789.987654321"])
def test_figures_are_those_that_python_reads(longest: str) -> None:
    dice = random.Random(1)
    words = [*(_written(dice) for _ in range(2_000)), longest, "-0", "+.5"]
    text = "".join(word + dice.choice((" ", "\n", "\t  ")) for word in words)
    assert figures(text.encode()).tolist() == [float(word) for word in words]


def test_few_figures_are_read_as_many_are() -> None:
    assert figures(b"  1 -2.5 .25 ").tolist() == [1.0, -2.5, 0.25]
    assert np.array_equal(figures(b"7 " * 2_000), np.full(2_000, 7.0))
