"""Opens the database and begins transactions that read or write; upserts for SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite

_WRITES = "lokaltmot_writes"


def open_engine(url: str) -> Engine:
    """Open a database.

    url: an SQLAlchemy URL, "sqlite:///file" or "postgresql+psycopg://…". Nothing is connected yet.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)  # errors must not contain parameters
    engine = create_engine(
        url,
        connect_args={"timeout": 15, "check_same_thread": False},
        hide_parameters=True,
        pool_reset_on_return=None,  # every transaction has ended by then, see below
    )
    event.listen(engine, "connect", _set_up_sqlite)
    # Not as a listener for "begin": with one, SQLAlchemy checks for listeners around every statement, which is slow.
    engine.dialect.do_begin = _begin_sqlite  # type: ignore[assignment, method-assign]
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that sees one state of the database. Changes are rolled back."""
    with engine.connect() as connection:
        yield connection
        connection.rollback()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection whose changes are committed at the end, or rolled back if an exception leaves the block."""
    with engine.connect() as connection:
        connection.info[_WRITES] = True  # info belongs to the pooled connection: _begin_sqlite removes the flag again
        with connection.begin():
            yield connection


def insert_or(connection: Connection, table: Table) -> Any:
    """Return an INSERT statement with on_conflict_do_update and on_conflict_do_nothing (an upsert)."""
    return insert_on(connection.dialect.name, table)


def insert_on(dialect: str, table: Table) -> Any:
    """Return the same for a dialect by name, for statements that are prepared once."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # We send BEGIN ourselves: the driver sends it only before the first write, too late for reads in the transaction.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")  # readers do not wait for the writer
    cursor.execute("PRAGMA synchronous = NORMAL")  # safe in WAL when the process dies
    cursor.execute("PRAGMA wal_autocheckpoint = 4000")  # 16 MB: pages that change often are copied once, not each time
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: PoolProxiedConnection) -> None:
    # A transaction that reads first and writes later would fail if another one wrote in between.
    is_writing = connection.info.pop(_WRITES, False)
    connection.dbapi_connection.execute("BEGIN IMMEDIATE" if is_writing else "BEGIN")  # type: ignore[union-attr]
