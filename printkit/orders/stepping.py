"""One step of an order's life: lock it, look, move its money, write it, note it, tell people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text, update

from printkit.errors import OrderRefused
from printkit.orders import money
from printkit.orders.book import Book, Step
from printkit.orders.content import check_texts
from printkit.orders.life import Money, step_from
from printkit.orders.log import note
from printkit.orders.outbox import post
from printkit.orders.persons import holders
from printkit.orders.reading import CONTENT, MONEY, Order, views
from printkit.orders.rights import Act, Person, Role, demand, may
from printkit.orders.tables import numbered, orders, requests
from printkit.words import Message

# Whom a step is told to, beside those who order for the committee.
TOLD = {
    "submit": Role.APPROVER,
    "approve": Role.COORDINATOR,
    "hold": Role.COORDINATOR,
    "withdraw": Role.APPROVER,
}


@dataclass(frozen=True)
class On:
    """Name the order that is meant; `version` is what the caller has seen, `key` makes a request once.

    A request that comes again with its key changes nothing and gives what the first one gave.
    """

    order: int
    version: int | None = None
    key: str = ""


def change(book: Book, actor: Person, on: On, action: str, *, do: Callable[[Step, Order], None]) -> Order:
    """Do something to an order in one transaction; return it as it is then."""
    with book.write(actor) as step:
        if (known := repeated(step, on.key, action)) is not None:
            return load(step, known)
        order = load(step, on.order, lock=True)
        # Two tabs, or two people: the second is told, in place of one's words overwriting the other's
        if on.version not in (None, order.version):
            raise OrderRefused(
                Message(
                    "order %(order)s was changed meanwhile; look at it again, yours is not lost",
                    order=order.id,
                )
            )
        do(step, order)
        # In the same transaction: a crash between would do a repeated request twice
        remember(step, on.key, order.id)
        return load(step, order.id)


def load(step: Step, order: int, *, lock: bool = False) -> Order:
    """Return an order that who acts may see; with `lock` no other transaction changes it meanwhile."""
    wanted = select(orders).where(numbered(orders.c.id, order))
    row = step.connection.execute(wanted.with_for_update() if lock else wanted).mappings().one_or_none()
    # Told alike, as numbers of orders must say nothing of what others order.
    if row is None or not may(step.actor, Act.READ, row["committee"]):
        raise OrderRefused(
            Message(
                "there is no order %(order)s that %(person)s may see", order=order, person=step.actor.code
            )
        )
    return views(step.connection, [row])[0]


def take(
    step: Step, order: Order, name: str, *, reason: str = "", act: Act | None = None, **values: Any
) -> None:
    """Take a step of the table of life; raise OrderRefused where it cannot be taken.

    `values` are columns that change with it; `act` is the right it needs, where it is not the table's.
    """
    taken = step_from(name, order.state, str(order.id))
    demand(step.actor, act or taken.act, order.committee)
    check_texts(reason=reason)
    if taken.reason and not reason.strip():
        raise OrderRefused(Message("say the reason: the committee reads it"))
    _move(step, order, taken.money, values, reason=reason)
    write(step, order, state=taken.after.value, words=reason, **values)
    note(step, name, order.id, state=taken.after.value, reason=reason, **_replayed(values))
    tell(step, order, name, reason)


def _move(step: Step, order: Order, kind: Money, values: Mapping[str, Any], *, reason: str) -> None:
    """Move the price that a step gives the order, else the one that it has."""
    account, price = order.account, order.cost.net
    # The order's row has neither yet: both come with this step.
    if kind is Money.RESERVE:
        account, price = values["account_id"], values["net"]
    if kind is not Money.NONE and account is not None:
        money.move(step, kind, account, order.id, amount=price, reason=reason)


def reopened(order: Order) -> dict[str, Any]:
    """Return what makes a draft of a submitted order: a new revision, without approvals or a price."""
    return {"revision": order.revision + 1, "account_id": None, "net": 0, "vat": 0, "submitted_by": None}


def write(step: Step, order: Order, **values: Any) -> None:
    """Change an order's row; every change counts its version up."""
    # Asked in the statement itself, for SQLite locks no row
    here = (orders.c.id == order.id, orders.c.version == order.version)
    changed = {"version": order.version + 1, "changed_at": step.at}
    if step.connection.execute(update(orders).where(*here).values(**changed, **values)).rowcount != 1:
        raise OrderRefused(Message("order %(order)s was changed meanwhile; look at it again", order=order.id))


def _replayed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the log tells of a row beside its state."""
    return {key: values[key] for key in ("revision", "net", "vat", "account_id", "run_id") if key in values}


def facts_of(step: Step, order: Order) -> dict[str, Any]:
    """Return what notices tell of an order, by the names that people know."""
    committee = money.owner_name(step.book, order.committee)
    return {"order": order.id, "committee": committee, "title": order.content.title}


def tell(step: Step, order: Order, name: str, reason: str) -> None:
    """Tell the committee's orderers, and the staff whose turn it is."""
    people = holders(step.connection, Role.ORDERER, order.committee)
    if name in TOLD:
        people += holders(step.connection, TOLD[name])
    facts = {**facts_of(step, order), "reason": reason}
    # Once each: who orders for the committee may also be the staff whose turn it is.
    post(step, {one.id: one for one in people}.values(), name, f"{order.id}-{order.version}", **facts)


# Both databases speak it so: who comes second waits for the first, and then finds its row.
CLAIM = text(
    "INSERT INTO requests (key, by, action, result, at) VALUES (:key, :by, :action, '', :at)"
    " ON CONFLICT DO NOTHING"
)


def repeated(step: Step, key: str, action: str) -> int | None:
    """Return the order that a request with this key was about; claim the key where it is the first, or ''."""
    if not key:
        return None
    claimed = {"key": key, "by": step.actor.id, "action": action, "at": step.at}
    if step.connection.execute(CLAIM, claimed).rowcount == 1:
        return None
    row = step.connection.execute(select(requests).where(requests.c.key == key)).mappings().one()
    # Else a key that somebody guessed would show another's order.
    if (row["by"], row["action"]) != (step.actor.id, action):
        raise OrderRefused(Message("this key was used for another request; take a new one"))
    return int(row["result"])


def done_before(book: Book, actor: Person, key: str) -> int | None:
    """Return the order that a person's request with this key was about, None where none was done."""
    if not key:
        return None
    # One press on approve signs twice, each with a key of its own.
    keys = (key, *(f"{key}-{kind}" for kind in (CONTENT, MONEY)))
    wanted = select(requests.c.result).where(requests.c.key.in_(keys), requests.c.by == actor.id)
    with book.read() as connection:
        found = connection.execute(wanted.where(requests.c.result != "").limit(1)).scalar_one_or_none()
    return int(found) if found else None


def remember(step: Step, key: str, order: int) -> None:
    """Note which order a request was about."""
    if key:
        step.connection.execute(update(requests).where(requests.c.key == key).values(result=str(order)))
