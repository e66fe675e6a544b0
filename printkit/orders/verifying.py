"""Does all hold together? The log's chain, orders as it tells them, sums, approvals, files."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from printkit.errors import OrderRefused
from printkit.orders.book import Book
from printkit.orders.held import strange
from printkit.orders.life import APPROVED, RESERVED, SPENT, State
from printkit.orders.log import broken
from printkit.orders.producing import approved_file
from printkit.orders.reading import CONTENT, MONEY, proofs_of, views
from printkit.orders.tables import accounts, approvals, ledger, log, orders, releases, revisions, uploads
from printkit.words import Message

# What the log tells of an order's row.
REPLAYED = ("committee", "state", "revision", "net", "vat", "account_id", "run_id")


def verify(book: Book) -> list[str]:
    """Return what does not hold, nothing where all does; stored and press files are read too."""
    with book.read() as connection:
        return [*problems(book, connection), *_press_files(book, connection)]


def problems(book: Book, connection: Connection) -> Iterator[str]:
    """Yield every sentence that is wrong of rows and stored files."""
    # Alone, as all others read what these would have refused
    if found := list(strange(connection)):
        yield from found
        return
    yield from broken(connection)
    yield from _replayed(connection)
    yield from _sums(connection)
    yield from _by_order(connection)
    yield from _approved(connection)
    yield from _files(book, connection)


def replay(connection: Connection) -> dict[int, dict[str, Any]]:
    """Return what each order's row must say, from the log alone."""
    found: dict[int, dict[str, Any]] = defaultdict(
        lambda: {"net": 0, "vat": 0, "account_id": None, "run_id": None}
    )
    wanted = select(log.c.order_id, log.c.action, log.c.data).where(log.c.order_id.is_not(None))
    for order, action, text in connection.execute(wanted.order_by(log.c.number)):
        data = json.loads(text)
        # Year's end moves an order between accounts without a step of its life
        if action == "carry":
            data["account_id"] = data["after"]
        # Those of a signature and of a revision repeat what the steps have said.
        found[order] |= {key: data[key] for key in REPLAYED if key in data}
    return found


def _replayed(connection: Connection) -> Iterator[str]:
    told = replay(connection)
    for row in connection.execute(select(orders)).mappings():
        for key in REPLAYED:
            if row[key] != told[row["id"]].get(key):
                yield Message(
                    "order %(row)s: %(key)s is %(there)s, the log says %(logged)s",
                    row=row["id"],
                    key=key,
                    there=row[key],
                    logged=told[row["id"]].get(key),
                )


def _sums(connection: Connection) -> Iterator[str]:
    columns = [func.coalesce(func.sum(ledger.c[name]), 0) for name in ("granted", "reserved", "spent")]
    sums = {
        row[0]: tuple(map(int, row[1:]))
        for row in connection.execute(select(ledger.c.account_id, *columns).group_by(ledger.c.account_id))
    }
    for row in connection.execute(select(accounts)).mappings():
        stands = (row["granted"], row["reserved"], row["spent"])
        if stands != sums.get(row["id"], (0, 0, 0)):
            yield Message("account %(row)s: its sums are not those of its entries", row=row["id"])


def _by_order(connection: Connection) -> Iterator[str]:
    """Yield orders whose reserved or spent money is not what their state says."""
    # An invoice that differs is booked on top of the price.
    priced = ledger.c.kind != "adjust"
    columns = [func.coalesce(func.sum(ledger.c[name]), 0) for name in ("reserved", "spent")]
    wanted = select(ledger.c.order_id, *columns).where(ledger.c.order_id.is_not(None), priced)
    moved = {
        row[0]: (int(row[1]), int(row[2])) for row in connection.execute(wanted.group_by(ledger.c.order_id))
    }
    for row in connection.execute(select(orders)).mappings():
        state = State(row["state"])
        due = (row["net"] if state in RESERVED else 0, row["net"] if state in SPENT else 0)
        # A draft or an order that ended without print has moved nothing in the end.
        if moved.get(row["id"], (0, 0)) != due:
            yield Message(
                "order %(row)s is %(value)s: its money moved is %(moved)s, not %(due)s",
                row=row["id"],
                value=state.value,
                moved=moved.get(row["id"]),
                due=due,
            )


def _approved(connection: Connection) -> Iterator[str]:
    """Yield orders from approved on without both approvals of what was submitted."""
    signed = {
        (row["order_id"], row["revision"], row["kind"]): row["hash"]
        for row in connection.execute(select(approvals)).mappings()
    }
    joined = select(orders, revisions.c.hash.label("hash"), revisions.c.content.label("submitted")).join(
        revisions, (revisions.c.order_id == orders.c.id) & (revisions.c.number == orders.c.revision)
    )
    for row in connection.execute(
        joined.where(orders.c.state.in_([one.value for one in APPROVED]))
    ).mappings():
        hashes = {signed.get((row["id"], row["revision"], kind)) for kind in (CONTENT, MONEY)}
        # One that is missing is None, and no hash.
        if hashes != {row["hash"]} or row["content"] != row["submitted"]:
            yield Message("order %(row)s: its approvals are not of what is there", row=row["id"])


def _files(book: Book, connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(releases)).mappings():
        for name, found in json.loads(row["files"]).items():
            try:
                book.store.read(
                    found,
                    Message(
                        "release %(row)s of %(template)s: %(name)s",
                        row=row["number"],
                        template=row["template"],
                        name=name,
                    ),
                )
            except OrderRefused as error:
                yield from error.sentences()
    for row in connection.execute(select(uploads)).mappings():
        try:
            book.store.read(row["sha256"], row["file"])
        except OrderRefused as error:
            yield from error.sentences()


def _press_files(book: Book, connection: Connection) -> Iterator[str]:
    """Yield press files at the printer that are not the approved ones; later they may be cleared away."""
    rows = connection.execute(select(orders).where(orders.c.state == State.AT_PRINTER.value)).mappings()
    for order in views(connection, rows.all()):
        for shown in proofs_of(connection, order.id, order.revision):
            try:
                approved_file(book, order, shown.piece, shown.sha256)
            except OrderRefused as error:
                yield from error.sentences()
