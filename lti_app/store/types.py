"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Connection, DateTime, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator


def insert_or(connection: Connection, table: Table) -> Any:
    """Return an insert that knows on_conflict_do_update and on_conflict_do_nothing."""
    return insert_on(connection.dialect.name, table)


def insert_on(dialect: str, table: Table) -> Any:
    """Return the same for a dialect's name, for a statement that is made once."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


# Plain JSON on SQLite, indexable JSONB on PostgreSQL; Python sees dicts and lists on both.
Json = JSON().with_variant(JSONB(), "postgresql")


class Utc(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no zone, so it is taken off on the way in and put on again on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be stored.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def now() -> datetime:
    """Return this moment, in UTC. The only clock of the tool."""
    return datetime.now(UTC)
