"""Lightness and luminance of sRGB colours."""

import math

Rgb = tuple[float, float, float]
Rgb8 = tuple[int, int, int]


def rgb8(rgb: Rgb) -> Rgb8:
    """Round sRGB 0..1 to eight bits a channel; values outside are cut off."""
    red, green, blue = (round(min(max(value, 0.0), 1.0) * 255) for value in rgb)
    return red, green, blue


def luminance(rgb: Rgb) -> float:
    """Return the grey 0..1 that a luminosity mask makes of DeviceRGB 0..1 (ISO 32000-1, 10.3.3)."""
    red, green, blue = rgb
    return math.fsum((0.3 * red, 0.59 * green, 0.11 * blue))


def linear(level: float) -> float:
    """Return the light of an sRGB channel, both 0..1 (IEC 61966-2-1)."""
    return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4


def lightness(level: float) -> float:
    """Return CIE L* 0..100 of the sRGB grey `level` 0..1, white being 100 (CIE 15)."""
    light = linear(level)
    return light * 24389 / 27 if light <= 216 / 24389 else 116 * light ** (1 / 3) - 16
