"""Pictures made of planes of ink: the soft proof of some inks, and how much of all stands where."""

from collections.abc import Collection
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pikepdf
from PIL import Image

from printkit.color import PressProfile, soft_proof
from printkit.preflight import Expected, Subject
from printkit.preflight.ink.planes import Planes, images_of, process_planes
from printkit.preflight.ink.plate_copy import PlateForms
from printkit.preview.asked import INKS, TOTAL
from printkit.units import PT_PER_INCH

FULL = 255
# Colours of the total ink: paper, the limit's half, just under the limit; and over it
_PAPER, _HALF, _NEAR, _OVER = (255, 255, 255), (120, 170, 205), (20, 60, 110), (225, 0, 90)


def planes_of(
    pdf: bytes,
    expected: Expected,
    pixels: int,
    photograph_pixels: int,
    *,
    forms: PlateForms | None = None,
    pages: Collection[int] | None = None,
) -> list[Planes]:
    """Return each page's bleed as planes of ink, `pixels` on its longer side.

    `forms` keeps its drawings; `pages`, counted from 1, are all without a choice.
    """
    with pikepdf.open(BytesIO(pdf)) as opened:
        subject = Subject(pdf, opened, expected)
        images = images_of(subject, photograph_pixels)
        return [
            process_planes(
                subject,
                view,
                pixels / max(view.bleed.width, view.bleed.height) / view.unit * PT_PER_INCH,
                images,
                forms=forms,
            )
            for number, view in enumerate(subject.pages, 1)
            if pages is None or number in pages
        ]


def picture_of(planes: Planes, inks: str, profile: PressProfile, ink_limit: float) -> Image.Image:
    """Return the picture of some inks, letters of INKS as they look in print, or TOTAL as a map."""
    if inks == TOTAL:
        return ink_map(planes, ink_limit)
    if inks != INKS:
        planes = planes * np.array([ink in inks for ink in INKS], np.uint8)
    return soft_proof(Image.frombytes("CMYK", planes.shape[1::-1], planes.tobytes()), profile)


def most_ink(planes: Planes) -> int:
    """Return the most ink of a pixel, in percent."""
    return round(float(_sums(planes).max(initial=0)) * 100 / FULL)


def ink_map(planes: Planes, ink_limit: float) -> Image.Image:
    """Return the sum of the inks as colours, those over the limit (percent) in one that no others have."""
    # The sum of four inks has 1,021 values: a table in place of reckoning for each pixel
    levels = np.arange(4 * FULL + 1) * (100 / FULL)
    places = [0, ink_limit / 2, ink_limit]
    courses = [np.interp(levels, places, course) for course in zip(_PAPER, _HALF, _NEAR, strict=True)]
    table = np.stack(courses, axis=1).round().astype(np.uint8)
    # Rounding of eight bits an ink is no ink over the limit.
    table[levels > ink_limit + 2 * 100 / FULL] = _OVER
    return Image.fromarray(table[_sums(planes)])


def _sums(planes: Planes) -> npt.NDArray[np.uint16]:
    """Return the sum of the inks in 255ths; channel by channel, as numpy is slow along an axis of four."""
    total = planes[:, :, 0].astype(np.uint16)
    for ink in range(1, planes.shape[2]):
        total += planes[:, :, ink]
    return total
