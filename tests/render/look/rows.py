"""The rows of docs/css-and-svg.toml, and the table that the docs make of them."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[3] / "docs"
# What no line tells: of a page whose text is filled in, and of what comes out in the layout only
BY_ELEMENT = "refused with file and element"
KINDS = ("svg", "css", "html")
MEANS = {
    "right": "right: drawn by the layout engine",
    "mended": "right: drawn by printkit in the engine's place",
    "refused": "refused with file and line",
}


def rows(kind: str, *verdicts: str) -> list[dict[str, Any]]:
    """Return the rows of "svg", "css" or "html" with one of the verdicts."""
    data = tomllib.loads((DOCS / "css-and-svg.toml").read_text(encoding="utf-8"))
    return [row for row in data[kind] if row["verdict"] in verdicts]


def table(kind: str) -> Iterator[str]:
    """Yield the lines of the table in the docs."""
    yield "| feature | what comes of it |"
    yield "|---|---|"
    for verdict in MEANS:
        for row in rows(kind, verdict):
            means = (
                BY_ELEMENT if verdict == "refused" and (kind == "html" or "late" in row) else MEANS[verdict]
            )
            yield f"| {row['feature']} | {row.get('note', means)} |"


def svg(row: dict[str, Any], size: str = "") -> str:
    """Return a row's drawing; `size` are attributes for its root."""
    root = row.get("root", 'viewBox="0 0 100 100"')
    return f'<svg xmlns="http://www.w3.org/2000/svg" {root} {size}>{row["sample"]}</svg>'
