"""Judge every sample in every variant, and count what is found."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from printkit.preflight import Expected, Requirements
from printkit.preflight.checks import check
from printkit.profiles import Format, Profiles, load_profiles
from printkit.units import mm
from printkit.workspace import Workspace
from tests.preflight.matrix import (
    cases_code,
    cases_colour,
    cases_file,
    cases_image,
    cases_ink,
    cases_own,
    cases_paint,
    cases_product,
    cases_steps,
    cases_x4,
    cases_x4_content,
    cases_x4_file,
    cases_x4_fonts,
    cases_x4_indirect,
    cases_x4_packed,
)
from tests.preflight.matrix.base import BLEED, ROOT, TRIM, Draft, built
from tests.preflight.matrix.facts import VARIANTS, barred_steps
from tests.preflight.matrix.objects import root_entry
from tests.preflight.matrix.sample import CASES, Ask, Found, Sample, samples

# Importing a module registers its samples.
MODULES = (
    cases_file,
    cases_paint,
    cases_colour,
    cases_image,
    cases_ink,
    cases_steps,
    cases_x4,
    cases_x4_content,
    cases_x4_file,
    cases_x4_fonts,
    cases_x4_indirect,
    cases_x4_packed,
    cases_product,
    cases_code,
    cases_own,
)
CARD = Format.model_validate(
    {
        "id": "card", "name": "Card", "short": "c", "trim_mm": (mm(TRIM), mm(TRIM)), "pages": 1,
        "bleed_mm": mm(BLEED), "hidden_mm": 2, "safe_mm": 4, "code_clear_bottom_mm": 5,
        "folds_mm": ((mm(90),),), "fold_safe_mm": 2, "viewing_distance_m": 0.2, "default_press": "digital",
        "paper": "Silk", "finishing": "Cut",
    }
)  # fmt: skip
INK_LIMIT = 240.0
# The variant in which samples of other rules are held against the product's too
HOME = "sheetcmyk-cmyk"


@dataclass
class Cell:
    """Count for one rule in one variant: breaks found, near misses left alone, and what went wrong."""

    hits: int = 0
    passes: int = 0
    misses: int = 0
    false_alarms: int = 0
    wrong: int = 0

    @property
    def clean(self) -> bool:
        return not (self.misses or self.false_alarms or self.wrong)


@dataclass
class Matrix:
    """The cells by rule and variant, and a line about everything that went wrong."""

    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def cell(self, rule: str, variant: str) -> Cell:
        return self.cells.setdefault((rule, variant), Cell())


@cache
def profiles() -> Profiles:
    return load_profiles(Workspace(ROOT))


def expected(ask: Ask, variant: str) -> Expected:
    """Return what a sample is judged by."""
    known = profiles()
    asked = Expected(gwg=Requirements(known.gwg, variant, ask.distance, ask.scale))
    if ask.product:
        asked = replace(
            asked, trim_mm=CARD.trim_mm, bleed_mm=CARD.bleed_mm, pages=1, format=CARD, ink_limit=INK_LIMIT,
            product_rules=known.product, code_rules=known.codes if ask.codes else None,
        )  # fmt: skip
    return replace(asked, **dict(ask.other))


def file(draft: Draft, variant: str) -> bytes:
    """Return the file of a draft; without its step of creasing where the variant allows none."""
    if "Structural/Creasing" not in barred_steps(variant):
        return built(draft)
    plain = root_entry("OCProperties.OCGs.0.GTS_Metadata", None)
    return built(replace(draft, changes=(plain, *draft.changes)))


def judged(sample: Sample, variant: str) -> set[Found]:
    """Return each rule that a sample breaks, with its worst severity; or what was not checked."""
    report = check(file(sample.draft, variant), expected(sample.ask, variant))
    found: dict[str, str] = {}
    for finding in report.findings:
        if found.get(finding.id) != "error":
            found[finding.id] = finding.severity
    if "error" in found.values():
        return set(found.items())
    return set(found.items()) | {(one.id, one.kind) for one in report.not_checked}


def matrix(whole: bool = True) -> Matrix:
    """Judge all samples; rules that do not depend on the variant by two samples in most of them.

    Where it is not the `whole`, what is the same in two variants, files and findings, is judged in one of
    them: a fifth of the work. The other has that one's cell.
    """
    made = Matrix()
    for at, rule in enumerate(rows()):
        known: dict[tuple[Sample, ...], str] = {}
        first = at % len(VARIANTS)
        # Each rule begins with another variant, so that all have their turn.
        for variant in (*VARIANTS[first:], *VARIANTS[:first]):
            asked = tuple(chosen(rule, variant))
            like = variant if whole else known.setdefault(asked, variant)
            for sample in asked if like == variant else ():
                _count(made, sample, variant, judged(sample, variant))
            if asked and like != variant:
                made.cells[rule, variant] = made.cell(rule, like)
    return made


def chosen(rule: str, variant: str) -> Iterator[Sample]:
    """Yield the samples of a rule; at home those that fit are held against the product too."""
    if variant == HOME:
        yield from (with_product(sample) for sample in samples(rule, variant))
    elif "/" not in rule:
        yield from samples(rule, variant)
    else:
        found = list(samples(rule, variant))
        yield next(one for one in found if one.breaks)
        yield next(one for one in found if not one.breaks)


def with_product(sample: Sample) -> Sample:
    """Return a sample that is the card, held against the card's format."""
    if sample.ask.product or not sample.fits:
        return sample
    return replace(sample, ask=replace(sample.ask, product=True))


def rows() -> Iterator[str]:
    """Yield the rules that have samples, in the order of the report."""
    yield from sorted(
        CASES, key=lambda rule: (not rule.startswith("R"), rule.partition("/")[0] != "x4", rule)
    )


def _count(made: Matrix, sample: Sample, variant: str, found: set[Found]) -> None:
    cell = made.cell(sample.rule, variant)
    missed, unexpected = sample.finds - found, found - sample.finds
    own = {one for one in unexpected if one[0] == sample.rule and not sample.breaks}
    cell.misses += len(missed)
    cell.false_alarms += len(own)
    cell.hits += sample.breaks and not missed
    cell.passes += not sample.breaks and not own
    for rule, _ in unexpected - own:
        made.cell(rule, variant).wrong += 1
    if missed or unexpected:
        told = f"missed {sorted(missed)}, found {sorted(unexpected)}"
        made.faults.append(f"{sample.rule} in {variant}, {sample.name}: {told}")
