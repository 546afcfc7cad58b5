"""`doctor` names each thing that goes wrong between a tool and its platforms, and what to do."""

import json
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from lti_app import create_app
from lti_app.settings import read_settings
from lti_app.store.attempts import begin_attempt
from lti_app.store.engine import writing
from lti_app.store.grades import put_grade, see_line_item
from lti_app.store.keys import add_audit
from lti_app.store.people import see_link, see_person
from lti_app.store.schema import grade_queue, tool_key
from lti_app.store.types import now

from ..built_courses import every_type
from ..platform import Platform, Web, serving
from .conftest import Lti, add, database

GOOD_TOKEN = {"access_token": "t", "token_type": "bearer", "expires_in": 3600}


@dataclass
class RunningTool:
    """A tool that runs, a platform before it, and the command line."""

    lti: Lti
    web: Web
    folder: Path

    def doctor(self, *words: str) -> tuple[int, dict[str, dict[str, Any]]]:
        """The exit code, and the steps by name."""
        said = self.lti("doctor", "--json", *words)
        told = json.loads(said.out)
        steps = [*told["tool"], *(step for one in told["platforms"] for step in one["steps"])]
        return said.code, {step["name"]: step for step in steps}

    def wrong(self) -> set[str]:
        return {name for name, step in self.doctor()[1].items() if step["verdict"] == "wrong"}


@pytest.fixture
def running(lti: Lti, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningTool]:
    server = make_server("127.0.0.1", 0, Flask("later"), threaded=True)
    monkeypatch.setenv("LOKALTMOT_PUBLIC_URL", f"http://127.0.0.1:{server.server_port}")
    modules = tmp_path / "modules"
    shutil.copytree(every_type(), modules)
    monkeypatch.setenv("LOKALTMOT_MODULES", str(modules))
    lti("upgrade")
    server.app = app = create_app(read_settings())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with serving() as web:
            web.answer("/token", GOOD_TOKEN)
            assert add(lti, Platform(web=web, client_id="ours")).code == 0
            yield RunningTool(lti=lti, web=web, folder=tmp_path)
    finally:
        server.shutdown()
        thread.join()
        app.extensions["lokaltmot"].engine.dispose()
        server.server_close()


def test_when_all_is_well_it_says_so(running: RunningTool) -> None:
    code, steps = running.doctor()
    assert code == 0
    kept = {name: step["verdict"] for name, step in steps.items()}
    assert kept == {
        "schema": "ok", "keys": "ok", "shelf": "ok", "sender": "ok", "deployment": "ok", "platform_keys": "ok",
        "our_keys": "ok", "clock": "ok", "scope_score": "ok", "scope_lineitem": "ok", "scope_result.readonly": "ok",
        "scope_contextmembership.readonly": "ok", "deep_linking": "note", "launch": "note",
    }  # fmt: skip
    said = running.lti("lege", "--lang", "nb").out
    assert said.splitlines()[-1] == "Ingenting er galt."
    assert "ok    Våre egne offentlige nøkler kan leses utenfra." in said.splitlines()


@pytest.mark.parametrize(
    ("answer", "name", "verdict"),
    [
        ((400, {"error": "invalid_client"}), "token", "wrong"),
        ((401, {}), "token", "wrong"),
        ((500, {}), "token", "wrong"),
        ((200, b"<html>"), "token", "wrong"),
        ((400, {"error": "invalid_scope"}), "scope_score", "wrong"),
        ((400, {"error": "invalid_scope"}), "scope_lineitem", "note"),
    ],
)
def test_what_the_token_address_answers_is_explained(
    running: RunningTool, answer: Any, name: str, verdict: str
) -> None:
    running.web.answer("/token", answer[1], answer[0])
    code, steps = running.doctor()
    assert (code, steps[name]["verdict"], bool(steps[name]["do"])) == (1, verdict, True)


def test_a_token_address_that_does_not_answer_and_keys_that_are_none(running: RunningTool) -> None:
    running.web.answer("/jwks/ours", b"<html>")
    running.web.answer("/token", b"x" * 1_000_001)
    assert running.wrong() == {"platform_keys", "token"}
    running.web.answer("/jwks/ours", {"keys": []})
    assert "2048" in running.doctor()[1]["platform_keys"]["found"]


def test_our_own_keys_are_read_as_a_platform_reads_them(running: RunningTool, monkeypatch: pytest.MonkeyPatch) -> None:
    running.doctor()
    with database() as engine, writing(engine) as connection:  # as if a proxy kept what was published before
        connection.execute(tool_key.update().values(retires_at=now() - timedelta(days=1)))
    assert "our_keys" in running.wrong()
    monkeypatch.setenv("LOKALTMOT_PUBLIC_URL", "http://localhost:9")
    running.web.answer("/token", {"error": "invalid_client"}, 400)
    steps = running.doctor()[1]
    assert "unreachable" in steps["our_keys"]["found"]
    assert "see the line above" in steps["token"]["do"]


