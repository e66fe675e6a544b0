"""Pictures that are handed in carry what was answered of the people in them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("uploads", sa.Column("consent", sa.Text(), nullable=False, server_default=""))
