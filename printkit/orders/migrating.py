"""Bring a database's schema up to the one that this program knows, from every older one."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError

from printkit.errors import WorkspaceError
from printkit.orders.database import Database
from printkit.words import Message

LOCATION = "printkit.orders"


def migrate(database: Database, target: str = "head") -> None:
    """Take every step up to a schema in one transaction; raise WorkspaceError for one that is not known."""
    with database.write() as connection:
        if database.dialect == "postgresql":
            # Two programs may start at the same time.
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7461)")
        config = configuration()
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, target)
        except CommandError as error:
            reason = Message(
                "its schema is of another printkit (%(error)s); use that one, or restore a backup",
                error=error,
            )
            where = database.engine.url.render_as_string(hide_password=True)
            raise WorkspaceError(where, None, reason) from error


def configuration() -> Config:
    """Return what Alembic is told: where the steps from schema to schema are."""
    config = Config()
    config.set_main_option("script_location", str(files(LOCATION).joinpath("migrations")))
    return config