@pytest.mark.parametrize("seconds", [7200, -7200])
def test_a_clock_that_is_off_is_named(running: RunningTool, seconds: int) -> None:
    from email.utils import format_datetime

    running.web.answer("/token", GOOD_TOKEN, Date=format_datetime(now() + timedelta(seconds=seconds), usegmt=True))
    assert running.wrong() == {"clock"}


def test_a_launch_that_was_refused_for_its_clock_is_named_for_a_day(running: RunningTool) -> None:
    with database() as engine, writing(engine) as connection:
        add_audit(
            connection, kind="refused", reason="iat_future", incident="a", registration_id=1, detail={"skew": "+7203s"}
        )
    assert "+7203s" in running.doctor()[1]["clock_seen"]["found"]


def test_a_deployment_that_was_refused_and_a_platform_that_is_stopped(running: RunningTool) -> None:
    running.lti("platform", "deployment", 1, "77", "--stop")
    running.lti("platform", "disable", 1)
    code, steps = running.doctor()
    assert (code, running.wrong()) == (1, {"deployment", "active"})
    assert "deployment 1 77" in steps["deployment"]["do"]
    assert "platform enable 1" in steps["active"]["do"]


def test_a_platform_with_as_many_deployments_as_it_may_have_is_named(
    running: RunningTool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOKALTMOT_DEPLOYMENT_CAP", "1")
    assert running.wrong() == {"deployment"}
    assert "LOKALTMOT_DEPLOYMENT_CAP" in running.doctor()[1]["deployment"]["do"]


def test_a_modules_folder_that_cannot_be_read_and_a_broken_module(
    running: RunningTool, monkeypatch: pytest.MonkeyPatch
) -> None:
    (running.folder / "modules" / "alle-typer-lti" / "answers.json").write_text("{", encoding="utf-8")
    assert running.wrong() == {"shelf"}
    monkeypatch.setenv("LOKALTMOT_MODULES", str(running.folder / "nowhere"))
    assert "nowhere" in running.doctor()[1]["shelf"]["found"]
    monkeypatch.setenv("LOKALTMOT_MODULES", str(running.folder))
    assert running.doctor()[1]["shelf"]["verdict"] == "note"


def test_a_sender_that_does_not_run_is_seen_by_what_waits(running: RunningTool) -> None:
    with database() as engine, writing(engine) as connection:
        link, _ = see_link(connection, 1, "1", context_row=None, module="m", rev=None, settings={})
        person, _ = see_person(connection, 1, "4")
        attempt = begin_attempt(connection, registration_id=1, person_id=person, link_id=link, module="m", version="1")
        item = see_line_item(connection, 1, "https://moodle.example/i", resource_id="", tag="")
        put_grade(connection, registration_id=1, line_item_id=item, person_id=person, attempt_id=attempt.id, share=1.0)
    assert running.doctor()[1]["sender"]["verdict"] == "ok"
    with database() as engine, writing(engine) as connection:
        connection.execute(grade_queue.update().values(not_before=now() - timedelta(minutes=12)))
    step = running.doctor()[1]["sender"]
    assert (step["verdict"], "12 minutes" in step["found"], step["do"]) == (
        "wrong",
        True,
        "Start it with: lokaltmot lti work",
    )
    with database() as engine, writing(engine) as connection:
        connection.execute(grade_queue.update().values(status="parked"))
    assert running.doctor()[1]["parked"]["verdict"] == "note"


def test_an_old_schema_and_a_database_that_is_away_are_steps_and_no_trace(
    lti: Lti, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = lti("doctor")
    assert (old.code, "lokaltmot lti upgrade" in old.out, old.err) == (1, True, "")
    monkeypatch.setenv("LOKALTMOT_DATABASE", "postgresql+psycopg://nobody@127.0.0.1:9/none")
    away = lti("doctor", "--lang", "nn")
    assert (away.code, "Databasen svarer ikkje" in away.out, away.err) == (1, True, "")


def test_keys_of_another_secret_are_named(running: RunningTool) -> None:
    running.doctor()
    (running.folder / "secret").write_bytes(b"x" * 32)
    assert "LOKALTMOT_SECRET_FILE" in running.doctor()[1]["keys"]["found"]


def test_one_platform_may_be_asked_for_and_an_unknown_one_is_said(running: RunningTool) -> None:
    assert running.doctor("--platform", "1")[0] == 0
    assert running.lti("doctor", "--platform", "9").code == 2
