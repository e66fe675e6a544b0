"""A button that is pressed twice: the second press changes nothing and leads where the first one did."""

from collections.abc import Callable
from functools import partial

import pytest

from printkit.batch.folder import open_folder
from printkit.orders.changing import submit, withdraw
from printkit.orders.money import grant
from printkit.orders.proving import proof_folder
from printkit.orders.reading import get, list_orders
from printkit.orders.rights import Person
from printkit.orders.stepping import On
from tests.orders.stage import Stage
from tests.orders.test_concurrency import all_at_once
from tests.web.conftest import Browser

Visit = Callable[[Person | None], Browser]


def keyed(browser: Browser, path: str) -> dict[str, str]:
    """Return what a page hides in its first form for an order."""
    return {name: browser.field(path, name) for name in ("version", "key")}


def test_an_order_that_is_sent_in_twice_stays_sent_in(lite: Stage, visit: Visit) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    hidden = keyed(browser, f"/order/{order.id}")
    first, second = (
        browser.post(f"/order/{order.id}", **hidden, slot__title="Hei", do="submit") for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (200, 200)
    assert get(lite.book, lite.leader, order.id).state == "submitted"


def test_approving_twice_shows_the_approved_order(lite: Stage, visit: Visit) -> None:
    order = lite.proved(submit(lite.book, lite.leader, On(lite.draft().id)))
    browser = visit(lite.approver)
    hidden = keyed(browser, f"/order/{order.id}")
    for _ in range(2):
        assert browser.post(f"/order/{order.id}/approve", **hidden).status_code == 200
    assert len(get(lite.book, lite.approver, order.id).approvals) == 2


def test_a_design_that_is_chosen_twice_begins_one_draft(lite: Stage, visit: Visit) -> None:
    browser = visit(lite.leader)
    form = {"template": "t", "format": "t100", "committee": "nu03"}
    key = browser.field("/order/new?template=t&committee=nu03", "key")
    before = len(list_orders(lite.book, lite.leader))
    first, second = (browser.post("/order/new", **form, key=key) for _ in range(2))
    assert first.url == second.url
    assert len(list_orders(lite.book, lite.leader)) == before + 1
    # Gone back to after it was thrown away, the same page begins another.
    withdraw(lite.book, lite.leader, On(int(str(first.url).rpartition("/")[2])))
    assert browser.post("/order/new", **form, key=key).url != first.url


def test_a_key_that_another_used_tells_nothing_of_her_order(lite: Stage, visit: Visit) -> None:
    order = lite.draft()
    hidden = keyed(visit(lite.leader), f"/order/{order.id}")
    visit(lite.leader).post(f"/order/{order.id}", **hidden, do="submit")
    other = visit(lite.other).post(f"/order/{order.id}", **hidden, do="submit")
    assert other.status_code == 409
    assert "Sendt inn" not in other.text


@pytest.mark.parametrize("step", ["reorder", "withdraw"])
def test_a_step_that_is_taken_twice_at_once_is_taken_once(lite: Stage, visit: Visit, step: str) -> None:
    grant(lite.book, lite.coordinator, "nu03", 2027, amount=100)
    order = submit(lite.book, lite.leader, On(lite.draft().id))
    browsers = [visit(lite.leader) for _ in range(2)]
    hidden = {"version": str(order.version), "key": f"twice-{step}"}
    answers = all_at_once(
        [partial(browser.post, f"/order/{order.id}/{step}", **hidden) for browser in browsers]
    )
    assert [one.status_code for one in answers] == [200, 200]
    assert len({str(one.url) for one in answers}) == 1


def test_a_form_that_is_sent_again_before_the_first_is_through_is_not_called_a_change(
    lite: Stage, visit: Visit
) -> None:
    """The first has written its text and is still being looked at, so its key is not done."""
    order, browser = lite.draft(), visit(lite.leader)
    hidden = keyed(browser, f"/order/{order.id}")
    browser.post(f"/order/{order.id}", **hidden, slot__title="Ny", do="save")
    again = browser.post(f"/order/{order.id}", **hidden, slot__title="Ny", do="submit")
    assert again.status_code == 200
    assert get(lite.book, lite.leader, order.id).state == "submitted"
    # Another text with the same old version would write over what is there.
    assert (
        browser.post(f"/order/{order.id}", version=hidden["version"], slot__title="Eldre").status_code == 409
    )


def test_a_proof_that_is_just_being_made_is_no_fault_of_the_disk(lite: Stage, visit: Visit) -> None:
    order = submit(lite.book, lite.leader, On(lite.draft().id))
    folder = proof_folder(lite.book, order.id, order.revision)
    with open_folder(folder):
        answer = visit(lite.approver).post(f"/order/{order.id}/approve")
    assert answer.status_code == 409
    assert f"Korrekturen av bestilling {order.id} lages akkurat nå" in answer.text
