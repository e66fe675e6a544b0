"""The whole way of an order, on both databases: from a draft to the parcel."""

from hashlib import sha256

from printkit.orders.money import account
from printkit.orders.producing import confirm, press_file, ship, slips_of
from printkit.orders.reading import get, proofs_of
from printkit.orders.stepping import On
from tests.orders.stage import Stage


def test_what_is_printed_is_what_was_approved(stage: Stage) -> None:
    order = stage.released()
    run, (number,) = next(iter(stage.work().done.items()))
    assert number == order.id
    with stage.book.read() as connection:
        (proof,) = proofs_of(connection, order.id, 1)
    made = press_file(stage.book, run, "nu03", proof.piece)
    assert sha256(made.read_bytes()).hexdigest() == proof.sha256


def test_the_last_slip_delivers(stage: Stage) -> None:
    order = stage.released()
    stage.work()
    ship(stage.book, stage.coordinator, On(order.id))
    (slip,) = slips_of(stage.book, stage.leader, order.id)
    delivered = confirm(stage.book, str(slip["code"]), {str(slip["piece"]): 100})
    assert delivered.state == "delivered"
    with stage.book.read() as connection:
        found = account(stage.book, connection, "nu03-2027")
    assert (found.reserved, found.spent) == (0, 15_000)
    assert get(stage.book, stage.leader, order.id).cost.gross == 18_750
