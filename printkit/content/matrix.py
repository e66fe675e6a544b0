"""Transformation matrices of PDF: points are rows, `p * matrix`."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from printkit.units import Rect

Point = tuple[float, float]


class Matrix(NamedTuple):
    """The six numbers of `a b c d e f cm`."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, after: "Matrix") -> "Matrix":
        """Return the matrix that applies this one first and `after` to the outcome."""
        a, b, c, d, e, f = self
        g, h, i, j, k, m = after
        return Matrix(
            a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
        )

    def apply(self, x: float, y: float) -> Point:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def moved(self, x: float, y: float) -> "Matrix":
        """Return the matrix that moves by `x` and `y` first, then applies this one."""
        a, b, c, d, e, f = self
        return Matrix(a, b, c, d, x * a + y * c + e, x * b + y * d + f)

    def inverse(self) -> "Matrix | None":
        """Return the matrix that undoes this one; None where all falls on a line."""
        a, b, c, d, e, f = self
        det = a * d - b * c
        if not det:
            return None
        return Matrix(d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det)

    def box(self, rect: Rect) -> Rect:
        """Return the smallest upright rectangle round the transformed `rect`."""
        (a, b, c, d, e, f), (x0, y0, x1, y1) = self, rect
        ax0, ax1, bx0, bx1 = a * x0, a * x1, b * x0, b * x1
        cy0, cy1, dy0, dy1 = c * y0, c * y1, d * y0, d * y1
        # Each of the four sums is least, and most, where its two parts are. To sort them takes twice as long.
        if ax0 > ax1:
            ax0, ax1 = ax1, ax0
        if bx0 > bx1:
            bx0, bx1 = bx1, bx0
        if cy0 > cy1:
            cy0, cy1 = cy1, cy0
        if dy0 > dy1:
            dy0, dy1 = dy1, dy0
        return Rect(ax0 + cy0 + e, bx0 + dy0 + f, ax1 + cy1 + e, bx1 + dy1 + f)

    @property
    def x_scale(self) -> float:
        """The length of a horizontal unit after the transformation."""
        return math.hypot(self.a, self.b)

    @property
    def y_scale(self) -> float:
        """The length of a vertical unit after the transformation."""
        return math.hypot(self.c, self.d)

    @property
    def smallest_scale(self) -> float:
        """The least stretch in any direction (the smaller singular value)."""
        a, b, c, d, _, _ = self
        total = a * a + b * b + c * c + d * d
        det = a * d - b * c
        return math.sqrt(max(0.0, (total - math.sqrt(max(0.0, total * total - 4 * det * det))) / 2))

    @property
    def upright(self) -> bool:
        """Tell whether horizontal and vertical lines stay so (turns by 90 degrees included)."""
        return (self.b == 0 and self.c == 0) or (self.a == 0 and self.d == 0)


IDENTITY = Matrix()


def around(points: Iterable[Point]) -> Rect:
    """Return the smallest upright rectangle round at least one point."""
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))
