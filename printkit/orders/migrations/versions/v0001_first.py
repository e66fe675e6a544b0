"""The first schema: written out, as what it makes must stay while tables go on to change."""

import sqlalchemy as sa
from alembic import op

from printkit.orders.triggers import statements

revision = "0001"
down_revision = None

ORE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = {
    "log": (("number",),),
    "ledger": (("number",),),
    "revisions": (("order_id", "number"),),
    "approvals": (("id",), ("order_id", "revision", "kind")),
}


def upgrade() -> None:
    for make in TABLES:
        make()
    for statement in statements(op.get_bind().dialect.name, KEPT):
        op.get_bind().exec_driver_sql(statement)
    op.get_bind().exec_driver_sql("INSERT INTO log_head (id, number, hash) VALUES (1, 0, '')")


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(name, *parts, sqlite_strict=True)


def _accounts() -> None:
    _table(
        "accounts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("limit_ore", ORE, nullable=True),
        sa.Column("granted", ORE, nullable=False),
        sa.Column("reserved", ORE, nullable=False),
        sa.Column("spent", ORE, nullable=False),
        sa.CheckConstraint(
            "reserved >= 0 AND spent >= 0 AND granted - reserved - spent >= 0", name=op.f("ck_accounts_sums")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("owner", "year", name=op.f("uq_accounts_owner_year")),
    )


def _attempts() -> None:
    _table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    op.create_index(op.f("ix_attempts_address_at"), "attempts", ["address", "at"], unique=False)


def _heartbeats() -> None:
    _table(
        "heartbeats",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeats")),
    )


def _log() -> None:
    _table(
        "log",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log")),
    )
    op.create_index(op.f("ix_log_order_id"), "log", ["order_id"], unique=False)


def _log_head() -> None:
    _table(
        "log_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_log_head_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_head")),
    )


def _persons() -> None:
    _table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("left_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
        sa.UniqueConstraint("email", name=op.f("uq_persons_email")),
    )


def _releases() -> None:
    _table(
        "releases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=True),
        sa.Column("retired_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
        sa.UniqueConstraint("template", "number", name=op.f("uq_releases_template_number")),
    )


def _requests() -> None:
    _table(
        "requests",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_requests")),
    )
    op.create_index(op.f("ix_requests_at"), "requests", ["at"], unique=False)


def _runs() -> None:
    _table(
        "runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )


def _uploads() -> None:
    _table(
        "uploads",
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("file", "committee", name=op.f("pk_uploads")),
    )


def _links() -> None:
    _table(
        "links",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_links_person_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_person_id"), "links", ["person_id"], unique=False)


def _orders() -> None:
    _table(
        "orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("needed_by", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.Integer(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=True),
        sa.Column("net", ORE, nullable=False),
        sa.Column("vat", ORE, nullable=False),
        sa.Column("run_id", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "net >= 0 AND vat >= 0 AND revision >= 1 AND version >= 1", name=op.f("ck_orders_numbers")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_orders_account_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["orders.id"], name=op.f("fk_orders_parent_id")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_orders_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
    )
    op.create_index(op.f("ix_orders_account_id"), "orders", ["account_id"], unique=False)
    op.create_index(op.f("ix_orders_committee_state"), "orders", ["committee", "state"], unique=False)
    op.create_index(op.f("ix_orders_parent_id"), "orders", ["parent_id"], unique=False)
    op.create_index(op.f("ix_orders_run_id"), "orders", ["run_id"], unique=False)
    op.create_index(op.f("ix_orders_state_needed_by"), "orders", ["state", "needed_by"], unique=False)


def _outbox() -> None:
    _table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_outbox_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_message_id")),
    )
    op.create_index(op.f("ix_outbox_person_id"), "outbox", ["person_id"], unique=False)
    op.create_index(op.f("ix_outbox_sent_at_due_at"), "outbox", ["sent_at", "due_at"], unique=False)


def _seats() -> None:
    _table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("committee", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_seats_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
    )
    op.create_index(op.f("ix_seats_person_id"), "seats", ["person_id"], unique=False)


def _sessions() -> None:
    _table(
        "sessions",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_sessions_person_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_person_id"), "sessions", ["person_id"], unique=False)


def _approvals() -> None:
    _table(
        "approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_approvals_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
        sa.UniqueConstraint("order_id", "revision", "kind", name=op.f("uq_approvals_order_id_revision_kind")),
    )


def _ledger() -> None:
    _table(
        "ledger",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("granted", ORE, nullable=False),
        sa.Column("reserved", ORE, nullable=False),
        sa.Column("spent", ORE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_ledger_account_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_ledger_order_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ledger")),
    )
    op.create_index(op.f("ix_ledger_account_id"), "ledger", ["account_id"], unique=False)
    op.create_index(op.f("ix_ledger_order_id"), "ledger", ["order_id"], unique=False)


def _proofs() -> None:
    _table(
        "proofs",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("piece", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("engines", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_proofs_order_id")),
        sa.PrimaryKeyConstraint("order_id", "revision", "piece", name=op.f("pk_proofs")),
    )


def _revisions() -> None:
    _table(
        "revisions",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("net", ORE, nullable=False),
        sa.Column("vat", ORE, nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.Integer(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_revisions_order_id")),
        sa.PrimaryKeyConstraint("order_id", "number", name=op.f("pk_revisions")),
    )


def _slips() -> None:
    _table(
        "slips",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_slips_order_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_slips")),
        sa.UniqueConstraint("order_id", "place", name=op.f("uq_slips_order_id_place")),
    )
    op.create_index(op.f("ix_slips_order_id"), "slips", ["order_id"], unique=False)


def _slip_lines() -> None:
    _table(
        "slip_lines",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("piece", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("spares", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["code"], ["slips.code"], name=op.f("fk_slip_lines_code")),
        sa.PrimaryKeyConstraint("code", "piece", name=op.f("pk_slip_lines")),
    )


# Those that others name come first.
TABLES = (
    _accounts,
    _attempts,
    _heartbeats,
    _log,
    _log_head,
    _persons,
    _releases,
    _requests,
    _runs,
    _uploads,
    _links,
    _orders,
    _outbox,
    _seats,
    _sessions,
    _approvals,
    _ledger,
    _proofs,
    _revisions,
    _slips,
    _slip_lines,
)
