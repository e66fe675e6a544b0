"""A complaint on the pages: the same once more, without a form, sent in by a button."""

from collections.abc import Callable

from printkit.orders.money import grant
from printkit.orders.producing import deliver, ship
from printkit.orders.reading import get
from printkit.orders.rights import Person
from printkit.orders.stepping import On
from tests.orders.stage import Stage
from tests.web.conftest import BASE, OWN, Browser

Visit = Callable[[Person | None], Browser]


def delivered(stage: Stage) -> int:
    order = stage.released()
    stage.work()
    ship(stage.book, stage.coordinator, On(order.id))
    return deliver(stage.book, stage.coordinator, On(order.id)).id


def test_a_complaint_is_sent_in_as_it_is(lite: Stage, visit: Visit) -> None:
    grant(lite.book, lite.coordinator, lite.book.rules.rules.payer, 2027, amount=1_000_000)
    order, browser = delivered(lite), visit(lite.leader)
    page = browser.post(f"/order/{order}/complain", reason="Fargen er feil")
    assert "Hva som er galt:</strong> Fargen er feil" in page.text
    assert "Kommunen betaler" in page.text
    # What cannot be changed is not offered as if it could.
    assert 'id="draft"' not in page.text
    number = int(str(page.url).rpartition("/")[2])
    hidden = {name: browser.field(f"/order/{number}", name) for name in ("version", "key")}
    sent = browser.post(f"/order/{number}/submit", **hidden)
    assert sent.status_code == 200
    complaint = get(lite.book, lite.leader, number)
    assert (complaint.state, complaint.content.payer) == ("submitted", lite.book.rules.rules.payer)
    assert complaint.content.lines == get(lite.book, lite.leader, order).content.lines
    assert "?edit=1" not in sent.text


def test_who_changes_the_language_of_a_refusal_comes_back_to_the_form(lite: Stage, visit: Visit) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    sent = OWN | {"Referer": f"{BASE}/order/{order.id}"}
    refused = browser.client.post(f"/order/{order.id}/reject", data={}, headers=sent)
    assert refused.status_code == 409
    assert f'name="back" value="/order/{order.id}"' in refused.text
