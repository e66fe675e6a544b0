"""Neutral greys in K alone, of equal lightness.

An sRGB grey becomes the K whose L* through the press profile, relative to the paper, is the same.
Black is K 100.
"""

import numpy as np
from numpy.typing import NDArray

from printkit.color.light import lightness
from printkit.color.profile import PressProfile
from printkit.color.transform import black_lightness

_LEVELS = 256


class GreyScale:
    """The K of the 256 sRGB greys, 0 black to 255 white.

    `solid` is equal lightness throughout: what is darker than K 100 can print is K 100. `picture` is the
    same down to twice the lightness of K 100; from there it runs evenly to K 100, so that a photograph keeps
    its shadows.
    """

    def __init__(self, profile: PressProfile) -> None:
        wanted = np.array([lightness(level / 255) for level in range(_LEVELS)])
        printed = black_lightness(profile)
        darkest = float(printed[-1])
        eased = np.where(wanted < 2 * darkest, darkest + wanted / 2, wanted)
        self.solid = _black_for(wanted, printed)
        self.picture = _black_for(eased, printed)


def _black_for(wanted: NDArray[np.float64], printed: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return K 0..1 for each L*, the measured course read backwards."""
    # Eight-bit L* repeats itself, and a profile may waver: keep it falling, then take the middle of each step
    falling = np.minimum.accumulate(printed)
    steps, members = np.unique(falling, return_inverse=True)
    middle = np.bincount(members, weights=np.arange(_LEVELS)) / np.bincount(members) / 255
    middle[0], middle[-1] = 1.0, 0.0
    black = np.interp(wanted, steps, middle)
    black[-1] = 0.0
    black[0] = 1.0
    return np.round(black, 4)
