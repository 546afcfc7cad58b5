"""INSERT … ON CONFLICT, which SQLAlchemy keeps in a module of each database though both say it alike.

The statements of launches and of progress are made once (with bindparam, or by insert_on in a cached function) and
executed with values: putting one together costs SQLAlchemy six times what executing it does.
"""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_or(connection: Connection, table: Table) -> Any:
    """Return an insert that knows on_conflict_do_update and on_conflict_do_nothing."""
    return insert_on(connection.dialect.name, table)


def insert_on(dialect: str, table: Table) -> Any:
    """Return the same for a dialect's name, for a statement that is made once."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
