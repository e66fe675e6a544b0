"""CIE Lab as CSS `lab()` and `lch()` leave it in the layout."""

from collections.abc import Sequence

# XYZ relative to D50 to linear sRGB: the inverse of IEC 61966-2-1's matrix after Bradford adaptation
# (CSS Color 4, "Sample code for color conversions")
_D50_TO_SRGB = (
    (3.1341359569958707, -1.6173863321612538, -0.4906619460083532),
    (-0.978795502912089, 1.916254567259524, 0.03344273116131949),
    (0.07195537988411677, -0.2289768264158322, 1.405386058324125),
)
_WHITE_D50 = (0.9642956764295677, 1.0, 0.8251046025104602)


def lab_to_srgb(lab: Sequence[float]) -> tuple[float, float, float]:
    """Return sRGB 0..1 of CIE Lab, white to white; what sRGB cannot show is cut off channel by channel."""
    lightness, a, b = lab
    middle = (lightness + 16) / 116
    xyz = [
        white * _cube(value)
        for white, value in zip(_WHITE_D50, (middle + a / 500, middle, middle - b / 200), strict=True)
    ]
    red, green, blue = (_encode(sum(m * v for m, v in zip(row, xyz, strict=True))) for row in _D50_TO_SRGB)
    return red, green, blue


def _cube(value: float) -> float:
    return value**3 if value > 6 / 29 else 3 * (6 / 29) ** 2 * (value - 4 / 29)


def _encode(linear: float) -> float:
    cut = min(max(linear, 0.0), 1.0)
    return 12.92 * cut if cut <= 0.0031308 else 1.055 * cut ** (1 / 2.4) - 0.055
