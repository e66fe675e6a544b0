"""Orders as people see them; a committee sees its own only."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from printkit.errors import OrderRefused
from printkit.orders.book import Book
from printkit.orders.content import Beside, Content
from printkit.orders.life import State, possible
from printkit.orders.log import entries
from printkit.orders.prices import Cost
from printkit.orders.rights import Act, Person, demand, may, reach
from printkit.orders.tables import approvals, numbered, orders, proofs, revisions
from printkit.words import Message, noted, unpacked

CONTENT, MONEY = noted("content"), noted("money")


@dataclass(frozen=True)
class Approval:
    """Who signed what: `kind` is content or money, `by` 0 where a rule did."""

    kind: str
    revision: int
    hash: str
    by: int
    at: str


@dataclass(frozen=True)
class Proof:
    """A press file as it was shown for approval; `sha256` is None where none came to be."""

    piece: str
    sha256: str | None
    pages: int
    verdict: str
    reasons: tuple[str, ...]
    engines: str


@dataclass(frozen=True)
class Order:
    """One order. `version` counts every change: who hands in an older one is told, nothing is lost.

    `words` are the reason it came back or was held. `approvals` are those of the current revision.
    """

    id: int
    committee: str
    state: State
    revision: int
    version: int
    content: Content
    cost: Cost
    account: str | None
    beside: Beside
    kind: str
    parent: int | None
    run: str | None
    words: str
    made_by: int
    edited_by: int
    submitted_by: int | None
    made_at: str
    changed_at: str
    approvals: tuple[Approval, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """Return the names of the steps that lead on from here."""
        return tuple(step.name for step in possible(self.state))

    def approval(self, kind: str) -> Approval | None:
        return next((one for one in self.approvals if one.kind == kind), None)

    def waits_for(self) -> tuple[str, ...]:
        """Return the approvals that are missing."""
        if self.state is not State.SUBMITTED:
            return ()
        return tuple(kind for kind in (CONTENT, MONEY) if self.approval(kind) is None)


def get(book: Book, actor: Person, order: int) -> Order:
    """Return an order; raise OrderRefused where there is none that this person may see.

    A foreign one and none at all are told alike: numbers say nothing of what others order.
    """
    with book.read() as connection:
        row = connection.execute(select(orders).where(numbered(orders.c.id, order))).mappings().one_or_none()
        if row is None or not may(actor, Act.READ, row["committee"]):
            raise OrderRefused(
                Message("there is no order %(order)s that %(person)s may see", order=order, person=actor.code)
            )
        return views(connection, [row])[0]


def list_orders(
    book: Book,
    actor: Person,
    *,
    committee: str | None = None,
    states: Iterable[State] = (),
    before: int | None = None,
    most: int = 100,
) -> list[Order]:
    """Return orders that a person may see, the newest first, in two queries however many they are."""
    if committee is not None:
        demand(actor, Act.READ, committee)
    # By their numbers, which never change; a time may be that of two.
    wanted = select(orders).order_by(orders.c.id.desc()).limit(most)
    if committee is not None:
        wanted = wanted.where(orders.c.committee == committee)
    elif (own := reach(actor, Act.READ)) is not None:
        wanted = wanted.where(orders.c.committee.in_(own))
    if chosen := [state.value for state in states]:
        wanted = wanted.where(orders.c.state.in_(chosen))
    if before is not None:
        wanted = wanted.where(orders.c.id < before)
    with book.read() as connection:
        return views(connection, connection.execute(wanted).mappings().all())


def count_states(book: Book, actor: Person) -> dict[State, int]:
    """Return how many orders that a person may see stand in each state."""
    wanted = select(orders.c.state, func.count()).group_by(orders.c.state)
    if (own := reach(actor, Act.READ)) is not None:
        # In the query, so that a page of a hundred is a hundred of those that one may see
        wanted = wanted.where(orders.c.committee.in_(own))
    with book.read() as connection:
        return {State(state): count for state, count in connection.execute(wanted)}


def history(book: Book, actor: Person, order: int) -> list[Mapping[str, Any]]:
    """Return what was done to an order, the first first, by whom and when."""
    get(book, actor, order)
    with book.read() as connection:
        return [{**row, "data": json.loads(row["data"])} for row in entries(connection, order)]


def revision_of(book: Book, actor: Person, order: int, number: int) -> Content:
    """Return the content of a revision that was submitted; raise OrderRefused."""
    # For the right to see it, which a revision by itself does not ask.
    get(book, actor, order)
    with book.read() as connection:
        here = (revisions.c.order_id == order, revisions.c.number == number)
        text = connection.execute(select(revisions.c.content).where(*here)).scalar()
    if text is None:
        raise OrderRefused(
            Message("order %(order)s has no submitted revision %(number)s", order=order, number=number)
        )
    return Content.model_validate_json(text)


def last_approved(book: Book, actor: Person, order: int) -> int | None:
    """Return the newest revision whose content somebody has approved, None where there is none."""
    get(book, actor, order)
    wanted = select(func.max(approvals.c.revision)).where(
        approvals.c.order_id == order,
        # Money is approved of a price; what a page looks like is compared with what somebody has seen.
        approvals.c.kind == CONTENT,
    )
    with book.read() as connection:
        found: int | None = connection.execute(wanted).scalar()
        return found


def proofs_of(connection: Connection, order: int, revision: int) -> list[Proof]:
    """Return what was shown of a revision, by piece."""
    here = (proofs.c.order_id == order, proofs.c.revision == revision)
    rows = connection.execute(select(proofs).where(*here).order_by(proofs.c.piece)).mappings()
    return [
        Proof(
            row["piece"],
            row["sha256"],
            row["pages"],
            row["verdict"],
            tuple(map(unpacked, json.loads(row["reasons"]))),
            row["engines"],
        )
        for row in rows
    ]


def views(connection: Connection, rows: Iterable[RowMapping]) -> list[Order]:
    """Return orders with the approvals of their current revisions."""
    found = list(rows)
    # Asked for all at once: a page of a hundred orders would wait for a hundred answers.
    wanted = (
        select(approvals)
        .where(approvals.c.order_id.in_([row["id"] for row in found]))
        .order_by(approvals.c.id)
    )
    signed: dict[tuple[int, int], list[Approval]] = {}
    for one in connection.execute(wanted).mappings():
        approval = Approval(one["kind"], one["revision"], one["hash"], one["by"], one["at"])
        # By revision too: what was signed of an earlier one is void, and stays in the table.
        signed.setdefault((one["order_id"], one["revision"]), []).append(approval)
    return [_view(row, tuple(signed.get((row["id"], row["revision"]), ()))) for row in found]


def _view(row: RowMapping, signed: tuple[Approval, ...]) -> Order:
    return Order(
        id=row["id"],
        committee=row["committee"],
        state=State(row["state"]),
        revision=row["revision"],
        version=row["version"],
        content=Content.model_validate_json(row["content"]),
        cost=Cost(row["net"], row["vat"]),
        account=row["account_id"],
        beside=Beside(phone=row["phone"], note=row["note"], reference=row["reference"]),
        kind=row["kind"],
        parent=row["parent_id"],
        run=row["run_id"],
        words=row["words"],
        made_by=row["made_by"],
        edited_by=row["edited_by"],
        submitted_by=row["submitted_by"],
        made_at=row["made_at"],
        changed_at=row["changed_at"],
        approvals=signed,
    )
