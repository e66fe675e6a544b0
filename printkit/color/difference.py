"""How different two colours look: CIEDE2000, after Sharma, Wu and Dalal (2005), for sRGB under D65."""

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

from printkit.color.light import Rgb8, linear

# CIE 15: the limit of the cube root, and the slope below it
_SMALL, _SLOPE = 216 / 24389, 24389 / 27
# Linear sRGB to XYZ (IEC 61966-2-1), each row in parts of the white point
_TO_XYZ = (
    (0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883),
)

Lab = tuple[float, float, float]


def lab(colour: Rgb8) -> Lab:
    """Return sRGB of eight bits a channel as Lab relative to D65."""
    light = [linear(part / 255) for part in colour]
    x, y, z = (sum(a * b for a, b in zip(row, light, strict=True)) for row in _TO_XYZ)
    fx, fy, fz = (t ** (1 / 3) if t > _SMALL else (_SLOPE * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: Lab, other: Lab) -> float:
    """Return dE00 of two colours; 1 is just seen side by side."""
    chroma = (hypot(*one[1:]) + hypot(*other[1:])) / 2
    more = 1 + 0.5 * (1 - sqrt(chroma**7 / (chroma**7 + 25**7)))
    c1, c2 = (hypot(c[1] * more, c[2]) for c in (one, other))
    h1, h2 = (degrees(atan2(c[2], c[1] * more)) % 360 for c in (one, other))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    # A grey has hue 0, so that the sum is the hue of the other colour
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    d_light, d_chroma, d_hue = other[0] - one[0], c2 - c1, 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    return _weighed((d_light, d_chroma, d_hue), ((one[0] + other[0]) / 2, (c1 + c2) / 2, hue))


def _weighed(steps: Lab, middle: Lab) -> float:
    light, chroma, hue = middle
    wave = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    s_light = 1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * wave
    turned = sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    rotation = -2 * sqrt(chroma**7 / (chroma**7 + 25**7)) * turned
    l_part, c_part, h_part = steps[0] / s_light, steps[1] / s_chroma, steps[2] / s_hue
    return sqrt(l_part**2 + c_part**2 + h_part**2 + rotation * c_part * h_part)
