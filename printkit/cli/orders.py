"""`orders`: the order book on the command line, by the same functions as the page."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.arguments import READABLE, choose
from printkit.cli.completion import ids
from printkit.cli.options import Settings, common, settings
from printkit.cli.ordering import (
    ID,
    REASON,
    acting,
    open_orders,
    ordering,
    show_order,
    show_orders,
    step,
    told,
)
from printkit.cli.table import table
from printkit.orders.life import State
from printkit.words import Message, joined

if TYPE_CHECKING:
    from printkit.orders.stepping import On

STATES = [state.value for state in State]
# What was done to an order, by the log's words, and what its proofs were found to be
SAID = {
    "new": Message("begun"),
    "reorder": Message("begun like an earlier order"),
    "complaint": Message("begun as a complaint"),
    "edit": Message("changed after it was sent in"),
    "submit": Message("sent in"),
    "revision": Message("revision kept"),
    "sign content": Message("content approved"),
    "sign money": Message("money approved"),
    "proof": Message("proof made"),
    "approve": Message("approved"),
    "return": Message("returned"),
    "reject": Message("rejected"),
    "discard": Message("thrown away"),
    "withdraw": Message("withdrawn"),
    "release": Message("released"),
    "run": Message("being made"),
    "print": Message("at_printer"),
    "hold": Message("held before print"),
    "cancel": Message("cancelled"),
    "ship": Message("in_delivery"),
    "slip": Message("parcel confirmed"),
    "deliver": Message("delivered"),
    "close": Message("closed"),
    "adjust": Message("invoice adjusted"),
    "pass": Message("passed"),
    "warn": Message("passed with warnings"),
    "fail": Message("failed"),
}
DATA = click.option(
    "--data", metavar="FILE.toml", type=READABLE, required=True, help="The order; - is stdin."
)


@click.group()
@common
def orders() -> None:
    """Order print: drafts, approvals, budgets, press files."""


def _parts(file: str) -> tuple[str, Any, Any]:
    """Return committee, content and what stands beside it, from one table of a file or stdin."""
    from printkit.cli.given import toml_given
    from printkit.orders.content import Beside, read_both

    data = toml_given(file)
    # Taken out first, as the content refuses keys that it does not know.
    beside = {key: str(data.pop(key)) for key in Beside.model_fields if key in data}
    return str(data.pop("committee", "")), *read_both(data, beside)


@orders.command()
@DATA
@click.option("--key", default="", help="Done once, however often it is asked with this key.")
@ordering
@settings
def new(given: Settings, data: str, key: str, database: str | None, who: str | None) -> None:
    """Begin a draft from a TOML file."""
    from printkit.orders.changing import new_order

    book = open_orders(given, database)
    committee, content, beside = _parts(data)
    show_order(given, new_order(book, acting(book, who), committee, content, beside=beside, key=key))


@orders.command()
@DATA
@step
@settings
def edit(given: Settings, on: On, data: str, database: str | None, who: str | None) -> None:
    """Put new content in place of an order's; approvals are void."""
    from printkit.orders.changing import edit as change

    book = open_orders(given, database)
    # An order stays its committee's; what stands beside it is changed apart.
    _, content, _ = _parts(data)
    show_order(given, change(book, acting(book, who), on, content))


@orders.command("list")
@click.option("--committee", metavar="ID", shell_complete=ids("committees"), help="Only this committee's.")
@click.option(
    "--state", type=click.Choice(STATES), multiple=True, help="Only in this state; may be repeated."
)
@click.option("--most", metavar="N", type=click.IntRange(1), default=100, help="So many.  [default: 100]")
@ordering
@settings
def list_(
    given: Settings,
    committee: str | None,
    state: tuple[str, ...],
    most: int,
    database: str | None,
    who: str | None,
) -> None:
    """List orders, the newest first."""
    from printkit.orders.reading import list_orders

    book = open_orders(given, database)
    if committee is not None:
        choose(book.profiles.committees, "--committee", committee)
    states = [State(one) for one in state]
    show_orders(given, list_orders(book, acting(book, who), committee=committee, states=states, most=most))


