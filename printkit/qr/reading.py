"""Reading codes from pixels by zxing-cpp."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import numpy as np
import zxingcpp
from PIL import Image
from qrcode.util import BCH_type_info

from printkit.qr.matrix import Matrix, modules_of
from printkit.qr.symbol import LEVELS

Point: TypeAlias = tuple[float, float]
Corners: TypeAlias = tuple[Point, Point, Point, Point]
Pixels: TypeAlias = Any

# A grey pixel under the middle of the scale counts as dark.
DARK = 128


@dataclass(frozen=True)
class Reading:
    """A code found in a picture; corners in pixels, in the order of the symbol's own top left, top
    right, bottom right, bottom left; `turned` in degrees clockwise.

    zxing-cpp gives a mirrored code corners that are turned instead, so `mirrored` is read from its modules.
    `content` holds the text's bytes as the code holds them.
    """

    text: str
    corners: Corners
    turned: int
    modules: int
    mirrored: bool
    content: bytes = b""

    @property
    def upright(self) -> bool:
        return not self.mirrored and self.turned == 0


def read(image: Image.Image) -> list[Reading]:
    """Return the QR codes in a picture, dark on light, from top to bottom."""
    pixels = _grey(image)
    readings = [_reading(pixels, barcode) for barcode in _found(pixels)]
    return sorted(readings, key=lambda reading: (reading.corners[0][::-1], reading.text))


def read_texts(image: Image.Image) -> set[str]:
    """Return what the QR codes in a picture say."""
    return {barcode.text for barcode in _found(_grey(image))}


def _grey(image: Image.Image) -> Pixels:
    """Return a picture's pixels once for all: zxing-cpp would ask the picture for them several times over."""
    return np.asarray(image if image.mode == "L" else image.convert("L"))


def _found(pixels: Pixels) -> list[zxingcpp.Barcode]:
    # Formats that a module keeps outlive zxing-cpp, which then complains on exit; asking costs 2 microseconds
    # QRCode alone stands for Micro QR and rMQR too, which telephones do not read
    formats = zxingcpp.barcode_formats_from_str("QRCodeModel2")
    # Light on dark is no code that this program draws, and some readers do not take it.
    found = zxingcpp.read_barcodes(pixels, formats, try_invert=False)
    return [barcode for barcode in found if barcode.valid]


def sample(image: Image.Image, corners: Corners, modules: int) -> Matrix:
    """Return the modules whose middle is dark, for a symbol whose outer corners are given in pixels."""
    pixels = _grey(image)
    found: list[list[bool]] = _dark(pixels, corners, modules).tolist()
    return tuple(map(tuple, found))


def differing(image: Image.Image, corners: Corners, wanted: Matrix) -> int:
    """Count the modules that are not the wanted ones, for a symbol at these corners (pixels)."""
    found = _dark(_grey(image), corners, len(wanted))
    return int((found != np.array(wanted)).sum())


def _reading(pixels: Pixels, barcode: zxingcpp.Barcode) -> Reading:
    place = barcode.position
    points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    a, b, c, d = ((float(point.x), float(point.y)) for point in points)
    extra = cast(Mapping[str, str], barcode.extra)
    modules = modules_of(int(extra["Version"]))
    # ISO/IEC 18004, bits 0 to 14 down column 8, past the timing pattern and the gap
    rows = [*range(6), 7, 8, *range(modules - 7, modules)]
    found = _dark(pixels, (a, b, c, d), modules, (np.array(rows)[:, None], np.array([8])))
    written = BCH_type_info(LEVELS[extra["ECLevel"]] << 3 | int(extra["DataMask"]))
    turned = barcode.orientation % 360
    mirrored = _mirrored(found.ravel().tolist(), written)
    return Reading(barcode.text, (a, b, c, d), turned, modules, mirrored, bytes(barcode.bytes))


def _mirrored(found: Sequence[bool], written: int) -> bool:
    """Tell whether the format information beside the finder patterns stands in the opposite order."""
    wanted = [bool(written >> bit & 1) for bit in range(len(found))]
    # By more than half, not to the bit: a picture may spoil some.
    return _differences(found, wanted) > _differences(found, wanted[::-1])


def _differences(one: Sequence[bool], other: Sequence[bool]) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _dark(pixels: Pixels, corners: Corners, modules: int, of: tuple[Pixels, Pixels] | None = None) -> Pixels:
    """Tell of each module whether its middle is dark; the symbol may be turned but not bent.

    `of` are the rows and columns to look at, as arrays that numpy joins; all without.
    """
    (x, y), right, _, down = corners
    every = np.arange(modules)
    rows, columns = (places + 0.5 for places in of or (every[:, None], every))
    across, along = (
        # A corner may lie a fraction of a pixel outside.
        np.clip(
            (start + columns / modules * (end - start) + rows / modules * (foot - start)).astype(int),
            0,
            most - 1,
        )
        for start, end, foot, most in zip((x, y), right, down, pixels.shape[1::-1], strict=True)
    )
    found: Pixels = pixels[along, across] < DARK
    return found
