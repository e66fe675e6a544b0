"""The steps of the schema lead to the tables that the program knows, on both databases."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from printkit.orders.database import open_database
from printkit.orders.migrating import configuration
from printkit.orders.tables import APPEND_ONLY, HEAD, metadata
from printkit.orders.triggers import statements


def test_the_steps_lead_to_the_tables(url: str) -> None:
    database = open_database(url)
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.dispose()


def test_a_database_is_opened_again_as_it_is(url: str) -> None:
    first = open_database(url)
    with first.write() as connection:
        connection.execute(text("INSERT INTO heartbeats (name, at) VALUES ('worker', 'x')"))
    first.dispose()
    again = open_database(url)
    with again.read() as connection:
        assert connection.execute(text("SELECT at FROM heartbeats")).scalar_one() == "x"
    again.dispose()


def test_the_program_knows_the_newest_step() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == HEAD


def test_sqlite_is_strict_and_asks_for_foreign_keys(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/strict.sqlite3")
    with database.read() as connection:
        tables = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all()
        lax = [name for name, made in tables if "STRICT" not in made and name != "alembic_version"]
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys")
        }
    assert lax == []
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1}
    database.dispose()


def test_every_table_that_only_grows_has_its_triggers() -> None:
    made = "\n".join(statements("sqlite", APPEND_ONLY))
    assert made.count("CREATE TRIGGER") == 3 * len(APPEND_ONLY)
