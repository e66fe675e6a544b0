"""A symbol as one path: the outlines of its dark areas, so that no hairline shows between modules."""

from typing import TypeAlias

from printkit.qr.matrix import Matrix
from printkit.units import Rect

Point: TypeAlias = tuple[int, int]

# Neighbours of a module (column, row upwards) and the edge it shares with them, the dark side on the left.
SIDES = (
    ((0, -1), (0, 0), (1, 0)),
    ((1, 0), (1, 0), (1, 1)),
    ((0, 1), (1, 1), (0, 1)),
    ((-1, 0), (0, 1), (0, 0)),
)


def symbol_path(matrix: Matrix, box: Rect) -> bytes:
    """Return PDF operators that fill the symbol into `box` (points), in the colour that is set."""
    size = len(matrix)
    scale = f"{_short(box.width / size)} 0 0 {_short(box.height / size)} {_short(box.x0)} {_short(box.y0)}"
    path = "\n".join(_polygon(corners) for corners in _outlines(matrix))
    return f"q {scale} cm\n{path}\nf Q\n".encode()


def _outlines(matrix: Matrix) -> list[list[Point]]:
    edges = _edges(matrix)
    outlines = []
    for start in sorted(edges):
        while start in edges:
            outlines.append(_walk(edges, start))
    return outlines


def _edges(matrix: Matrix) -> dict[Point, list[Point]]:
    dark = {(x, y) for y, row in enumerate(reversed(matrix)) for x, module in enumerate(row) if module}
    edges: dict[Point, list[Point]] = {}
    for x, y in sorted(dark):
        for (dx, dy), (ax, ay), (bx, by) in SIDES:
            if (x + dx, y + dy) not in dark:
                edges.setdefault((x + ax, y + ay), []).append((x + bx, y + by))
    return edges


def _walk(edges: dict[Point, list[Point]], start: Point) -> list[Point]:
    """Take one closed outline out of `edges` and return its corners."""
    corners: list[Point] = []
    here, heading = start, (0, 0)
    while True:
        there = _leave(edges, here, heading)
        turned = (there[0] - here[0], there[1] - here[1])
        if turned != heading:
            corners.append(here)
        here, heading = there, turned
        if here == start and not _turns_left(edges, here, heading):
            return corners


def _leave(edges: dict[Point, list[Point]], here: Point, heading: Point) -> Point:
    """Take the edge out of `here`; where two modules touch by a corner, the one that turns left."""
    ways = edges[here]
    left = (here[0] - heading[1], here[1] + heading[0])
    there = ways.pop(ways.index(left) if left in ways else 0)
    if not ways:
        del edges[here]
    return there


def _turns_left(edges: dict[Point, list[Point]], here: Point, heading: Point) -> bool:
    return (here[0] - heading[1], here[1] + heading[0]) in edges.get(here, [])


def _polygon(corners: list[Point]) -> str:
    first, *others = (f"{x} {y}" for x, y in corners)
    return " ".join((f"{first} m", *(f"{corner} l" for corner in others), "h"))


def _short(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
