"""`person`: who may order, approve, pay, release."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from printkit.cli.arguments import choose
from printkit.cli.options import Settings, common, settings
from printkit.cli.ordering import acting, as_usage, open_orders, ordering
from printkit.cli.table import table
from printkit.words import Message, catalogues

if TYPE_CHECKING:
    from printkit.orders.book import Book
    from printkit.orders.rights import Person, Seat


@click.group()
@common
def person() -> None:
    """Add persons, give them roles, hand out sign-in links."""


@person.command()
@click.argument("name")
@click.argument("email")
@click.option(
    "--role", "roles", required=True, metavar="ROLE", multiple=True, help="admin, or orderer:COMMITTEE."
)
@click.option("--lang", metavar="TAG", help="Of notices and pages.  [default: the workspace's own]")
@ordering
@settings
def add(
    given: Settings,
    name: str,
    email: str,
    roles: tuple[str, ...],
    lang: str | None,
    database: str | None,
    who: str | None,
) -> None:
    """Add a person; the first one must be an admin, and nobody needs to act for it."""
    from printkit.orders.persons import add_person, check_reachable

    with as_usage("NAME EMAIL"):
        check_reachable(name, email)
    # A language without pages would be answered in English
    if lang is not None:
        choose(dict.fromkeys(catalogues("web")), "--lang", lang)
    book = open_orders(given, database, new=True)
    seats = _seats(book, "--role", roles)
    # Nobody is there yet who could act for the first.
    actor = acting(book, who) if who else None
    language = lang or book.profiles.municipality.language
    _show(given, [add_person(book, actor, name, email, roles=seats, language=language)])


@person.command("list")
@ordering
@settings
def list_(given: Settings, database: str | None, who: str | None) -> None:
    """List all persons with their roles."""
    from printkit.orders.persons import list_persons

    book = open_orders(given, database)
    _show(given, list_persons(book, acting(book, who)))


@person.command()
@click.argument("named", metavar="PERSON")
@click.option("--give", metavar="ROLE", multiple=True, help="A role that she gets.")
@click.option("--end", metavar="ROLE", multiple=True, help="A role that ends.")
@ordering
@settings
def seats(
    given: Settings,
    named: str,
    give: tuple[str, ...],
    end: tuple[str, ...],
    database: str | None,
    who: str | None,
) -> None:
    """Give a person roles, end others."""
    from printkit.orders.persons import change_seats, find_person

    book = open_orders(given, database)
    given_, ended = _seats(book, "--give", give), _seats(book, "--end", end)
    actor, number = acting(book, who), find_person(book, named).id
    _show(given, [change_seats(book, actor, number, give=given_, end=ended)])


@person.command()
@click.argument("named", metavar="PERSON")
@ordering
@settings
def link(given: Settings, named: str, database: str | None, who: str | None) -> None:
    """Print a sign-in link's token for a person, good for minutes and once."""
    from printkit.orders.persons import find_person
    from printkit.orders.signing import make_link

    book = open_orders(given, database)
    token = make_link(book, acting(book, who), find_person(book, named).id)
    # The token alone: the address that people use is the server's, which runs elsewhere.
    given.result({"ok": True, "token": token}, token)


@person.command()
@click.argument("named", metavar="PERSON")
@ordering
@settings
def leave(given: Settings, named: str, database: str | None, who: str | None) -> None:
    """End a person's roles: name and address are removed, log and ledger keep her number."""
    from printkit.orders.persons import find_person
    from printkit.orders.persons import leave as end

    book = open_orders(given, database)
    # By her number, as her address is gone once she has left.
    actor, number = acting(book, who), find_person(book, named).id
    end(book, actor, number)
    given.result({"ok": True, "person": f"p{number}"}, Message("p%(number)s has left", number=number))


def _seats(book: Book, option: str, roles: Iterable[str]) -> list[Seat]:
    """Return what roles are meant; a word that names none, or no committee, is wrong usage."""
    from printkit.orders.rights import read_seat

    with as_usage(option):
        found = [read_seat(role) for role in roles]
    for seat in found:
        # Who leaves a committee that was closed still ends her seat
        if seat.committee and option != "--end":
            choose(book.profiles.committees, option, seat.committee)
    return found


def _show(given: Settings, found: list[Person]) -> None:
    told: list[dict[str, Any]] = [
        {"id": one.code, "name": one.name, "email": one.email, "roles": sorted(map(str, one.seats))}
        for one in found
    ]
    rows = [(row["id"], row["name"], row["email"], " ".join(row["roles"])) for row in told]
    given.result(
        {"ok": True, "persons": told},
        table((Message("id"), Message("name"), Message("e-mail"), Message("roles")), rows, given.words.say),
    )
