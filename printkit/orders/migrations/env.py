"""What alembic runs: the steps, in the transaction that the caller has begun."""

from alembic import context

from printkit.orders.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
