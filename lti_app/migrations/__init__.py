"""Steps from one schema to the next (Alembic). A step is never edited after it was released."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from lti_app.store.engine import reading, writing


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring a database to a revision, from nothing or from an older one, in one transaction."""
    with writing(engine) as connection:
        upgrade_on(connection, revision)


def upgrade_on(connection: Connection, revision: str) -> None:
    """Bring a database to a revision, within a transaction that writes."""
    command.upgrade(_config(connection), revision)


def is_current(engine: Engine) -> bool:
    """Return whether the database stands at the newest revision."""
    with reading(engine) as connection:
        stands_at = revision_of(connection)
    return stands_at == ScriptDirectory.from_config(_config(None)).get_current_head()


def revision_of(connection: Connection) -> str | None:
    """Return the revision that a database stands at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Return whether there is such a revision in this version."""
    found = ScriptDirectory.from_config(_config(None)).walk_revisions()
    return revision in {step.revision for step in found}


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", "lti_app:migrations")
    config.attributes["connection"] = connection
    return config
