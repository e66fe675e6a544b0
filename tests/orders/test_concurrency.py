"""Many at once: the last øre, two who submit, one key twice, two tabs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from printkit.errors import OrderRefused
from printkit.orders.approving import approve
from printkit.orders.changing import edit, new_order, submit
from printkit.orders.database import DOUBLE
from printkit.orders.money import account, grant
from printkit.orders.persons import add_person
from printkit.orders.press import due_of
from printkit.orders.producing import confirm, printed, release, slips_of
from printkit.orders.reading import get, history
from printkit.orders.rights import Role, Seat
from printkit.orders.stepping import On, load, take
from printkit.orders.verifying import verify
from tests.orders.stage import Stage

CLIENTS = 8
# 100 copies cost so many øre; the account has that for one order.
PRICE = 15_000


def all_at_once(work: list[Callable[[], Any]]) -> list[Any]:
    """Return what each gave, or the refusal in its place."""

    def guarded(one: Callable[[], Any]) -> Any:
        try:
            return one()
        except OrderRefused as refusal:
            return refusal

    with ThreadPoolExecutor(len(work)) as clients:
        return list(clients.map(guarded, work))


def test_of_eight_clients_at_the_last_ore_one_wins(stage: Stage) -> None:
    grant(stage.book, stage.coordinator, "nu03", 2027, amount=PRICE - 1_000_000)
    numbers = [stage.draft().id for _ in range(CLIENTS)]
    told = all_at_once([partial(submit, stage.again(), stage.leader, On(number)) for number in numbers])
    refused = [str(one) for one in told if isinstance(one, OrderRefused)]
    assert refused == [
        "Solbergelva, Solbergmoen og Åssiden has 0.00 NOK left in 2027, 150.00 NOK are needed"
    ] * (CLIENTS - 1)
    with stage.book.read() as connection:
        assert account(stage.book, connection, "nu03-2027").available == 0
    assert verify(stage.book) == []


def test_who_grants_to_a_new_account_at_once_is_added_up(stage: Stage) -> None:
    give = partial(grant, stage.book, stage.coordinator, "nu04", 2028, amount=100)
    assert {one.id for one in all_at_once([give] * CLIENTS)} == {"nu04-2028"}
    with stage.book.read() as connection:
        assert account(stage.book, connection, "nu04-2028").granted == CLIENTS * 100
    assert verify(stage.book) == []


def test_a_person_who_is_added_twice_at_once_is_there_once(stage: Stage) -> None:
    role = [Seat(Role.ORDERER, "nu03")]
    add = partial(add_person, stage.book, stage.admin, "Ny", "ny@example.org", roles=role)
    told = all_at_once([add] * 4)
    refused = [str(one) for one in told if isinstance(one, OrderRefused)]
    assert len(refused) == 3
    assert set(refused) <= {"ny@example.org is there already", DOUBLE}


def test_two_who_submit_the_same_order_submit_it_once(stage: Stage) -> None:
    number = stage.draft().id
    told = all_at_once([lambda: submit(stage.book, stage.leader, On(number))] * 2)
    assert sum(isinstance(one, OrderRefused) for one in told) == 1
    with stage.book.read() as connection:
        assert account(stage.book, connection, "nu03-2027").reserved == PRICE


def test_a_request_that_comes_twice_at_once_is_done_once(stage: Stage) -> None:
    begin = partial(new_order, stage.book, stage.leader, "nu03", stage.content(), key="k")
    orders = all_at_once([begin] * 4)
    assert {one.id for one in orders} == {orders[0].id}


def test_a_key_is_not_taken_for_another_request(lite: Stage) -> None:
    order = new_order(lite.book, lite.leader, "nu03", lite.content(), key="k")
    with pytest.raises(OrderRefused, match="used for another request"):
        submit(lite.book, lite.leader, On(order.id, key="k"))


def test_the_second_of_two_tabs_is_told(lite: Stage) -> None:
    order = lite.draft()
    edit(lite.book, lite.leader, On(order.id, order.version), lite.content("Første"))
    with pytest.raises(OrderRefused, match="changed meanwhile"):
        edit(lite.book, lite.leader, On(order.id, order.version), lite.content("Andre"))
    assert get(lite.book, lite.leader, order.id).content.lines[0].slots == {"title": "Første"}


def test_an_edit_while_it_is_approved_wins_or_loses_whole(stage: Stage) -> None:
    order = stage.proved(stage.submitted())
    tries = [
        lambda: approve(stage.book, stage.approver, On(order.id), "content"),
        lambda: edit(stage.book, stage.leader, On(order.id), stage.content("Nytt")),
    ]
    all_at_once(tries)
    now = get(stage.book, stage.leader, order.id)
    # Whoever was first, the edit stands and no approval is left.
    assert (now.state.value, now.approvals) == ("draft", ())
    assert history(stage.book, stage.leader, order.id)[-1]["action"] in ("edit", "sign content", "approve")


def test_a_slip_that_two_confirm_at_once_is_confirmed_once(stage: Stage) -> None:
    order = stage.approved()
    release(stage.book, stage.coordinator, On(order.id))
    with stage.book.write(stage.coordinator) as step:
        printed(step, due_of(stage.book, step.connection, load(step, order.id)))
        take(step, load(step, order.id), "ship")
    (slip,) = slips_of(stage.book, stage.leader, order.id)
    counted = {str(slip["piece"]): 100}
    told = all_at_once([partial(confirm, stage.book, str(slip["code"]), counted)] * 4)
    assert [str(one) for one in told if isinstance(one, OrderRefused)] == [
        "this slip was confirmed already"
    ] * 3
    assert get(stage.book, stage.leader, order.id).state == "delivered"
