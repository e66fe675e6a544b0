"""Signs of life: what server and worker note of themselves, for whoever watches over them."""

import datetime
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import select, text

from printkit.errors import WriteError
from printkit.orders.book import PRINTKIT, Book
from printkit.orders.tables import heartbeats

WORKER, SERVER = "worker", "server"
# Beats in the time after which one that is silent counts as gone.
OFTEN = 4
# Both databases speak it so; two who beat at once would meet at a row that the other one has deleted.
BEAT = text(
    "INSERT INTO heartbeats (name, at) VALUES (:name, :at) ON CONFLICT (name) DO UPDATE SET at = excluded.at"
)


def beat(book: Book, name: str = WORKER) -> None:
    """Note that somebody lives; raise WriteError where the database cannot be written."""
    with book.write(PRINTKIT) as step:
        step.connection.execute(BEAT, {"name": name, "at": step.at})


def last_beat(book: Book, name: str = WORKER) -> datetime.datetime | None:
    """Return when somebody was heard of last."""
    with book.read() as connection:
        at = connection.execute(select(heartbeats.c.at).where(heartbeats.c.name == name)).scalar()
    return datetime.datetime.fromisoformat(at) if at else None


def pause_of(book: Book) -> float:
    """Return the seconds between two beats."""
    return book.rules.rules.heartbeat_seconds / OFTEN


@contextmanager
def beating(book: Book, every: float) -> Iterator[None]:
    """Beat while something long is done: a run of a hundred orders takes longer than silence may last."""
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(every):
            # One that cannot be noted is missed by whoever watches, which is its purpose.
            with suppress(WriteError):
                beat(book)

    thread = threading.Thread(target=go_on, name="printkit-heartbeat", daemon=True)
    beat(book)
    thread.start()
    try:
        yield
    finally:
        # Waited for, so that no beat of this work comes after its end.
        over.set()
        thread.join()
    beat(book)
