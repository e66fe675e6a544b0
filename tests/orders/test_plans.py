"""The year's plan: what is due, and drafts that are made of a line once for each committee."""

import datetime
from dataclasses import replace

import pytest

from printkit.errors import OrderRefused
from printkit.orders.kits import kit_lines
from printkit.orders.plans import Standing, make_drafts, year_of
from printkit.orders.reading import get, list_orders
from printkit.profiles.orders import Kit, KitItem
from printkit.profiles.plan import Plan, PlanLine, check_plans
from tests.orders.stage import Stage

KIT = Kit(name="Bibliotek", sites=("library",), items=(KitItem(template="t", format="t100", quantity=20),))
BEGIN, NEEDED = datetime.date(2027, 2, 1), datetime.date(2027, 4, 15)


def planned(stage: Stage, **line: object) -> Stage:
    """Give a stage a plan of one line."""
    given = {"name": "Møter", "begin": BEGIN, "needed_by": NEEDED, "kits": ("k",), **line}
    plan = Plan(id="p", name="Plan", year=2027, lines={"l": PlanLine.model_validate(given)})
    rules = replace(stage.book.rules, kits={"k": KIT}, plans={"p": plan})
    return replace(stage, book=replace(stage.book, rules=rules))


def test_a_line_becomes_one_draft_for_each_committee(stage: Stage) -> None:
    stage = planned(stage)
    made = make_drafts(stage.book, stage.coordinator, "p", "l")
    assert [one.committee for one in made] == sorted(stage.book.profiles.committees)
    assert {one.state for one in made} == {"draft"}
    assert made[2].content.title == "Møter"
    assert made[2].content.needed_by == NEEDED
    assert all(place.copies == 20 for place in made[2].content.lines[0].places)
    assert make_drafts(stage.book, stage.coordinator, "p", "l") == []
    (due,) = year_of(stage.book, stage.coordinator, "p")
    assert (due.standing, due.missing, len(due.orders)) == (Standing.BEGUN, (), 10)


@pytest.mark.parametrize(
    ("today", "standing"),
    [((2027, 1, 31), "later"), ((2027, 2, 1), "due"), ((2027, 4, 14), "late")],
)
def test_a_line_stands_as_the_day_says(lite: Stage, today: tuple[int, int, int], standing: str) -> None:
    stage = planned(lite)
    stage.clock.now = datetime.datetime(*today, 12, tzinfo=datetime.UTC)
    (due,) = year_of(stage.book, stage.coordinator, "p")
    assert due.standing == standing
    assert due.safe is not None
    assert due.safe < NEEDED


def test_a_committee_sees_and_begins_its_own(lite: Stage) -> None:
    stage = planned(lite)
    (due,) = year_of(stage.book, stage.leader, "p")
    assert due.missing == ("nu03",)
    with pytest.raises(OrderRefused, match="write orders of nu01"):
        make_drafts(stage.book, stage.leader, "p", "l")
    (order,) = make_drafts(stage.book, stage.leader, "p", "l", committees=["nu03"])
    (seen,) = year_of(stage.book, stage.other, "p")
    assert (seen.orders, seen.missing) == ({}, ("nu04",))
    (all_of_it,) = year_of(stage.book, stage.coordinator, "p")
    assert all_of_it.orders == {"nu03": order.id}


def test_what_the_municipality_pays_is_begun_by_staff(lite: Stage) -> None:
    stage = planned(lite, payer="municipality")
    with pytest.raises(OrderRefused, match="let the municipality pay"):
        make_drafts(stage.book, stage.leader, "p", "l", committees=["nu03"])
    made = make_drafts(stage.book, stage.coordinator, "p", "l")
    assert {one.content.payer for one in made} == {"kommunen"}


def test_a_committee_without_a_place_gets_no_draft(lite: Stage) -> None:
    stage = planned(lite)
    kit = KIT.model_copy(update={"sites": ("knutepunkt",)})
    stage = replace(stage, book=replace(stage.book, rules=replace(stage.book.rules, kits={"k": kit})))
    made = {one.committee for one in make_drafts(stage.book, stage.coordinator, "p", "l")}
    assert "nu03" not in made
    assert "nu01" in made
    with pytest.raises(OrderRefused, match="no place"):
        kit_lines(stage.book, "k", "nu03")


def test_a_plan_names_what_there_is() -> None:
    line = PlanLine(name="x", begin=BEGIN, needed_by=NEEDED, kits=("gone",), committees=("nu99",))
    plans = {"p": Plan(id="p", name="Plan", year=2027, lines={"l": line})}
    assert [one.reason for one in check_plans(plans, ["k"], ["nu01"])] == [
        "no kit 'gone'",
        "no committee 'nu99'",
    ]


def test_what_is_ordered_again_has_no_day_that_is_over(lite: Stage) -> None:
    from printkit.orders.changing import reorder
    from printkit.orders.stepping import On

    order = lite.draft()
    again = reorder(lite.book, lite.leader, On(order.id))
    assert get(lite.book, lite.leader, again.id).content.lines[0].slots == order.content.lines[0].slots
    assert [one.kind for one in list_orders(lite.book, lite.leader)] == ["reorder", "new"]
