"""LittleCMS from sRGB to a press and from a press to lightness, always relative colorimetric.

Black point compensation is on. Pillow gives LittleCMS eight bits a channel, so a colour is exact to 0.2 %
of an ink.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from printkit.color.light import Rgb8
from printkit.color.profile import PressProfile

_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
# For single colours: a table would be off by what it interpolates, and its making takes longer than they do
_EXACT = ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.NOOPTIMIZE
# A finer table than LittleCMS takes by itself, at the same speed
_FAST = ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.HIGHRESPRECALC


class Transforms:
    """The ways from sRGB to one press: exact for single colours, fast for pixels."""

    def __init__(self, profile: PressProfile) -> None:
        self._profile = profile

    @cached_property
    def _exact(self) -> ImageCms.ImageCmsTransform:
        return self._built(_EXACT)

    @cached_property
    def _fast(self) -> ImageCms.ImageCmsTransform:
        return self._built(_FAST)

    def _built(self, flags: ImageCms.Flags) -> ImageCms.ImageCmsTransform:
        press, srgb = self._profile.open(), ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(srgb, press, "RGB", "CMYK", _INTENT, flags)

    def colours(self, colours: Sequence[Rgb8]) -> NDArray[np.uint8]:
        """Return the inks (n, 4; 255 is full) of single colours, evaluated without a table."""
        data = np.array(colours, dtype=np.uint8).tobytes()
        image = Image.frombytes("RGB", (len(colours), 1), data)
        return _applied(self._exact, image).reshape(-1, 4)

    def image(self, image: Image.Image) -> NDArray[np.uint8]:
        """Return the inks (height, width, 4; 255 is full) of an RGB image."""
        return _applied(self._fast, image)


def black_lightness(profile: PressProfile) -> NDArray[np.float64]:
    """Return L* of K alone at the 256 levels 0..255, paper being 100."""
    inks = np.zeros((256, 4), dtype=np.uint8)
    inks[:, 3] = np.arange(256)
    lab = ImageCms.createProfile("LAB")
    to_lab = ImageCms.buildTransform(profile.open(), lab, "CMYK", "LAB", _INTENT, _EXACT)
    image = Image.frombytes("CMYK", (256, 1), inks.tobytes())
    lightness = _applied(to_lab, image)[0, :, 0]
    # Pillow's Lab has L* of 0 to 100 in eight bits
    return lightness.astype(np.float64) * (100 / 255)


def _applied(way: ImageCms.ImageCmsTransform, image: Image.Image) -> NDArray[np.uint8]:
    """Return the pixels; Pillow's own way would also write the press's whole profile into the image."""
    made = Image.new(way.output_mode, image.size)
    way.transform.apply(image.getim(), made.getim())
    return np.asarray(made)
