"""Pictures as pressed: each colour is converted once, whatever page shows it."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from printkit.color import PressColor, soft_proof
from printkit.review.page import Rgb8

Keys = NDArray[np.uint32]
# Red, green and blue of a pixel as one number
_WEIGHTS = np.array([1 << 16, 1 << 8, 1], np.uint32)
_COLOURS = 1 << 24
# A bit above the colour's own tells that it is known.
_KNOWN = np.uint32(_COLOURS)


def packed(picture: Image.Image) -> Keys:
    """Return a picture in RGB as a number a pixel, (height, width)."""
    keys: Keys = np.asarray(picture.convert("RGB")).astype(np.uint32) @ _WEIGHTS
    return keys


def unpacked(keys: Keys) -> NDArray[np.uint8]:
    """Return numbers of colours as red, green and blue, with an axis more."""
    return np.stack([keys >> 16 & 255, keys >> 8 & 255, keys & 255], axis=-1).astype(np.uint8)


class Pressed:
    """Show colours of the layout as a press prints them.

    A table of all colours takes 64 MB of addresses, of which only the pages of colours that were met are
    filled; sorting each picture's pixels to find its colours took twenty times as long.
    """

    def __init__(self, press: PressColor) -> None:
        self.press = press
        self._table = np.zeros(_COLOURS, np.uint32)

    def picture(self, picture: Image.Image) -> Image.Image:
        """Return a picture as it looks in print."""
        keys = packed(picture)
        shown = self._table[keys]
        strange = np.unique(keys[shown == 0])
        if len(strange):
            self._table[strange] = self._convert(strange)
            shown = self._table[keys]
        return Image.fromarray(unpacked(shown))

    def colour(self, colour: Rgb8) -> Rgb8:
        """Return a colour as it looks in print."""
        dot = self.picture(Image.new("RGB", (1, 1), colour)).getpixel((0, 0))
        assert isinstance(dot, tuple)
        return int(dot[0]), int(dot[1]), int(dot[2])

    def _convert(self, keys: Keys) -> Keys:
        row = Image.fromarray(unpacked(keys)[np.newaxis])
        shown = soft_proof(self.press.pixels(row, exact=True), self.press.profile)
        found: Keys = packed(shown)[0] | _KNOWN
        return found
