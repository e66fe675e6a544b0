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
        """Count the pixels (height, width, 3) that have a recipe."""
        return sum(int((colours == colour).all(axis=-1).sum()) for colour in self.inks)

    def apply(self, colours: Bytes, inks: Bytes) -> Bytes:
        """Return the inks (height, width, 4) of LittleCMS with recipes in their places."""
        changed = inks
        for colour, missed in self.missed.items():
            far = np.abs(colours.astype(np.int16) - np.array(colour, np.int16)).max(axis=-1)
            near = far < _FADES
            if not near.any():
                continue
            changed = changed if changed is not inks else inks.copy()
            share = (1 - far[near] / _FADES)[:, None]
            moved = changed[near] + share * np.array(missed)
            changed[near] = np.clip(np.rint(moved), 0, _FULL).astype(np.uint8)
        for colour, recipe in self.inks.items() if changed is not inks else ():
            changed[(colours == colour).all(axis=-1)] = recipe
        return changed
