"""Which sites of a layout are spared the whole check: those whose code can change nothing else."""

from dataclasses import replace
from typing import Any

import pytest

from printkit.preflight import Expected, Finding, FoundCode, NotRun, Report
from printkit.preflight.checks import holds_for_all, joined
from printkit.preflight.core.check import in_order
from printkit.qr import Code
from printkit.units import Rect, mm
from tests.finish.pages import code
from tests.preflight.zone_pages import FORMAT, HIGH, ORDER, PRODUCT_RULES

CODE = code((30, 20))
BOX = CODE.box.box.scaled(mm(1))
QUIET = CODE.geometry.quiet_mm
SAFE, TOLERANCE = FORMAT.safe_mm, PRODUCT_RULES.zone_tolerance_mm
# More than rounding, less than what is tolerated
LITTLE = TOLERANCE / 2
FOLDED = FORMAT.model_copy(update={"folds_mm": ((50.0,),), "fold_safe_mm": 4.0})


def expected(*codes: Code, **changes: Any) -> Expected:
    return replace(ORDER, codes=codes or (CODE,), **changes)


def finding(**changes: Any) -> Finding:
    usual = Finding("R0009", "black-text", "warning", "black text", "GWG", 1, (0, 0, 5, 5), pages=(1,))
    return replace(usual, **changes)


def found(*findings: Finding) -> Report:
    return Report(findings, (), by_page=findings)


def beside(side: str, gap: float) -> tuple[float, float, float, float]:
    """Return a box of 2 mm at a side of the code, `gap` mm away from it; negative reaches into it."""
    x0, y0, x1, y1 = BOX.as_tuple()
    return {
        "left": (x0 - gap - 2, y0, x0 - gap, y0 + 2),
        "below": (x0, y0 - gap - 2, x0 + 2, y0 - gap),
        "right": (x1 + gap, y0, x1 + gap + 2, y0 + 2),
        "above": (x0, y1 + gap, x0 + 2, y1 + gap + 2),
    }[side]


def moved(side: str, inside_mm: float, edge: Rect) -> Code:
    """Return the code with its modules, or below its print id, as far inside an edge as said."""
    x, y = 30.0, 20.0
    match side:
        case "left":
            x = edge.x0 + inside_mm - QUIET
        case "below":
            y = edge.y0 + inside_mm - CODE.geometry.id_room_mm
        case "right":
            x = edge.x1 - inside_mm - BOX.width + QUIET
        case "above":
            y = edge.y1 - inside_mm - BOX.height + QUIET
    return code((x, y))


SIDES = ("left", "below", "right", "above")


def test_a_sound_layout_holds_for_all_its_sites() -> None:
    assert holds_for_all(found(), expected())
    assert holds_for_all(found(), replace(ORDER, codes=()))


@pytest.mark.parametrize("side", SIDES)
def test_a_finding_in_the_codes_box_may_be_another_at_each_site(side: str) -> None:
    assert holds_for_all(found(finding(box_mm=beside(side, 0.1))), expected())
    assert not holds_for_all(found(finding(box_mm=beside(side, -0.1))), expected())


@pytest.mark.parametrize("changes", [{"box_mm": None}, {"count": 2}])
def test_a_finding_that_may_lie_anywhere_may_lie_in_the_box(changes: dict[str, object]) -> None:
    assert not holds_for_all(found(finding(**changes)), expected())


@pytest.mark.parametrize(
    "changes",
    [
        {"page": 2, "pages": (2,), "box_mm": None, "count": 3},
        {"page": None, "pages": (), "box_mm": None},
        {"id": "product/qr-size", "box_mm": BOX.as_tuple()},
    ],
)
def test_what_is_on_another_page_or_of_the_code_itself_spares(changes: dict[str, object]) -> None:
    assert holds_for_all(found(finding(**changes)), expected())


def test_every_code_counts() -> None:
    second = code((30, 20), page=2)
    on_two = finding(page=2, pages=(2,), box_mm=BOX.as_tuple())
    assert not holds_for_all(found(on_two), expected(CODE, second))
    at_the_edge = moved("left", -1, FORMAT.safe)
    assert not holds_for_all(found(), expected(CODE, at_the_edge))


def test_a_file_that_cannot_be_read_tells_nothing_of_others() -> None:
    assert not holds_for_all(found(finding(id="x4/readable", page=None, pages=())), expected())


@pytest.mark.parametrize("side", SIDES)
def test_a_code_at_the_edge_of_the_safe_zone_is_judged_at_each_site(side: str) -> None:
    assert holds_for_all(found(), expected(moved(side, -LITTLE, FORMAT.safe)))
    assert not holds_for_all(found(), expected(moved(side, -2 * TOLERANCE, FORMAT.safe)))


@pytest.mark.parametrize(("gap", "spared"), [(4 - LITTLE, True), (4 - 2 * TOLERANCE, False), (-5, False)])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_code_near_a_fold_is_judged_at_each_site(side: str, gap: float, spared: bool) -> None:
    fold = Rect(50, 0, 50, HIGH)
    near = moved(side, gap, fold)
    assert holds_for_all(found(), expected(near, format=FOLDED)) is spared


def test_a_fold_of_another_page_does_not_count() -> None:
    second = FOLDED.model_copy(update={"folds_mm": ((), (50.0,))})
    assert holds_for_all(found(), expected(code((40, 20)), format=second))
    assert not holds_for_all(found(), expected(code((40, 20), page=2), format=second))


@pytest.mark.parametrize("missing", ["format", "product_rules"])
def test_without_zones_to_go_by_no_site_is_spared(missing: str) -> None:
    assert not holds_for_all(found(), expected(**{missing: None}))


def test_a_variants_report_has_its_own_codes_and_its_layouts_rest() -> None:
    layout = Report(
        (finding(), finding(id="product/qr-size"), finding(id="product/trim-size")),
        ("R0009", "product/qr-size", "product/qr-decodes"),
        (NotRun("R0020", "ignored", "not-asked"), NotRun("product/qr-robust", "not asked for", "not-asked")),
        (FoundCode("qr", 1, "theirs", (0, 0, 1, 1), True, True),),
    )
    mine = FoundCode("qr", 1, "mine", (0, 0, 1, 1), True, True)
    stopped = NotRun("product/qr-decodes", "it takes long")
    codes = Report((finding(id="product/qr-contrast"),), ("product/qr-size",), (stopped,), (mine,))
    variant = joined(layout, codes)
    assert {one.id for one in variant.findings} == {"R0009", "product/trim-size", "product/qr-contrast"}
    assert variant.rules_run == ("R0009", "product/qr-size")
    assert variant.rules_not_run == (NotRun("R0020", "ignored", "not-asked"), stopped)
    assert (variant.codes, variant.verdict) == ((mine,), "not-checked")


def test_a_variants_findings_stand_in_the_order_of_a_whole_check() -> None:
    late, early = finding(id="product/qr-size"), finding(id="R0009")
    assert [one.id for one in joined(found(early), found(late)).findings] == ["R0009", "product/qr-size"]
    whole = [finding(id=name) for name in ("x4/fonts", "R0005", "product/qr-decodes", "product/safe-zone")]
    apart = joined(found(whole[3], whole[1], whole[0]), found(whole[2]))
    order = [rule.id for rule in in_order()]
    assert [one.id for one in apart.findings] == sorted((one.id for one in whole), key=order.index)
