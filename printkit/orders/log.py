"""The log: what was done, by whom, in what order; each entry carries the hash of the one before it."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from printkit.orders.book import Step
from printkit.orders.content import canonical, digest
from printkit.orders.tables import log, log_head
from printkit.words import Message


def note(step: Step, action: str, order: int | None = None, **data: Any) -> None:
    """Append an entry; two transactions that do so wait for each other at the chain's head."""
    # The one row that all writers lock: two entries with the same number, or a fork of the chain, cannot be
    head = step.connection.execute(select(log_head).with_for_update()).mappings().one()
    entry = {
        "number": head["number"] + 1,
        "at": step.at,
        "by": step.actor.id,
        "order_id": order,
        "action": action,
        "data": canonical(data),
        "previous": head["hash"],
    }
    found = hash_of(entry)
    step.connection.execute(insert(log).values(**entry, hash=found))
    step.connection.execute(update(log_head).values(number=entry["number"], hash=found))


def note_once(step: Step, action: str, order: int) -> None:
    """Append an entry, where the order's last one does not say the same of the same person.

    A page saves with each word that is typed: hundreds of entries would tell that somebody was writing.
    """
    own = select(log.c.action, log.c.by).where(log.c.order_id == order)
    last = step.connection.execute(own.order_by(log.c.number.desc()).limit(1)).one_or_none()
    if last != (action, step.actor.id):
        note(step, action, order)


def hash_of(entry: Mapping[str, Any]) -> str:
    """Return the hash of all that an entry says, the hash of the one before it too."""
    return digest(canonical({key: value for key, value in entry.items() if key != "hash"}))


def entries(
    connection: Connection, order: int | None = None, *, after: int = 0, most: int = 10_000
) -> list[RowMapping]:
    """Return entries in their order, of one order or of all."""
    wanted = select(log).where(log.c.number > after).order_by(log.c.number).limit(most)
    if order is not None:
        wanted = wanted.where(log.c.order_id == order)
    return list(connection.execute(wanted).mappings())


def broken(connection: Connection) -> Iterator[str]:
    """Yield where the chain does not hold: an entry that is gone, another, or not the last."""
    previous, number = "", 0
    for entry in connection.execute(select(log).order_by(log.c.number)).mappings():
        number += 1
        if entry["number"] != number:
            yield Message("log: entry %(number)s is missing", number=number)
            # From the number that is there, so that one gap is told once.
            number = entry["number"]
        if entry["previous"] != previous or hash_of(dict(entry)) != entry["hash"]:
            yield Message("log: entry %(number)s is not what was written", number=number)
        previous = entry["hash"]
    head = connection.execute(select(log_head)).mappings().one()
    # Cutting off the last entries would otherwise leave a chain that holds
    if (head["number"], head["hash"]) != (number, previous):
        yield Message(
            "log: its last entry should be %(head)s, it is %(number)s", head=head["number"], number=number
        )
