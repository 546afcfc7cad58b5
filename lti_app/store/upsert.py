"""INSERT … ON CONFLICT, which SQLAlchemy keeps in a module of each database though both say it alike."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_or(connection: Connection, table: Table) -> Any:
    """Return an insert that knows on_conflict_do_update and on_conflict_do_nothing."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
