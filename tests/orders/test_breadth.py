"""What can happen to an order on its way: returned, cancelled, complained about, ordered again, too late."""

import datetime
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from printkit.errors import OrderRefused, SlotErrors
from printkit.orders.approving import approve
from printkit.orders.book import Book, open_book
from printkit.orders.changing import complain, edit, reorder, set_beside, submit
from printkit.orders.content import Beside
from printkit.orders.deciding import approve_money, give_back
from printkit.orders.export import archive, charges, charges_csv
from printkit.orders.money import account, adjust, grant, statement
from printkit.orders.outbox import Notice, due, send
from printkit.orders.producing import cancel, confirm, deliver, release, ship, slips_of
from printkit.orders.reading import history, list_orders
from printkit.orders.releases import freeze, retire
from printkit.orders.stepping import On
from printkit.orders.verifying import verify
from printkit.workspace import Workspace
from tests.orders.stage import PRICES, Stage, here


def test_an_edit_voids_approvals_and_its_undoing_does_not_bring_them_back(lite: Stage) -> None:
    order = lite.approved()
    edit(lite.book, lite.leader, On(order.id), lite.content("Nytt"))
    back = edit(lite.book, lite.leader, On(order.id), lite.content("Hei"))
    assert (back.state, back.revision, back.approvals) == ("draft", 2, ())
    assert submit(lite.book, lite.leader, On(order.id)).waits_for() == ("content",)


def test_who_types_on_is_in_the_log_once_and_whoever_types_between(stage: Stage) -> None:
    order = stage.draft()
    for who, title in [
        ("leader", "M"),
        ("leader", "Mø"),
        ("coordinator", "Møt"),
        ("leader", "Møte"),
        ("leader", "Møter"),
    ]:
        edit(stage.book, getattr(stage, who), On(order.id), stage.content(title))
    told = [(one["action"], one["by"]) for one in history(stage.book, stage.leader, order.id)]
    assert told == [
        ("new", stage.leader.id),
        *(("save", one.id) for one in (stage.leader, stage.coordinator, stage.leader)),
    ]
    assert verify(stage.book) == []


def test_what_stands_beside_keeps_approvals(lite: Stage) -> None:
    order = lite.approved()
    kept = set_beside(lite.book, lite.leader, On(order.id), Beside(phone="99", reference="4711"))
    assert (kept.state, len(kept.approvals), kept.beside.reference) == ("approved", 2, "4711")


def test_an_order_over_the_limit_waits_for_the_coordinator(lite: Stage) -> None:
    grant(lite.book, lite.coordinator, "nu03", 2027, amount=0, limit=14_999)
    order = lite.proved(lite.submitted())
    assert order.waits_for() == ("content", "money")
    assert approve(lite.book, lite.approver, On(order.id)).state == "submitted"
    assert approve_money(lite.book, lite.coordinator, On(order.id)).state == "approved"


def test_a_return_needs_words_and_frees_the_money(lite: Stage) -> None:
    order = lite.submitted()
    with pytest.raises(OrderRefused, match="say the reason"):
        give_back(lite.book, lite.approver, On(order.id), " ")
    back = give_back(lite.book, lite.approver, On(order.id), "Feil dato")
    assert (back.state, back.words, back.cost.net) == ("draft", "Feil dato", 0)
    with lite.book.read() as connection:
        assert account(lite.book, connection, "nu03-2027").reserved == 0


def test_slots_that_do_not_fit_are_told_by_line(lite: Stage) -> None:
    order = lite.draft(lite.content("x" * 21))
    with pytest.raises(SlotErrors, match="line 1, t/t100.*21 characters, 20 fit"):
        submit(lite.book, lite.leader, On(order.id))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"quantity": 15, "places": [{"site": "bib-drammen", "copies": 15}]}, "in steps of 10"),
        ({"places": [{"site": "bib-drammen", "copies": 90}]}, "100 copies are ordered, the places get 90"),
        ({"places": [{"site": "bib-svelvik", "copies": 100}]}, "does not show nu03"),
        ({"places": [{"site": "bib-moon", "copies": 100}]}, "knows no site 'bib-moon'"),
        ({"places": [{"address": "A", "copies": 50}, {"address": "A", "copies": 50}]}, "is there twice"),
        ({"language": "en"}, "the template speaks nb"),
        ({"press": "digital"}, "has no t100 on digital"),
    ],
)
def test_what_cannot_be_ordered_is_told(lite: Stage, line: dict[str, object], words: str) -> None:
    order = lite.draft(lite.content(line=line))
    with pytest.raises(OrderRefused, match=words):
        submit(lite.book, lite.leader, On(order.id))


