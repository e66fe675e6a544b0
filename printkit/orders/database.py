"""The database of the order book: SQLite by default, PostgreSQL by URL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
)

from printkit.errors import MissingError, OrderRefused, WorkspaceError, WriteError
from printkit.orders.tables import HEAD
from printkit.words import Message

POSTGRES = Message("postgresql needs a driver: pip install 'printkit-press[postgres]'")
DOUBLE = Message("somebody did the same at the same time; look again, it may be there already")
# What PostgreSQL calls a key that is there already, and a server that takes no change
UNIQUE_VIOLATION, READ_ONLY = "23505", "25006"
# Milliseconds that a writer waits for another one.
PATIENCE_MS = 20_000


@dataclass(frozen=True)
class Database:
    """Open transactions: one that writes has the database to itself on SQLite from its first statement."""

    engine: Engine

    @property
    def dialect(self) -> str:
        return self.engine.dialect.name

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a transaction that is whole or nothing; raise WriteError where the database cannot take it."""
        with _told(self.engine), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give one unchanging view of all rows."""
        with _told(self.engine), self.engine.connect() as connection:
            # PostgreSQL would otherwise show each statement another moment; SQLite's view is one by itself
            level = {"isolation_level": "REPEATABLE READ"} if self.dialect == "postgresql" else {}
            viewing = connection.execution_options(reading=True, **level)
            with viewing.begin():
                yield viewing

    def dispose(self) -> None:
        self.engine.dispose()


def open_database(url: str) -> Database:
    """Open a database and bring its schema up to this program; raise what the exit codes 4, 5 and 7 tell."""
    database = Database(_engine(url))
    # Asked first, so that Alembic is loaded only where there is something to do.
    if _schema(database) != HEAD:
        from printkit.orders.migrating import migrate

        migrate(database)
    return database


def file_of(url: str) -> Path | None:
    """Return the file that a database is, None where it is no file; raise as `open_database` does."""
    address = _engine(url).url
    named = address.database if address.get_backend_name() == "sqlite" else None
    return Path(named) if named and named != ":memory:" else None


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        reason = Message("no address of a database; write sqlite:///FILE or postgresql://USER@HOST/NAME")
        raise WorkspaceError("--database", None, reason) from error
    if parsed.get_backend_name() == "postgresql":
        # Version 3 of the driver; the bare name would ask for the one before
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif parsed.get_backend_name() != "sqlite":
        raise WorkspaceError(
            "--database",
            None,
            Message("%(drivername)s: only sqlite and postgresql are known", drivername=parsed.drivername),
        )
    try:
        # A restart of PostgreSQL leaves dead connections, which the first request would fall over
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    except ModuleNotFoundError as error:
        raise MissingError(POSTGRES) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    """Set what SQLite asks for on each connection; the driver must not begin transactions by itself."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={PATIENCE_MS}",
        # Pages go on reading while somebody writes
        "journal_mode=WAL",
        # A commit that was answered outlives a power cut.
        "synchronous=FULL",
        # SQLite asks for it on each connection anew
        "foreign_keys=ON",
        # Without it INSERT OR REPLACE deletes rows that a trigger keeps
        "recursive_triggers=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the write lock at once: who reads first and writes later would be told 'database is locked'."""
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _schema(database: Database) -> str | None:
    with database.read() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if not _is_double(error):
            raise
        raise OrderRefused(DOUBLE) from error
    # PostgreSQL keeps no U+0000, which TOML and JSON can write; a command line may hold bytes that are no
    # UTF-8
    except (DataError, UnicodeEncodeError) as error:
        raise OrderRefused(
            Message("a text or a number is none that the order book can keep; look for control characters")
        ) from error
    except (OperationalError, InterfaceError, InternalError) as error:
        # PostgreSQL that only follows another is no fault of this program; what else is internal is one.
        if isinstance(error, InternalError) and getattr(error.orig, "sqlstate", "") != READ_ONLY:
            raise
        where = engine.url.render_as_string(hide_password=True)
        # Drivers write on several lines, and a message has one.
        cause = " ".join(str(error.orig).split())
        raise WriteError(
            Message(
                "%(where)s: %(cause)s; nothing of this step was written, try again", where=where, cause=cause
            )
        ) from error


def _is_double(error: IntegrityError) -> bool:
    """Tell whether a row with the same key is there: on PostgreSQL two may both find it missing."""
    return getattr(error.orig, "sqlstate", "") == UNIQUE_VIOLATION or "UNIQUE constraint" in str(error.orig)
