"""The matrix as a page of the docs."""

from collections import Counter
from collections.abc import Iterable, Iterator

from printkit.preflight.checks import RULES
from tests.preflight.matrix.facts import VARIANTS
from tests.preflight.matrix.implied import IMPLICATIONS
from tests.preflight.matrix.judge import HOME, Cell, Matrix, rows
from tests.preflight.matrix.sample import Sample, samples

INTRO = """# Preflight matrix

For whoever wants to know whether the rules of [preflight](preflight.md) find what they say, and nothing
else. Written by `make preflight-matrix`; a test keeps it equal to what is computed.

Each sample is a small PDF/X-4 file that breaks one rule, or just does not: the limit itself and both sides
of it, built from the rule's facts and not from its code (`tests/preflight/matrix`). All that is found in a
sample must be the rule, at its severity, and what the table of implications names. A **miss** is a rule or
an implied one that was not found, a **false alarm** the rule itself where it is just not broken, a **wrong
attribution** any other rule that was found; it is counted in the other rule's row.
"""
READING = """
A cell reads breaks found / near misses left alone; a dot stands for a variant that ignores the rule.
`x4/...` and `product/...` do not depend on the variant: all their samples are judged in {home},
two of them in each other variant. In {home} the samples of all other rules are held against a product
as well: its trim, bleed, zones and ink.
"""
UNSHOWN = """
## Rules without samples

In the variants of packaging that name no kind of product `R1001` is not run. `x4/readable` is no rule of its
own; it stands for what cannot be read.
"""


def page(matrix: Matrix) -> str:
    """Return the page as Markdown."""
    parts = [INTRO, *_totals(matrix), *_variants(), READING.format(home=f"`{HOME}`")]
    for title, prefix in (("GWG 2022", "R"), ("PDF/X-4", "x4/"), ("Product", "product/")):
        parts += [f"\n## {title}\n", *_grid(matrix, [rule for rule in rows() if rule.startswith(prefix)])]
    parts += ["\n## Implications\n", *_implications(), UNSHOWN, "## Samples\n", *_samples()]
    if matrix.faults:
        parts += ["\n## What went wrong\n", *(f"- {fault}" for fault in matrix.faults)]
    return "\n".join(parts) + "\n"


def _totals(matrix: Matrix) -> Iterator[str]:
    sums: Counter[str] = Counter()
    for cell in matrix.cells.values():
        sums.update(vars(cell))
    names = ("breaks found", "near misses left alone", "misses", "false alarms", "wrong attributions")
    yield "| " + " | ".join(names) + " |"
    yield "|" + "--:|" * len(names)
    yield "| " + " | ".join(f"{sums[key]}" for key in vars(Cell())) + " |\n"


def _variants() -> Iterator[str]:
    yield "Variants: " + ", ".join(f"{at} {name}" for at, name in enumerate(VARIANTS, 1)) + "."


def _grid(matrix: Matrix, rules: Iterable[str]) -> Iterator[str]:
    yield "| rule | " + " | ".join(str(at) for at, _ in enumerate(VARIANTS, 1)) + " |"
    yield "|---|" + "--:|" * len(VARIANTS)
    for rule in rules:
        cells = (_cell(matrix.cells.get((rule, variant))) for variant in VARIANTS)
        yield f"| `{rule}` | " + " | ".join(cells) + " |"


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "."
    wrong = {"miss": cell.misses, "false alarm": cell.false_alarms, "wrong": cell.wrong}
    return f"{cell.hits}/{cell.passes}" + "".join(f" **{n} {name}**" for name, n in wrong.items() if n)


def _implications() -> Iterator[str]:
    yield "| a sample of | may break too | because |"
    yield "|---|---|---|"
    for one in IMPLICATIONS:
        yield f"| `{_any(one.rule)}` | `{_any(one.implied)}` | {one.reason} |"


def _any(rule: str) -> str:
    return rule if rule in RULES else f"{rule}..."


def _samples() -> Iterator[str]:
    yield "| rule | breaks | just does not |"
    yield "|---|---|---|"
    for rule in rows():
        found = _somewhere(rule)
        names = ("; ".join(one.name for one in found if one.breaks is breaks) for breaks in (True, False))
        yield f"| `{rule}` | " + " | ".join(names) + " |"


def _somewhere(rule: str) -> list[Sample]:
    """Return a rule's samples in the first variant that has any."""
    return next(found for found in (list(samples(rule, variant)) for variant in VARIANTS) if found)
