"""The plan, kits, statements and histories on the pages."""

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pypdfium2

from printkit.orders.changing import submit
from printkit.orders.money import account
from printkit.orders.reading import get, list_orders
from printkit.orders.rights import Person
from printkit.orders.stepping import On
from printkit.web.site import Site
from tests.orders.stage import Stage
from tests.orders.test_plans import KIT, planned
from tests.web.conftest import Browser

Visit = Callable[[Person | None], Browser]


def test_one_button_makes_drafts_for_all_committees(lite: Stage, site: Site, visit: Visit) -> None:
    object.__setattr__(site, "book", planned(lite).book)
    staff = visit(lite.coordinator)
    assert "Lag utkast for 10 nærutvalg" in staff.get("/plan").text
    made = staff.post("/plan", plan="p", line="l")
    assert "10 utkast er laget" in made.text
    assert len(list_orders(lite.book, lite.coordinator)) == 10
    assert staff.post("/plan", plan="p", line="l").status_code == 409
    assert "Påbegynt" in visit(lite.leader).get("/plan").text


def test_a_kit_becomes_an_order_of_its_pieces(lite: Stage, site: Site, visit: Visit) -> None:
    two = KIT.model_copy(update={"items": KIT.items * 2})
    book = replace(lite.book, rules=replace(lite.book.rules, kits={"k": two}))
    object.__setattr__(site, "book", book)
    leader = visit(lite.leader)
    assert "Bibliotek" in leader.get("/").text
    path = leader.post("/order/new", kit="k", committee="nu03").url.path
    assert leader.get(f"{path}?line=2").status_code == 200
    leader.post(path, line="2", do="drop")
    assert len(get(lite.book, lite.leader, int(path.rpartition("/")[2])).content.lines) == 1
    assert leader.post("/order/new", kit="none", committee="nu03").status_code == 409


def test_a_statement_is_a_paper_with_every_entry(lite: Stage, visit: Visit) -> None:
    order = submit(lite.book, lite.leader, On(lite.draft().id))
    data = visit(lite.leader).get("/budget/nu03-2027/statement.pdf").content
    page = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    for said in ("Budsjett 2027", "10 000 kr", "150 kr", "Reservert", str(order.id)):
        assert said in page.replace("\u00a0", " ")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1


def test_the_years_end_moves_what_is_reserved(lite: Stage, visit: Visit) -> None:
    submit(lite.book, lite.leader, On(lite.draft().id))
    coordinator = visit(lite.coordinator)
    assert "Flytt til 2028" in coordinator.get("/budget/nu03-2027").text
    assert "Flytt til 2028" not in visit(lite.leader).get("/budget/nu03-2027").text
    moved = coordinator.post("/budget/nu03-2027/carry")
    assert (moved.status_code, moved.url.path) == (200, "/budget/nu03-2028")
    # By the kind alone: the ledger's own reason is in English
    assert "Overført ved årsskiftet" in moved.text
    assert "year&#39;s end" not in moved.text
    with lite.book.read() as connection:
        sums = [account(lite.book, connection, f"nu03-{year}").reserved for year in (2027, 2028)]
    assert sums == [0, 15_000]
    assert "Flytt til 2028" not in coordinator.get("/budget/nu03-2027").text
    assert coordinator.post("/budget/nu03-x/carry").status_code == 409


def test_staff_sees_what_print_costs(lite: Stage, visit: Visit) -> None:
    page = visit(lite.coordinator).get("/prices").text.replace("\u00a0", " ")
    for said in ("fra 1. januar 2027 til 31. desember 2027", "gjelder i dag", "Test 100", "150 kr"):
        assert said in page
    assert "/prices" in visit(lite.approver).get("/queue").text


def test_what_happened_is_told_in_words(lite: Stage, visit: Visit) -> None:
    order = submit(lite.book, lite.leader, On(lite.draft().id))
    staff = visit(lite.approver)
    staff.post(f"/order/{order.id}/return", ready="Datoen har vært.", reason="Se på plakaten.")
    told = visit(lite.leader).get(f"/order/{order.id}").text
    assert "Datoen har vært. Se på plakaten." in told
    # A draft that came back is told from others without opening it.
    listed = visit(lite.leader).get("/orders").text
    assert "Bestillingen kom tilbake til deg:</strong> Datoen har vært. Se på plakaten." in listed
    done = visit(lite.admin).get(f"/order/{order.id}").text
    for raw in ("submit", "sign money", ">revision"):
        assert raw not in done
