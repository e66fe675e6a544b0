"""The press's ink limit: the limit itself passes, a little more does not, and only a press brings it."""

from dataclasses import replace
from pathlib import Path

import pytest

from printkit.preflight import Expected, Finding, Order, check, expected_of
from printkit.profiles import load_profiles
from printkit.workspace import Workspace
from tests.preflight.files import broken

FIELD = "60 60 90 90 re f"


@pytest.fixture(scope="module")
def order(repository: Path) -> Expected:
    profiles = load_profiles(Workspace(repository))
    return expected_of(profiles, Order(press=profiles.presses["digital"]))


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
