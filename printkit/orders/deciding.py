"""What those who approve do: sign content or money, return, reject."""

from sqlalchemy import Connection, RowMapping, select

from printkit.errors import OrderRefused
from printkit.orders.book import Book, Step
from printkit.orders.changing import sign
from printkit.orders.checking import check, content_hash
from printkit.orders.life import step_from
from printkit.orders.reading import CONTENT, MONEY, Order, proofs_of
from printkit.orders.rights import Act, Person, demand
from printkit.orders.stepping import On, change, load, reopened, take
from printkit.orders.tables import revisions
from printkit.words import Message, joined


def approve_content(book: Book, actor: Person, on: On) -> Order:
    """Sign the content of the current revision, as its proofs show it.

    Raise OrderRefused for who submitted or edited it, for an order that became impossible, and for one
    without proofs that may be printed.
    """

    def do(step: Step, order: Order) -> None:
        demand(actor, Act.APPROVE, order.committee)
        found = unchanged(book, step, order)
        _check_proofs(step.connection, order, found)
        _sign(step, order, CONTENT, found)

    return change(book, actor, on, "approve content", do=do)


def approve_money(book: Book, actor: Person, on: On) -> Order:
    """Sign for the money of the current revision, where no rule did."""

    def do(step: Step, order: Order) -> None:
        demand(actor, Act.APPROVE_MONEY, order.committee)
        _sign(step, order, MONEY, unchanged(book, step, order))

    return change(book, actor, on, "approve money", do=do)


def _sign(step: Step, order: Order, kind: str, found: str) -> None:
    step_from("approve", order.state, str(order.id))
    # Four eyes: whoever wrote it sees what was meant, not what stands there
    if step.actor.id in (order.submitted_by, order.edited_by):
        raise OrderRefused(
            Message(
                "%(person)s edited or submitted order %(order)s; somebody else must approve it",
                person=step.actor.code,
                order=order.id,
            )
        )
    if order.approval(kind) is not None:
        raise OrderRefused(
            Message(
                "order %(order)s has its approval of %(kind)s already", order=order.id, kind=Message.of(kind)
            )
        )
    sign(step, order, kind, found, by=step.actor)
    signed = load(step, order.id)
    if not signed.waits_for():
        # The right was asked for the signature; money's signer has none to approve content
        take(step, signed, "approve", act=Act.READ)


def unchanged(book: Book, step: Step, order: Order, *, approved: bool = False) -> str:
    """Return the hash of what is there; raise OrderRefused where it is not what was submitted.

    Everything that may have become impossible meanwhile is asked again: releases, prices, the day.
    """
    row = revision_row(step.connection, order)
    if row["content"] != order.content.text():
        raise OrderRefused(
            Message(
                "order %(order)s: its content is not that of revision %(revision)s; edit it anew",
                order=order.id,
                revision=order.revision,
            )
        )
    # The hash is made anew from rows and files: what somebody changed behind the program's back shows here
    checked = check(book, step.connection, order.content, order.committee, day=step.day, approved=approved)
    if (checked.cost.net, checked.cost.vat) != (order.cost.net, order.cost.vat):
        raise OrderRefused(
            Message(
                "order %(order)s: price list %(price_list)s changed; return it",
                order=order.id,
                price_list=order.content.price_list,
            )
        )
    if checked.hash != row["hash"]:
        raise OrderRefused(
            Message(
                "order %(order)s: content, price or release is not that of revision %(revision)s",
                order=order.id,
                revision=order.revision,
            )
        )
    return checked.hash


def check_approvals(step: Step, order: Order) -> None:
    """Raise OrderRefused unless both approvals are of the current revision and of what is there now."""
    found = content_hash(step.connection, order.content, order.cost)
    # Each by its own hash: what was signed yesterday may have been signed of other files.
    for kind in (CONTENT, MONEY):
        approval = order.approval(kind)
        if approval is None or approval.hash != found:
            raise OrderRefused(
                Message(
                    "order %(order)s: its approval of %(kind)s is not of what is there; edit it anew",
                    order=order.id,
                    kind=Message.of(kind),
                )
            )


def revision_row(connection: Connection, order: Order) -> RowMapping:
    """Return what was frozen of an order's current revision; raise OrderRefused where it is not submitted."""
    here = (revisions.c.order_id == order.id, revisions.c.number == order.revision)
    row = connection.execute(select(revisions).where(*here)).mappings().one_or_none()
    if row is None:
        raise OrderRefused(
            Message(
                "order %(order)s is %(state)s; revision %(revision)s is not submitted",
                order=order.id,
                state=Message.of(order.state.value),
                revision=order.revision,
            )
        )
    return row


def _check_proofs(connection: Connection, order: Order, found: str) -> None:
    shown = proofs_of(connection, order.id, order.revision)
    if not shown:
        raise OrderRefused(
            Message(
                "order %(order)s has no proof of revision %(revision)s; make it first",
                order=order.id,
                revision=order.revision,
            )
        )
    for proof in shown:
        # Nobody may sign for a file that is not there, or that print would refuse.
        if proof.sha256 is None or proof.verdict == "fail":
            reason = joined(proof.reasons or (Message("it cannot be printed"),))
            raise OrderRefused(
                Message(
                    "order %(order)s: %(piece)s: %(reason)s; return the order",
                    order=order.id,
                    piece=proof.piece,
                    reason=reason,
                )
            )


def give_back(book: Book, actor: Person, on: On, reason: str) -> Order:
    """Return a submitted order to the committee with a reason; its reservation ends."""

    def do(step: Step, order: Order) -> None:
        take(step, order, "return", reason=reason, **reopened(order))

    return change(book, actor, on, "return", do=do)


def reject(book: Book, actor: Person, on: On, reason: str) -> Order:
    """Reject a submitted order for good, with a reason."""

    def do(step: Step, order: Order) -> None:
        take(step, order, "reject", reason=reason)

    return change(book, actor, on, "reject", do=do)
