"""The order book as everything sees it: database, profiles, stored files, clock."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from printkit.orders.database import Database, file_of, open_database
from printkit.orders.days import local_day
from printkit.orders.rights import Person, Role, Seat
from printkit.orders.store import Store
from printkit.profiles import Profiles, load_profiles
from printkit.profiles.orders import OrderProfiles, load_order_profiles
from printkit.workspace import Snapshot, Workspace

FILE = "orders.sqlite3"
STORE = "orders.store"
BATCHES = "orders.batches"
# Who acts where nobody does: the worker, and rules that decide by themselves.
PRINTKIT = Person(0, "printkit", "", "en", frozenset({Seat(Role.COORDINATOR)}))


def clock() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@dataclass(frozen=True)
class Step:
    """One transaction: its connection, its moment, who acts in it."""

    book: "Book"
    connection: Connection
    now: datetime.datetime
    actor: Person

    @property
    def at(self) -> str:
        return stamp(self.now)

    @property
    def day(self) -> datetime.date:
        """Return the day that people have."""
        return local_day(self.book.rules.calendar, self.now)


@dataclass(frozen=True)
class Book:
    """What all of ordering needs. It can be shared by threads; `clock` says what time it is."""

    database: Database
    workspace: Workspace
    profiles: Profiles
    rules: OrderProfiles
    store: Store
    # Where batch folders of released orders are made, one a run.
    batches: Path
    clock: Callable[[], datetime.datetime] = clock
    # Releases as they were read, by id: their files never change.
    frozen: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @contextmanager
    def write(self, actor: Person) -> Iterator[Step]:
        """Open a transaction in which somebody acts: all of it is done, or nothing."""
        with self.database.write() as connection:
            yield Step(self, connection, self.clock(), actor)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self.database.read() as connection:
            yield connection

    @property
    def today(self) -> datetime.date:
        return local_day(self.rules.calendar, self.clock())


def open_book(
    workspace: Workspace, url: str | None = None, *, clock: Callable[[], datetime.datetime] = clock
) -> Book:
    """Open the order book of a workspace; without `url` it is `orders.sqlite3` in the workspace.

    Stored files lie in `orders.store`, what is made for the press in `orders.batches`: beside a SQLite
    database, else in the workspace.
    """
    database = open_database(address_of(workspace, url))
    named = database.engine.url.database if database.dialect == "sqlite" else None
    # Files and rows are one thing to whoever moves or copies a database.
    beside = Path(named).absolute().parent if named else workspace.root
    # Read as one moment: a save between two files would mix two states
    view = Snapshot(workspace.root)
    profiles = load_profiles(view)
    return Book(
        database,
        Workspace(workspace.root),
        profiles,
        load_order_profiles(view, profiles),
        Store(beside / STORE),
        beside / BATCHES,
        clock,
    )


def address_of(workspace: Workspace, url: str | None) -> str:
    """Return the address of a workspace's order book; `url` where one is given."""
    return url or f"sqlite:///{workspace.root / FILE}"


def lacking(workspace: Workspace, url: str | None) -> Path | None:
    """Return the file that opening the order book would make, None where it is there or is no file."""
    file = file_of(address_of(workspace, url))
    return None if file is None or file.exists() else file


def stamp(moment: datetime.datetime) -> str:
    """Return a moment as the database has it, in UTC; texts sort as moments do."""
    # Of equal length, as only then texts sort as moments do
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
