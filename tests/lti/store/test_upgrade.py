"""A database of the first schema, with something in every table, becomes one of the newest and loses nothing."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from lokaltmot_lms.cli.run import run
from lti_app import create_app
from lti_app.migrations import is_current, upgrade
from lti_app.settings import Settings
from lti_app.store.backup import PASSING, read_rows, write_rows
from lti_app.store.engine import reading, writing
from lti_app.store.people import see_person
from lti_app.store.sessions import find_session
from lti_app.trust.secrets import hashed

# One row or more a table, in the form that a backup has. Never edited: it is what version 0001 may have kept.
_ROWS = Path(__file__).with_name("first_schema.jsonl")


def first_rows() -> list[Any]:
    return [tuple(json.loads(line)) for line in _ROWS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def old(empty: Engine) -> Engine:
    """A database that stands at 0001, made by that step itself, with data."""
    upgrade(empty, "0001")
    with writing(empty) as connection:
        write_rows(connection, first_rows())
    return empty


def kept_rows() -> list[Any]:
    """The same rows as they stand in the newest schema."""
    return [(name, _session(row) if name == "launch_session" else row) for name, row in first_rows()]


def _session(row: dict[str, Any]) -> dict[str, Any]:
    """Since 0003 a session is found by the SHA-256 of its id, and its id_token is not kept in any form."""
    kept = {name: value for name, value in row.items() if name not in ("id", "token_hash")}
    return {"id_hash": hashlib.sha256(row["id"].encode()).hexdigest(), **kept}


def test_every_table_of_the_first_schema_is_in_the_data(old: Engine) -> None:
    names = set(inspect(old).get_table_names()) - {"alembic_version"}
    assert {name for name, _ in first_rows()} == names


def test_nothing_is_lost_on_the_way_to_the_newest_schema(old: Engine) -> None:
    upgrade(old)
    assert is_current(old)
    with reading(old) as connection:
        kept = list(read_rows(connection))
    for name, row in kept_rows():
        if name not in PASSING:
            assert any(row.items() <= found.items() for other, found in kept if other == name), (name, row)


def test_a_page_that_is_open_stays_open(old: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade(old)
    monkeypatch.setattr("lti_app.store.sessions.now", lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))
    with reading(old) as connection:
        found = find_session(connection, hashed("s" * 43))
    assert found is not None
    assert (found.user_id, found.claims) == (7, {"locale": "nb", "by_path": True})


def test_the_next_id_comes_after_those_that_are_there(old: Engine) -> None:
    upgrade(old)
    with writing(old) as connection:
        assert see_person(connection, 3, "somebody new") == (10, True)


def test_the_service_says_that_the_schema_is_old(
    old: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with writing(old) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))  # old, whatever is newest
    url = old.url.render_as_string(hide_password=False)
    settings = Settings(public_url="http://localhost", database=url, secret_file=tmp_path / "secret")
    app = create_app(settings)
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "old schema"})
    app.extensions["lokaltmot"].engine.dispose()
    if old.dialect.name == "postgresql":  # the embedded database is upgraded when it is served
        monkeypatch.setenv("LOKALTMOT_PUBLIC_URL", "http://localhost")
        monkeypatch.setenv("LOKALTMOT_DATABASE", url)
        monkeypatch.setenv("LOKALTMOT_SECRET_FILE", str(tmp_path / "secret"))
        assert run(["lti", "serve", "--lang", "en"]) == 2
        assert "lokaltmot lti upgrade" in capsys.readouterr().err
