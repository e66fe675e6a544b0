"""CIE Lab, whatever white it is counted from, as Lab of the profiles' white and as sRGB.

LittleCMS is asked for inks only behind this: its Lab is relative to D50, and Pillow hands it eight bits.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

# ICC.1:2022, 7.2.16: the white of the profile connection space
D50 = (0.9642, 1.0, 0.8249)
# Whites are written with four digits.
_SAME = 0.0005
# XYZ to the cones' answers, after which a change of light is a factor each (Bradford; ICC.1:2022, annex E)
_CONES = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
# XYZ relative to D50 to linear sRGB: the inverse of IEC 61966-2-1's matrix after Bradford adaptation
# (CSS Color 4, "Sample code for color conversions")
_D50_TO_SRGB = (
    (3.1341359569958707, -1.6173863321612538, -0.4906619460083532),
    (-0.978795502912089, 1.916254567259524, 0.03344273116131949),
    (0.07195537988411677, -0.2289768264158322, 1.405386058324125),
)
_WHITE_D50 = (0.9642956764295677, 1.0, 0.8251046025104602)


def lab_of_d50(lab: Values, white: Sequence[float] | None, limits: Sequence[float]) -> Values:
    """Return colours (n x 3) as Lab relative to D50; `limits` are the least and most of a* and of b*.

    Under another light all is adapted to D50 as profiles are, so that white stays white. None is D50.
    """
    least, most = (0.0, limits[0], limits[2]), (100.0, limits[1], limits[3])
    cut = np.clip(lab, least, most)
    if white is None or max(abs(one - other) for one, other in zip(white, D50, strict=True)) <= _SAME:
        return cut
    factors = (_CONES @ np.array(D50)) / (_CONES @ np.array(white))
    adapt = np.linalg.inv(_CONES) @ np.diag(factors) @ _CONES
    return _lab(_xyz(cut, white) @ adapt.T, D50)


def lab_to_srgb(lab: Sequence[float]) -> tuple[float, float, float]:
    """Return sRGB 0..1 of Lab relative to D50, white to white; what it cannot show is cut off by channel."""
    xyz = _xyz(np.array([lab], np.float64), _WHITE_D50)[0]
    red, green, blue = (_encode(sum(m * v for m, v in zip(row, xyz, strict=True))) for row in _D50_TO_SRGB)
    return red, green, blue


def _xyz(lab: Values, white: Sequence[float]) -> Values:
    middle = (lab[:, 0] + 16) / 116
    shares = np.stack([middle + lab[:, 1] / 500, middle, middle - lab[:, 2] / 200], axis=1)
    cubes = np.where(shares > 6 / 29, shares**3, 3 * (6 / 29) ** 2 * (shares - 4 / 29))
    return np.asarray(cubes * np.array(white), np.float64)


def _lab(xyz: Values, white: Sequence[float]) -> Values:
    shares = xyz / np.array(white)
    roots = np.where(shares > (6 / 29) ** 3, np.cbrt(shares), shares / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = roots.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def _encode(linear: float) -> float:
    cut = min(max(linear, 0.0), 1.0)
    return 12.92 * cut if cut <= 0.0031308 else 1.055 * cut ** (1 / 2.4) - 0.055
