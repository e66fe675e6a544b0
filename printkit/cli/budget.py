"""`budget`: what each payer has, has reserved, has spent."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.arguments import choose
from printkit.cli.completion import owners
from printkit.cli.options import Settings, common, settings
from printkit.cli.ordering import acting, as_usage, open_orders, ordering, sum_of
from printkit.cli.table import table
from printkit.words import Message, noted

if TYPE_CHECKING:
    from printkit.orders.book import Book
    from printkit.orders.money import Account

YEAR = click.option("--year", metavar="YEAR", type=click.IntRange(2000, 2200), help="[default: this one]")

# Columns of a statement
HEADS = (
    noted("number"),
    noted("at"),
    noted("kind"),
    noted("order_id"),
    noted("granted"),
    noted("reserved"),
    noted("spent"),
    noted("reason"),
)
# What the ledger's entries are called
KINDS = {
    "grant": Message("granted"),
    "reserve": Message("reserved"),
    "free": Message("freed"),
    "charge": Message("charged"),
    "undo": Message("charge undone"),
    "refund": Message("refunded"),
    "adjust": Message("invoice adjusted"),
    "carry": Message("carried over"),
}


@click.group()
@common
def budget() -> None:
    """Grant money, show budgets, print statements."""


@budget.command()
@click.argument("owner", shell_complete=owners)
@click.argument("amount")
@YEAR
@click.option("--reason", default="", help="What the entry says.")
@click.option("--limit", metavar="SUM", help="An order up to it needs nobody's word on money.")
@click.option("--less", is_flag=True, help="Take the amount away.")
@ordering
@settings
def grant(given: Settings, /, owner: str, amount: str, year: int | None, **options: Any) -> None:
    """Give OWNER, a committee or the municipality, so much."""
    from printkit.orders.money import grant as give

    book = open_orders(given, options["database"])
    _known(book, owner)
    # By --less, as a shell takes an amount with a minus sign for an option.
    ore = _sum("AMOUNT", amount) * (-1 if options["less"] else 1)
    # Not given leaves the limit as it is; 0 is a limit of nothing.
    limit = None if options["limit"] is None else _sum("--limit", options["limit"])
    actor, chosen = acting(book, options["who"]), year or book.today.year
    _show(given, [give(book, actor, owner, chosen, amount=ore, reason=options["reason"], limit=limit)])


@budget.command()
@click.argument("owner", required=False, shell_complete=owners)
@YEAR
@ordering
@settings
def show(given: Settings, owner: str | None, year: int | None, database: str | None, who: str | None) -> None:
    """Show what is granted, reserved, spent and left."""
    from printkit.orders.money import show as find

    book = open_orders(given, database)
    if owner is not None:
        _known(book, owner)
    _show(given, find(book, acting(book, who), owner=owner, year=year))


@budget.command()
@click.argument("owner", shell_complete=owners)
@YEAR
@click.option("--csv", "as_csv", is_flag=True, help="As a table for a spreadsheet.")
@ordering
@settings
def statement(
    given: Settings, owner: str, year: int | None, as_csv: bool, database: str | None, who: str | None
) -> None:
    """Print every entry of a payer's year."""
    from printkit.orders.export import statement_csv
    from printkit.orders.money import account_id, table_sum
    from printkit.orders.money import statement as find

    book = open_orders(given, database)
    _known(book, owner)
    rows = find(book, acting(book, who), account_id(owner, year or book.today.year))
    keys = HEADS
    told = [{key: row[key] for key in keys} for row in rows]
    money, result = ("granted", "reserved", "spent"), {"ok": True, "entries": told}
    if as_csv:
        cells = [[table_sum(row[key]) if key in money else row[key] or "" for key in keys] for row in told]
        given.file(result, statement_csv(keys, cells))
        return
    shown = [[_shown(key, row[key], key in money) for key in keys] for row in told]
    given.result(result, table(tuple(map(Message.of, HEADS)), shown, given.words.say))


@budget.command()
@click.argument("owner", shell_complete=owners)
@click.argument("year", type=click.IntRange(2000, 2200))
@ordering
@settings
def carry(given: Settings, owner: str, year: int, database: str | None, who: str | None) -> None:
    """Move what is reserved at the end of YEAR into the next one."""
    from printkit.orders.money import carry_over

    book = open_orders(given, database)
    _known(book, owner)
    moved = carry_over(book, acting(book, who), owner, year)
    given.result(
        {"ok": True, "moved_ore": moved},
        Message(
            "%(sum)s %(currency)s moved to %(year)s",
            sum=sum_of(moved),
            currency=book.rules.rules.currency,
            year=year + 1,
        ),
    )


@budget.command()
@click.argument("order", metavar="ID", type=click.IntRange(1))
@click.argument("amount")
@click.option("--less", is_flag=True, help="The invoice is lower.")
@click.option("--reason", required=True, help="Why the invoice differs.")
@ordering
@settings
def adjust(
    given: Settings, order: int, amount: str, less: bool, reason: str, database: str | None, who: str | None
) -> None:
    """Book that the invoice of an order is higher, or --less, by so much."""
    from printkit.orders.money import adjust as book_it

    book = open_orders(given, database)
    ore = _sum("AMOUNT", amount) * (-1 if less else 1)
    book_it(book, acting(book, who), order, amount=ore, reason=reason)
    given.result({"ok": True}, Message("order %(order)s adjusted", order=order))


def _shown(key: str, value: Any, is_money: bool) -> str:
    """Return a cell of a statement as people read it."""
    if is_money:
        return sum_of(value)
    return KINDS.get(value, value) if key == "kind" else str(value or "")


def _known(book: Book, owner: str) -> None:
    choose(dict.fromkeys((*book.profiles.committees, book.rules.rules.payer)), "OWNER", owner)


def _sum(named: str, text: str) -> int:
    from printkit.orders.money import read_sum

    with as_usage(named):
        return read_sum(text)


def _show(given: Settings, found: list[Account]) -> None:
    told = [{**asdict(one), "available": one.available, "used_percent": one.used_percent()} for one in found]
    rows = [
        (one.id, *(sum_of(sum_) for sum_ in (one.granted, one.reserved, one.spent, one.available)))
        for one in found
    ]
    heads = (
        Message("account"),
        Message("granted"),
        Message("reserved"),
        Message("spent"),
        Message("available"),
    )
    given.result({"ok": True, "accounts": told}, table(heads, rows, given.words.say))
