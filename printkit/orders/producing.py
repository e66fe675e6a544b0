"""What the coordinator does: release, cancel, ship, deliver, close."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import insert, select, update

from printkit.errors import OrderRefused, readable, system_words
from printkit.orders.book import PRINTKIT, Book, Step
from printkit.orders.content import check_texts
from printkit.orders.deciding import check_approvals, unchanged
from printkit.orders.log import note
from printkit.orders.press import Due, due_of
from printkit.orders.reading import Order, proofs_of
from printkit.orders.rights import Act, Person, demand
from printkit.orders.stepping import On, change, load, take, write
from printkit.orders.tables import orders, slip_lines, slips
from printkit.words import Message, translate

# Letters and digits that nobody takes for another.
SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_SIGNS = 10


def release(book: Book, actor: Person, on: On) -> Order:
    """Release an approved order to the next batch and charge it; all that was approved is asked once more."""

    def do(step: Step, order: Order) -> None:
        demand(actor, Act.PRODUCE, order.committee)
        # In any other state the step itself says what stands against it.
        if order.state.value == "approved":
            # The last look before money is spent and plates are made
            unchanged(book, step, order, approved=True)
            check_approvals(step, order)
        take(step, order, "release")

    return change(book, actor, on, "release", do=do)


def cancel(book: Book, actor: Person, on: On, reason: str) -> Order:
    """Cancel what the printer has; its price is refunded."""
    return change(
        book, actor, on, "cancel", do=lambda step, order: take(step, order, "cancel", reason=reason)
    )


def ship(book: Book, actor: Person, on: On) -> Order:
    """Say that an order is on its way; raise OrderRefused where a press file is not the approved one."""

    def do(step: Step, order: Order) -> None:
        if order.state.value == "at_printer":
            # Between print and van lie days, in which a file on the disk may have been changed
            check_files(book, due_of(book, step.connection, order), step)
        take(step, order, "ship")

    return change(book, actor, on, "ship", do=do)


def check_files(book: Book, due: Due, step: Step) -> None:
    """Raise OrderRefused that names a press file which is gone, or not the approved one."""
    order = due.order
    signed = {one.piece: one.sha256 for one in proofs_of(step.connection, order.id, order.revision)}
    for one in due.pieces:
        approved_file(book, order, one.planned.id, signed.get(one.planned.id))


def approved_file(book: Book, order: Order, piece: str, signed: str | None) -> bytes:
    """Return a press file of an order in print; raise OrderRefused where it is gone, or has another hash."""
    path = press_file(book, order.run or "", order.committee, piece)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OrderRefused(
            Message(
                "order %(order)s: %(path)s cannot be read: %(strerror)s",
                order=order.id,
                path=path,
                strerror=system_words(error),
            )
        ) from error
    if sha256(data).hexdigest() != signed:
        raise OrderRefused(
            Message(
                "order %(order)s: %(path)s is not the approved file; do not print it",
                order=order.id,
                path=path,
            )
        )
    return data


def press_file(book: Book, run: str, committee: str, piece: str) -> Path:
    """Return where a piece's press file lies in its run's folder."""
    return book.batches / run / "press" / committee / f"{piece}.pdf"


def deliver(book: Book, actor: Person, on: On, remark: str = "") -> Order:
    """Say that an order has arrived, for places that confirmed no slip."""
    check_texts(remark=remark)

    def do(step: Step, order: Order) -> None:
        take(step, order, "deliver")
        open_ = (slips.c.order_id == order.id, slips.c.confirmed_at.is_(None))
        step.connection.execute(update(slips).where(*open_).values(confirmed_at=step.at, remark=remark))

    return change(book, actor, on, "deliver", do=do)


def close(book: Book, actor: Person, on: On) -> Order:
    """Close a delivered order."""
    return change(book, actor, on, "close", do=lambda step, order: take(step, order, "close"))


def printed(step: Step, due: Due) -> None:
    """Say that an order's press files are there, and make a slip with a code for each place."""
    take(step, due.order, "print")
    by_place: dict[str, list[tuple[str, int, int, int]]] = {}
    for one in due.pieces:
        spares = one.spares
        for place, copies in one.copies.items():
            by_place.setdefault(place, []).append((one.planned.id, one.line, copies, spares))
            # They lie in the first place's parcel
            spares = 0
    for place, lines in sorted(by_place.items()):
        # By chance and long: who has it confirms a parcel without signing in
        code = "".join(secrets.choice(SIGNS) for _ in range(CODE_SIGNS))
        step.connection.execute(
            insert(slips).values(code=code, order_id=due.order.id, place=place, remark="")
        )
        for piece, line, copies, spares in lines:
            values = {"code": code, "piece": piece, "line": line, "copies": copies, "spares": spares}
            step.connection.execute(insert(slip_lines).values(**values))


