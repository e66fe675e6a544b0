"""Growth of cost as SVG: seconds over pieces for each way, and what printkit's time goes to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

from benchmarks.batch.results import COMMITTEES, Results
from benchmarks.batch.rounds import ONE
from benchmarks.batch.ways import BY_ID, WORKERS

WIDE, HIGH = 760, 660
# The plot's edges, and the first of the bars beneath it
LEFT, RIGHT, TOP, BOTTOM, BARS = 70, 720, 50, 420, 505
# Okabe and Ito's colours, told apart by every eye
LINES = {"ours": "#0072b2", "typst": "#009e73", "weasy-x4": "#d55e00", "weasy-rgb": "#cc79a7"}
PARTS = (("layouts", "#0072b2"), ("variants", "#56b4e9"), ("start, proofs, writing, waiting", "#cccccc"))
BAR, GAP = 20, 8
INK, GRID = "#333333", "#dddddd"
Points = Sequence[tuple[int, float]]


@dataclass(frozen=True)
class Axes:
    """The whole powers of ten at the edges, and find places between them."""

    x: tuple[int, int]
    y: tuple[int, int]

    @classmethod
    def around(cls, lines: Sequence[Points]) -> "Axes":
        """Return axes that show all points."""
        counts = [log10(count) for points in lines for count, _ in points]
        walls = [log10(wall) for points in lines for _, wall in points]
        return cls(_edges(counts), _edges(walls))

    def place(self, count: float, wall: float) -> tuple[float, float]:
        """Return where a point stands."""
        along = (log10(count) - self.x[0]) / (self.x[1] - self.x[0])
        up = (log10(wall) - self.y[0]) / (self.y[1] - self.y[0])
        return LEFT + along * (RIGHT - LEFT), BOTTOM - up * (BOTTOM - TOP)


def _edges(values: Sequence[float]) -> tuple[int, int]:
    low = floor(min(values))
    return low, max(ceil(max(values)), low + 1)


def growth(results: Results) -> str:
    """Return the plot as SVG."""
    lines = {way: points_of(results, way) for way in LINES}
    lines = {way: points for way, points in lines.items() if points}
    axes = Axes.around(list(lines.values()))
    parts = [_text(LEFT, 28, "Wall time of a whole run, two cores, both axes logarithmic", "start", 15)]
    parts += _grid(axes)
    for way, points in lines.items():
        parts += _line(axes, points, LINES[way])
    parts += _names(lines)
    parts += _bars(results)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif">'
    return (
        "\n".join([head, f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>', *parts, "</svg>"]) + "\n"
    )


def points_of(results: Results, way: str) -> Points:
    """Return pieces and seconds of each size that a way ran with."""
    walls = ((sites * COMMITTEES, results.wall(f"{way} {sites}")) for sites in (ONE, *results.sites))
    return [(count, wall) for count, wall in walls if wall is not None]


def _grid(axes: Axes) -> Iterator[str]:
    for power in range(axes.x[0], axes.x[1] + 1):
        x, _ = axes.place(10**power, 10 ** axes.y[0])
        yield f'<path d="M{x:.1f} {TOP}V{BOTTOM}" stroke="{GRID}"/>'
        yield _text(x, BOTTOM + 20, f"{10**power:,}", "middle")
    for power in range(axes.y[0], axes.y[1] + 1):
        _, y = axes.place(10 ** axes.x[0], 10**power)
        yield f'<path d="M{LEFT} {y:.1f}H{RIGHT}" stroke="{GRID}"/>'
        yield _text(LEFT - 8, y + 4, f"{10.0**power:,.9g} s", "end")
    yield _text((LEFT + RIGHT) / 2, BOTTOM + 40, "pieces", "middle")


def _line(axes: Axes, points: Points, color: str) -> Iterator[str]:
    places = [axes.place(*point) for point in points]
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{drawn}" fill="none" stroke="{color}" stroke-width="2.5"/>'
    for (x, y), (count, wall) in zip(places, points, strict=True):
        said = escape(f"{count:,} pieces: {wall:.2f} s")
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{color}"><title>{said}</title></circle>'


def _names(ways: Iterable[str]) -> Iterator[str]:
    """Yield a line and a name for each way, where no line runs: all rise to the right."""
    for row, way in enumerate(ways):
        y = TOP + 24 + 20 * row
        yield f'<path d="M{LEFT + 16} {y}h24" stroke="{LINES[way]}" stroke-width="2.5"/>'
        yield _text(LEFT + 48, y + 4, BY_ID[way].name, "start", 13)


def _bars(results: Results) -> Iterator[str]:
    """Yield a bar for each size: which part of the wall time workers spend on what."""
    yield _text(LEFT, BARS - 14, "What the time of printkit batch goes to", "start", 15)
    rows = 0
    for sites in (ONE, *results.sites):
        wall, share = results.wall(f"ours {sites}"), results.shares.get(f"ours {sites}")
        if wall is None or share is None:
            continue
        worked = [min(seconds / WORKERS / wall, 1) for seconds in (share.layouts, share.variants)]
        yield from _bar(BARS + rows * (BAR + GAP), sites, [*worked, max(0, 1 - sum(worked))])
        rows += 1
    yield from _legend(BARS + rows * (BAR + GAP) + 16)


def _bar(y: float, sites: int, parts: Sequence[float]) -> Iterator[str]:
    yield _text(LEFT - 8, y + 15, f"{sites * COMMITTEES:,}", "end")
    x = float(LEFT)
    for part, (_, color) in zip(parts, PARTS, strict=True):
        wide = part / sum(parts) * (RIGHT - LEFT)
        yield f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{BAR}" fill="{color}"/>'
        x += wide


def _legend(y: float) -> Iterator[str]:
    x = float(LEFT)
    for name, color in PARTS:
        yield f'<rect x="{x:.1f}" y="{y - 10}" width="12" height="12" fill="{color}"/>'
        yield _text(x + 18, y, name, "start")
        x += 40 + 7 * len(name)


def _text(x: float, y: float, said: str, anchor: str, size: int = 12, color: str = INK) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{color}"'
    return f"<text {place}>{escape(said)}</text>"
