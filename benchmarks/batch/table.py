"""Results as tables, for a terminal and for the docs."""

from collections.abc import Iterable, Sequence

from benchmarks.batch.results import COMMITTEES, Results
from benchmarks.batch.rounds import ONE
from benchmarks.batch.targets import Target, targets
from benchmarks.batch.ways import WAYS, Way

Rows = Sequence[Sequence[str]]


def ways_table(results: Results) -> Rows:
    """Return a row for each way: wall time of each size, a further file, ratio to ours, what comes out."""
    sizes = [ONE, *results.sites]
    head = [
        "way",
        *(f"{COMMITTEES} × {size:,}" for size in sizes),
        "a further file",
        "times ours",
        "what comes out",
    ]
    rows = [_row(results, way, sizes) for way in WAYS if results.runs.get(f"{way.id} {results.sites[0]}")]
    return [head, *rows]


def _row(results: Results, way: Way, sizes: Sequence[int]) -> list[str]:
    walls = [results.wall(f"{way.id} {size}") for size in sizes]
    ran = [size for size, wall in zip(sizes, walls, strict=True) if wall is not None]
    each = results.further(way.id, ran[0], ran[-1])
    own, ours = results.wall(f"{way.id} {sizes[1]}"), results.wall(f"ours {sizes[1]}")
    return [
        way.name,
        *(f"{wall:.2f} s" if wall is not None else "" for wall in walls),
        f"{each * 1000:.1f} ms" if each is not None else "",
        f"{own / ours:.2f}" if own and ours else "",
        way.gives,
    ]


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
