"""Approve all that a person may, with the proofs that it needs."""

from printkit.errors import OrderRefused
from printkit.orders.book import Book
from printkit.orders.deciding import approve_content, approve_money
from printkit.orders.press import OpenPool, workers
from printkit.orders.proving import make_proof
from printkit.orders.reading import CONTENT, MONEY, Order, get, proofs_of
from printkit.orders.rights import Act, Person, may
from printkit.orders.stepping import On
from printkit.words import Message

RIGHT = {CONTENT: Act.APPROVE, MONEY: Act.APPROVE_MONEY}


def approve(book: Book, actor: Person, on: On, what: str | None = None, *, pool: OpenPool = workers) -> Order:
    """Give the approval that is named, else each one that is missing and that the person may give.

    Raise OrderRefused where there is none.
    """
    order = get(book, actor, on.order)
    waits = (what,) if what else tuple(kind for kind in order.waits_for() if _may(actor, kind, order))
    if not waits:
        missing = tuple(map(Message.of, order.waits_for())) or Message("no approval")
        raise OrderRefused(
            Message(
                "order %(order)s is %(state)s and waits for %(missing)s, not for %(person)s",
                order=order.id,
                state=Message.of(order.state.value),
                missing=missing,
                person=actor.code,
            )
        )
    # Content is approved as its proofs show it, so without one there is nothing to sign
    if CONTENT in waits and _needs_proof(book, order):
        make_proof(book, actor, order.id, pool=pool)
    for kind in waits:
        # Of one request two approvals may come, and each is done once.
        key = f"{on.key}-{kind}" if on.key else ""
        sign = approve_content if kind == CONTENT else approve_money
        # The version that was seen is asked once: the first approval counts it up.
        seen = on.version if kind == waits[0] else None
        order = sign(book, actor, On(on.order, seen, key))
    return order


def _may(actor: Person, kind: str, order: Order) -> bool:
    return may(actor, RIGHT[kind], order.committee)


def _needs_proof(book: Book, order: Order) -> bool:
    with book.read() as connection:
        return not proofs_of(connection, order.id, order.revision)
