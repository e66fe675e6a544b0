"""What pixels tell about a code: its edges, its two tones, the quiet zone round it."""

from dataclasses import dataclass
from math import ceil, isfinite
from typing import Any, TypeAlias

import numpy as np
from PIL import Image

from printkit.color.light import linear
from printkit.qr.reading import Reading
from printkit.units import Rect
from printkit.words import noted

Pixels: TypeAlias = Any

# ISO/IEC 18004: modules along a finder pattern; the middle rows of it show its outer edge
FINDER = 7
# Where a pixel lies off a code: before, beside or behind it, across and down
SIDES = {
    noted("on the left"): (-1, 0), noted("on the right"): (1, 0),
    noted("above"): (0, -1), noted("below"): (0, 1),
    noted("at the upper left"): (-1, -1), noted("at the upper right"): (1, -1),
    noted("at the lower left"): (-1, 1), noted("at the lower right"): (1, 1),
}  # fmt: skip
# A pixel at an edge belongs to both sides of it.
BLEND = 1


@dataclass(frozen=True)
class Tones:
    """The grey of light and of dark modules, 0 to 255."""

    light: float
    dark: float

    @property
    def contrast(self) -> float:
        """The light that light modules reflect more than dark ones, 0 to 1."""
        return _reflected(self.light) - _reflected(self.dark)


def levelled(image: Image.Image, reading: Reading, module: int, margin: float) -> Image.Image:
    """Return a code turned upright, `module` pixels each, in the middle of a margin of so many modules."""
    (x, y), right, _, down = reading.corners
    steps = module * reading.modules
    across = ((right[0] - x) / steps, (right[1] - y) / steps)
    along = ((down[0] - x) / steps, (down[1] - y) / steps)
    edge, side = margin * module, round(steps + 2 * margin * module)
    start = (x - edge * (across[0] + along[0]), y - edge * (across[1] + along[1]))
    matrix = (across[0], along[0], start[0], across[1], along[1], start[1])
    return image.transform(
        (side, side), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR, fillcolor=255
    )


def tones(image: Image.Image, box: Rect, modules: int) -> Tones:
    """Return a code's tones from the middles of its modules; `box` in pixels from the upper left corner."""
    pixels = np.asarray(image)
    steps = (np.arange(modules) + 0.5) / modules
    rows = np.clip(box.y0 + steps * box.height, 0, pixels.shape[0] - 1).astype(int)
    columns = np.clip(box.x0 + steps * box.width, 0, pixels.shape[1] - 1).astype(int)
    # Middles alone: edges are blends of two modules and say nothing of either
    middles = pixels[np.ix_(rows, columns)]
    border = (float(middles.min()) + float(middles.max())) / 2
    return Tones(float(np.median(middles[middles > border])), float(np.median(middles[middles <= border])))


def edges(image: Image.Image, box: Rect, modules: int, two: Tones) -> Rect:
    """Return a box of pixels moved to where the finder patterns' outer edges are, to a part of a pixel."""
    pixels, module = np.asarray(image), box.width / modules
    height, width = pixels.shape
    left, upper = (_edge(side, start, module, two) for side, start in ((pixels, box.x0), (pixels.T, box.y0)))
    right = width - _edge(pixels[:, ::-1], width - box.x1, module, two)
    lower = height - _edge(pixels.T[:, ::-1], height - box.y1, module, two)
    return Rect(left, upper, right, lower)


def _edge(pixels: Pixels, start: float, module: float, two: Tones) -> float:
    """Return the column where the darkest band of rows begins, near `start`: light pixels count whole."""
    first, last = max(0, round(start - module)), round(start + module / 2)
    window = _lightness(pixels[:, first:last], two)
    # A band of rows within the finder pattern, where the outer edge is one straight dark line
    inside = _lightness(pixels[:, round(start + module / 4) : round(start + module * 3 / 4)], two).mean(
        axis=1
    )
    band = max(1, round((FINDER - 2) * module))
    sums = np.convolve(inside, np.ones(band) / band, mode="valid")
    top = int(sums.argmin())
    return first + float(window[top : top + band].mean(axis=0).sum())


def _lightness(pixels: Pixels, two: Tones) -> Pixels:
    """Return pixels from 0, as dark as dark modules, to 1."""
    return np.clip((pixels.astype(float) - two.dark) / (two.light - two.dark), 0, 1)


def dirt(image: Image.Image, box: Rect, modules: int, darkest: float) -> dict[str, float]:
    """Return how many modules off a code the nearest pixel darker than `darkest` is, by side and corner."""
    # A whole number, as pixels are: numpy is slow to compare them with others.
    dark = np.asarray(image) < ceil(darkest)
    rows, columns = _beside(dark.shape[0], box.y0, box.y1), _beside(dark.shape[1], box.x0, box.x1)
    found: dict[str, float] = {}
    for side, (x, y) in SIDES.items():
        (across, far), (along, deep) = columns[x], rows[y]
        here = dark[along, across]
        distance = float(np.maximum.outer(deep, far).min(where=here, initial=np.inf))
        # What spoils a side spoils its corners with it
        if isfinite(distance) and not (x and y and _nearer_beside(found, (x, y), distance)):
            found[side] = distance
    return {side: pixels / (box.width / modules) for side, pixels in found.items()}


def _nearer_beside(found: dict[str, float], corner: tuple[int, int], distance: float) -> bool:
    beside = ((corner[0], 0), (0, corner[1]))
    return any(pixels <= distance + BLEND for side, pixels in found.items() if SIDES[side] in beside)


def _beside(count: int, first: float, last: float) -> dict[int, tuple[slice, Pixels]]:
    """Return which of so many pixels lie before (-1), within (0) and behind (1) a range, and how far off it.

    A pixel at its edge lies within.
    """
    places = np.arange(count)
    before, behind = first - BLEND - 0.5 - places, places - BLEND + 0.5 - last
    start, end = int((before > 0).sum()), count - int((behind > 0).sum())
    parts = {-1: slice(start), 0: slice(start, end), 1: slice(end, None)}
    off = np.maximum(np.maximum(before, behind), 0)
    return {side: (part, off[part]) for side, part in parts.items()}


def _reflected(grey: float) -> float:
    return linear(grey / 255)
