"""Budgets in hundredths of the currency: an account a payer and year, a ledger that only grows."""

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, insert, select, text, update

from printkit.errors import OrderRefused
from printkit.orders.book import Book, Step
from printkit.orders.content import check_texts
from printkit.orders.life import Money
from printkit.orders.log import note
from printkit.orders.rights import Act, Person, demand, may, reach
from printkit.orders.tables import accounts, ledger, numbered, orders
from printkit.words import Message


@dataclass(frozen=True)
class Account:
    """An account's sums in hundredths; `limit` is what an order may cost without a word on money."""

    id: str
    owner: str
    year: int
    granted: int
    reserved: int
    spent: int
    limit: int

    @property
    def available(self) -> int:
        return self.granted - self.reserved - self.spent

    def used_percent(self) -> int:
        """Return how much is reserved or spent, in whole percent."""
        return (self.reserved + self.spent) * 100 // self.granted if self.granted else 0


# What each move of money changes, as multiples of the price: granted, reserved, spent.
MOVES = {
    Money.RESERVE: (0, 1, 0),
    Money.FREE: (0, -1, 0),
    Money.CHARGE: (0, -1, 1),
    Money.UNDO: (0, 1, -1),
    Money.REFUND: (0, 0, -1),
}


def account_id(owner: str, year: int) -> str:
    """Return the name of a payer's account of a year."""
    return f"{owner}-{year}"


def owner_name(book: Book, owner: str) -> str:
    """Return what a payer is called: a committee's name, the municipality's, else the id."""
    if owner == book.rules.rules.payer:
        return book.profiles.brand.name
    committee = book.profiles.committees.get(owner)
    return committee.name if committee else owner


def written_sum(ore: int) -> str:
    """Return hundredths as a sum with two decimals, for messages and tables."""
    sign, whole = "-" if ore < 0 else "", abs(ore)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


def table_sum(ore: int) -> str:
    """Return hundredths as a sum for a table in CSV: spreadsheets of its semicolons have decimal commas."""
    return written_sum(ore).replace(".", ",")


def priced(book: Book, ore: int) -> str:
    """Return hundredths as a sum with the currency's code; `read_priced` reads it."""
    return f"{written_sum(ore)} {book.rules.rules.currency}"


def read_priced(text: str) -> int:
    """Return the hundredths of a sum that `priced` wrote."""
    sign, plain = (-1, text[1:]) if text.startswith("-") else (1, text)
    return sign * read_sum(plain.rpartition(" ")[0])


def read_sum(text: str) -> int:
    """Read `1234`, `1 234,50` or `1234.5` as hundredths; raise OrderRefused. No float is involved."""
    plain = text.strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    whole, _, part = plain.partition(".")
    # Digits of other scripts count as digits to Python, and a minus sign would turn a grant round.
    if not plain.isascii() or not whole.isdigit() or len(part) > 2 or (part and not part.isdigit()):
        raise OrderRefused(Message("'%(text)s' is no sum; write one as 1500 or 1500,50", text=text))
    return int(whole) * 100 + int(part.ljust(2, "0"))


def grant(
    book: Book,
    actor: Person,
    owner: str,
    year: int,
    *,
    amount: int,
    reason: str = "",
    limit: int | None = None,
) -> Account:
    """Give an account money, or take it where `amount` is negative; it begins where there is none."""
    demand(actor, Act.GRANT)
    check_texts(reason=reason)
    if owner not in (*book.profiles.committees, book.rules.rules.payer):
        raise OrderRefused(
            Message(
                "'%(owner)s' pays nothing; a committee's id or '%(payer)s' does",
                owner=owner,
                payer=book.rules.rules.payer,
            )
        )
    with book.write(actor) as step:
        identifier = _begin(step, owner, year)
        if limit is not None:
            step.connection.execute(
                update(accounts).where(accounts.c.id == identifier).values(limit_ore=limit)
            )
        if amount:
            _enter(step, identifier, "grant", (amount, 0, 0), reason=reason)
        note(step, "grant", account=identifier, amount=amount, reason=reason, limit=limit)
        return _view(book, _row(step.connection, identifier))


# Both databases speak it so: of two who begin an account at once the second finds it.
BEGIN = text(
    "INSERT INTO accounts (id, owner, year, granted, reserved, spent) VALUES (:id, :owner, :year, 0, 0, 0)"
    " ON CONFLICT DO NOTHING"
)


def _begin(step: Step, owner: str, year: int) -> str:
    """Return an account's id; it is there afterwards."""
    identifier = account_id(owner, year)
    step.connection.execute(BEGIN, {"id": identifier, "owner": owner, "year": year})
    return identifier


def move(step: Step, money: Money, identifier: str, order: int, *, amount: int, reason: str = "") -> None:
    """Move an order's price within its account; raise OrderRefused where there is not enough."""
    granted, reserved, spent = MOVES[money]
    _enter(
        step,
        identifier,
        money.value,
        (granted * amount, reserved * amount, spent * amount),
        order=order,
        reason=reason,
    )