@orders.command()
@ID
@ordering
@settings
def show(given: Settings, order: int, database: str | None, who: str | None) -> None:
    """Show an order: what it holds, what was done to it, what can be done next."""
    from printkit.orders.reading import get, history

    book = open_orders(given, database)
    actor = acting(book, who)
    found, done = get(book, actor, order), history(book, actor, order)
    head = Message(
        "order %(order)s of %(committee)s: %(state)s, revision %(revision)s",
        order=found.id,
        committee=found.committee,
        state=Message.of(found.state.value),
        revision=found.revision,
    )
    lines = [
        Message(
            "  %(number)s. %(quantity)s x %(template)s %(format)s %(language)s, release %(release)s",
            number=number,
            quantity=line.quantity,
            template=line.template,
            format=line.format,
            language=line.language,
            release=line.release,
        )
        for number, line in enumerate(found.content.lines, 1)
    ]
    # To the second, and by number: the log keeps no names, which go when somebody leaves.
    rows = [(entry["at"][:19], f"p{entry['by']}", _said(entry["action"])) for entry in done]
    said = [Message("  words: %(words)s", words=found.words)] if found.words else []
    heads = (Message("when"), Message("who"), Message("what"))
    say = given.words.say
    text = "\n".join([*map(say, (head, *said, *lines)), table(heads, rows, say)])
    given.result({"ok": True, "order": told(found), "history": done}, text)


def _said(word: str) -> str:
    return SAID.get(word, word)


@orders.command()
@step
@settings
def submit(given: Settings, on: On, database: str | None, who: str | None) -> None:
    """Submit a draft: checked, priced, its price reserved."""
    from printkit.orders.changing import submit as change

    book = open_orders(given, database)
    show_order(given, change(book, acting(book, who), on))


@orders.command()
@ID
@ordering
@settings
def proof(given: Settings, order: int, database: str | None, who: str | None) -> int:
    """Make the press files of a submitted order, to be looked at."""
    from printkit.orders.proving import make_proof, proof_folder
    from printkit.orders.reading import get

    book = open_orders(given, database)
    actor = acting(book, who)
    found = make_proof(book, actor, order)
    # Read anew: the revision may have gone on while its proof was made.
    folder = proof_folder(book, order, get(book, actor, order).revision)
    rows = [(one.piece, _said(one.verdict), joined(one.reasons or ("",))) for one in found]
    heads = (Message("piece"), Message("verdict"), Message("findings"))
    text = f"{table(heads, rows, given.words.say)}\n{folder}"
    failed = any(one.verdict == "fail" for one in found)
    given.result({"ok": not failed, "folder": str(folder), "proofs": [asdict(one) for one in found]}, text)
    # A proof that fails is kept and shown like any other; only scripts need to be told.
    return 1 if failed else 0


@orders.command()
@click.option("--what", type=click.Choice(["content", "money"]), help="Only this.  [default: what she may]")
@step
@settings
def approve(given: Settings, on: On, what: str | None, database: str | None, who: str | None) -> None:
    """Approve content, money or both, as far as the person may; proofs are made where there are none."""
    from printkit.orders.approving import approve as change

    book = open_orders(given, database)
    show_order(given, change(book, acting(book, who), on, what))


@orders.command("return")
@REASON
@step
@settings
def return_(given: Settings, on: On, reason: str, database: str | None, who: str | None) -> None:
    """Return a submitted order to its committee."""
    from printkit.orders.deciding import give_back

    book = open_orders(given, database)
    show_order(given, give_back(book, acting(book, who), on, reason))


@orders.command()
@REASON
@step
@settings
def reject(given: Settings, on: On, reason: str, database: str | None, who: str | None) -> None:
    """Reject a submitted order for good."""
    from printkit.orders.deciding import reject as change

    book = open_orders(given, database)
    show_order(given, change(book, acting(book, who), on, reason))


@orders.command()
@step
@settings
def withdraw(given: Settings, on: On, database: str | None, who: str | None) -> None:
    """Withdraw an order that is not released."""
    from printkit.orders.changing import withdraw as change

    book = open_orders(given, database)
    show_order(given, change(book, acting(book, who), on))


@orders.command()
@step
@settings
def reorder(given: Settings, on: On, database: str | None, who: str | None) -> None:
    """Begin a draft like an order, with today's releases and prices."""
    from printkit.orders.changing import reorder as change

    book = open_orders(given, database)
    show_order(given, change(book, acting(book, who), on))


@orders.command()
@REASON
@step
@settings
def complain(given: Settings, on: On, reason: str, database: str | None, who: str | None) -> None:
    """Begin an order of the same bytes for one that was delivered wrong."""
    from printkit.orders.changing import complain as change

    book = open_orders(given, database)
    show_order(given, change(book, acting(book, who), on, reason))
