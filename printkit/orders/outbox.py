"""Notices to people: written in the transaction that they tell of, sent later, at least once."""

import datetime
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from printkit.errors import PrintkitError
from printkit.orders.book import PRINTKIT, Book, Step, stamp
from printkit.orders.content import canonical
from printkit.orders.rights import Person
from printkit.orders.tables import outbox, persons

# Seconds until the next try after the first, doubled each time.
WAIT = 30
MOST_WAIT = 6 * 3600


@dataclass(frozen=True)
class Notice:
    """One notice: to whom, of what kind, with what facts; its words are made where it is sent."""

    id: int
    message_id: str
    name: str
    email: str
    language: str
    kind: str
    data: dict[str, Any]


def post(step: Step, people: Iterable[Person], kind: str, key: str, **data: Any) -> None:
    """Put a notice to each of some people into the outbox; one with the same key is there already."""
    for person in people:
        # Nobody needs to be told of what she did herself
        if person.id == step.actor.id or not person.email:
            continue
        # Made of what it tells: a mail program shows one that goes out twice as one
        message = f"<{key}-{kind}-p{person.id}@printkit>"
        if step.connection.execute(select(outbox.c.id).where(outbox.c.message_id == message)).first():
            continue
        values = {"person_id": person.id, "kind": kind, "data": canonical(data), "message_id": message}
        times = {"made_at": step.at, "due_at": step.at, "tries": 0, "problem": ""}
        step.connection.execute(insert(outbox).values(**values, **times))


def due(book: Book, most: int = 100) -> list[Notice]:
    """Return notices that are due, the oldest first."""
    wanted = (
        select(outbox, persons.c.name, persons.c.email, persons.c.language)
        .join(persons, persons.c.id == outbox.c.person_id)
        .where(outbox.c.sent_at.is_(None), outbox.c.due_at <= stamp(book.clock()))
        .where(outbox.c.tries < book.rules.rules.mail_tries, persons.c.email.is_not(None))
        .order_by(outbox.c.id)
        .limit(most)
    )
    with book.read() as connection:
        rows = connection.execute(wanted).mappings().all()
    return [
        Notice(
            row["id"],
            row["message_id"],
            row["name"],
            row["email"],
            row["language"],
            row["kind"],
            json.loads(row["data"]),
        )
        for row in rows
    ]


def send(book: Book, give: Callable[[Notice], None]) -> tuple[int, list[str]]:
    """Give every due notice to who sends it; return how many went, and what was wrong with the others.

    One that was sent, but not noted as sent before a crash, goes again with the same message id.
    """
    sent, problems = 0, []
    for notice in due(book):
        try:
            give(notice)
        except (OSError, PrintkitError) as error:
            problems.append(f"{notice.message_id}: {error}")
            # One that cannot be sent must not keep the others back.
            _note(book, notice, str(error))
            continue
        # Noted after it went, never before: twice is better than not at all.
        _note(book, notice, None)
        sent += 1
    return sent, problems


def _note(book: Book, notice: Notice, problem: str | None) -> None:
    with book.write(PRINTKIT) as step:
        here = update(outbox).where(outbox.c.id == notice.id)
        if problem is None:
            step.connection.execute(here.values(sent_at=step.at, problem=""))
            return
        tries = step.connection.execute(select(outbox.c.tries).where(outbox.c.id == notice.id)).scalar_one()
        # Longer each time: a server that is down for a night must not fill its log
        wait = datetime.timedelta(seconds=min(WAIT * 2**tries, MOST_WAIT))
        step.connection.execute(
            here.values(tries=tries + 1, due_at=stamp(step.now + wait), problem=problem[:400])
        )
