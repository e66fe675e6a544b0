"""ICC profiles for RGB that is told by figures alone, and what an ICC profile comes to beside sRGB."""

import io
import struct
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

Floats = NDArray[np.float64]
Chromaticities = tuple[float, float, float, float, float, float, float, float]

# x and y of white, red, green and blue: IEC 61966-2-1; Adobe RGB (1998), 4.3.1; SMPTE EG 432-1
SRGB: Chromaticities = (0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06)
ADOBE_RGB: Chromaticities = (0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06)
DISPLAY_P3: Chromaticities = (0.3127, 0.3290, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06)
# Adobe RGB (1998), 4.3.4.2
ADOBE_GAMMA = 563 / 256
# ICC.1:2001, 6.3.4.3: the illuminant of the connection space
_D50 = (0.9642, 1.0, 0.8249)
# ICC.1:2010, annex E
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION
_STEPS = (0, 32, 64, 96, 128, 160, 192, 224, 255)


def matrix_profile(places: Sequence[float], gamma: float | None) -> bytes:
    """Return an ICC profile (version 2.4) of RGB with these chromaticities of white, red, green and blue.

    `gamma` is the exponent from values to light; None is sRGB's own curve. Raises ValueError for
    chromaticities that make no colour space.
    """
    curve = _srgb_curve() if gamma is None else struct.pack(">4sIIH2x", b"curv", 0, 1, round(gamma * 256))
    tags = {b"desc": _described(b"RGB"), b"wtpt": _xyz(_D50)}
    tags |= {
        name + b"XYZ": _xyz(column) for name, column in zip((b"r", b"g", b"b"), _columns(places), strict=True)
    }
    tags |= {name + b"TRC": curve for name in (b"r", b"g", b"b")}
    return _profile({**tags, b"cprt": struct.pack(">4sI", b"text", 0) + b"CC0\0"})


@lru_cache(maxsize=64)
def is_srgb(profile: bytes, mode: str) -> bool:
    """Tell whether a profile gives a picture in RGB or L the colours that sRGB gives it, to one level of 255.

    What counts is what its curves and primaries do, as LittleCMS reads them; names lie. Raises ImageCms's
    PyCMSError or OSError where the profile does not open or does not fit the mode.
    """
    seen = _probe(mode)
    shown = ImageCms.applyTransform(seen, transform(profile, mode))
    assert shown is not None
    wanted, found = (np.asarray(each.convert("RGB"), dtype=np.int16) for each in (seen, shown))
    return bool(np.abs(wanted - found).max() <= 1)


def transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform:
    """Return the way from a profile's colours in RGB, L or CMYK to sRGB, white to white."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB", _INTENT, _FLAGS)


def _probe(mode: str) -> Image.Image:
    if mode == "L":
        return Image.frombytes("L", (256, 1), bytes(range(256)))
    colours = [bytes((red, green, blue)) for red in _STEPS for green in _STEPS for blue in _STEPS]
    greys = [bytes((level,) * 3) for level in range(256)]
    return Image.frombytes("RGB", (len(colours) + len(greys), 1), b"".join(colours + greys))


def _columns(places: Sequence[float]) -> list[tuple[float, ...]]:
    """Return X Y Z of red, green and blue, adapted to D50."""
    try:
        white, *primaries = (
            np.array([x / y, 1.0, (1 - x - y) / y]) for x, y in zip(places[::2], places[1::2], strict=True)
        )
        matrix = np.array(primaries).T
        matrix = matrix * np.linalg.solve(matrix, white)
    except (np.linalg.LinAlgError, ZeroDivisionError) as error:
        raise ValueError("no colour space") from error
    scale = (_BRADFORD @ np.array(_D50)) / (_BRADFORD @ white)
    adapted = np.linalg.inv(_BRADFORD) @ np.diag(scale) @ _BRADFORD @ matrix
    return [tuple(column) for column in adapted.T.tolist()]


def _srgb_curve() -> bytes:
    """Return IEC 61966-2-1's curve as a table of 1024 values."""
    values = np.linspace(0, 1, 1024)
    light = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    table: bytes = np.rint(light * 65535).astype(">u2").tobytes()
    return struct.pack(">4sII", b"curv", 0, 1024) + table


def _xyz(values: Sequence[float]) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *(round(value * 65536) for value in values))


def _described(name: bytes) -> bytes:
    # ICC.1:2001, 6.5.17: the name in ASCII, then none in Unicode and none for Macintosh
    text = name + b"\0"
    return struct.pack(">4sII", b"desc", 0, len(text)) + text + bytes(4 + 4 + 2 + 1 + 67)


def _profile(tags: dict[bytes, bytes]) -> bytes:
    """Return a display profile of these tags (ICC.1:2001, 6.1 and 6.2)."""
    offset, table, body = 132 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        padded = data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", name, offset + len(body), len(data))
        body += padded
    head = struct.pack(">I4s4s4s4s4s", offset + len(body), b"", b"\x02\x40\0\0", b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", 2000, 1, 1, 0, 0, 0, b"acsp") + bytes(28)
    head += struct.pack(">3i", *(round(value * 65536) for value in _D50))
    return head + bytes(128 - len(head)) + struct.pack(">I", len(tags)) + table + body
