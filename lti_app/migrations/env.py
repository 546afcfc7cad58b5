"""Run by Alembic: the migrations, on the connection of upgrade()."""

from alembic import context

from lti_app.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, transaction_per_migration=False
)
with context.begin_transaction():
    context.run_migrations()
