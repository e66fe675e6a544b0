"""The speeds to reach, each with its figure from one bench."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from math import isnan
from typing import Any

from benchmarks.batch.results import COMMITTEES, Results
from benchmarks.batch.ways import WORKERS


@dataclass(frozen=True)
class Target:
    """What is asked, the most or least that holds, and what was measured."""

    text: str
    figure: float
    bound: float
    unit: str
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Tell whether the figure keeps the bound."""
        return self.figure >= self.bound if self.at_least else self.figure <= self.bound

    @property
    def asked(self) -> str:
        """Return the bound in words."""
        return f"{'≥' if self.at_least else '≤'} {self.bound:g} {self.unit}"

    @property
    def measured(self) -> str:
        """Return the figure with its unit."""
        return f"{self.figure:.2f} {self.unit}"

    def as_dict(self) -> dict[str, Any]:
        """Return the target as plain data."""
        return asdict(self) | {"holds": self.holds}


def targets(results: Results) -> list[Target]:
    """Return the targets that these results can answer."""
    few, *more = results.sites
    found = [*_small(results, few), *_single(results)]
    if more:
        found += [*_many(results, few, more[0]), *_again(results, more[0])]
    if len(more) > 1:
        found += _most(results, *more)
    return [one for one in found if not isnan(one.figure)]


def _ratio(results: Results, name: str, other: str) -> float:
    first, second = results.wall(name), results.wall(other)
    return first / second if first and second else float("nan")


def _small(results: Results, few: int) -> Iterator[Target]:
    size = f"{COMMITTEES} × {few}"
    for way, said in (("ours", "with proofs"), ("ours-no-proofs", "without proofs")):
        times = _ratio(results, f"{way} {few}", f"typst {few}")
        yield Target(f"{size} from nothing, {said}, against Typst and finish", times, 1.2, "x")
        times = _ratio(results, f"weasy-x4 {few}", f"{way} {few}")
        yield Target(
            f"{size} from nothing, {said}, faster than the WeasyPrint pdf/x-4 loop", times, 4, "x", True
        )


def _many(results: Results, few: int, many: int) -> Iterator[Target]:
    size = f"{COMMITTEES} × {many}"
    times = _ratio(results, f"typst {many}", f"ours {many}")
    yield Target(f"{size}, faster than Typst and finish", times, 2.5, "x", True)
    each = results.further("ours", few, many)
    yield Target(f"a variant past the first of a layout, wall, {WORKERS} workers", _ms(each), 6, "ms")
    share = results.shares.get(f"ours {many}")
    if share and share.variant_count:
        told = share.variants / share.variant_count / WORKERS
        yield Target("the same as the batch reports it", _ms(told), 6, "ms")
    for way, said in (("ours-one", "against one"), ("ours-core", "on two cores against one on one core")):
        times = _ratio(results, f"{way} {many}", f"ours {many}")
        yield Target(f"{size}, two workers {said}", times, 1.7, "x", True)


def _again(results: Results, many: int) -> Iterator[Target]:
    same, other = results.wall(f"unchanged {many}"), results.wall(f"changed {many}")
    if same and other:
        size = f"{COMMITTEES * many:,} pieces"
        yield Target(f"nothing changed among {size}, whole process", same, 1.2, "s")
        text = f"one committee's text changed among {size}, more than nothing changed"
        yield Target(text, other - same, 1.5, "s")


def _most(results: Results, many: int, most: int) -> Iterator[Target]:
    size, before = f"{COMMITTEES} × {most:,}", f"{COMMITTEES} × {many}"
    each = results.further("ours", many, most)
    yield Target(f"{size}: a variant past those of {before}", _ms(each), 6, "ms")
    first, second = results.peak(f"ours {many}"), results.peak(f"ours {most}")
    if first and second:
        text = f"{size}: peak memory of all processes against {before} ({second:.0f} and {first:.0f} MB)"
        yield Target(text, second / first, 1.15, "x")


def _single(results: Results) -> Iterator[Target]:
    yield Target("printkit --help", results.wall("help") or float("nan"), 0.25, "s")
    same = "the weasyprint command on the same page"
    times = _ratio(results, "render", "weasyprint")
    yield Target(f"a single cold render, all checks, against {same}", times, 2.5, "x")
    times = _ratio(results, "render-rgb", "weasyprint")
    yield Target(f"a single cold render --rgb against {same}", times, 1.5, "x")


def _ms(seconds: float | None) -> float:
    return seconds * 1000 if seconds is not None else float("nan")
