"""What happened to an order, for people: who did what, without the steps of the machinery."""

from dataclasses import dataclass
from typing import Any

from printkit.orders.persons import names_of
from printkit.orders.reading import Order, history
from printkit.web.asking import Asking

# Each save is an entry; people want to know what became of an order.
UNTOLD = frozenset({"save", "beside", "revision", "proof", "run"})


@dataclass(frozen=True)
class Event:
    """One thing that happened: `what` is the log's word, `who` a name, empty where a rule did it."""

    at: str
    what: str
    who: str
    reason: str


def events(asking: Asking, order: Order) -> list[Event]:
    """Return what happened to an order, the first thing first."""
    done = [one for one in history(asking.site.book, asking.who, order.id) if one["action"] not in UNTOLD]
    with asking.site.book.read() as connection:
        names = names_of(connection, {_by(one) for one in done})
    return [_event(one, names) for one in done]


def _event(entry: Any, names: dict[int, str]) -> Event:
    reason = str(entry["data"].get("reason", ""))
    return Event(entry["at"], entry["action"], names.get(_by(entry), ""), reason)


def _by(entry: Any) -> int:
    """Return whose act it was: of a signature the signer's, which may be a rule while somebody submits."""
    return int(entry["data"].get("signer", entry["by"]))