def slips_of(book: Book, actor: Person, order: int) -> list[Mapping[str, object]]:
    """Return the slips of an order with their lines, one row a piece."""
    with book.write(actor) as step:
        load(step, order)
        # The code once: both tables have it
        lines = [column for column in slip_lines.c if column is not slip_lines.c.code]
        joined = select(*slips.c, *lines).join(slip_lines, slip_lines.c.code == slips.c.code)
        rows = step.connection.execute(
            joined.where(slips.c.order_id == order).order_by(slips.c.place, slip_lines.c.piece)
        )
        return [dict(row) for row in rows.mappings()]


@dataclass(frozen=True)
class SlipLine:
    """How many copies of a piece lie in a parcel, those beyond the order among them."""

    piece: str
    copies: int


@dataclass(frozen=True)
class Slip:
    """What stands on a parcel's slip, for whoever has its code."""

    code: str
    order: int
    committee: str
    place: str
    state: str
    confirmed: bool
    lines: tuple[SlipLine, ...]


def slip_of(book: Book, code: str) -> Slip:
    """Return the slip with a code; raise OrderRefused where no slip has it."""
    with book.read() as connection:
        joined = select(slips, orders.c.committee, orders.c.state).join(
            orders, orders.c.id == slips.c.order_id
        )
        row = connection.execute(joined.where(slips.c.code == code.strip().lower())).mappings().one_or_none()
        if row is None:
            raise OrderRefused(Message("no slip has this code; read it again"))
        wanted = select(slip_lines).where(slip_lines.c.code == row["code"]).order_by(slip_lines.c.piece)
        lines = connection.execute(wanted).mappings().all()
    return Slip(
        row["code"],
        row["order_id"],
        row["committee"],
        row["place"],
        row["state"],
        bool(row["confirmed_at"]),
        tuple(SlipLine(line["piece"], line["copies"] + line["spares"]) for line in lines),
    )


def confirm(book: Book, code: str, counted: Mapping[str, int], remark: str = "") -> Order:
    """Confirm a parcel by the code of its slip, once, with the copies counted of each piece.

    Nobody needs to sign in. The last slip of an order delivers it. Raise OrderRefused for a code that is
    unknown or was used, and for counts that leave a piece out; other counts than expected are kept.
    """
    check_texts(remark=remark)
    with book.write(PRINTKIT) as step:
        wanted = select(slips).where(slips.c.code == code.strip().lower())
        found = step.connection.execute(wanted).mappings().one_or_none()
        if found is None:
            raise OrderRefused(Message("no slip has this code; read it again"))
        # One who confirms the same slip at the same time has to be waited for before it is looked at.
        order = load(step, found["order_id"], lock=True)
        slip = step.connection.execute(wanted).mappings().one()
        if slip["confirmed_at"]:
            raise OrderRefused(Message("this slip was confirmed already"))
        if order.state.value != "in_delivery":
            raise OrderRefused(
                Message(
                    "order %(order)s is %(state)s; nothing of it is on its way",
                    order=order.id,
                    state=Message.of(order.state.value),
                )
            )
        _count(step, slip["code"], counted)
        done = {"confirmed_at": step.at, "remark": remark[:400]}
        step.connection.execute(update(slips).where(slips.c.code == slip["code"]).values(**done))
        note(step, "slip", order.id, place=slip["place"], counted=dict(counted))
        left = select(slips.c.code).where(slips.c.order_id == order.id, slips.c.confirmed_at.is_(None))
        if step.connection.execute(left).first() is None:
            take(step, order, "deliver")
        return load(step, order.id)


def _count(step: Step, code: str, counted: Mapping[str, int]) -> None:
    rows = step.connection.execute(select(slip_lines).where(slip_lines.c.code == code)).mappings().all()
    pieces = {row["piece"] for row in rows}
    # A piece that nobody counted would look as if it had arrived.
    if set(counted) != pieces:
        raise OrderRefused(
            Message("count each piece of the slip: %(known)s", known=", ".join(sorted(pieces)))
        )
    for piece, count in counted.items():
        if count < 0:
            raise OrderRefused(
                Message("%(piece)s: %(count)s copies cannot have arrived", piece=piece, count=count)
            )
        here = (slip_lines.c.code == code, slip_lines.c.piece == piece)
        step.connection.execute(update(slip_lines).where(*here).values(counted=count))


def hold(step: Step, order: Order, reason: str) -> None:
    """Send a released order back to approved with words; what was charged is reserved again."""
    # Kept beside what people write, so it is said now: in the language of all that the workspace prints.
    words = translate(step.book.profiles.municipality.language, "command")
    take(step, order, "hold", reason=readable(words.say(reason)), run_id=None)


def into_run(step: Step, order: Order, run: str) -> None:
    """Put an order into a run; the log tells which."""
    write(step, order, run_id=run)
    note(step, "run", order.id, run=run, run_id=run)
