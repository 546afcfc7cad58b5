"""Logins, registration and our own keys: who gets in, and what is told to whom."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as engine_event
from werkzeug.test import EnvironBuilder, TestResponse

from lti_app.store.engine import reading, writing
from lti_app.store.keys import add_invite
from lti_app.store.registrations import list_registrations
from lti_app.store.schema import login_attempt, metadata
from lti_app.store.types import now
from lti_app.trust import signing_keys as keys_module
from lti_app.trust.secrets import hashed

from ..bench import TOOL, Bench, bench_in, tokens_in
from ..platform import DEEP_LINKING

INVITE = "invited-to-register-a-platform-only-once-ok"
OWN = {"Origin": TOOL}


def _everything(bench: Bench) -> str:
    """All that the database holds, as text."""
    with reading(bench.engine) as connection:
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(table.select()))


@pytest.mark.row(27)
def test_a_login_is_over_after_ten_minutes(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        begun = bench.login()
        with writing(bench.engine) as connection:
            connection.execute(login_attempt.update().values(expires_at=now() - timedelta(seconds=1)))
        answer = bench.send(bench.platform.sign(bench.platform.claims(TOOL, begun.nonce)), begun.state)
        assert (answer.status_code, bench.sessions()) == (401, 0)
        assert "Gå tilbake til kurset" in answer.text
        assert [line.reason for line in bench.audit()] == ["state_unknown"]


@pytest.mark.row(33)
@pytest.mark.parametrize("path", ["/lti/launch", "/lti/login", "/lti/proof", "/lti/register/x"])
def test_a_body_without_a_length_is_cut_off_too(path: str, tmp_path: Path) -> None:
    import io

    with bench_in(tmp_path) as bench:
        kind = "application/x-www-form-urlencoded"
        built = EnvironBuilder(
            path, TOOL, method="POST", content_type=kind, input_stream=io.BytesIO(b"a=" + b"x" * 200_000)
        )
        environ = built.get_environ()
        environ.pop("CONTENT_LENGTH", None)
        environ["wsgi.input_terminated"] = True  # as gunicorn says of a chunked body
        answer = bench.new_browser().open(environ)
        assert answer.status_code in (403, 413)  # a stranger without an invite is not read at all
        assert len(bench.audit()) == 1


@pytest.mark.row(38)
def test_a_stranger_learns_nothing_of_whom_we_know(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        asked: list[dict[str, Any]] = [
            {"iss": "https://evil.example"}, {"client_id": "guessed"}, {"client_id": ...},
            {"lti_deployment_id": "guessed"}, {"iss": "https://MOODLE.example"},
        ]  # fmt: skip
        pages = {re.sub(r"<strong>[0-9a-f]{8}</strong>", "", bench.login(**hints).response.text) for hints in asked}
        assert len(pages) == 1
        assert {line.reason for line in bench.audit()} == {"platform_unknown"}


@contextmanager
def _statements(bench: Bench) -> Iterator[list[tuple[str, Any]]]:
    """Record what the database is asked."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    engine_event.listen(bench.engine, "before_cursor_execute", note)
    yield asked
    engine_event.remove(bench.engine, "before_cursor_execute", note)


@pytest.mark.row(71)
def test_secrets_are_looked_up_by_their_hash_only(tmp_path: Path) -> None:
    """A look-up by the value itself would tell, by its time, how much of a guess is right; one by SHA-256 cannot."""
    with bench_in(tmp_path) as bench, _statements(bench) as asked:
        begun = bench.login()
        token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
        answer = bench.send(token, begun.state)
        proof = next(iter(bench.browser._cookies.values())).value
        session = answer.headers["Location"].split("/")[2]
        # Past the door: this tool serves no module.
        assert bench.browser.get(answer.headers["Location"]).status_code == 404
        told = str(asked)
        for secret in (begun.state, begun.nonce, token, proof, session):
            assert secret not in told
            assert secret not in _everything(bench)
        assert hashed(begun.state) in told
        assert hashed(begun.nonce) in told
        assert hashed(session) in told


@pytest.mark.row(71)
def test_a_guessed_state_costs_the_database_the_same_questions_as_a_known_one(tmp_path: Path) -> None:
    found = []
    with bench_in(tmp_path) as bench:
        begun = bench.login()
        token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
        for state in (begun.state, "x" * 43):
            stranger = bench.new_browser()
            stranger.set_cookie(f"__Host-lm-{state[:8]}", "y" * 43, secure=True)
            with _statements(bench) as asked:
                assert bench.send(token, state, stranger).status_code == 401
            found.append([statement for statement, _ in asked])
    assert found[0] == found[1]
    assert [statement.split()[0] for statement in found[0] if "login_attempt" in statement] == ["SELECT"]


