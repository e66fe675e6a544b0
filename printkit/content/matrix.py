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

    def inverse(self) -> "Matrix | None":
        """Return the matrix that undoes this one; None where all falls on a line."""
        a, b, c, d, e, f = self
        det = a * d - b * c
        if not det:
            return None
        return Matrix(d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det)

    def box(self, rect: Rect) -> Rect:
        """Return the smallest upright rectangle round the transformed `rect`."""
        return around(self.apply(x, y) for x in (rect.x0, rect.x1) for y in (rect.y0, rect.y1))

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
