"""Millimetres, points and rectangles; PDF's direction: y grows upwards."""

from dataclasses import dataclass
from typing import NamedTuple, Self

MM_PER_INCH = 25.4
PT_PER_INCH = 72.0
PT_PER_MM = PT_PER_INCH / MM_PER_INCH
MB = 1_000_000
# Of a number that somebody types: any more are too many for 32 bits
MOST_DIGITS = 9
# CSS reference pixel, CSS Values and Units 3, "Absolute lengths"
PT_PER_PX = 0.75


def pt(mm: float) -> float:
    """Return `mm` millimetres in PDF points."""
    return mm * PT_PER_MM


def mm(points: float) -> float:
    """Return `points` PDF points in millimetres."""
    return points / PT_PER_MM


def whole_number(text: str) -> int | None:
    """Return what a text of at most nine ASCII digits says, None for any other.

    `str.isdigit` alone takes superscripts, which `int` does not, and numbers that no database holds.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None


def short(value: float, digits: int = 4) -> str:
    """Return a number as PDF, SVG and CSS take it: without exponent, no more digits than count."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


class Rect(NamedTuple):
    """A rectangle by its lower left and upper right corner, in any one unit."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def empty(self) -> bool:
        return self.x1 <= self.x0 or self.y1 <= self.y0

    def inset(self, left: float, bottom: float, right: float, top: float) -> "Rect":
        """Return the rectangle with each edge moved inwards (negative: outwards)."""
        return Rect(self.x0 + left, self.y0 + bottom, self.x1 - right, self.y1 - top)

    def moved(self, dx: float, dy: float) -> "Rect":
        return Rect(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)

    def scaled(self, factor: float) -> "Rect":
        """Return the rectangle with every coordinate times `factor` (a change of unit)."""
        return Rect(self.x0 * factor, self.y0 * factor, self.x1 * factor, self.y1 * factor)

    def intersection(self, other: "Rect") -> "Rect":
        """Return the common part; it is `empty` where there is none."""
        (x0, y0, x1, y1), (u0, v0, u1, v1) = self, other
        # The functions max and min would take three times as long, and this is asked of each mark.
        return Rect(
            u0 if u0 > x0 else x0, v0 if v0 > y0 else y0, u1 if u1 < x1 else x1, v1 if v1 < y1 else y1
        )

    def union(self, other: "Rect") -> "Rect":
        x0, y0 = min(self.x0, other.x0), min(self.y0, other.y0)
        return Rect(x0, y0, max(self.x1, other.x1), max(self.y1, other.y1))

    def contains(self, other: "Rect", tolerance: float = 0.0) -> bool:
        """Tell whether `other` lies inside on all four edges, give or take `tolerance`."""
        return (
            other.x0 >= self.x0 - tolerance
            and other.y0 >= self.y0 - tolerance
            and other.x1 <= self.x1 + tolerance
            and other.y1 <= self.y1 + tolerance
        )

    def as_tuple(self) -> tuple[float, float, float, float]:
        return self.x0, self.y0, self.x1, self.y1


@dataclass(frozen=True)
class PageBoxes:
    """A page's boxes in points, MediaBox from 0 0."""

    media: Rect
    bleed: Rect
    trim: Rect

    @classmethod
    def around(cls, trim_mm: tuple[float, float], bleed_mm: float, slug_mm: float = 0.0) -> Self:
        """Return boxes for a trim size, its bleed and a slug for marks outside the bleed."""
        width, height = (pt(side) for side in trim_mm)
        edge, slug = pt(bleed_mm), pt(slug_mm)
        trim = Rect(0, 0, width, height).moved(edge + slug, edge + slug)
        bleed = trim.inset(-edge, -edge, -edge, -edge)
        return cls(bleed.inset(-slug, -slug, -slug, -slug), bleed, trim)