@pytest.mark.row(71)
def test_an_unknown_issuer_and_an_unknown_client_cost_the_same_questions(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        found = []
        for hints in ({"iss": "https://evil.example"}, {"client_id": "guessed"}):
            with _statements(bench) as asked:
                bench.login(**hints)
            found.append([statement for statement, _ in asked])
        assert found[0] == found[1]


# --- Deep linking ---------------------------------------------------------------------------------------------------


def _put_modules(folder: Path) -> None:
    told = {"title": "A", "language": "nb", "version": "1", "pages": [], "quizzes": [], "questions": {}}
    (folder / "a-lti").mkdir()
    (folder / "a-lti" / "module.json").write_text(json.dumps(told), encoding="utf-8")


def _confirm(bench: Bench, path: str, browser: Any = None) -> TestResponse:
    shown = bench.browser.get(path)
    found = re.search(r'name="token" value="([0-9a-f]+)"', shown.text)
    token = found.group(1) if found else ""
    answer = (browser or bench.browser).post(path, data={"token": token, "module": "a-lti"}, headers=OWN)
    assert isinstance(answer, TestResponse)
    return answer


@pytest.mark.row(55)
@pytest.mark.parametrize("data", ["x" * 40_000, "\"'><script>alert(1)</script>&amp;\\u0000æ"])
def test_the_platforms_data_comes_back_as_it_was(data: str, tmp_path: Path) -> None:
    import jwt

    _put_modules(tmp_path)
    with bench_in(tmp_path) as bench:
        answer = _confirm(bench, bench.deep_link({"data": data}).headers["Location"])
        token = re.search(r'name="JWT" value="([^"]+)"', answer.text)
        assert token
        claims = jwt.decode(token.group(1), options={"verify_signature": False})
        assert claims[f"{DEEP_LINKING}data"] == data
        assert "<script>alert" not in answer.text


@pytest.mark.row(55)
def test_data_that_makes_the_launch_larger_than_any_may_be_is_refused_whole(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        assert (bench.deep_link({"data": "x" * 100_000}).status_code, bench.sessions()) == (413, 0)


@pytest.mark.row(56)
def test_a_choice_is_sent_once_and_by_its_own_browser(tmp_path: Path) -> None:
    _put_modules(tmp_path)
    with bench_in(tmp_path) as bench:
        path = bench.deep_link().headers["Location"]
        assert _confirm(bench, path, bench.new_browser()).status_code == 401
        assert _confirm(bench, path).status_code == 200
        assert _confirm(bench, path).status_code == 401
        assert [line.reason for line in bench.audit()] == ["session_unknown", "session_unknown", "session_proof"]


# --- Registration ---------------------------------------------------------------------------------------------------


def _offered(bench: Bench, **changed: Any) -> str:
    origin = bench.web.origin
    bench.web.answer("/openid", {
        "issuer": origin, "authorization_endpoint": f"{origin}/a", "token_endpoint": f"{origin}/t",
        "jwks_uri": f"{origin}/k", "registration_endpoint": f"{origin}/register", **changed,
    })  # fmt: skip
    bench.web.answer("/register", {"client_id": "made"})
    return f"{origin}/openid"


def _register(bench: Bench, url: str) -> TestResponse:
    with writing(bench.engine) as connection:
        add_invite(connection, token_hash=hashed(INVITE), expires_at=now() + timedelta(days=1))
    asked = {"openid_configuration": url, "registration_token": "eyJ0b2tlbg.a.b"}
    shown = bench.browser.get(f"/lti/register/{INVITE}", query_string=asked)
    found = re.search(r'name="sealed" value="([^"]+)"', shown.text)
    answer = bench.browser.post(f"/lti/register/{INVITE}", data={"sealed": found.group(1) if found else ""})
    assert isinstance(answer, TestResponse)
    return answer


def _made(bench: Bench) -> list[Any]:
    with reading(bench.engine) as connection:
        return [one for one in list_registrations(connection) if one.id not in bench.ids.values()]


@pytest.mark.row(49)
def test_an_attackers_platform_with_the_name_of_canvas_launches_nothing(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _register(bench, _offered(bench, issuer="https://canvas.instructure.com"))
        (waits,) = _made(bench)
        assert (waits.is_active, waits.is_pending) == (False, True)
        hints = {"iss": waits.issuer, "client_id": "made"}
        assert bench.login(**hints).response.status_code == 400
        with writing(bench.engine) as connection:  # and switching a stopped platform on is not approving it
            connection.execute(metadata.tables["registration"].update().values(is_active=True))
        assert bench.login(**hints).response.status_code == 400


@pytest.mark.row(63)
@pytest.mark.parametrize(
    "changed",
    [{"token_endpoint": "https://evil.example/t"}, {"jwks_uri": "https://10.0.0.1/k"}, {"issuer": None},
     {"authorization_endpoint": "javascript:alert(1)"}, {"registration_endpoint": "file:///etc/passwd"},
     {"more": "x" * 1_000_001}],
)  # fmt: skip
def test_a_configuration_that_does_not_hold_together_leaves_no_row(changed: dict[str, Any], tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        answer = _register(bench, _offered(bench, **changed))
        assert (answer.status_code, _made(bench)) == (400, [])
        (line,) = bench.audit()
        assert line.reason.startswith("registration_")
        assert tokens_in(answer.text + _everything(bench)) == []


@pytest.mark.row(63)
def test_without_an_invite_nothing_is_fetched_and_one_is_good_once(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        url = _offered(bench)
        query = {"openid_configuration": url, "registration_token": "eyJ0b2tlbg"}
        assert bench.browser.get("/lti/register/guessed", query_string=query).status_code == 403
        assert bench.web.asked == []
        assert _register(bench, url).status_code == 200
        assert bench.browser.get(f"/lti/register/{INVITE}", query_string=query).status_code == 403
        assert tokens_in(_everything(bench)) == []


@pytest.mark.row(64)
@pytest.mark.parametrize("url", ["https://x;script-src *", "https://a b/", "https://*/x", "https://'none'/", "//x/y"])
def test_no_stranger_is_let_into_the_headers(url: str, tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        with writing(bench.engine) as connection:
            add_invite(connection, token_hash=hashed(INVITE), expires_at=now() + timedelta(days=1))
        answer = bench.browser.get(f"/lti/register/{INVITE}", query_string={"openid_configuration": url})
        assert answer.status_code == 400
        assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")


# --- Our own keys ---------------------------------------------------------------------------------------------------


@pytest.mark.row(72)
def test_what_is_published_is_public_and_a_retired_key_stays_until_nothing_of_it_can_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bench_in(tmp_path) as bench:
        keys = bench.app.extensions["lokaltmot"].signing_keys
        old, new = keys.signing().kid, keys.rotate()
        answer = bench.browser.get("/lti/jwks.json")
        assert {key["kid"] for key in answer.get_json()["keys"]} == {old, new}
        assert not {"d", "p", "q", "dp", "dq", "qi", "k"} & {name for key in answer.get_json()["keys"] for name in key}
        assert answer.headers["Cache-Control"] == "public, max-age=600"
        assert bench.browser.post("/lti/jwks.json").status_code == 405
        assert timedelta(minutes=10) < keys_module.KEPT_AFTER  # the longest that a signature of ours lives


@pytest.mark.row(73)
def test_a_secret_that_others_may_read_stops_the_service(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"s" * 32)
    (tmp_path / "secret").chmod(0o640)
    own = {"PUBLIC_URL": TOOL, "DATABASE": f"sqlite:///{tmp_path / 'tool.db'}", "SECRET_FILE": str(tmp_path / "secret")}
    environment = {**os.environ, **{f"LOKALTMOT_{name}": value for name, value in own.items()}}
    words = [sys.executable, "-m", "lokaltmot_lms", "lti", "serve", "--port", "1", "--lang", "nb"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, "chmod 600" in done.stderr) == (2, True)


@pytest.mark.row(73)
def test_a_copied_database_signs_nothing_and_opens_no_session(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        bench.app.extensions["lokaltmot"].signing_keys.signing()
        answer = bench.launch()
        id_ = answer.headers["Location"].split("/")[2]
        dump = _everything(bench)
        assert "BEGIN ENCRYPTED PRIVATE KEY" in dump
        assert "BEGIN PRIVATE KEY" not in dump
        thief = bench.new_browser()
        for stolen in set(re.findall(r"'([0-9a-f]{64})'", dump)):
            thief.set_cookie(f"__Host-lm-{id_[:8]}", stolen, secure=True)
            assert thief.get(f"/s/{id_}/").status_code == 401
