"""Reads every row out of a database and puts rows into another, whichever kinds the two are.

The tables are taken as they lie in the database, not from schema.py, so that a copy of an older schema can be read.
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

# What the tool makes again by itself, or what no browser will come back to; tokens of platforms are among it.
PASSING = frozenset({"access_token", "jwks_cache", "login_attempt"})
_VERSION = "alembic_version"
_AT_ONCE = 500

Row = tuple[str, dict[str, Any]]


def snapshot(engine: Engine) -> Connection:
    """Return a connection that sees one state of the database, however long the reading takes."""
    if engine.dialect.name == "postgresql":
        return engine.connect().execution_options(isolation_level="REPEATABLE READ")
    return engine.connect()  # a transaction of SQLite's in WAL sees one state anyway


def read_rows(connection: Connection) -> Iterator[Row]:
    """Yield every row that is worth keeping, with its table's name: no row before one that it hangs on."""
    for table in _tables(connection):
        if table.name not in PASSING:
            keys = list(table.primary_key.columns)
            for row in connection.execute(select(table).order_by(*keys)).yield_per(_AT_ONCE).mappings():
                yield table.name, {name: _plain(value) for name, value in row.items()}


def has_rows(connection: Connection) -> bool:
    """Return whether there is anything in a database."""
    return any(connection.execute(select(table).limit(1)).first() for table in _tables(connection))


def drop_everything(connection: Connection) -> None:
    """Remove every table, with what is in it."""
    _reflected(connection).drop_all(connection)


def write_rows(connection: Connection, rows: Iterable[Row]) -> None:
    """Put rows into empty tables.

    Raises:
        ValueError: a row does not fit the tables; the text says which.
    """
    tables = {table.name: table for table in _tables(connection)}
    zone = connection.dialect.name != "sqlite"  # SQLite keeps no zone
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
        _count_on(connection, tables.values())


def _count_on(connection: Connection, tables: Iterable[Table]) -> None:
    """Let the counters of PostgreSQL go on after the ids that were put in."""
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
