"""What nobody sees on the product breaks no rule of what is painted there."""

from dataclasses import replace

import pytest

from printkit.preflight.checks import check
from tests.preflight.matrix import judge
from tests.preflight.matrix.base import Change, Draft, built
from tests.preflight.matrix.cases_file import SIDES, layer
from tests.preflight.matrix.cases_product import CARD
from tests.preflight.matrix.objects import entry, form, root_entry
from tests.preflight.test_geometry import BROKEN, crowd

# The crowd's size, and half the width of the widest of its lines, which are level
OUTWARDS = ((-20, 0), (0, -15.5), (20, 0), (0, 15.5))
VARIANTS = (judge.HOME, "sheetcmyk-cmyk-plus-rgb", "packaging-offset", "webspot-cmyk", "digital-print")


def found(work: Draft, variant: str = judge.HOME) -> list[str]:
    return [one.id for one in check(built(work), judge.expected(CARD, variant)).findings]


def crowded(before: str, after: str, *changes: Change) -> Draft:
    work = crowd(2)
    return replace(work, paint=f"q {before} {work.paint} {after} Q", changes=(*work.changes, *changes))


def test_the_crowd_breaks_the_rules_of_paint() -> None:
    assert set(found(crowd(2))) >= BROKEN


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("edge", range(4), ids=SIDES)
def test_what_lies_just_outside_the_trim(edge: int, variant: str) -> None:
    x, y = OUTWARDS[edge]
    work = crowd(edge)
    assert found(replace(work, paint=f"q 1 0 0 1 {x} {y} cm {work.paint} Q"), variant) == []


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(
    "work",
    [
        crowded("1 0 0 1 500 0 cm", ""),
        crowded("300 300 5 5 re W n", ""),
        crowded("60 60 20 20 re W n", ""),
        crowded("/OC /Other BDC", "EMC", layer("Off", "OFF")),
        crowded("/Clear gs", "", entry("ExtGState", "Clear", "<</ca 0 /CA 0>>")),
        replace(crowd(2), paint="", changes=(*crowd(2).changes, form("Unused", crowd(2).paint))),
    ],
    ids=["off the sheet", "clipped off", "clipped elsewhere", "hidden layer", "transparent", "not called"],
)
def test_what_is_not_seen(work: Draft, variant: str) -> None:
    assert found(work, variant) == []


@pytest.mark.parametrize(
    ("group", "asked", "shown"),
    [
        ("/Design", None, True),
        ("[/Design /View]", None, False),
        (None, "/Design", True),
        ("/Design", "[/View /Design]", False),
        ("/Design", "/All", False),
    ],
)
def test_a_layer_of_another_intent_hides_nothing(group: str | None, asked: str | None, shown: bool) -> None:
    hidden = [layer("Off", "OFF"), root_entry("OCProperties.OCGs.2.Intent", group or "/View")]
    work = crowded("/OC /Other BDC", "EMC", *hidden, root_entry("OCProperties.D.Intent", asked or "/View"))
    assert set(found(work)) >= BROKEN if shown else found(work) == []
