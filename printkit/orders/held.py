"""What the rows of an order book hold, beyond what a database asks by itself.

A backup is rows of anybody's making: what the program would not write it must not read back, where it would
end in an error days later.
"""

import datetime
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from printkit.errors import readable
from printkit.orders.changing import COMPLAINT, NEW, REORDER
from printkit.orders.content import Content, digest
from printkit.orders.life import Money, State
from printkit.orders.money import account_id
from printkit.orders.reading import CONTENT, MONEY
from printkit.orders.rights import Role
from printkit.orders.store import HASH, UPLOADS
from printkit.orders.tables import metadata, persons
from printkit.orders.uploads import KINDS, Consent
from printkit.words import Message, unpacked

Check = Callable[[Any], bool]
Row = Mapping[str, Any]
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
# So much of a value is shown
MOST_SHOWN = 60
SUFFIXES = tuple(KINDS.values())


def _read_by(read: Callable[[Any], object]) -> Check:
    """Return the check that a value can be read."""

    def check(value: Any) -> bool:
        try:
            read(value)
        # RecursionError: JSON that is nested without end
        except (ValueError, RecursionError):
            return False
        return True

    return check


def _among(*known: str) -> Check:
    return lambda value: value in known


def _files(value: str) -> None:
    found = json.loads(value)
    if not (isinstance(found, dict) and all(HASH.fullmatch(str(one)) for one in found.values())):
        raise ValueError


def _reasons(value: str) -> None:
    found = json.loads(value)
    if not isinstance(found, list):
        raise ValueError
    for one in found:
        unpacked(one)


def _table(value: str) -> None:
    if not isinstance(json.loads(value), dict):
        raise ValueError


def _stamp(value: str) -> None:
    if not STAMP.fullmatch(value):
        raise ValueError
    datetime.datetime.fromisoformat(value)


def _is_count(value: int) -> bool:
    return value >= 0


def _is_number(value: int) -> bool:
    return value >= 1


def _is_any(_: Any) -> bool:
    return True


_is_stamp, _is_day = _read_by(_stamp), _read_by(datetime.date.fromisoformat)
_is_content, _is_hash = _read_by(Content.model_validate_json), lambda value: bool(HASH.fullmatch(value))
# By the name that a column has in whatever table
EVERYWHERE: Mapping[str, Check] = {
    **dict.fromkeys(("at", "since", "until"), _is_stamp),
    **dict.fromkeys(("day", "needed_by", "last_day"), _is_day),
    **dict.fromkeys(("copies", "spares", "counted", "pages", "tries", "net", "vat", "limit_ore"), _is_count),
    "revision": _is_number,
    **dict.fromkeys(("name", "language", "committee", "piece", "place"), bool),
    "content": _is_content,
    "sha256": _is_hash,
}
COLUMNS: Mapping[str, Check] = {
    # Staff's seats are no committee's
    "seats.committee": _is_any,
    "seats.role": _among(*Role),
    "orders.state": _among(*State),
    "orders.kind": _among(NEW, REORDER, COMPLAINT),
    "approvals.kind": _among(CONTENT, MONEY),
    "approvals.hash": _is_hash,
    "revisions.hash": _is_hash,
    "proofs.hash": _is_hash,
    "links.hash": _is_hash,
    "sessions.hash": _is_hash,
    "proofs.verdict": _among("pass", "warn", "fail"),
    "proofs.reasons": _read_by(_reasons),
    "ledger.kind": _among(*(one for one in Money if one is not Money.NONE), "grant", "adjust", "carry"),
    "releases.number": _is_number,
    "revisions.number": _is_number,
    "slip_lines.line": _is_number,
    "releases.files": _read_by(_files),
    "uploads.consent": _among("", *Consent),
    "requests.result": lambda value: not value or (value.isascii() and value.isdigit()),
    "log.data": _read_by(_table),
    "outbox.data": _read_by(_table),
}
# Whose numbers are persons', 0 the program's own
ACTORS = ("by", "made_by", "edited_by", "submitted_by")
# What several columns say together; told by the first
TOGETHER: Mapping[str, tuple[str, Callable[[Row], bool]]] = {
    "persons": ("email", lambda row: (row["email"] is None) == (row["left_at"] is not None)),
    "seats": ("committee", lambda row: (row["role"] == Role.ORDERER) == bool(row["committee"])),
    "releases": ("id", lambda row: bool(row["id"] == digest(f"{row['template']} {row['files']}"))),
    "accounts": ("id", lambda row: bool(row["id"] == account_id(row["owner"], row["year"]))),
    "orders": ("needed_by", lambda row: row["needed_by"] == json.loads(row["content"])["needed_by"]),
    "uploads": ("file", lambda row: row["file"] in {f"{UPLOADS}{row['sha256']}.{it}" for it in SUFFIXES}),
}


def strange(connection: Connection) -> Iterator[str]:
    """Yield what rows hold that the program writes nowhere."""
    people = {0, *connection.execute(select(persons.c.id)).scalars()}
    for table in metadata.sorted_tables:
        for row in connection.execute(select(table)).mappings():
            for column in _wrong(table, dict(row), people):
                yield Message(
                    "%(table)s %(row)s: %(column)s is '%(value)s', which no order book has",
                    table=table.name,
                    row=", ".join(str(row[key.name]) for key in table.primary_key),
                    column=column,
                    value=_shown(row[column]),
                )


def _shown(value: object) -> str:
    return readable("" if value is None else str(value))[:MOST_SHOWN]


def _wrong(table: Table, row: Row, people: Collection[int]) -> list[str]:
    found = []
    for column, value in row.items():
        # Whether it may be empty the database asks
        if value is None:
            continue
        check = COLUMNS.get(f"{table.name}.{column}") or EVERYWHERE.get(column)
        if column.endswith("_at"):
            check = _is_stamp
        if (check and not check(value)) or (column in ACTORS and value not in people):
            found.append(column)
    column, agree = TOGETHER.get(table.name, ("", None))
    return found if found or agree is None or agree(row) else [column]
