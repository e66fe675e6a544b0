"""The path under construction: its box, and whether it is only thin rectangles."""

import math

from printkit.content.matrix import Matrix, Point, around
from printkit.units import Rect

# Coordinates are written with five or six decimals
TOLERANCE = 1e-3
_SIDES = 4


class Path:
    """Gather a path in page space, already transformed."""

    __slots__ = ("current", "pieces", "start", "x0", "x1", "y0", "y1")

    def __init__(self) -> None:
        self.x0 = self.y0 = math.inf
        self.x1 = self.y1 = -math.inf
        self.start: Point = (0.0, 0.0)
        self.current: Point = (0.0, 0.0)
        # the corners of each subpath; None once it is no quadrilateral
        self.pieces: list[list[Point] | None] = []

    @property
    def box(self) -> Rect | None:
        """The exact bounding box, None while there is no point."""
        return None if self.x0 > self.x1 else Rect(self.x0, self.y0, self.x1, self.y1)

    def move(self, point: Point) -> None:
        self.start = self.current = point
        if self.pieces and self.pieces[-1] is not None and len(self.pieces[-1]) == 1:
            # A point that nothing was drawn from paints nothing.
            self.pieces.pop()
        self.pieces.append([point])

    def line(self, point: Point) -> None:
        # A point that nothing is drawn from has not been counted yet.
        if self.current is self.start:
            self._grow(self.start)
        self._grow(point)
        self.current = point
        self._corner(point)

    def curve(self, one: Point, two: Point, end: Point) -> None:
        start = self.current
        self._grow(start)
        self._grow(end)
        for axis in (0, 1):
            for value in _extremes(start[axis], one[axis], two[axis], end[axis]):
                self._stretch(axis, value)
        self.current = end
        if self.pieces:
            self.pieces[-1] = None

    def close(self) -> None:
        piece = self.pieces[-1] if self.pieces else None
        if piece is not None and len(piece) == 1:
            # A closed point paints one pixel of the device, as a filled line does (ISO 32000-1, 8.5.3.3.1)
            self.line(self.start)
        self.current = self.start

    def rectangle(self, ctm: Matrix, sides: list[float]) -> None:
        x, y, width, height = sides
        corners = [ctm.apply(x, y), ctm.apply(x + width, y), ctm.apply(x + width, y + height)]
        corners.append(ctm.apply(x, y + height))
        self.move(corners[0])
        for corner in corners:
            self._grow(corner)
        self.pieces[-1] = corners

    def thickness(self, even_odd: bool) -> float | None:
        """Return the width of the widest bar when the path is only rectangles or one frame, else None."""
        if self.box is not None and min(self.box.width, self.box.height) <= 0:
            # also a curve that lies on a level or an upright line
            return 0.0
        quads = [_quad(piece) for piece in self.pieces if piece is None or len(piece) > 1]
        if not quads or any(quad is None for quad in quads):
            return None
        bars = [quad for quad in quads if quad is not None]
        # Two that run opposite ways, or by the even-odd rule, leave a frame between them.
        if len(bars) == 2 and (even_odd or _turn(bars[0]) != _turn(bars[1])):
            gap = _frame(bars[0], bars[1])
            if gap is not None:
                return gap
        return max(min(math.dist(q[0], q[1]), math.dist(q[1], q[2])) for q in bars)

    @property
    def runs(self) -> tuple[bool, bool]:
        """Tell whether the path is nothing but level lines, and whether nothing but upright ones."""
        if any(piece is None or len(piece) > 2 for piece in self.pieces):
            return False, False
        lines = [piece for piece in self.pieces if piece is not None and len(piece) == 2]
        level = all(abs(one[1] - other[1]) <= TOLERANCE for one, other in lines)
        return level, all(abs(one[0] - other[0]) <= TOLERANCE for one, other in lines)

    def _corner(self, point: Point) -> None:
        piece = self.pieces[-1] if self.pieces else None
        if piece is None:
            return
        piece.append(point)
        if len(piece) > _SIDES + 1:
            self.pieces[-1] = None

    def _grow(self, point: Point) -> None:
        x, y = point
        if x < self.x0:
            self.x0 = x
        if x > self.x1:
            self.x1 = x
        if y < self.y0:
            self.y0 = y
        if y > self.y1:
            self.y1 = y

    def _stretch(self, axis: int, value: float) -> None:
        if axis == 0:
            self.x0, self.x1 = min(self.x0, value), max(self.x1, value)
        else:
            self.y0, self.y1 = min(self.y0, value), max(self.y1, value)


def _extremes(p0: float, p1: float, p2: float, p3: float) -> list[float]:
    """Return the values of a cubic Bezier where it turns between its ends."""
    low, high = min(p0, p3), max(p0, p3)
    if low <= p1 <= high and low <= p2 <= high:
        return []
    a, b, c = p3 - 3 * p2 + 3 * p1 - p0, 2 * (p2 - 2 * p1 + p0), p1 - p0
    return [_bezier(t, (p0, p1, p2, p3)) for t in _roots(a, b, c) if 0 < t < 1]


def _roots(a: float, b: float, c: float) -> list[float]:
    if abs(a) < 1e-12:
        return [] if abs(b) < 1e-12 else [-c / b]
    under = b * b - 4 * a * c
    if under < 0:
        return []
    root = math.sqrt(under)
    return [(-b - root) / (2 * a), (-b + root) / (2 * a)]


def _bezier(t: float, points: tuple[float, float, float, float]) -> float:
    s = 1 - t
    p0, p1, p2, p3 = points
    return s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3


def _quad(piece: list[Point] | None) -> list[Point] | None:
    """Return the four corners when the subpath is a rectangle, turned or not, or lies on one line."""
    if piece is None:
        return None
    line = _line(piece)
    if line or len(piece) < _SIDES:
        return line
    if len(piece) == _SIDES + 1 and math.dist(piece[0], piece[-1]) > TOLERANCE:
        return None
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners = piece[:_SIDES]
    square = (bx - ax) * (cx - bx) + (by - ay) * (cy - by)
    straight = abs(ax + cx - bx - dx) <= TOLERANCE and abs(ay + cy - by - dy) <= TOLERANCE
    longest = math.dist((ax, ay), (bx, by)) * math.dist((bx, by), (cx, cy))
    return corners if straight and abs(square) <= TOLERANCE * max(longest, TOLERANCE) else None


def _line(piece: list[Point]) -> list[Point] | None:
    """Return points on one line, there and back, as a rectangle without width, None where they are not."""
    start = x, y = piece[0]
    end = max(piece, key=lambda point: math.dist(start, point))
    run, rise, length = end[0] - x, end[1] - y, math.dist(start, end)
    beside = max(abs(run * (point[1] - y) - rise * (point[0] - x)) for point in piece)
    return [start, end, end, start] if beside <= TOLERANCE * TOLERANCE * length else None


def _turn(quad: list[Point]) -> bool:
    (ax, ay), (bx, by), (cx, cy) = quad[:3]
    return (bx - ax) * (cy - by) - (by - ay) * (cx - bx) > 0


def _frame(one: list[Point], two: list[Point]) -> float | None:
    """Return the widest side of the frame between two upright rectangles, one inside the other."""
    if not (_is_upright(one) and _is_upright(two)):
        return None
    inner, outer = sorted((around(one), around(two)), key=lambda r: r.width * r.height)
    if not outer.contains(inner, TOLERANCE):
        return None
    return max(inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1)


def _is_upright(quad: list[Point]) -> bool:
    (ax, ay), (bx, by) = quad[:2]
    return min(abs(ax - bx), abs(ay - by)) <= TOLERANCE
