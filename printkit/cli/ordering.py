"""What the commands of the order book share: its database, who acts, how an order is told."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

import click

from printkit.cli.extra import extra_web
from printkit.cli.options import Settings, common
from printkit.cli.table import table
from printkit.errors import OrderRefused, WorkspaceError
from printkit.words import Message, sentence

if TYPE_CHECKING:
    from printkit.orders.book import Book
    from printkit.orders.reading import Order
    from printkit.orders.rights import Person

F = TypeVar("F", bound=Callable[..., Any])
FIRST = Message("begin with: printkit person add NAME EMAIL --role admin")
ID = click.argument("order", metavar="ID", type=click.IntRange(1))
VERSION = click.option("--version-seen", metavar="N", type=int, help="Refuse if it was changed since.")
KEY = click.option("--key", default="", help="Done once, however often it is asked with this key.")
REASON = click.option("--reason", required=True, help="What the committee reads.")


def ordering(command: F) -> F:
    """Add --database and --as beside the common options; they reach the command as `database` and `who`."""
    # Around all of it, as commands import what they call before they open the book.
    whole = extra_web()(command)
    acts = click.option("--as", "who", metavar="PERSON", help="Who acts: p7, or an e-mail address.")
    database = click.option(
        "--database",
        metavar="URL",
        envvar="PRINTKIT_DATABASE",
        show_envvar=True,
        help="The order book.  [default: orders.sqlite3 in the workspace]",
    )
    return common(database(acts(whole)))


def mail_options(command: F) -> F:
    """Add --mail and --mail-from: where mail goes, and who sends it."""
    sender = click.option(
        "--mail-from",
        metavar="ADDRESS",
        envvar="PRINTKIT_MAIL_FROM",
        help="Who sends mail.  [default: mail_from of profiles/orders.toml]",
    )
    where = click.option(
        "--mail",
        metavar="URL|DIR",
        envvar="PRINTKIT_MAIL",
        help="Where mail goes: smtp://HOST:PORT, or a folder.",
    )
    return where(sender(command))


def step(command: F) -> F:
    """Add what a step of one order takes: its number, the version seen, a key."""

    @functools.wraps(command)
    def wrapper(*args: Any, order: int, version_seen: int | None, key: str, **options: Any) -> Any:
        # Loads SQLAlchemy, which the help of a command does without.
        from printkit.orders.stepping import On

        return command(*args, on=On(order, version_seen, key), **options)

    return ID(VERSION(KEY(ordering(wrapper))))  # type: ignore[return-value]


def open_orders(given: Settings, database: str | None, *, new: bool = False) -> Book:
    """Open the order book of the workspace; raise MissingError where its libraries are not installed.

    Only with `new` a file is made where there is none: who reads at the wrong place should be told.
    """
    with extra_web():
        from printkit.orders.book import lacking, open_book
    with naming_options():
        if not new and (file := lacking(given.workspace(), database)):
            raise OrderRefused(
                Message("there is no order book yet at %(file)s; %(first)s", file=file, first=FIRST)
            )
        return open_book(given.workspace(), database)


@contextmanager
def naming_options() -> Iterator[None]:
    """Take a complaint about what an option says for wrong usage, which it is and no fault of a file."""
    try:
        yield
    except WorkspaceError as error:
        if not error.file.startswith("--"):
            raise
        raise click.BadParameter(error.reason, param_hint=error.file) from error


@contextmanager
def as_usage(named: str) -> Iterator[None]:
    """Take what is refused within for wrong usage: what says nothing breaks no rule of an order's life."""
    try:
        yield
    except OrderRefused as error:
        raise click.BadParameter(sentence(error), param_hint=named) from error


def acting(book: Book, who: str | None) -> Person:
    """Return who acts; where nobody is named it is wrong usage, raise OrderRefused for nobody we know."""
    from printkit.orders.persons import anybody, find_person

    # Asked before who acts: in a new book nobody could be named.
    if not anybody(book):
        raise OrderRefused(Message("there is nobody in the order book yet; %(first)s", first=FIRST))
    if not who:
        raise click.UsageError(Message("say who acts: --as p7, or --as and an address of e-mail"))
    return find_person(book, who)


def sum_of(ore: int) -> Message:
    """Return hundredths as a sum with two decimals, which has the decimal sign of who reads it."""
    return Message.of("%(sum).2f", sum=ore / 100)


def told(order: Order) -> dict[str, Any]:
    """Return an order as `--json` prints it."""
    return {
        **asdict(order),
        "state": order.state.value,
        "content": order.content.model_dump(mode="json"),
        "beside": order.beside.model_dump(),
        "cost": {"net_ore": order.cost.net, "vat_ore": order.cost.vat, "gross_ore": order.cost.gross},
        "waits_for": list(order.waits_for()),
        # A script that goes on from here need not know the table of life.
        "steps": list(order.steps),
    }


def show_order(given: Settings, order: Order) -> None:
    """Print an order, in a line or as an object."""
    told_state = Message.of(order.state.value)
    line = Message("order %(order)s: %(state)s", order=order.id, state=told_state)
    if order.waits_for():
        waits = tuple(map(Message.of, order.waits_for()))
        line = Message(
            "order %(order)s: %(state)s, waits for %(waits)s", order=order.id, state=told_state, waits=waits
        )
    given.result({"ok": True, "order": told(order)}, line)


def show_orders(given: Settings, found: Iterable[Order]) -> None:
    """Print orders as a table, or as objects."""
    listed = list(found)
    rows = [
        (
            str(one.id),
            one.committee,
            Message.of(one.state.value),
            # A draft has no price until it is sent in.
            sum_of(one.cost.net) if one.submitted_by else "",
            str(one.content.needed_by or ""),
            one.content.title,
        )
        for one in listed
    ]
    heads = (
        Message("id"),
        Message("committee"),
        Message("state"),
        Message("net"),
        Message("needed by"),
        Message("title"),
    )
    text = table(heads, rows, given.words.say)
    given.result({"ok": True, "orders": [told(one) for one in listed]}, text)