def test_a_day_that_cannot_be_reached_is_refused_at_each_door(lite: Stage) -> None:
    # Monday: two days of approval, two at the printer, the van on the Tuesday after.
    with pytest.raises(OrderRefused, match="the earliest day it can arrive is 2027-03-09"):
        lite.submitted(lite.content(needed_by="2027-03-08"))
    order = lite.approved(lite.content(needed_by="2027-03-09"))
    lite.clock.pass_(days=8)
    with pytest.raises(OrderRefused, match="the earliest day it can arrive is 2027-03-16"):
        release(lite.book, lite.coordinator, On(order.id))


def test_a_retired_release_is_told_at_each_door(lite: Stage) -> None:
    drafted, submitted, approved = lite.draft(), lite.proved(lite.submitted()), lite.approved()
    retire(lite.book, lite.approver, "t", 1)
    steps: list[Callable[[], Any]] = [
        partial(submit, lite.book, lite.leader, On(drafted.id)),
        partial(approve, lite.book, lite.approver, On(submitted.id)),
        partial(release, lite.book, lite.coordinator, On(approved.id)),
        lite.draft,
    ]
    for step in steps:
        with pytest.raises(OrderRefused, match="is retired|has no release to order"):
            step()


def test_a_last_day_ends_a_release(lite: Stage) -> None:
    first, second = lite.draft(), lite.draft()
    retire(lite.book, lite.approver, "t", 1, last_day=datetime.date(2027, 3, 1))
    assert submit(lite.book, lite.leader, On(first.id)).state == "submitted"
    lite.clock.pass_(days=1)
    with pytest.raises(OrderRefused, match="ended on 2027-03-01"):
        submit(lite.book, lite.leader, On(second.id))


def with_prices(stage: Stage, folder: Path, prices: str | None) -> Book:
    """Return the book over a workspace with another price list."""
    root = folder / "other"
    shutil.copytree(stage.book.workspace.root, root)
    (root / "profiles" / "prices" / "test.toml").unlink()
    if prices:
        (root / "profiles" / "prices" / "test.toml").write_text(prices, encoding="utf-8")
    else:
        (root / "profiles" / "prices" / "new.toml").write_text(PRICES, encoding="utf-8")
    url = stage.book.database.engine.url.render_as_string()
    return replace(open_book(Workspace(root), url, clock=stage.clock), store=stage.book.store)


@pytest.mark.parametrize(
    ("prices", "words"),
    [(PRICES.replace("each = 30", "each = 31"), "test changed"), (None, "'test' was withdrawn")],
)
def test_another_price_list_is_told_at_release(
    lite: Stage, tmp_path: Path, prices: str | None, words: str
) -> None:
    order = lite.approved()
    book = with_prices(lite, tmp_path, prices)
    with pytest.raises(OrderRefused, match=words):
        release(book, lite.coordinator, On(order.id))
    book.database.dispose()


def test_cancelling_refunds_and_a_complaint_prints_the_same_bytes(lite: Stage) -> None:
    order = lite.released()
    lite.work()
    ship(lite.book, lite.coordinator, On(order.id))
    deliver(lite.book, lite.coordinator, On(order.id))
    grant(lite.book, lite.coordinator, "kommunen", 2027, amount=100_000)
    again = complain(lite.book, lite.leader, On(order.id), "Halvparten er grønne")
    assert (again.parent, again.content.payer, again.words) == (order.id, "kommunen", "Halvparten er grønne")
    submit(lite.book, lite.leader, On(again.id))
    approve(lite.book, lite.approver, On(again.id), pool=here)
    approve_money(lite.book, lite.coordinator, On(again.id))
    release(lite.book, lite.coordinator, On(again.id))
    lite.work()
    first, second = sorted(lite.book.batches.rglob("*.pdf"))
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()
    cancelled = cancel(lite.book, lite.coordinator, On(again.id), "Ble likevel godtatt")
    assert cancelled.state == "cancelled"
    assert [row["kind"] for row in statement(lite.book, lite.coordinator, "kommunen-2027")][-1] == "refund"
    assert verify(lite.book) == []


