"""Numbered marks on the picture of a page: where each stands, in the picture's pixels."""

from collections.abc import Iterable
from dataclasses import dataclass

from printkit.preflight.core.findings import BoxMm, Finding

# The size that a picture has on the screen, in CSS pixels, and a badge and the least frame on it
SCREEN = (416, 704)
RADIUS, LEAST_FRAME = 10.0, 6.0


@dataclass(frozen=True)
class Badge:
    """A finding's number, its frame (left, top, width, height) and the middle of its badge."""

    number: int
    kind: str
    frame: tuple[float, float, float, float]
    badge: tuple[float, float]


@dataclass(frozen=True)
class Canvas:
    """A picture's size in pixels and the part of the page it shows, in mm from the trim's corner."""

    width: int
    height: int
    shown_mm: BoxMm

    @property
    def unit(self) -> float:
        """Return how many pixels of the picture are one on the screen."""
        return max(self.width / SCREEN[0], self.height / SCREEN[1])

    @property
    def radius(self) -> float:
        """Return a badge's radius in pixels of the picture."""
        return round(RADIUS * self.unit, 1)

    def frame(self, box: BoxMm) -> tuple[float, float, float, float]:
        """Return a box as left, top, width, height in pixels, cut to the picture and large enough to see."""
        x0, y0, x1, y1 = self.shown_mm
        least = LEAST_FRAME * self.unit
        across, down = self.width / max(x1 - x0, 1e-6), self.height / max(y1 - y0, 1e-6)
        left, right = _kept((box[0] - x0) * across, (box[2] - x0) * across, self.width, least)
        top, bottom = _kept((y1 - box[3]) * down, (y1 - box[1]) * down, self.height, least)
        return round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)


def place_marks(canvas: Canvas, numbered: Iterable[tuple[int, str, Finding]]) -> list[Badge]:
    """Return a mark for each finding with a box; badges of the same corner stand side by side."""
    marks: list[Badge] = []
    for number, kind, finding in numbered:
        if finding.box_mm is not None:
            frame = canvas.frame(finding.box_mm)
            taken = [mark.badge for mark in marks]
            marks.append(Badge(number, kind, frame, _free(canvas, frame, taken)))
    return marks


def _kept(low: float, high: float, most: float, least: float) -> tuple[float, float]:
    """Return both ends inside 0 and `most`, at least `least` apart."""
    low, high = min(max(low, 0.0), most), min(max(high, 0.0), most)
    # A hairline's box would be no more than a line on the screen
    if high - low < least:
        low = min(max((low + high - least) / 2, 0.0), max(most - least, 0.0))
        high = min(low + least, most)
    return low, high


def _free(
    canvas: Canvas, frame: tuple[float, float, float, float], taken: list[tuple[float, float]]
) -> tuple[float, float]:
    """Return the first free place along the frame's upper edge, then in the rows beneath it."""
    radius = canvas.radius
    right, low = canvas.width - radius, canvas.height - radius
    left, top = min(max(frame[0], radius), right), min(max(frame[1], radius), low)
    x, y = left, top
    # A round badge beside another, never over it
    while any(abs(x - a) < 2 * radius and abs(y - b) < 2 * radius for a, b in taken):
        x += 2 * radius
        if x > right:
            x, y = left, y + 2 * radius
        if y > low:
            return left, top
    return round(x, 1), round(y, 1)
