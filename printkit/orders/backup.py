"""Back up and restore: all rows and all stored files in one ZIP, the same for both databases."""

import json
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Integer, Table, func, insert, select, text, update
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from printkit.errors import OrderRefused, system_words
from printkit.orders.book import Book
from printkit.orders.store import HASH, Store
from printkit.orders.tables import HEAD, log_head, metadata
from printkit.orders.verifying import problems
from printkit.words import Message, joined, sentence
from printkit.workspace import writing
from printkit.workspace.syntax import json_fault

SCHEMA = "schema.json"
# How a ZIP begins that holds something
ZIP = b"PK\x03\x04"
# Rows that are written at once.
MANY = 500


def back_up(book: Book, file: Path) -> dict[str, int]:
    """Write a backup while others go on; return the rows of each table. Raise WriteError.

    Rows are those of one moment. Stored files never change, and all that those rows name were there before.
    """
    with writing(file) as written, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        return _write(book, archive)


def _write(book: Book, archive: zipfile.ZipFile) -> dict[str, int]:
    counts: dict[str, int] = {}
    archive.writestr(SCHEMA, json.dumps({"schema": HEAD}))
    with book.read() as connection:
        for table in metadata.sorted_tables:
            with archive.open(f"rows/{table.name}.jsonl", "w") as rows:
                counts[table.name] = 0
                for row in connection.execute(select(table)).mappings():
                    rows.write(json.dumps(dict(row), ensure_ascii=False).encode() + b"\n")
                    counts[table.name] += 1
    # After the rows: what they name was stored before they were written
    for name in book.store.names():
        archive.writestr(f"files/{name}", book.store.read(name, name))
    return counts


def restore(book: Book, file: Path) -> dict[str, int]:
    """Fill an empty order book from a backup, all or nothing; return the rows of each table.

    A pipe is read to its end first, as the list of what is in a ZIP stands there. Raise OrderRefused for a
    book that is not empty, a file that is no backup of this schema, and one whose rows do not hold together.
    """
    try:
        with file.open("rb") as opened, _to_seek(opened) as whole, zipfile.ZipFile(whole) as archive:
            return _read(book, archive)
    # RuntimeError: a file under a password, JSON that is nested without end
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, RuntimeError, OSError) as error:
        why = _why(error)
        raise OrderRefused(
            Message("%(file)s is no whole backup of an order book: %(error)s", file=file, error=why)
        ) from error


@contextmanager
def _to_seek(opened: BufferedReader) -> Iterator[IO[bytes]]:
    """Give a file as it is, what comes from a pipe or a device in a file of its own."""
    if stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        yield opened
        return
    with tempfile.TemporaryFile() as copied:
        # A device may never end; one that begins as a ZIP is no such device
        if opened.peek(len(ZIP)).startswith(ZIP):
            shutil.copyfileobj(opened, copied)
        yield copied


def _why(error: Exception) -> str:
    """Return what is wrong with a backup in words of our own."""
    match error:
        case zipfile.BadZipFile() | zlib.error() | EOFError():
            return Message("it is no ZIP file, or one that was cut short or changed")
        case KeyError():
            return Message("a part of it is missing")
        case RuntimeError():
            return Message("it is locked by a password, or nested too deeply")
        case json.JSONDecodeError():
            return joined(json_fault(error))
        case UnicodeError():
            return Message("it holds letters that are none")
        case OSError():
            return system_words(error)
    return sentence(error)


def _read(book: Book, archive: zipfile.ZipFile) -> dict[str, int]:
    head = json.loads(archive.read(SCHEMA))
    schema = head.get("schema") if isinstance(head, dict) else None
    # Rows of another schema would need its migrations, which work on databases, not on files
    if schema != HEAD:
        raise OrderRefused(
            Message(
                "the backup has schema %(schema)s, this printkit has %(known)s; restore it with its own",
                schema=schema,
                known=HEAD,
            )
        )
    # Files first: rows that are there must find them.
    _restore_files(book.store, archive)
    with book.database.write() as connection:
        # Every order book that was used has a person; its own first step is to add one.
        if connection.execute(select(func.count()).select_from(metadata.tables["persons"])).scalar_one():
            raise OrderRefused(
                Message("the order book is not empty; restore into a new database by --database")
            )
        counts = {table.name: _fill(connection, table, archive) for table in metadata.sorted_tables}
        _go_on(connection)
        # Within the transaction, so that a backup which does not hold together leaves the database empty
        if found := list(problems(book, connection)):
            raise OrderRefused(Message("the backup does not hold together:"), *found)
    return counts


def _restore_files(store: Store, archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        folder, _, found = name.rpartition("/")
        if folder == "files" and HASH.fullmatch(found) and store.keep(archive.read(name)) != found:
            raise OrderRefused(
                Message("%(name)s in the backup is not what its name says; take another backup", name=name)
            )


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile) -> int:
    count, name = 0, f"rows/{table.name}.jsonl"
    with archive.open(name) as lines:
        for rows in _by_many(_row(table, line) for line in lines):
            try:
                # Its one row is there from the first migration on
                if table is log_head:
                    connection.execute(update(log_head).values(**rows[0]))
                else:
                    connection.execute(insert(table), rows)
            # What the database's own rules refuse: a value of another kind, a number that it does not hold
            except (IntegrityError, DataError, ProgrammingError, OverflowError, UnicodeEncodeError) as error:
                reason = Message("%(name)s holds what no order book has", name=name)
                raise ValueError(reason) from error
            count += len(rows)
    return count


def _row(table: Table, line: bytes) -> dict[str, Any]:
    """Read a row; raise ValueError for one that is none of the table's."""
    row = json.loads(line)
    if not isinstance(row, dict) or row.keys() != set(table.columns.keys()):
        raise ValueError(Message("a row of %(table)s has other columns", table=table.name))
    if any(isinstance(value, list | dict) for value in row.values()):
        raise ValueError(Message("a row of %(table)s has a list for a value", table=table.name))
    return row


def _by_many(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) == MANY:
            yield held
            held = []
    if held:
        yield held


def _go_on(connection: Connection) -> None:
    """Have PostgreSQL count on from the numbers that were filled in; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None and isinstance(column.type, Integer):
            last = connection.execute(select(func.max(column))).scalar()
            sequence = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
            if last:
                connection.execute(text(f"SELECT setval({sequence}, {int(last)})"))
