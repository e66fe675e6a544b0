"""What those who order do: begin, edit, submit, withdraw, order again, complain."""

from typing import Any

from sqlalchemy import insert

from printkit.errors import OrderRefused
from printkit.orders import money
from printkit.orders.book import PRINTKIT, Book, Step
from printkit.orders.checking import check, check_editor, check_slots, fill
from printkit.orders.content import Beside, Content, Line, check_texts
from printkit.orders.life import State
from printkit.orders.log import note, note_once
from printkit.orders.outbox import post
from printkit.orders.persons import holders
from printkit.orders.reading import MONEY, Order, get
from printkit.orders.releases import frozen
from printkit.orders.rights import Act, Person, Role, demand, may
from printkit.orders.stepping import On, change, facts_of, load, remember, reopened, repeated, take, write
from printkit.orders.tables import approvals, orders, revisions
from printkit.words import Message

REORDER, COMPLAINT, NEW = "reorder", "complaint", "new"


def new_order(
    book: Book,
    actor: Person,
    committee: str,
    content: Content,
    *,
    beside: Beside | None = None,
    key: str = "",
) -> Order:
    """Begin a draft for a committee; who is staff does so on its behalf, and both stand in the log."""
    # Before the right, which nobody has for a committee that is not there
    if committee not in book.profiles.committees:
        there = ", ".join(book.profiles.committees)
        unnamed = Message("an order names its committee; there are: %(known)s", known=there)
        unknown = Message(
            "no committee '%(committee)s'; there are: %(known)s", committee=committee, known=there
        )
        raise OrderRefused(unknown if committee else unnamed)
    demand(actor, Act.WRITE, committee)
    with book.write(actor) as step:
        if (known := repeated(step, key, NEW)) is not None:
            return load(step, known)
        filled = fill(book, step.connection, content, step.day)
        # What communications set for a committee stays; what a committee sets itself is looked at
        if not may(actor, Act.SET_ALL):
            check_editor(book, step.connection, filled, None)
        number = insert_draft(step, committee, filled, kind=NEW, beside=beside or Beside())
        remember(step, key, number)
        return load(step, number)


def insert_draft(
    step: Step, committee: str, content: Content, *, kind: str, beside: Beside, parent: int | None = None
) -> int:
    """Write a draft's row and its first entry of the log; return its number."""
    values = {
        "committee": committee,
        "state": State.DRAFT.value,
        "revision": 1,
        "version": 1,
        "content": content.text(),
        "needed_by": _day(content),
        "made_by": step.actor.id,
        "edited_by": step.actor.id,
        "made_at": step.at,
        "changed_at": step.at,
        "parent_id": parent,
        "kind": kind,
        "net": 0,
        "vat": 0,
        "words": "",
        **beside.model_dump(),
    }
    key = step.connection.execute(insert(orders).values(**values)).inserted_primary_key
    assert key is not None
    note(step, kind, key[0], committee=committee, state=State.DRAFT.value, revision=1, parent=parent)
    return int(key[0])


def _day(content: Content) -> str | None:
    return content.needed_by.isoformat() if content.needed_by else None


def edit(book: Book, actor: Person, on: On, content: Content) -> Order:
    """Take new content. Of an order that was submitted it makes a new revision, which nobody has approved."""

    def do(step: Step, order: Order) -> None:
        demand(actor, Act.WRITE, order.committee)
        # Its promise is the bytes that were delivered
        if order.kind == COMPLAINT:
            raise OrderRefused(
                Message("a complaint orders the same bytes again; begin a new order to change them")
            )
        filled = fill(book, step.connection, content, step.day)
        # A page saves often; a revision that says the same would cost the approvals for nothing
        if filled.text() == order.content.text():
            return
        if not may(actor, Act.SET_ALL):
            check_editor(book, step.connection, filled, order.content)
        changed: dict[str, Any] = {"content": filled.text(), "needed_by": _day(filled), "edited_by": actor.id}
        if order.state is State.DRAFT:
            write(step, order, **changed)
            note_once(step, "save", order.id)
            return
        take(step, order, "edit", **reopened(order), **changed)

    return change(book, actor, on, "edit", do=do)


def set_beside(book: Book, actor: Person, on: On, beside: Beside) -> Order:
    """Change what keeps approvals: the receiver's phone, the note, the invoice's reference."""

    def do(step: Step, order: Order) -> None:
        demand(actor, Act.WRITE, order.committee)
        write(step, order, **beside.model_dump())
        note_once(step, "beside", order.id)

    return change(book, actor, on, "beside", do=do)


