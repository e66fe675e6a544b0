"""`orders plan`: what is due when for whom, and drafts of a due line."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.arguments import choose
from printkit.cli.completion import ids
from printkit.cli.options import Settings, settings
from printkit.cli.ordering import acting, open_orders, ordering, show_orders
from printkit.cli.orders import orders
from printkit.cli.table import table
from printkit.words import Message

if TYPE_CHECKING:
    from printkit.orders.plans import DueLine


@orders.command()
@click.argument("plan", required=False)
@click.option("--draft", metavar="LINE", help="Begin a draft of this line for each committee without one.")
@click.option(
    "--committee",
    metavar="ID",
    multiple=True,
    shell_complete=ids("committees"),
    help="With --draft: only for it; may be repeated.",
)
@ordering
@settings
def plan(
    given: Settings,
    plan: str | None,
    draft: str | None,
    committee: tuple[str, ...],
    database: str | None,
    who: str | None,
) -> None:
    """Show the year's plan, or make drafts of a line of it.  [default: the newest plan]"""
    from printkit.orders.plans import make_drafts, year_of

    book = open_orders(given, database)
    for one in committee:
        choose(book.profiles.committees, "--committee", one)
    # Plans are called by their years, so the last by the alphabet is the newest.
    actor, chosen = acting(book, who), plan or max(book.rules.plans, default="")
    if draft:
        # None named is all of them, which an empty list would not be.
        show_orders(given, make_drafts(book, actor, chosen, draft, committees=committee or None))
        return
    _show(given, chosen, year_of(book, actor, chosen))


def _show(given: Settings, plan: str, lines: list[DueLine]) -> None:
    heads = (
        *(Message("line"), Message("stands"), Message("needed by"), Message("send in by")),
        *(Message("pays"), Message("begun"), Message("missing")),
    )
    rows = [
        (
            due.id,
            Message.of(due.standing.value),
            due.line.needed_by.isoformat(),
            str(due.safe or "-"),
            due.line.payer,
            str(len(due.orders)),
            " ".join(due.missing) or "-",
        )
        for due in lines
    ]
    given.result(
        {"ok": True, "plan": plan, "lines": [_told(due) for due in lines]},
        table(heads, rows, given.words.say),
    )


def _told(due: DueLine) -> dict[str, Any]:
    def day(value: datetime.date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "id": due.id,
        "name": due.line.name,
        "standing": due.standing.value,
        "begin": day(due.line.begin),
        "needed_by": day(due.line.needed_by),
        "safe": day(due.safe),
        "payer": due.line.payer,
        "confirmed": due.line.confirmed,
        "orders": dict(due.orders),
        "missing": list(due.missing),
    }
