"""What leaves the order book for others: statements, charges for the accounts, an order's papers."""

import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from printkit.batch.tables import as_csv
from printkit.orders.book import Book
from printkit.orders.filing import filed
from printkit.orders.money import table_sum
from printkit.orders.producing import approved_file
from printkit.orders.reading import get, history, proofs_of
from printkit.orders.rights import Act, Person, demand
from printkit.orders.tables import ledger, orders
from printkit.workspace.bundle import ZIP_DAY

CHARGES = ("order", "committee", "account", "reference", "day", "kind", "net", "vat", "reason")


def charges(book: Book, actor: Person, year: int) -> list[dict[str, Any]]:
    """Return what the accounts of a year were charged, by entry; VAT is that of a whole order."""
    demand(actor, Act.GRANT)
    wanted = (
        select(ledger, orders.c.committee, orders.c.reference, orders.c.net, orders.c.vat)
        .join(orders, orders.c.id == ledger.c.order_id)
        # What was only reserved costs nothing yet; an account's id ends in its year.
        .where(ledger.c.spent != 0, ledger.c.account_id.like(f"%-{year}"))
        .order_by(ledger.c.number)
    )
    with book.read() as connection:
        rows = connection.execute(wanted).mappings().all()
    return [
        {
            "order": row["order_id"],
            "committee": row["committee"],
            "account": row["account_id"],
            "reference": row["reference"],
            "day": row["at"][:10],
            "kind": row["kind"],
            "net": row["spent"],
            # An order's VAT is booked with its price; an adjustment is without
            "vat": 0 if row["kind"] == "adjust" else row["vat"] if row["spent"] > 0 else -row["vat"],
            "reason": row["reason"],
        }
        for row in rows
    ]


def charges_csv(rows: Iterable[dict[str, Any]]) -> bytes:
    """Return charges as a CSV file for the accounting system, sums with two decimals."""
    money = ("net", "vat")
    cells = [[table_sum(row[key]) if key in money else str(row[key]) for key in CHARGES] for row in rows]
    return statement_csv(CHARGES, cells)


def archive(book: Book, actor: Person, order: int) -> bytes:
    """Return an order's papers as ZIP: the order, also to be read, what was done to it, its press files.

    Raise OrderRefused for a press file that is not the approved one.
    """
    found, done = get(book, actor, order), history(book, actor, order)
    with book.read() as connection:
        shown = proofs_of(connection, order, found.revision)
    told = {
        "id": found.id,
        "committee": found.committee,
        "state": found.state.value,
        "revision": found.revision,
    }
    told |= {
        "content": found.content.model_dump(mode="json"),
        "net_ore": found.cost.net,
        "vat_ore": found.cost.vat,
    }
    told["files"] = {one.piece: one.sha256 for one in shown}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as papers:
        _put(papers, "order.json", json.dumps(told, ensure_ascii=False, indent=1).encode())
        _put(papers, "order.pdf", filed(book, found, shown))
        _put(papers, "log.json", json.dumps(done, ensure_ascii=False, indent=1).encode())
        # What was never released has no file that was printed.
        for one in shown if found.run else ():
            _put(papers, f"press/{one.piece}.pdf", approved_file(book, found, one.piece, one.sha256))
    return packed.getvalue()


def _put(papers: zipfile.ZipFile, name: str, data: bytes) -> None:
    # With a day of its own: the same papers are the same bytes, whenever they are taken out.
    papers.writestr(zipfile.ZipInfo(name, ZIP_DAY), data, zipfile.ZIP_DEFLATED)


def statement_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as a CSV file that a spreadsheet opens; a cell that would be a formula is quoted."""
    return as_csv(heads, rows)
