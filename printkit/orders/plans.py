"""The year's plan: what is due when for whom, and drafts that are made of a line of it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import insert, select

from printkit.errors import OrderRefused
from printkit.orders.book import Book, Step
from printkit.orders.changing import NEW, insert_draft
from printkit.orders.checking import fill
from printkit.orders.content import Beside, Content, Line
from printkit.orders.days import last_safe_day
from printkit.orders.kits import kit_lines
from printkit.orders.prices import list_on
from printkit.orders.reading import Order
from printkit.orders.rights import Act, Person, demand, may
from printkit.orders.stepping import load
from printkit.orders.tables import planned
from printkit.profiles.plan import Plan, PlanLine
from printkit.words import Message, noted


class Standing(StrEnum):
    """Say how a line of the plan stands today: not yet, due, past its last safe day, or all begun."""

    LATER = noted("later")
    DUE = noted("due")
    LATE = noted("late")
    BEGUN = noted("begun")


@dataclass(frozen=True)
class DueLine:
    """A line of a plan as it stands: the orders that came of it by committee, and who has none yet.

    `safe` is the last day to send orders in, None where no day is early enough.
    """

    id: str
    line: PlanLine
    standing: Standing
    safe: datetime.date | None
    orders: Mapping[str, int]
    missing: tuple[str, ...]


def plan_of(book: Book, plan: str) -> Plan:
    """Return a plan by its id; raise OrderRefused."""
    found = book.rules.plans.get(plan)
    if found is None:
        if not book.rules.plans:
            raise OrderRefused(Message("there is no plan yet; write one, as profiles/plan/2027.toml"))
        known = ", ".join(book.rules.plans)
        raise OrderRefused(Message("no plan '%(plan)s'; there are: %(known)s", plan=plan, known=known))
    return found


def year_of(book: Book, actor: Person, plan: str) -> list[DueLine]:
    """Return a plan's lines by the day that they are needed; an orderer sees her own committees only."""
    lines = sorted(plan_of(book, plan).lines.items(), key=lambda one: (one[1].needed_by, one[0]))
    wanted = select(planned).where(planned.c.plan == plan)
    with book.read() as connection:
        rows = connection.execute(wanted).mappings().all()
    begun: dict[str, dict[str, int]] = {}
    for row in rows:
        if may(actor, Act.READ, row["committee"]):
            begun.setdefault(row["line"], {})[row["committee"]] = row["order_id"]
    return [_due(book, actor, name, line, orders=begun.get(name, {})) for name, line in lines]


def _due(book: Book, actor: Person, name: str, line: PlanLine, *, orders: Mapping[str, int]) -> DueLine:
    whose = [one for one in _committees(book, line) if may(actor, Act.READ, one)]
    missing = tuple(one for one in whose if one not in orders)
    safe = last_safe_day(book.rules.calendar, line.needed_by, _print_days(book, line))
    if not missing:
        standing = Standing.BEGUN
    elif book.today < line.begin:
        standing = Standing.LATER
    else:
        standing = Standing.DUE if safe and book.today <= safe else Standing.LATE
    return DueLine(name, line, standing, safe, orders, missing)


def _committees(book: Book, line: PlanLine) -> tuple[str, ...]:
    return tuple(book.profiles.committees) if line.committees is None else line.committees


def _print_days(book: Book, line: PlanLine) -> int:
    """Return the working days at the printer of the slowest piece, by today's prices."""
    prices = list_on(book.rules.prices, book.today)
    days = []
    for kit in line.kits:
        for item in book.rules.kits[kit].items:
            found = prices.find(item.format, book.profiles.formats[item.format].default_press)
            days += [found.days] if found else []
    return max(days, default=0)


def make_drafts(
    book: Book, actor: Person, plan: str, line: str, *, committees: Iterable[str] | None = None
) -> list[Order]:
    """Begin a draft for each committee that has none of this line yet; return those that were begun.

    One that was made before stays the only one, whatever became of it, also where two press at once.
    Raise OrderRefused where somebody may not, or for no committee a kit has a place.
    """
    found = plan_of(book, plan).lines.get(line)
    if found is None:
        raise OrderRefused(Message("plan %(plan)s has no line '%(line)s'", plan=plan, line=line))
    whose = [one for one in _committees(book, found) if committees is None or one in committees]
    # Before any is made: of ten committees none gets a draft where one is not allowed.
    for one in whose:
        demand(actor, Act.WRITE, one)
    if found.payer == "municipality":
        demand(actor, Act.CHOOSE_PAYER)
    contents = {one: _content(book, found, one) for one in whose}
    with_places = {one: content for one, content in contents.items() if content.lines}
    if not with_places:
        raise OrderRefused(Message("no committee has a place for the kits of line '%(line)s'", line=line))
    made = []
    for committee, content in with_places.items():
        # A transaction each, as all of them in one would keep others waiting.
        with book.write(actor) as step:
            if order := _begin(step, (plan, line, committee), content):
                made.append(order)
    return made


def _content(book: Book, line: PlanLine, committee: str) -> Content:
    lines: list[Line] = []
    for kit in line.kits:
        try:
            lines += kit_lines(book, kit, committee)
        except OrderRefused:
            # A committee without a place of this kind does without this kit.
            continue
    payer = book.rules.rules.payer if line.payer == "municipality" else ""
    return Content(title=line.name, needed_by=line.needed_by, payer=payer, lines=tuple(lines))


def _begin(step: Step, key: tuple[str, str, str], content: Content) -> Order | None:
    plan, line, committee = key
    here = (planned.c.plan == plan, planned.c.line == line, planned.c.committee == committee)
    # The key of the table settles who was first where two ask at once; this look spares all others the work
    if step.connection.execute(select(planned.c.order_id).where(*here)).first():
        return None
    filled = fill(step.book, step.connection, content, step.day)
    number = insert_draft(step, committee, filled, kind=NEW, beside=Beside())
    values = {"plan": plan, "line": line, "committee": committee, "order_id": number}
    step.connection.execute(insert(planned).values(**values))
    return load(step, number)
