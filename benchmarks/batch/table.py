"""Results as tables, for a terminal and for the docs."""

from collections.abc import Iterable, Sequence

from benchmarks.batch.results import COMMITTEES, Results
from benchmarks.batch.rounds import ONE
from benchmarks.batch.targets import Target, targets
from benchmarks.batch.ways import WAYS, Way

Rows = Sequence[Sequence[str]]


def ways_table(results: Results) -> Rows:
    """Return a row for each way: wall time of each size, a further file, ratios to ours, what comes out."""
    sizes = [ONE, *results.sites]
    compared = results.sites[:2]
    head = ["way", *map(_size, sizes), "a further file", f"CPU, {_size(compared[0])}"]
    head += [*(f"times ours, {_size(size)}" for size in compared), "what comes out"]
    rows = [_row(results, way, sizes) for way in WAYS if results.runs.get(f"{way.id} {compared[0]}")]
    return [head, *rows]


def _row(results: Results, way: Way, sizes: Sequence[int]) -> list[str]:
    walls = {size: results.wall(f"{way.id} {size}") for size in sizes}
    ran = [size for size, wall in walls.items() if wall is not None]
    each = results.further(way.id, ran[0], ran[-1])
    return [
        way.name,
        *(_seconds(wall) for wall in walls.values()),
        f"{each * 1000:.1f} ms" if each is not None else "",
        _seconds(results.cpu(f"{way.id} {results.sites[0]}")),
        *(_times(walls[size], results.wall(f"ours {size}")) for size in results.sites[:2]),
        way.gives,
    ]


def _size(sites: int) -> str:
    return f"{COMMITTEES} × {sites:,}"


def _seconds(spent: float | None) -> str:
    return f"{spent:.2f} s" if spent is not None else ""


def _times(own: float | None, ours: float | None) -> str:
    return f"{own / ours:.2f}" if own and ours else ""


def targets_table(found: Iterable[Target]) -> Rows:
    """Return a row for each target."""
    rows = [[one.text, one.asked, one.measured, "holds" if one.holds else "misses"] for one in found]
    return [["target", "asked", "measured", ""], *rows]


def in_columns(rows: Rows) -> str:
    """Set rows for a terminal."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)


def in_markdown(rows: Rows) -> str:
    """Set rows as a Markdown table."""
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body])


def document(results: Results) -> str:
    """Return both tables in Markdown."""
    parts = (in_markdown(ways_table(results)), in_markdown(targets_table(targets(results))))
    return "\n\n".join(parts)
