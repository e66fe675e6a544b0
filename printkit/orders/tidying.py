"""Remove what is kept for a time only: addresses of requests, used links, old sessions and keys."""

import datetime

from sqlalchemy import Table, delete

from printkit.orders.book import PRINTKIT, Book, Step, stamp
from printkit.orders.log import note
from printkit.orders.tables import attempts, links, outbox, requests, sessions


def tidy(book: Book) -> dict[str, int]:
    """Remove what is past its time; return the rows removed by table. The log, the ledger and orders stay."""
    with book.write(PRINTKIT) as step:
        kept = stamp(step.now - datetime.timedelta(days=book.rules.rules.request_days))
        gone = {
            "attempts": _remove(step, attempts, attempts.c.at < kept),
            # Links and sessions have an end of their own; the rest stays for as many days as the workspace
            # says.
            "links": _remove(step, links, links.c.expires_at < step.at),
            "sessions": _remove(step, sessions, sessions.c.expires_at < step.at),
            "requests": _remove(step, requests, requests.c.at < kept),
            "outbox": _remove(step, outbox, outbox.c.sent_at < kept),
        }
        # Run often, it would fill the log with nothings
        if any(gone.values()):
            note(step, "tidy", **gone)
        return gone


def _remove(step: Step, table: Table, past: object) -> int:
    return step.connection.execute(delete(table).where(past)).rowcount  # type: ignore[arg-type]
