"""What is drawn on the layer of a processing step, such as a cutting line, is no part of the product."""

import pytest

from printkit.preflight.checks import check
from tests.preflight.matrix.base import PLAIN, Draft, bar, built, draft, ground, symbol
from tests.preflight.matrix.cases_code import WORDED
from tests.preflight.matrix.judge import HOME, expected
from tests.preflight.matrix.objects import on_step, root_entry, text
from tests.preflight.matrix.sample import Ask

PRODUCT = Ask(product=True)
OF_STEP = f"q /OP gs 0 1 0 0 k {bar(94, 20, 94.5, 90)}{bar(126, 20, 130, 90)}Q\n"


def found(work: Draft, ask: Ask) -> set[str]:
    report = check(built(work), expected(ask, HOME))
    assert not report.not_checked
    return {one.id for one in report.findings if one.id.startswith("product/")}


def test_it_covers_no_bleed() -> None:
    assert found(draft(ground="", plain=PLAIN + on_step(ground())), PRODUCT) == {"product/bleed-covered"}
    whole = on_step("0.2 0 0 0 k -9 -9 198 198 re f ")
    assert found(draft(ground="", plain=PLAIN + whole), PRODUCT) == {"product/bleed-covered"}


@pytest.mark.parametrize("intent", ["/View", "/Design"])
def test_a_code_there_is_none(intent: str) -> None:
    layer = root_entry("OCProperties.OCGs.1.Intent", intent)
    assert found(draft(on_step(symbol()), layer), WORDED) == {"product/qr-decodes"}


def test_its_lines_spoil_no_code() -> None:
    assert found(draft(symbol() + OF_STEP), WORDED) >= {"product/qr-one-ink", "product/qr-quiet-zone"}
    assert found(draft(symbol() + on_step(OF_STEP)), WORDED) == set()


def test_its_texts_may_stand_anywhere() -> None:
    words = text(8, at=(2, 60))
    assert found(draft(words), PRODUCT) == {"product/hidden-zone"}
    assert found(draft(on_step(words)), PRODUCT) == set()