def _enter(
    step: Step,
    identifier: str,
    kind: str,
    change: tuple[int, int, int],
    *,
    order: int | None = None,
    reason: str = "",
) -> None:
    granted, reserved, spent = change
    # One statement asks and changes: whoever comes second sees what the first has left.
    asked = (
        update(accounts)
        .where(accounts.c.id == identifier)
        .where(accounts.c.reserved + reserved >= 0)
        .where(accounts.c.spent + spent >= 0)
        .where(accounts.c.granted + granted - accounts.c.reserved - reserved - accounts.c.spent - spent >= 0)
        .values(
            granted=accounts.c.granted + granted,
            reserved=accounts.c.reserved + reserved,
            spent=accounts.c.spent + spent,
        )
    )
    if step.connection.execute(asked).rowcount != 1:
        row = _row(step.connection, identifier)
        left = row["granted"] - row["reserved"] - row["spent"]
        # What was asked for, whichever of the three sums it would have changed
        wanted = (granted and -granted) or reserved or spent
        raise OrderRefused(
            Message(
                "%(owner)s has %(money_left)s left in %(year)s, %(money_needed)s are needed",
                owner=owner_name(step.book, row["owner"]),
                year=str(row["year"]),
                money_left=priced(step.book, left),
                money_needed=priced(step.book, wanted),
            )
        )
    entry = {"account_id": identifier, "order_id": order, "at": step.at, "by": step.actor.id}
    entry |= {"kind": kind, "granted": granted, "reserved": reserved, "spent": spent, "reason": reason}
    step.connection.execute(insert(ledger).values(**entry))


def adjust(book: Book, actor: Person, order: int, *, amount: int, reason: str) -> None:
    """Book that an invoice differs from an order's price by so many hundredths; raise OrderRefused."""
    demand(actor, Act.GRANT)
    if not reason.strip():
        raise OrderRefused(Message("an adjustment needs a reason"))
    check_texts(reason=reason)
    with book.write(actor) as step:
        wanted = select(orders).where(numbered(orders.c.id, order))
        row = step.connection.execute(wanted).mappings().one_or_none()
        if row is None or row["account_id"] is None:
            raise OrderRefused(Message("order %(order)s has no account to adjust", order=order))
        _enter(step, row["account_id"], "adjust", (0, 0, amount), order=order, reason=reason)
        note(step, "adjust", order, amount=amount, reason=reason)


def carry_over(book: Book, actor: Person, owner: str, year: int) -> int:
    """Move what is reserved at a year's end into the next year, with its money; return how much."""
    demand(actor, Act.GRANT)
    with book.write(actor) as step:
        old, new = account_id(owner, year), account_id(owner, year + 1)
        # Refused here where it is missing: the new one must not begin for nothing.
        _row(step.connection, old)
        _begin(step, owner, year + 1)
        waiting = select(orders).where(
            orders.c.account_id == old, orders.c.state.in_(("submitted", "approved"))
        )
        moved = 0
        # A step locks the order before its account; the other way round two would wait for each other.
        locked = waiting.order_by(orders.c.id).with_for_update()
        for row in step.connection.execute(locked).mappings().all():
            reason = f"year's end {year}"
            _enter(step, old, "carry", (-row["net"], -row["net"], 0), order=row["id"], reason=reason)
            _enter(step, new, "carry", (row["net"], row["net"], 0), order=row["id"], reason=reason)
            step.connection.execute(
                update(orders)
                .where(orders.c.id == row["id"])
                .values(account_id=new, version=orders.c.version + 1)
            )
            # Its own entry for each order: the log alone must tell which account an order is on
            note(step, "carry", row["id"], before=old, after=new, amount=row["net"])
            moved += row["net"]
        return moved


def find(connection: Connection, identifier: str) -> RowMapping | None:
    """Return the row of an account, None where there is none."""
    return connection.execute(select(accounts).where(accounts.c.id == identifier)).mappings().one_or_none()


def _row(connection: Connection, identifier: str) -> RowMapping:
    row = find(connection, identifier)
    if row is None:
        raise OrderRefused(
            Message(
                "%(account)s has no budget yet; the coordinator grants one",
                account=identifier,
            )
        )
    return row


def account(book: Book, connection: Connection, identifier: str) -> Account:
    """Return an account; raise OrderRefused where there is none."""
    return _view(book, _row(connection, identifier))


def _view(book: Book, row: RowMapping) -> Account:
    # None is the workspace's figure as it is today; 0 was said by somebody.
    limit = book.rules.rules.default_limit if row["limit_ore"] is None else row["limit_ore"]
    return Account(row["id"], row["owner"], row["year"], row["granted"], row["reserved"], row["spent"], limit)


def show(book: Book, actor: Person, *, owner: str | None = None, year: int | None = None) -> list[Account]:
    """Return the accounts that a person may see, by owner and year; raise OrderRefused where she may none."""
    # Nothing to see and nothing that may be seen are told apart.
    if owner is not None or reach(actor, Act.READ_MONEY) == frozenset():
        demand(actor, Act.READ_MONEY, owner)
    with book.read() as connection:
        wanted = select(accounts).order_by(accounts.c.owner, accounts.c.year)
        found = [_view(book, row) for row in connection.execute(wanted).mappings()]
    chosen = [one for one in found if owner in (None, one.owner) and year in (None, one.year)]
    # Where all are asked for, those that somebody may not see are left out.
    return [one for one in chosen if may(actor, Act.READ_MONEY, one.owner)]


def statement(book: Book, actor: Person, identifier: str) -> list[RowMapping]:
    """Return every entry of an account, the first one first."""
    with book.read() as connection:
        demand(actor, Act.READ_MONEY, _row(connection, identifier)["owner"])
        wanted = select(ledger).where(ledger.c.account_id == identifier).order_by(ledger.c.number)
        return list(connection.execute(wanted).mappings())
