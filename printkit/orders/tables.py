"""The tables of the order book, the same on SQLite and PostgreSQL.

Times are text in UTC as ISO 8601 writes them, days likewise, money is whole hundredths of the currency. Who
acts is a person's number, 0 is printkit itself. Rows of log, ledger, revisions and approvals never change:
triggers refuse it.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

# What alembic calls the newest schema.
HEAD = "0003"
# Tables whose rows stay as they were written, with the keys that tell a row.
APPEND_ONLY: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "log": (("number",),),
    "ledger": (("number",),),
    "revisions": (("order_id", "number"),),
    "approvals": (("id",), ("order_id", "revision", "kind")),
}

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# Of a row's number: PostgreSQL keeps it in 32 bits, and takes no larger one even to look for it
LARGEST = 2**31 - 1
# A strict SQLite table knows INTEGER, which holds 64 bits there.
Ore = BigInteger().with_variant(Integer(), "sqlite")


def numbered(column: Column[Any], number: int) -> ColumnElement[bool]:
    """Return the condition that a row has a number, which none has where that is too large for any."""
    return column == number if number <= LARGEST else false()


def _table(name: str, *parts: Any) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True)


def _text(name: str, **options: Any) -> Column[str]:
    return Column(name, Text, nullable=options.pop("nullable", False), **options)


def _number(name: str, **options: Any) -> Column[int]:
    return Column(name, Integer, nullable=options.pop("nullable", False), **options)


def _ore(name: str) -> Column[int]:
    return Column(name, Ore, nullable=False)


persons = _table(
    "persons",
    Column("id", Integer, primary_key=True),
    _text("name"),
    # Empty once she has left, so that the address is free for whoever has it next.
    _text("email", nullable=True, unique=True),
    _text("language"),
    _text("added_at"),
    _text("left_at", nullable=True),
)
seats = _table(
    "seats",
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    _text("role"),
    _text("committee"),
    _text("since"),
    # Ended and kept: the log tells of what somebody was allowed at the time.
    _text("until", nullable=True),
)
releases = _table(
    "releases",
    _text("id", primary_key=True),
    _text("template"),
    _number("number"),
    _text("name"),
    _text("files"),
    _text("made_at"),
    _number("made_by"),
    _text("last_day", nullable=True),
    _text("retired_at", nullable=True),
    UniqueConstraint("template", "number"),
)
accounts = _table(
    "accounts",
    _text("id", primary_key=True),
    _text("owner"),
    _number("year"),
    # Empty: the workspace's figure of the day, which may be raised for all at once.
    Column("limit_ore", Ore, nullable=True),
    _ore("granted"),
    _ore("reserved"),
    _ore("spent"),
    UniqueConstraint("owner", "year"),
    # Code asks the same with words; this holds also for a statement that somebody types by hand.
    CheckConstraint("reserved >= 0 AND spent >= 0 AND granted - reserved - spent >= 0", name="sums"),
)
orders = _table(
    "orders",
    Column("id", Integer, primary_key=True),
    _text("committee"),
    _text("state"),
    _number("revision"),
    _number("version"),
    _text("content"),
    _text("needed_by", nullable=True),
    _number("made_by"),
    _number("edited_by"),
    _number("submitted_by", nullable=True),
    _text("made_at"),
    _text("changed_at"),
    Column("parent_id", ForeignKey("orders.id"), nullable=True, index=True),
    _text("kind"),
    Column("account_id", ForeignKey("accounts.id"), nullable=True, index=True),
    _ore("net"),
    _ore("vat"),
    Column("run_id", ForeignKey("runs.id"), nullable=True, index=True),
    _text("words"),
    _text("phone"),
    _text("note"),
    _text("reference"),
    Index(None, "committee", "state"),
    Index(None, "state", "needed_by"),
    CheckConstraint("net >= 0 AND vat >= 0 AND revision >= 1 AND version >= 1", name="numbers"),
)
revisions = _table(
    "revisions",
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    _number("number", primary_key=True, autoincrement=False),
    _text("content"),
    _text("hash"),
    _ore("net"),
    _ore("vat"),
    _text("day"),
    _number("edited_by"),
    _number("submitted_by"),
    _text("at"),
)
approvals = _table(
    "approvals",
    Column("id", Integer, primary_key=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False),
    _number("revision"),
    _text("kind"),
    _text("hash"),
    _number("by"),
    _text("at"),
    UniqueConstraint("order_id", "revision", "kind"),
)
proofs = _table(
    "proofs",
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    _number("revision", primary_key=True, autoincrement=False),
    _text("piece", primary_key=True),
    _text("hash"),
    _text("sha256", nullable=True),
    _number("pages"),
    _text("verdict"),
    _text("reasons"),
    _text("engines"),
    _text("at"),
)
ledger = _table(
    "ledger",
    Column("number", Integer, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("order_id", ForeignKey("orders.id"), nullable=True, index=True),
    _text("at"),
    _number("by"),
    _text("kind"),
    _ore("granted"),
    _ore("reserved"),
    _ore("spent"),
    _text("reason"),
)
runs = _table(
    "runs",
    _text("id", primary_key=True),
    _text("opened_at"),
    _text("finished_at", nullable=True),
)
slips = _table(
    "slips",
    _text("code", primary_key=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    _text("place"),
    _text("confirmed_at", nullable=True),
    _text("remark"),
    UniqueConstraint("order_id", "place"),
)
slip_lines = _table(
    "slip_lines",
    Column("code", ForeignKey("slips.code"), primary_key=True),
    _text("piece", primary_key=True),
    _number("line"),
    _number("copies"),
    _number("spares"),
    _number("counted", nullable=True),
)
log = _table(
    "log",
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _number("by"),
    _number("order_id", nullable=True, index=True),
    _text("action"),
    _text("data"),
    _text("previous"),
    _text("hash"),
)
log_head = _table(
    "log_head",
    Column("id", Integer, primary_key=True, autoincrement=False),
    _number("number"),
    _text("hash"),
    CheckConstraint("id = 1", name="one"),
)
requests = _table(
    "requests",
    _text("key", primary_key=True),
    _number("by"),
    _text("action"),
    _text("result"),
    _text("at", index=True),
)
outbox = _table(
    "outbox",
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    _text("kind"),
    _text("data"),
    _text("message_id", unique=True),
    _text("made_at"),
    _text("due_at"),
    _number("tries"),
    _text("sent_at", nullable=True),
    _text("problem"),
    Index(None, "sent_at", "due_at"),
)
links = _table(
    "links",
    _text("hash", primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    _text("made_at"),
    _text("expires_at"),
    _text("used_at", nullable=True),
)
attempts = _table(
    "attempts",
    Column("id", Integer, primary_key=True),
    _text("address"),
    _text("at"),
    Index(None, "address", "at"),
)
sessions = _table(
    "sessions",
    _text("hash", primary_key=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    _text("made_at"),
    _text("expires_at"),
)
uploads = _table(
    "uploads",
    _text("file", primary_key=True),
    _text("committee", primary_key=True),
    _text("sha256"),
    _number("by"),
    _text("at"),
    # What was answered of the people in it; empty where nobody was asked yet.
    _text("consent", server_default=""),
)
# Orders that came of a line of a year's plan: each committee gets one of each line.
planned = _table(
    "planned",
    _text("plan", primary_key=True),
    _text("line", primary_key=True),
    _text("committee", primary_key=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False),
)
heartbeats = _table("heartbeats", _text("name", primary_key=True), _text("at"))