def submit(book: Book, actor: Person, on: On) -> Order:
    """Submit a draft: all of it is checked, its price reserved, content and price frozen as a revision.

    Raise SlotErrors for values that cannot be printed, OrderRefused for everything else.
    """
    seen = get(book, actor, on.order)
    demand(actor, Act.SUBMIT, seen.committee)
    if seen.state is State.DRAFT:
        # Before the transaction: binding takes hundredths of a second a line, in which all others would wait
        # on SQLite
        check_slots(book, seen.content, seen.committee, seen.id)
    # What was checked must be what is submitted: the version that was read is asked for again within
    on = On(
        on.order, seen.version if on.version is None and seen.state is State.DRAFT else on.version, on.key
    )

    def do(step: Step, order: Order) -> None:
        checked = check(book, step.connection, order.content, order.committee, day=step.day)
        account = money.account(book, step.connection, _account(book, step, order))
        values: dict[str, Any] = {"net": checked.cost.net, "vat": checked.cost.vat, "account_id": account.id}
        take(step, order, "submit", submitted_by=actor.id, **values)
        note(step, "revision", order.id, revision=order.revision, hash=checked.hash)
        frozen = {
            "content": order.content.text(),
            "hash": checked.hash,
            "net": checked.cost.net,
            "vat": checked.cost.vat,
        }
        when = {
            "day": step.day.isoformat(),
            "at": step.at,
            "edited_by": order.edited_by,
            "submitted_by": actor.id,
        }
        step.connection.execute(
            insert(revisions).values(order_id=order.id, number=order.revision, **frozen, **when)
        )
        # A complaint is paid by the municipality, whose own limit it may stay under: somebody has to look all
        # the same
        if checked.cost.net <= account.limit and order.kind != COMPLAINT:
            sign(step, order, MONEY, checked.hash, by=PRINTKIT)
        else:
            # Whoever may say yes to money: one who is both is told once.
            people = holders(step.connection, Role.COORDINATOR) + holders(step.connection, Role.MONEY)
            post(step, people, "money", f"{order.id}-{order.version}", **facts_of(step, order))
        _warn(step, account.id)

    return change(book, actor, on, "submit", do=do)


def _account(book: Book, step: Step, order: Order) -> str:
    """Return whose account pays, of the year that the day is in."""
    payer = order.content.payer
    if payer not in ("", order.committee, book.rules.rules.payer):
        raise OrderRefused(
            Message("'%(payer)s' does not pay for %(committee)s", payer=payer, committee=order.committee)
        )
    if payer == book.rules.rules.payer and order.kind != COMPLAINT:
        demand(step.actor, Act.CHOOSE_PAYER)
    return money.account_id(payer or order.committee, step.day.year)


def _warn(step: Step, identifier: str) -> None:
    """Tell the coordinator, once an account, that most of a budget is used."""
    found, rules = money.account(step.book, step.connection, identifier), step.book.rules.rules
    if found.used_percent() >= rules.warn_percent:
        people = holders(step.connection, Role.COORDINATOR)
        post(
            step,
            people,
            "budget",
            # By what was granted, so that it is told again when there is more and most of that is used.
            f"{identifier}-{found.granted}",
            account=f"{money.owner_name(step.book, found.owner)}, {found.year}",
            percent=found.used_percent(),
        )


def sign(step: Step, order: Order, kind: str, found: str, *, by: Person) -> None:
    """Write an approval of the current revision and of its hash."""
    values = {"order_id": order.id, "revision": order.revision, "kind": kind, "hash": found}
    step.connection.execute(insert(approvals).values(**values, by=by.id, at=step.at))
    # The signer beside who acts: a rule may sign while somebody submits.
    note(step, f"sign {kind}", order.id, revision=order.revision, hash=found, signer=by.id)


def withdraw(book: Book, actor: Person, on: On) -> Order:
    """Withdraw an order that is not released; what it reserved is free again."""

    def do(step: Step, order: Order) -> None:
        # Two names, as a draft has reserved nothing that is to be freed.
        take(step, order, "discard" if order.state is State.DRAFT else "withdraw")

    return change(book, actor, on, "withdraw", do=do)


def reorder(book: Book, actor: Person, on: On) -> Order:
    """Begin a new draft like an order, with today's releases and prices, without days that are over."""
    seen = get(book, actor, on.order)
    demand(actor, Act.WRITE, seen.committee)
    lines = tuple(_again(book, line) for line in seen.content.lines)
    fresh = seen.content.model_copy(update={"lines": lines, "price_list": "", "needed_by": None})
    return _follow(book, actor, seen, fresh, kind=REORDER, key=on.key)


def _again(book: Book, line: Line) -> Line:
    """Return a line for today's release, without days that are over: nobody prints last year's meeting."""
    with book.read() as connection:
        slots = frozen(book, connection, line.template, line.release).template.slots
    over = {
        name
        for name, value in line.slots.items()
        if name in slots and slots[name].kind == "date" and str(value) < book.today.isoformat()
    }
    kept = {name: value for name, value in line.slots.items() if name not in over}
    return line.model_copy(update={"release": 0, "slots": kept})


def complain(book: Book, actor: Person, on: On, reason: str) -> Order:
    """Begin a new order of the same bytes, which the municipality pays until it is settled who was wrong."""
    seen = get(book, actor, on.order)
    demand(actor, Act.WRITE, seen.committee)
    if seen.state not in (State.DELIVERED, State.CLOSED):
        raise OrderRefused(
            Message(
                "order %(seen)s is %(state)s; a complaint needs one that was delivered",
                seen=seen.id,
                state=Message.of(seen.state.value),
            )
        )
    if not reason.strip():
        raise OrderRefused(Message("a complaint needs a reason: what is wrong with the print?"))
    check_texts(reason=reason)
    # Releases and prices stay those of the first order: the same bytes are asked for.
    same = seen.content.model_copy(update={"needed_by": None, "payer": book.rules.rules.payer})
    return _follow(book, actor, seen, same, kind=COMPLAINT, key=on.key, reason=reason)


def _follow(
    book: Book, actor: Person, seen: Order, content: Content, *, kind: str, key: str, reason: str = ""
) -> Order:
    with book.write(actor) as step:
        if (known := repeated(step, key, kind)) is not None:
            return load(step, known)
        filled = fill(book, step.connection, content, step.day)
        number = insert_draft(step, seen.committee, filled, kind=kind, beside=seen.beside, parent=seen.id)
        if reason:
            write(step, load(step, number), words=reason)
        remember(step, key, number)
        return load(step, number)
