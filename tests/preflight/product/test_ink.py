"""The press's ink limit: the limit itself passes, a little more does not, and only a press brings it."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from printkit.preflight import Expected, Finding, Specification, expected_of
from printkit.preflight.checks import check
from printkit.profiles import load_profiles
from printkit.units import Rect, mm
from printkit.workspace import Workspace
from tests.preflight.files import broken, press_file

FIELD = "60 60 90 90 re f"


@pytest.fixture(scope="module")
def order(repository: Path) -> Expected:
    profiles = load_profiles(Workspace(repository))
    return expected_of(profiles, Specification(press=profiles.presses["digital"]))


def found(order: Expected, inks: str) -> list[Finding]:
    """Return what the rule says of a square of 32 mm in these inks."""
    pdf = broken(lambda pdf: pdf.pages[0].contents_add(f"{inks} k {FIELD}".encode()))
    return [one for one in check(pdf, order).findings if one.id == "product/ink-limit"]


def test_ink_up_to_the_limit_passes_and_more_does_not(order: Expected) -> None:
    assert order.ink_limit == 300
    assert found(order, "1 1 0.9 0.1") == []
    (one,) = found(order, "1 1 0.9 0.2")
    assert (one.severity, one.page, one.limit) == ("error", 1, 300)
    assert one.measured == pytest.approx(310, abs=2)
    assert one.message == "a square of 15 mm has 310% ink, the press takes 300%"


def test_the_press_says_how_much(order: Expected) -> None:
    assert found(replace(order, ink_limit=200), "1 1 0 0") == []
    assert len(found(replace(order, ink_limit=190), "1 1 0 0")) == 1


def test_without_a_press_nothing_is_asked(order: Expected) -> None:
    assert found(replace(order, ink_limit=None), "1 1 1 1") == []


@pytest.mark.parametrize("lacking", ["ink_limit", "product_rules", "gwg"])
def test_a_rule_without_its_figures_is_not_among_those_run(order: Expected, lacking: str) -> None:
    lacks: dict[str, Any] = {lacking: None}
    report = check(broken(lambda _: None), replace(order, **lacks))
    assert "product/ink-limit" not in report.rules_run
    (left,) = [left for left in report.rules_not_run if left.id == "product/ink-limit"]
    assert "given" in left.why


def squares(order: Expected, *painted: str) -> list[Finding]:
    """Return what the rule says of pages of 210 x 297 mm with something painted on each."""

    def paint(pdf: Pdf) -> None:
        for number, content in enumerate(painted):
            if number:
                pdf.pages.append(pdf.pages[0])
            pdf.pages[-1].Contents = pdf.make_stream(content.encode())

    return [one for one in check(broken(paint), order).findings if one.id == "product/ink-limit"]


def test_each_page_is_measured_and_the_square_told_in_its_place(order: Expected) -> None:
    white, rich = "0 0 0 0 k 0 0 9 9 re f", "1 1 1 1 k 60 90 60 60 re f"
    (one,) = squares(order, white, rich)
    assert one.page == 2
    with Pdf.open(BytesIO(press_file())) as pdf:
        x, y, *_ = map(float, pdf.pages[0].trimbox)
    assert one.box_mm is not None
    assert Rect(mm(60 - x), mm(90 - y), mm(120 - x), mm(150 - y)).contains(Rect(*one.box_mm), 0.4)
    (both,) = squares(order, rich, white, rich)
    assert both.pages == (1, 3)


def test_rich_ink_on_less_than_a_square_counts_by_its_share(order: Expected) -> None:
    # 15 mm are 42.52 pt: 30 x 42.52 of it are 282 %
    assert squares(order, "1 1 1 1 k 60 60 30 42.52 re f") == []
    assert len(squares(order, "1 1 1 1 k 60 60 33 42.52 re f")) == 1


def test_every_ink_counts_spots_too(order: Expected) -> None:
    def paint(pdf: Pdf) -> None:
        tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 0], N=1)
        space = Array([Name.Separation, Name.Varnish, Name.DeviceCMYK, tint])
        pdf.pages[0].Resources.ColorSpace = Dictionary(S=space)
        pdf.pages[0].Resources.ExtGState = Dictionary(O=Dictionary(OP=True, op=True, OPM=1))
        content = f"1 1 1 0 k {FIELD} /O gs /S cs 0.5 scn {FIELD}"
        pdf.pages[0].Contents = pdf.make_stream(content.encode())

    (one,) = [one for one in check(broken(paint), order).findings if one.id == "product/ink-limit"]
    assert one.measured == pytest.approx(350, abs=2)
