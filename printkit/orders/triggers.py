"""Triggers that keep rows as they were written, on both databases."""

from collections.abc import Iterator, Mapping

REFUSAL = "rows stay as they were written"


def statements(dialect: str, tables: Mapping[str, tuple[tuple[str, ...], ...]]) -> Iterator[str]:
    """Yield what creates the triggers of tables that only grow, each with the keys that tell a row."""
    if dialect == "postgresql":
        yield _FUNCTION
    for table, keys in tables.items():
        yield from _postgresql(table) if dialect == "postgresql" else _sqlite(table, keys)


def _sqlite(table: str, keys: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table}: {REFUSAL}'); END"
    for what in ("UPDATE", "DELETE"):
        yield f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} {refuse}"
    # REPLACE deletes without asking the trigger of DELETE, unless a connection sets recursive_triggers.
    same = " OR ".join(" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys)
    found = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
    yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {found} {refuse}"


_FUNCTION = f"""CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': {REFUSAL}'; END $$"""


def _postgresql(table: str) -> Iterator[str]:
    call = "EXECUTE FUNCTION refuse_change()"
    yield f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {call}"
    yield f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}"
