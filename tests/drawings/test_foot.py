"""Who stands at a roll-up's foot: three who do not stand in the picture above them."""

import pytest
from jinja2 import Environment

from tests.drawings.landscape import PLACES, ROOT, opened
from tests.drawings.lens import PAGES, lens

FOOT: list[list[str]] = (
    Environment(autoescape=True)
    .from_string((ROOT / "templates/base/foot.html").read_text("utf-8"))
    .module.foot_places  # type: ignore[attr-defined]
)
FAMILIES = ("recruit", "report-case")


def test_everybody_of_the_kit_may_stand_there_and_has_one_place() -> None:
    everybody = [name for names in FOOT for name in names]
    assert sorted(everybody) == sorted(opened("people").layers)


@pytest.mark.parametrize("place", PLACES)
def test_three_are_left_who_stand_neither_in_the_picture_nor_in_the_lens(place: str) -> None:
    at, drawing = lens(PAGES["narrow"], place), opened(place)
    middle, _, radius = at.shows
    seen = {*drawing.standing(at.left, at.right), *drawing.standing(middle - radius, middle + radius)}
    assert all(set(names) - seen for names in FOOT)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_with_a_landscape_tells_the_foot_who_stands_in_it(family: str) -> None:
    layout = (ROOT / f"templates/{family}/poster.html").read_text("utf-8")
    line = next(one for one in layout.splitlines() if "set others" in one)
    assert "place.standing" in line
    assert "base.seen()" in line
