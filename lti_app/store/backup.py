"""Reads all rows of a database and inserts rows into another, on SQLite and PostgreSQL.

The tables are reflected from the database, not taken from schema.py, so that a backup of an older schema can be read.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    DateTime,
    Engine,
    Float,
    Integer,
    MetaData,
    Table,
    func,
    inspect,
    select,
)

# Tables that are not backed up: caches that the tool fills again, and unfinished logins.
PASSING = frozenset({"access_token", "jwks_cache", "login_attempt"})
_VERSION = "alembic_version"
_AT_ONCE = 500

Row = tuple[str, dict[str, Any]]


def snapshot(engine: Engine) -> Connection:
    """Return a connection that sees one state of the database, however long it reads."""
    if engine.dialect.name == "postgresql":
        return engine.connect().execution_options(isolation_level="REPEATABLE READ")
    return engine.connect()  # in WAL mode an SQLite transaction sees one state anyway


def read_rows(connection: Connection) -> Iterator[Row]:
    """Yield (table name, row) for every row to back up. A row comes after the rows that it refers to."""
    for table in _tables(connection):
        if table.name not in PASSING:
            keys = list(table.primary_key.columns)
            for row in connection.execute(select(table).order_by(*keys)).yield_per(_AT_ONCE).mappings():
                yield table.name, {name: _plain(value) for name, value in row.items()}


def has_rows(connection: Connection) -> bool:
    """Return whether the database has any rows."""
    return any(connection.execute(select(table).limit(1)).first() for table in _tables(connection))


def drop_everything(connection: Connection) -> None:
    """Drop every table."""
    _reflected(connection).drop_all(connection)


def write_rows(connection: Connection, rows: Iterable[Row]) -> None:
    """Insert rows into empty tables.

    Raises:
        ValueError: a row does not fit its table; the text says which.
    """
    tables = {table.name: table for table in _tables(connection)}
    zone = connection.dialect.name != "sqlite"  # SQLite stores no time zone
    for name, group in groupby(rows, key=itemgetter(0)):
        if name not in tables:
            raise ValueError(f"there is no table {name[:40]!r}")
        batch: list[dict[str, Any]] = []
        for _, row in group:
            batch.append(_fitted(tables[name], row, zone))
            if len(batch) == _AT_ONCE:
                connection.execute(tables[name].insert(), batch)
                batch = []
        if batch:
            connection.execute(tables[name].insert(), batch)
    if connection.dialect.name == "postgresql":
        _advance_sequences(connection, tables.values())


def _advance_sequences(connection: Connection, tables: Iterable[Table]) -> None:
    """Set PostgreSQL's sequences to continue after the inserted ids."""
    for table in tables:
        for column in table.primary_key.columns:
            if isinstance(column.type, Integer) and column.server_default is not None:
                highest = select(func.max(column)).scalar_subquery()
                counter = func.pg_get_serial_sequence(table.name, column.name)
                connection.execute(select(func.setval(counter, func.coalesce(highest, 1), highest.is_not(None))))


def _tables(connection: Connection) -> list[Table]:
    return [table for table in _reflected(connection).sorted_tables if table.name != _VERSION]


def _reflected(connection: Connection) -> MetaData:
    found = MetaData()
    if inspect(connection).get_table_names():
        found.reflect(connection)
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON) and column.nullable:
                column.type.none_as_null = True
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    return value


def _fitted(table: Table, row: Mapping[str, Any], zone: bool) -> dict[str, Any]:
    if set(row) != set(table.columns.keys()):
        raise ValueError(f"a row of {table.name} has other columns than the table")
    return {name: _value(table.columns[name], value, zone) for name, value in row.items()}


def _value(column: Column[Any], value: Any, zone: bool) -> Any:
    kind = column.type
    if value is None and column.nullable:
        return None
    if isinstance(kind, JSON):
        return value
    fits: type | tuple[type, ...] = str
    if isinstance(kind, Boolean):
        fits = bool
    elif isinstance(kind, Integer):
        fits = int
    elif isinstance(kind, Float):
        fits = (int, float)
    if not isinstance(value, fits) or (isinstance(value, bool) and fits is not bool):
        raise ValueError(f"{column} holds something else than the table can")
    if isinstance(kind, DateTime):
        at = datetime.fromisoformat(str(value))
        return at if zone else at.astimezone(UTC).replace(tzinfo=None)
    return value
