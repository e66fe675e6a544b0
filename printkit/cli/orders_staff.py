"""`orders` for staff: templates, release to a batch, the way to the places, keeping."""

from __future__ import annotations

import datetime
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from printkit.cli.arguments import Day
from printkit.cli.options import Settings, settings
from printkit.cli.ordering import (
    ID,
    REASON,
    acting,
    mail_options,
    naming_options,
    open_orders,
    ordering,
    show_order,
    step,
)
from printkit.cli.orders import orders
from printkit.cli.table import table
from printkit.units import whole_number
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.orders.book import Book
    from printkit.orders.releases import TemplateRelease
    from printkit.orders.stepping import On

DAY = Day()


@orders.command()
@click.option("--freeze", metavar="TEMPLATE", help="Store the workspace's template as its next release.")
@click.option("--retire", metavar="TEMPLATE:N", help="End a release.")
@click.option("--last-day", type=DAY, metavar="DATE", help="With --retire: the last day it may be ordered.")
@ordering
@settings
def templates(
    given: Settings,
    freeze: str | None,
    retire: str | None,
    last_day: datetime.datetime | None,
    database: str | None,
    who: str | None,
) -> None:
    """List releases of templates; freeze or retire one."""
    from printkit.orders import releases

    book = open_orders(given, database)
    if freeze:
        _show_releases(given, [releases.freeze(book, acting(book, who), freeze)])
    elif retire:
        name, _, told = retire.partition(":")
        number = whole_number(told)
        if number is None:
            raise click.BadParameter(
                Message("'%(retire)s' is not TEMPLATE:N", retire=retire), param_hint="--retire"
            )
        day = last_day.date() if last_day else None
        _show_releases(given, [releases.retire(book, acting(book, who), name, number, last_day=day)])
    else:
        # Nobody needs to be named for it: what can be ordered is no secret.
        with book.read() as connection:
            _show_releases(given, releases.list_releases(connection))


def _show_releases(given: Settings, found: list[TemplateRelease]) -> None:
    rows = [
        (
            one.template,
            str(one.number),
            one.made_at[:10],
            Message("retired") if one.retired else str(one.last_day or ""),
        )
        for one in found
    ]
    text = table(
        (Message("template"), Message("release"), Message("made"), Message("ends")), rows, given.words.say
    )
    given.result(
        {"ok": True, "releases": [{**asdict(one), "last_day": str(one.last_day or "")} for one in found]},
        text,
    )


@orders.command()
@step
@settings
def release(given: Settings, on: On, database: str | None, who: str | None) -> None:
    """Release an approved order to the next batch; it is charged."""
    from printkit.orders.producing import release as change

    book = open_orders(given, database)
    show_order(given, change(book, acting(book, who), on))


@orders.command()
@mail_options
@click.option(
    "--every", metavar="SECONDS", type=click.IntRange(1), help="Go on for ever, with so long a pause."
)
@ordering
@settings
def work(
    given: Settings,
    mail: str | None,
    mail_from: str | None,
    every: int | None,
    database: str | None,
    who: str | None,
) -> int:
    """Make what is released into batch folders, send notices, tidy; go on where it was stopped."""
    book = open_orders(given, database, new=True)
    if every is None:
        return _work(given, book, mail, mail_from)
    from printkit.orders.beating import beating, pause_of

    while True:
        _work(given, book, mail, mail_from)
        # Also in its pauses, so that whoever watches it does not take it for dead.
        with beating(book, pause_of(book)):
            time.sleep(every)


def _work(given: Settings, book: Book, mail: str | None, mail_from: str | None) -> int:
    from printkit.orders.notices import sender_of
    from printkit.orders.outbox import send
    from printkit.orders.tidying import tidy
    from printkit.orders.working import work as make

    # Before the work, which may take an hour
    with naming_options():
        sender = sender_of(mail, mail_from or book.rules.rules.mail_from) if mail else None
    done = make(book)
    sent, problems = send(book, sender) if sender else (0, [])
    # After the letters: what was sent may be among what has been kept long enough.
    tidy(book)
    lines = [
        Message("%(folder)s: orders %(orders)s", folder=book.batches / run, orders=list(map(str, made)))
        for run, made in done.done.items()
        if made
    ]
    lines += [
        Message("order %(order)s went back: %(reason)s", order=number, reason=reason)
        for number, reason in done.held.items()
    ]
    for problem in problems:
        given.fault(Message("not sent: %(problem)s", problem=problem))
    told = {"ok": not (done.held or problems), "runs": done.done, "held": done.held, "sent": sent}
    given.result(
        {**told, "not_sent": problems, "folder": str(book.batches)},
        "\n".join(map(given.words.say, lines or [Message("nothing is released")])),
    )
    # An order that went back and a letter that is not sent are for a person to look at.
    return 1 if done.held or problems else 0


@orders.command()
@REASON
@step
@settings
def cancel(given: Settings, on: On, reason: str, database: str | None, who: str | None) -> None:
    """Cancel what the printer has; the price is refunded."""
    from printkit.orders.producing import cancel as change

    book = open_orders(given, database)
    show_order(given, change(book, acting(book, who), on, reason))


@orders.command()
@step
@settings
def ship(given: Settings, on: On, database: str | None, who: str | None) -> None:
    """Say that an order is on its way; its press files are compared with the approved ones."""
    from printkit.orders.producing import ship as change

    book = open_orders(given, database)
    show_order(given, change(book, acting(book, who), on))


@orders.command()
@ID
@ordering
@settings
def slips(given: Settings, order: int, database: str | None, who: str | None) -> None:
    """Show the slips of an order: a code for each place, and what its parcel holds."""
    from printkit.orders.producing import slips_of

    book = open_orders(given, database)
    found = slips_of(book, acting(book, who), order)
    keys = ("code", "place", "piece", "copies", "spares", "counted")
    rows = [tuple(str(row[key] if row[key] is not None else "") for key in keys) for row in found]
    heads = (
        Message("code"),
        Message("place"),
        Message("piece"),
        Message("copies"),
        Message("spares"),
        Message("counted"),
    )
    given.result({"ok": True, "slips": [dict(row) for row in found]}, table(heads, rows, given.words.say))


@orders.command()
@step
@settings
def deliver(given: Settings, on: On, database: str | None, who: str | None) -> None:
    """Say that an order has arrived, for places that confirmed no slip."""
    from printkit.orders.producing import deliver as change

    book = open_orders(given, database)
    show_order(given, change(book, acting(book, who), on))


@orders.command()
@click.argument("code")
@click.option(
    "--count", "counts", metavar="PIECE=N", multiple=True, required=True, help="Copies that arrived."
)
@click.option("--remark", default="", help="What was wrong with the parcel.")
@ordering
@settings
def confirm(
    given: Settings, code: str, counts: tuple[str, ...], remark: str, database: str | None, who: str | None
) -> None:
    """Confirm a parcel by the CODE of its slip; nobody needs to sign in."""
    from printkit.orders.producing import confirm as change

    counted = {}
    for text in counts:
        # From the right, as only the number is known to hold no such sign.
        piece, _, told = text.rpartition("=")
        number = whole_number(told)
        if not piece or number is None:
            raise click.BadParameter(Message("'%(text)s' is not PIECE=N", text=text), param_hint="--count")
        counted[piece] = number
    show_order(given, change(open_orders(given, database), code, counted, remark))


@orders.command()
@step
@settings
def close(given: Settings, on: On, database: str | None, who: str | None) -> None:
    """Close a delivered order."""
    from printkit.orders.producing import close as change

    book = open_orders(given, database)
    show_order(given, change(book, acting(book, who), on))
