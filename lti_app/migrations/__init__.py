"""Schema migrations (Alembic). A migration is never edited after its release."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from lti_app.store.engine import reading, writing


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Upgrade an empty or older database to a revision, in one transaction."""
    with writing(engine) as connection:
        upgrade_on(connection, revision)


def upgrade_on(connection: Connection, revision: str) -> None:
    """Upgrade a database to a revision, within a write transaction."""
    command.upgrade(_config(connection), revision)


def is_current(engine: Engine) -> bool:
    """Return whether the database is at the newest revision."""
    with reading(engine) as connection:
        revision = revision_of(connection)
    return revision == ScriptDirectory.from_config(_config(None)).get_current_head()


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Return whether this version has a revision."""
    found = ScriptDirectory.from_config(_config(None)).walk_revisions()
    return revision in {step.revision for step in found}


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", "lti_app:migrations")
    config.attributes["connection"] = connection
    return config
