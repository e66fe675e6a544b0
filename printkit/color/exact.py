"""Recipes in pictures: what is exactly a brand colour prints as its recipe, and what is near it as nearly."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from printkit.color.light import Rgb8

Bytes = NDArray[np.uint8]

# Levels of 255 within which the recipe fades into what LittleCMS gives, so that soft edges show no rim. Half
# of it leaves a step between recipe and profile, twice as much reaches other colours of the photograph
_FADES = 24
_FULL = 255


@dataclass(frozen=True)
class Recipes:
    """For each sRGB colour with a recipe, its inks and what LittleCMS misses of them, 255 is full."""

    inks: Mapping[Rgb8, tuple[int, ...]]
    missed: Mapping[Rgb8, tuple[int, ...]]

    def count(self, colours: Bytes) -> int:
        """Count the pixels (..., 3) that have a recipe."""
        planes = _planes(colours)
        return sum(int(_equal(planes, colour).sum()) for colour in self.inks)

    def apply(self, colours: Bytes, inks: Bytes) -> Bytes:
        """Return the inks (height, width, 4) of LittleCMS with recipes in their places."""
        planes, changed, found = _planes(colours), inks, []
        # By how far a pixel is from a recipe's colour
        shares = 1 - np.arange(_FADES) / _FADES
        for colour, missed in self.missed.items():
            far = _distance(planes, colour)
            near = far < _FADES
            if not near.any():
                continue
            found.append(colour)
            changed = changed if changed is not inks else inks.copy()
            moved = changed[near] + np.outer(shares, missed)[far[near]]
            changed[near] = np.clip(np.rint(moved), 0, _FULL).astype(np.uint8)
        for colour in found:
            changed[_equal(planes, colour)] = self.inks[colour]
        return changed


def _planes(colours: Bytes) -> Bytes:
    """Return pixels (..., 3) as three planes: numpy takes many times as long where channels lie together."""
    return np.ascontiguousarray(np.moveaxis(colours, -1, 0))


def _equal(planes: Bytes, colour: Rgb8) -> NDArray[np.bool_]:
    """Tell which pixels are of a colour."""
    red, green, blue = (plane == level for plane, level in zip(planes, colour, strict=True))
    equal: NDArray[np.bool_] = red & green & blue
    return equal


def _distance(planes: Bytes, colour: Rgb8) -> Bytes:
    """Return how far pixels are from a colour, in levels of the channel that differs most."""
    far = np.zeros(planes.shape[1:], np.uint8)
    for plane, level in zip(planes, colour, strict=True):
        np.maximum(far, np.maximum(plane, level) - np.minimum(plane, level), out=far)
    return far
