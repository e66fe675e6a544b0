"""The first schema."""

from alembic import op
from sqlalchemy import insert

from printkit.orders.tables import log_head, metadata
from printkit.orders.triggers import statements

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    metadata.create_all(connection)
    for statement in statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
    connection.execute(insert(log_head).values(id=1, number=0, hash=""))
