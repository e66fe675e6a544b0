"""Keep ink under the press's limit: C, M and Y give way in equal ratio, K stays.

An ink is a fraction, 1.0 in full; a limit is in percent of one ink, as presses and profiles state it.
"""

import math

import numpy as np
from numpy.typing import NDArray

from printkit.words import Message

Cmyk = tuple[float, float, float, float]

# Four decimals are finer than a plate's 256 levels and keep content streams short
_DECIMALS = 10_000
_FULL = 255


class InkError(ValueError):
    """Say which recipe or limit a press cannot print."""


def ink_sum(cmyk: Cmyk) -> float:
    """Return the total ink, 0..4."""
    return math.fsum(cmyk)


def check_limit(limit: float) -> float:
    """Return `limit` when it is one that a press can have, or raise InkError."""
    # K never gives way, so a limit under one full ink could not be kept
    if not 100 <= limit <= 400:
        raise InkError(Message("ink limit %(limit)g is not between 100 and 400 %%", limit=limit))
    return limit


def check_recipe(name: str, cmyk: Cmyk, limit: float) -> None:
    """Raise InkError when the recipe of colour `name` is not four inks 0..1 or is over `limit`."""
    if not all(0.0 <= ink <= 1.0 for ink in cmyk):
        raise InkError(Message("colour '%(name)s': a recipe is four inks from 0 to 100 %%", name=name))
    # Recipes that make up just the limit in hundredths must not fail by a binary digit
    if ink_sum(cmyk) > check_limit(limit) / 100 + 1e-9:
        total = round(ink_sum(cmyk) * 100)
        raise InkError(
            Message(
                "colour '%(name)s': %(total)s %% ink, %(limit)g %% is the most; lower C, M or Y",
                name=name,
                total=total,
                limit=limit,
            )
        )


def limit_ink(cmyk: Cmyk, limit: float) -> Cmyk:
    """Return the colour with C, M and Y scaled down alike where its ink is over `limit`."""
    cyan, magenta, yellow, black = cmyk
    most = limit / 100
    if ink_sum(cmyk) <= most + 1e-9:
        return cmyk
    scale = (most - black) / (cyan + magenta + yellow)
    return _floor(cyan * scale), _floor(magenta * scale), _floor(yellow * scale), black


def limit_pixels(pixels: NDArray[np.uint8], limit: float) -> NDArray[np.uint8]:
    """Return CMYK pixels (..., 4; 255 is full ink) under `limit`; what is reduced rounds down."""
    most = math.floor(limit / 100 * _FULL + 1e-6)
    over = ink_of_pixels(pixels) > most
    if not over.any():
        return pixels
    limited = pixels.copy()
    chosen = pixels[over].astype(np.int64)
    coloured = chosen[:, :3].sum(axis=1)
    # Integers, so that every machine rounds alike
    chosen[:, :3] = chosen[:, :3] * (most - chosen[:, 3])[:, None] // coloured[:, None]
    limited[over] = chosen.astype(np.uint8)
    return limited


def ink_of_pixels(pixels: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Return the total ink (...) of CMYK pixels (..., 4), 0..1020, plane by plane: `sum` is far slower."""
    total = pixels[..., 0].astype(np.uint16)
    for ink in range(1, 4):
        total += pixels[..., ink]
    return total


def _floor(ink: float) -> float:
    return math.floor(ink * _DECIMALS + 1e-6) / _DECIMALS
