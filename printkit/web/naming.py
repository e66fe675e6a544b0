"""What people call things: names on pages where the command line reads and writes ids."""

import datetime
from collections.abc import Callable, Mapping
from functools import partial

from printkit.errors import OrderRefused
from printkit.orders.book import Book
from printkit.orders.content import AtKey
from printkit.orders.money import owner_name, read_priced
from printkit.orders.persons import find_person
from printkit.orders.pieces import read_piece
from printkit.orders.releases import list_releases
from printkit.words import Message, Words

Day = Callable[[datetime.date], str]
Money = Callable[[int], str]
# Fields of messages that hold a sum with its currency
SUMS = ("money_left", "money_needed")


def named(text: str, book: Book, day: Day, money: Money) -> str:
    """Return a message whose fields are names, days and sums as people say them; other text as it is."""
    if not isinstance(text, Message):
        return text
    known = _known(book)

    def change(field: str, value: str) -> str:
        if field in known:
            return known[field](value)
        if field in SUMS:
            return money(read_priced(value))
        try:
            return day(datetime.date.fromisoformat(value))
        except ValueError:
            return value

    return text.mapped(change)


def labels_of(words: Words) -> Mapping[str, str]:
    """Return what fields of forms are called, by their keys; pages have it as `labels`."""
    return {
        "title": words.gettext("What you call this order"),
        "needed_by": words.gettext("Needed by"),
        "address": words.gettext("Another address"),
        "phone": words.gettext("Phone of whoever takes it"),
        "note": words.gettext("A word to communications"),
        "name": words.gettext("Name"),
        "email": words.gettext("E-mail address"),
        "reason": words.gettext("Reason"),
        "remark": words.gettext("Anything wrong?"),
    }


def labelled(text: str, slots: Mapping[str, str], keys: Mapping[str, str]) -> str:
    """Return what is wrong at a key with its field's label in place of the key; other text as it is."""
    if not isinstance(text, AtKey):
        return text
    label = slots.get(text.slot) if text.slot else keys.get(text.name)
    return text.mapped(lambda field, value: label if label and field == "place" else value)


def _known(book: Book) -> Mapping[str, Callable[[str], str]]:
    """Return what tells the name of an id, by the name of a message's field."""
    profiles, rules = book.profiles, book.rules
    tables: Mapping[str, Mapping[str, object]] = {
        "committee": profiles.committees,
        "format": profiles.formats,
        "press": profiles.presses,
        "site": profiles.sites,
        "kit": rules.kits,
        "prices": rules.prices,
        "price_list": rules.prices,
    }
    return {
        **{field: partial(_name, table) for field, table in tables.items()},
        "account": partial(account_name, book),
        "person": partial(_person, book),
        "piece": partial(piece_name, book),
        "template": partial(template_name, book),
    }


def _name(table: Mapping[str, object], value: str) -> str:
    return str(getattr(table.get(value), "name", value))


def place_name(book: Book, place: str) -> str:
    """Return what a place is called: a site's name, else the address that it is."""
    return _name(book.profiles.sites, place)


def piece_name(book: Book, piece: str) -> str:
    """Return what an order's piece is called: its design, format and place."""
    if (read := read_piece(piece)) is None:
        return piece
    name = f"{template_name(book, read.template)}, {_name(book.profiles.formats, read.format)}"
    return f"{name} · {place_name(book, read.site)}" if read.site else name


def template_name(book: Book, template: str) -> str:
    """Return what a design is called in its newest release."""
    with book.read() as connection:
        return next((one.name for one in list_releases(connection, template)), template)


def account_name(book: Book, account: str) -> str:
    """Return whose account it is, and of which year."""
    owner, _, year = account.rpartition("-")
    return f"{owner_name(book, owner)}, {year}"


def _person(book: Book, code: str) -> str:
    try:
        return find_person(book, code).name
    except OrderRefused:
        # Whoever has left is known by a number alone.
        return code
