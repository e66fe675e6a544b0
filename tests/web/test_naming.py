"""What pages call things: by the names that people know, never by ids of the command line."""

import re
from collections.abc import Callable

import pytest

from printkit.orders.changing import submit
from printkit.orders.deciding import approve_content
from printkit.orders.money import grant
from printkit.orders.releases import frozen
from printkit.orders.rights import Person
from printkit.orders.stepping import On
from printkit.web.naming import piece_name
from printkit.words import Message
from tests.orders.stage import Stage
from tests.web.conftest import Browser

Visit = Callable[[Person | None], Browser]
# Ids of the stage: of committees, people, places, formats, and how their pieces are called
IDS = re.compile(r"\bnu0\d\b|\bp\d\b|bib-drammen|flyer-a5|_o1-1|\b2027-\d\d")


def shown(page: str) -> str:
    """Return what a page shows: its text, and of its attributes what is read out."""
    read_out = " ".join(re.findall(r'(?:aria-label|alt|title)="([^"]*)"', page))
    return re.sub(r"<[^>]*>", " ", page) + read_out


def test_a_refusal_names_people_and_begins_with_a_capital(lite: Stage, visit: Visit) -> None:
    refused = visit(lite.leader).get("/order/99")
    assert refused.status_code == 404
    assert f"Det finnes ingen bestilling 99 som {lite.leader.name} kan se" in refused.text


def test_a_refusal_names_the_committee_whose_right_is_missing(lite: Stage, visit: Visit) -> None:
    said = shown(visit(lite.other).get("/order/new?template=t&committee=nu03").text)
    assert "Solbergelva" in said or "Det finnes" in said
    assert not re.search(r"\bnu03\b", said)


def test_a_role_is_told_by_what_it_does(lite: Stage, visit: Visit) -> None:
    said = shown(visit(lite.leader).get("/persons").text)
    assert "har ikke rett til å legge til personer og gi roller; det har: en administrator" in said


def test_too_little_money_is_told_of_the_committee(lite: Stage, visit: Visit) -> None:
    left = 1_000_000
    grant(lite.book, lite.coordinator, "nu03", 2027, amount=-left)
    order = lite.draft()
    refused = visit(lite.leader).post(f"/order/{order.id}", do="submit")
    name = lite.book.profiles.committees["nu03"].name
    assert f"{name} har 0 kr igjen i 2027, det trengs 150 kr" in refused.text.replace("\u00a0", " ")
    assert "nu03-2027" not in shown(refused.text)


def test_a_day_in_a_refusal_stands_as_the_reader_writes_it(lite: Stage, visit: Visit) -> None:
    order = lite.draft(lite.content(needed_by="2027-02-01"))
    said = shown(visit(lite.leader).post(f"/order/{order.id}", do="submit").text)
    assert "mandag 1.\u00a0februar" in said
    assert "2027-02-01" not in said


def test_who_approves_what_she_sent_in_is_called_by_name(lite: Stage, visit: Visit) -> None:
    order = submit(lite.book, lite.approver, On(lite.draft(actor=lite.approver).id))
    said = shown(visit(lite.approver).post(f"/order/{order.id}/approve").text)
    assert f"{lite.approver.name.capitalize()} har endret eller sendt inn bestilling {order.id}" in said


def test_a_button_pressed_twice_says_how_the_order_stands(lite: Stage, visit: Visit) -> None:
    """The page that a second press comes from is older than what the first one did."""
    order = lite.proved(lite.submitted())
    approve_content(lite.book, lite.approver, On(order.id))
    said = shown(visit(lite.approver).post(f"/order/{order.id}/approve").text)
    assert f"Bestilling {order.id} er godkjent" in said


@pytest.mark.parametrize("page", ["", "/slips", "/proof"])
def test_pages_of_an_order_show_no_id(lite: Stage, visit: Visit, page: str) -> None:
    order = lite.released(lite.content(needed_by="2027-06-30"))
    lite.work()
    said = shown(visit(lite.coordinator).get(f"/order/{order.id}{page}").text)
    assert f"{order.id}" in said
    assert IDS.search(said.replace(lite.coordinator.name, "")) is None


def test_budgets_templates_and_persons_are_called_by_their_names(lite: Stage, visit: Visit) -> None:
    said = shown(visit(lite.coordinator).get("/budget/nu03-2027").text)
    assert "nu03" not in said
    said = shown(visit(lite.admin).get("/persons").text)
    assert f"bestiller for {lite.book.profiles.committees['nu03'].name}" in said
    with lite.book.read() as connection:
        name = frozen(lite.book, connection, "t", 1).template.name
    assert name != "t"
    assert f"<h2>{name}</h2>" in visit(lite.approver).get("/templates").text


def test_a_piece_is_called_by_design_format_and_place(lite: Stage) -> None:
    name = piece_name(lite.book, "nu03_t_flyer-a5_nb_o7-1_bib-drammen")
    formats, sites = lite.book.profiles.formats, lite.book.profiles.sites
    assert name.endswith(f", {formats['flyer-a5'].name} · {sites['bib-drammen'].name}")
    assert piece_name(lite.book, "nu03_t_flyer-a5_nb_o7-1").endswith(formats["flyer-a5"].name)
    assert piece_name(lite.book, "something else") == "something else"


def test_fields_within_fields_are_named_too() -> None:
    inner = Message("%(place)s is full", place="a")
    outer = Message("%(all)s; %(count)s", all=(inner, "b"), count=2)
    assert outer.mapped(lambda field, value: f"{field}={value}") == "place=a is full, all=b; 2"
