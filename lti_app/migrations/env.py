"""What Alembic runs: the steps, on the connection that upgrade() holds."""

from alembic import context

from lti_app.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transaction_per_migration=False
)
with context.begin_transaction():
    context.run_migrations()
