"""Column types that behave the same on SQLite and PostgreSQL, the clock, and the days of a calendar."""

import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

# JSON on SQLite, indexable JSONB on PostgreSQL; dicts and lists in Python on both.
Json = JSON().with_variant(JSONB(), "postgresql")


class Utc(TypeDecorator[datetime]):
    """A datetime in UTC. SQLite stores no time zone, so it is removed on the way in and restored on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A datetime without a time zone cannot be stored.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def now() -> datetime:
    """Return the current time in UTC. The only clock of the tool."""
    return datetime.now(UTC)


def read_day(text: Any) -> date | None:
    """Return a day written as YYYY-MM-DD from 2000 to 2100, else None.

    Days outside of these years are mistakes, and sums of days near year 1 or 9999 are out of range in Python.
    """
    if not isinstance(text, str) or not re.fullmatch(r"2\d{3}-\d\d-\d\d", text, re.ASCII):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year <= 2100 else None
