"""Every rule in every variant: no miss, no false alarm, no wrong attribution."""

from dataclasses import replace

import pytest

from printkit.preflight.checks import RULES, check
from tests.preflight.matrix import judge
from tests.preflight.matrix.base import ROOT
from tests.preflight.matrix.cases_code import WORDED, coded
from tests.preflight.matrix.cases_product import asking
from tests.preflight.matrix.facts import DATA, VARIANTS, facts
from tests.preflight.matrix.facts import RULES as FACTS
from tests.preflight.matrix.implied import IMPLICATIONS, reasons
from tests.preflight.matrix.judge import Matrix, expected, file, matrix, rows
from tests.preflight.matrix.sample import Sample, samples
from tests.preflight.matrix.table import page

pytestmark = pytest.mark.long

# Not run in variants that name no kind of product
STEPS = "R1001"


@pytest.fixture(scope="module")
def whole() -> Matrix:
    return matrix(whole=False)


def everything() -> list[tuple[str, Sample]]:
    return [(variant, sample) for rule in rows() for variant in VARIANTS for sample in samples(rule, variant)]


@pytest.mark.filterwarnings("ignore::pikepdf.exceptions.PageCopyWarning")
def test_nothing_is_missed_nothing_found_in_vain_nothing_laid_to_another(whole: Matrix) -> None:
    assert whole.faults == []


def test_the_docs_show_the_matrix(whole: Matrix) -> None:
    stored = (ROOT / "docs/preflight-matrix.md").read_text(encoding="utf-8")
    assert stored == page(whole), "run make preflight-matrix"


def test_every_rule_that_a_variant_asks_for_is_broken_and_just_not(whole: Matrix) -> None:
    asked = {(rule, variant) for rule in FACTS for variant in VARIANTS if facts(rule, variant)}
    asked |= {(rule, variant) for rule in RULES if "/" in rule for variant in VARIANTS}
    shown = {key for key, cell in whole.cells.items() if cell.hits and cell.passes}
    assert asked - shown == {(STEPS, variant) for variant in VARIANTS if _names_no_product(variant)}


def _names_no_product(variant: str) -> bool:
    return facts(STEPS, variant) is not None and variant not in DATA["steps"]


def test_what_a_sample_breaks_beside_its_rule_has_a_reason() -> None:
    beside = {(one.rule, rule) for _, one in everything() for rule, _ in one.finds if rule != one.rule}
    assert [pair for pair in beside if not reasons(*pair)] == []
    used = {reason for pair in beside for reason in reasons(*pair)}
    assert {one.reason for one in IMPLICATIONS} - used == set()


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_clean_file_passes_every_rule(variant: str) -> None:
    ask = asking(WORDED, robust=True, process_only=True, unconfirmed=(), by_press=())
    report = check(file(coded(), variant), expected(ask, variant))
    assert (report.verdict, report.findings) == ("pass", ())
    left = {one.id for one in report.rules_not_run if "ignored" not in one.why}
    # The card is no piece of a layout, so there is neither an id nor a picture to compare with.
    laid_out = {"product/picture", "product/print-id"}
    assert left == ({STEPS, *laid_out} if _names_no_product(variant) else laid_out)


@pytest.mark.parametrize("rule", ["R0009", "R0012", "R0015", "R0016", "R0019", "R0026", "R0031"])
@pytest.mark.parametrize("by", [0.97, 1.03])
def test_a_limit_that_is_a_little_off_shows(rule: str, by: float, monkeypatch: pytest.MonkeyPatch) -> None:
    known = judge.profiles()
    limits = known.gwg.rules[rule].variants[judge.HOME]
    off = {key: value * by for key, value in limits if key in ("A", "B", "error") and value}
    wrong = limits.model_copy(update=off)
    variants = known.gwg.rules[rule].variants | {judge.HOME: wrong}
    rules = known.gwg.rules | {rule: known.gwg.rules[rule].model_copy(update={"variants": variants})}
    changed = replace(known, gwg=known.gwg.model_copy(update={"rules": rules}))
    monkeypatch.setattr(judge, "profiles", lambda: changed)
    assert any(judge.judged(one, judge.HOME) != one.finds for one in samples(rule, judge.HOME))


@pytest.mark.parametrize(
    ("rule", "variant", "figures"),
    [
        ("R0009", "sheetcmyk-cmyk", {"severity": "warning", "A": 12}),
        ("R0015", "newspaper-ads-cmyk", {"severity": "warning", "A": 0.85, "B": 2.2}),
        ("R0016", "webcmyknews-cmyk", {"severity": "warning", "A": 10}),
        ("R0017", "packaging-flexo", {"severity": "warning", "A": 14}),
        ("R0019", "flexible", {"severity": "warning", "A": 1.5}),
        ("R0025", "packaging-gravure", {"severity": "warning", "A": 3.1, "B": 15}),
        ("R0026", "sheetcmyk-cmyk", {"severity": "warning", "A": 3.2, "B": 15}),
        ("R0026", "webspot-cmyk", {"severity": "warning", "A": 3.05, "B": 15}),
        ("R0031", "large-format-print", {"error": 239, "warning": 299}),
        ("R0031", "digital-print", {"error": 95, "warning": 149}),
        ("R0032", "digital-print", {"error": 349, "warning": 599}),
        ("R0033", "label-leaflet", {"error": 449, "warning": 1199}),
        ("R0010", "large-format-print", {"severity": "ignore", "A": 2}),
        ("R0036", "large-format-print", {"severity": "error"}),
    ],
)
def test_the_rule_data_say_what_the_specification_sheet_says(
    rule: str, variant: str, figures: dict[str, object]
) -> None:
    assert DATA[rule][variant] == figures


def test_the_rule_data_name_37_requirements_and_two_of_steps_in_23_variants() -> None:
    assert [*FACTS] == [f"R{number:04d}" for number in (*range(1, 38), 1001, 1002)]
    assert len(VARIANTS) == 23