def test_ordering_again_takes_todays_release(lite: Stage) -> None:
    order = lite.approved()
    root = lite.book.workspace.root
    page = root / "templates" / "t" / "style.css"
    before = page.read_text(encoding="utf-8")
    try:
        page.write_text(before + "\n/* ny */", encoding="utf-8")
        assert freeze(lite.book, lite.approver, "t").number == 2
        with pytest.raises(OrderRefused, match="the same as its release 2"):
            freeze(lite.book, lite.approver, "t")
    finally:
        page.write_text(before, encoding="utf-8")
    fresh = reorder(lite.book, lite.leader, On(order.id))
    assert (fresh.content.lines[0].release, order.content.lines[0].release, fresh.kind) == (2, 1, "reorder")


def test_slips_are_counted_once_and_whole(lite: Stage) -> None:
    places = [{"site": "bib-drammen", "copies": 60}, {"address": "Skolegata 1", "copies": 40}]
    order = lite.released(lite.content(line={"places": places}))
    lite.work()
    ship(lite.book, lite.coordinator, On(order.id))
    slips = slips_of(lite.book, lite.leader, order.id)
    assert sorted(str(slip["copies"]) for slip in slips) == ["40", "60"]
    first, second = slips
    with pytest.raises(OrderRefused, match="count each piece"):
        confirm(lite.book, str(first["code"]), {})
    assert (
        confirm(lite.book, str(first["code"]), {str(first["piece"]): 39}, "En manglet").state == "in_delivery"
    )
    assert confirm(lite.book, str(second["code"]), {str(second["piece"]): 60}).state == "delivered"
    with pytest.raises(OrderRefused, match="confirmed already"):
        confirm(lite.book, str(first["code"]), {str(first["piece"]): 40})


def test_notices_go_out_at_least_once_and_are_told_apart(lite: Stage) -> None:
    lite.submitted()
    (notice,) = due(lite.book)
    assert (notice.kind, notice.email) == ("submit", "komm@example.org")

    def fail(_: object) -> None:
        raise OSError("no answer")

    assert send(lite.book, fail) == (0, [f"{notice.message_id}: no answer"])
    assert due(lite.book) == []
    lite.clock.pass_(minutes=1)
    got: list[Notice] = []
    assert send(lite.book, got.append) == (1, [])
    assert [one.message_id for one in got] == [notice.message_id]
    assert due(lite.book) == []


def test_an_invoice_that_differs_is_an_entry_with_a_reason(lite: Stage) -> None:
    order = lite.released()
    adjust(lite.book, lite.coordinator, order.id, amount=500, reason="=Frakt")
    rows = charges(lite.book, lite.coordinator, 2027)
    assert [(row["kind"], row["net"], row["vat"]) for row in rows] == [
        ("charge", 15_000, 3_750),
        ("adjust", 500, 0),
    ]
    assert charges_csv(rows).decode().splitlines()[2].endswith("adjust;5,00;0,00;'=Frakt")
    assert verify(lite.book) == []


def test_an_orders_papers_are_the_same_each_time(lite: Stage) -> None:
    order = lite.released()
    lite.work()
    assert archive(lite.book, lite.leader, order.id) == archive(lite.book, lite.leader, order.id)


def test_the_number_of_queries_does_not_grow_with_the_orders(lite: Stage) -> None:
    asked: list[str] = []
    event.listen(lite.book.database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    def count() -> int:
        asked.clear()
        assert list_orders(lite.book, lite.coordinator, most=1000)
        return sum("SELECT" in statement for statement in asked)

    lite.submitted()
    few = count()
    for _ in range(20):
        lite.submitted(lite.content(quantity=10))
    assert count() == few == 2
