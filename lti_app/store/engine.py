"""Opens the database and begins transactions that read or write; upserts for SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite

_WRITES = "lokaltmot_writes"
_PATIENCE = 15.0  # seconds


def open_engine(url: str) -> Engine:
    """Open a database.

    url: an SQLAlchemy URL, "sqlite:///file" or "postgresql+psycopg://…". Nothing is connected yet.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)  # errors must not contain parameters
    engine = create_engine(
        url,
        connect_args={"timeout": _PATIENCE, "check_same_thread": False},
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
def writing(engine: Engine, *, patience: float = _PATIENCE) -> Iterator[Connection]:
    """Yield a connection whose changes are committed at the end, or rolled back if an exception leaves the block.

    patience: the seconds to wait for other transactions that hold a lock.

    Raises:
        OperationalError: the lock is still held.
    """
    with engine.connect() as connection:
        connection.info[_WRITES] = patience  # info belongs to the pooled connection: _begin_sqlite removes it again
        with connection.begin():
            if patience != _PATIENCE and connection.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = {int(patience * 1000)}"))
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
    patience = connection.info.pop(_WRITES, None)
    driver: Any = connection.dbapi_connection
    if patience is None:
        driver.execute("BEGIN")
    elif patience == _PATIENCE:
        driver.execute("BEGIN IMMEDIATE")
    else:
        driver.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        try:
            driver.execute("BEGIN IMMEDIATE")
        finally:
            driver.execute(f"PRAGMA busy_timeout = {int(_PATIENCE * 1000)}")
