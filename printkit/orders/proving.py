"""Proofs: the press files of a submitted revision, made so that they can be looked at and signed."""

import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import delete, insert, select

from printkit.errors import InUse, OrderRefused
from printkit.orders.book import Book, Step
from printkit.orders.life import State
from printkit.orders.log import note
from printkit.orders.press import OpenPool, by_piece, due_of, engines, make, workers
from printkit.orders.reading import CONTENT, Order, Proof, get, proofs_of
from printkit.orders.rights import Person
from printkit.orders.stepping import load
from printkit.orders.tables import proofs, revisions
from printkit.words import Message, packed


def proof_folder(book: Book, order: int, revision: int) -> Path:
    """Return the batch folder of a revision's proof: press files, pictures, contact sheet."""
    return book.store.root / "proofs" / f"{order}-{revision}"


def make_proof(book: Book, actor: Person, order: int, *, pool: OpenPool = workers) -> list[Proof]:
    """Make the press files of a submitted order and note their hashes; it takes about a second a layout.

    What was signed already is not made again.
    """
    seen = get(book, actor, order)
    if seen.state is not State.SUBMITTED:
        raise OrderRefused(
            Message(
                "order %(order)s is %(state)s; a proof is made of one that is submitted",
                order=order,
                state=Message.of(seen.state.value),
            )
        )
    with book.read() as connection:
        # What was signed must stay what is shown
        if seen.approval(CONTENT):
            return proofs_of(connection, order, seen.revision)
        due = due_of(book, connection, seen)
    folder = proof_folder(book, order, seen.revision)
    name = f"proof-{order}-{seen.revision}"
    try:
        outcome = make(book, [due], folder, name=name, day=due.printed.day, pool=pool, proofs=True)
    except InUse as error:
        # Two who press the button at once, or one who presses it twice: nothing is wrong with the disk.
        raise OrderRefused(
            Message("the proof of order %(order)s is being made; look again in a moment", order=order)
        ) from error
    records, versions = by_piece(outcome), engines()
    found = []
    for one in due.pieces:
        record = records[one.planned.id]
        # Held for whatever reason, it would not be printed.
        verdict = "fail" if record.held else record.preflight.verdict
        reasons = (*record.reasons, *(f["message"] for f in record.findings if f["severity"] != "error"))
        found.append(Proof(record.id, record.sha256, record.pages or 0, verdict, reasons, versions))
    return record_proofs(book, actor, seen, found)


def record_proofs(book: Book, actor: Person, seen: Order, found: Sequence[Proof]) -> list[Proof]:
    """Note the press files of a revision; raise OrderRefused where the order has moved on meanwhile."""
    with book.write(actor) as step:
        order = load(step, seen.id, lock=True)
        if (order.state, order.revision) != (State.SUBMITTED, seen.revision) or order.approval(CONTENT):
            raise OrderRefused(
                Message(
                    "order %(order)s was changed while its proof was made; look at it again", order=order.id
                )
            )
        # Other engines make other bytes, and a complaint promises the same
        _check_parent(step, order, found)
        here = (proofs.c.order_id == order.id, proofs.c.revision == order.revision)
        # Made again after a failure or with another engine: what is signed is the newest
        step.connection.execute(delete(proofs).where(*here))
        known = revisions.c.hash, (revisions.c.order_id == order.id, revisions.c.number == order.revision)
        content = step.connection.execute(select(known[0]).where(*known[1])).scalar_one()
        for one in found:
            told = {"sha256": one.sha256, "pages": one.pages, "verdict": one.verdict, "engines": one.engines}
            values = {"order_id": order.id, "revision": order.revision, "piece": one.piece, "hash": content}
            step.connection.execute(
                insert(proofs).values(
                    **values, **told, reasons=json.dumps([packed(it) for it in one.reasons]), at=step.at
                )
            )
        note(step, "proof", order.id, revision=order.revision, files={one.piece: one.sha256 for one in found})
        return proofs_of(step.connection, order.id, order.revision)


def _check_parent(step: Step, order: Order, found: Sequence[Proof]) -> None:
    """Refuse a complaint's files that are not those that were delivered."""
    if order.kind != "complaint" or order.parent is None:
        return
    parent = load(step, order.parent)
    before = {one.piece: one.sha256 for one in proofs_of(step.connection, parent.id, parent.revision)}
    if other := sorted(one.piece for one in found if before.get(one.piece) != one.sha256):
        raise OrderRefused(
            Message(
                "order %(order)s: %(pieces)s: not the bytes that were delivered, as the engines are others; "
                "begin a new order",
                order=order.id,
                pieces=", ".join(other),
            )
        )
