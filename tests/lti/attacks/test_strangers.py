"""What a stranger can send or hold: text that no database stores, numbers out of range, floods, a held lock."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from lti_app.launch import login as login_view
from lti_app.store.engine import reading, writing
from lti_app.store.schema import login_attempt, resource_link
from lti_app.store.types import now
from lti_app.trust import limits

from ..bench import TOOL, Bench, bench_in
from ..platform import CLAIM, INSTRUCTOR
from .conftest import GRADES, SLUG, enter

BAD_TEXTS = ("a\0b", "a\udfffb")


@pytest.fixture
def bench(tmp_path: Path, database_url: str) -> Iterator[Bench]:
    with bench_in(tmp_path, database_url) as made:
        yield made


def _claims(text: str) -> dict[str, dict[str, Any]]:
    return {
        "sub": {"sub": text},
        "name": {"name": text},
        "locale": {"locale": text},
        "deployment": {f"{CLAIM}deployment_id": text},
        "role": {f"{CLAIM}roles": [text]},
        "link": {f"{CLAIM}resource_link": {"id": text}},
        "link title": {f"{CLAIM}resource_link": {"id": "1", "title": text}},
        "course": {f"{CLAIM}context": {"id": text, "title": text}},
        "course title": {f"{CLAIM}context": {"id": "1", "title": text}},
        "module": {f"{CLAIM}custom": {"module": text}},
        "custom name": {f"{CLAIM}custom": {text: "a"}},
        "history": {f"{CLAIM}custom": {"link_history": text}},
        "line item": {GRADES: {"lineitem": f"https://moodle.example/{text}", "scope": []}},
        "return": {f"{CLAIM}launch_presentation": {"return_url": f"https://moodle.example/{text}"}},
        "platform": {f"{CLAIM}tool_platform": {"guid": text, "name": text}},
        "unknown": {"https://example.org/claim": [{"a": [text]}]},
    }


@pytest.mark.parametrize("text", BAD_TEXTS, ids=ascii)
@pytest.mark.parametrize("where", _claims(""))
def test_a_claim_with_text_that_cannot_be_stored_is_refused(bench: Bench, where: str, text: str) -> None:
    answer = bench.launch(**_claims(text)[where])
    assert answer.status_code == 400
    assert bench.sessions() == bench.rows("person") == 0
    assert len(bench.audit()) == 1


@pytest.mark.parametrize(
    "name", ["login_hint", "iss", "client_id", "lti_message_hint", "lti_deployment_id", "target_link_uri"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_login_with_such_text_is_refused(bench: Bench, name: str, method: str) -> None:
    fields = {**bench.platform.login_hints(TOOL), name: "a\0b"}
    data = "&".join(f"{key}={quote(value)}" for key, value in fields.items())
    answer = bench.browser.get(f"/lti/login?{data}") if method == "get" else bench.post(data, path="/lti/login")
    assert answer.status_code == 400
    assert bench.rows("login_attempt") == 0


@pytest.mark.parametrize("name", ["state", "id_token", "error", "lti_storage_target"])
def test_a_launch_with_such_text_is_refused(bench: Bench, name: str) -> None:
    begun = bench.login()
    token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
    answer = bench.post({"id_token": token, "state": begun.state, name: "a\0b"})
    assert answer.status_code == 400
    assert bench.sessions() == 0


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a_row_that_cannot_exist_is_not_found(school: Bench, number: int) -> None:
    teacher = enter(school, role=INSTRUCTOR)
    for path in (
        f"/lti/login/{number}",
        f"/lti/check/{number}/abc",
        f"{teacher.path}report/{number}",
        f"{teacher.path}report/{number}/learners.csv",
    ):
        assert teacher.browser.get(path).status_code == 404


@pytest.mark.parametrize("name", ["%00", "player/main.js%00", "%00/main.js", "%ED%A0%80.js", "a%00.html", "state%00"])
def test_a_file_with_such_a_name_is_not_found(school: Bench, name: str) -> None:
    learner = enter(school)
    assert learner.browser.get(f"{learner.path}{name}").status_code in (400, 404)


@pytest.mark.parametrize(
    "day", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31", "2027-02-30", "2027-1-1", "٢٠٢٧-٠١-٠١"]
)
@pytest.mark.parametrize("name", ["due", "available"])
def test_a_day_out_of_range_is_ignored_on_every_page(school: Bench, day: str, name: str) -> None:
    learner = enter(school, **{f"{CLAIM}custom": {"module": SLUG, name: day}})
    for path in ("", "state", "home", "data", "data/file"):
        assert learner.browser.get(f"{learner.path}{path}").status_code == 200
    with reading(school.engine) as connection:
        assert name not in connection.execute(select(resource_link.c.settings)).scalar_one()


def test_logins_of_one_platform_are_limited_and_no_others(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.time, "monotonic", lambda: 0.0)
    codes = [bench.login().response.status_code for _ in range(1005)]
    assert codes == [302] * 1000 + [429] * 5
    assert bench.login(platform=bench.other).response.status_code == 302


def test_expired_logins_go_as_new_ones_come(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login_view, "_CLEANINGS_PER_SECOND", 1e9)
    bench.login()
    with writing(bench.engine) as connection:
        connection.execute(update(login_attempt).values(expires_at=now() - timedelta(seconds=1)))
    bench.login()
    assert bench.rows("login_attempt") == 1


def test_hints_of_a_login_are_kept_only_when_they_are_short(bench: Bench) -> None:
    assert bench.login(login_hint="a" * 4000, lti_message_hint="b" * 4000).response.status_code == 302
    with reading(bench.engine) as connection:
        assert connection.execute(select(login_attempt.c.hints)).scalar_one() == {}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/nothing", "/lti/login", "/lti/static/pages.css"])
def test_every_answer_has_the_headers(bench: Bench, path: str) -> None:
    with bench.browser.get(path) as answer:
        headers = answer.headers
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"]


def test_a_held_lock_keeps_our_error_page_and_does_not_stall_strangers_requests(tmp_path: Path) -> None:
    """SQLite: another process holds the write lock, as a backup or a stuck job may."""
    with bench_in(tmp_path) as bench:
        with capture_logs() as logs:
            holder = sqlite3.connect(tmp_path / "tool.db", isolation_level=None)
            holder.execute("BEGIN IMMEDIATE")
            for number in range(50):
                for answer in (
                    bench.ask_login({**bench.platform.login_hints(TOOL), "iss": f"https://evil.example/{number}"}),
                    bench.post({"id_token": "a.b.c", "state": "s" * 43}),
                    bench.post({"error": "access_denied", "state": "s" * 43}),
                    bench.browser.get(f"/s/{'x' * 43}/"),
                ):
                    assert answer.status_code in (400, 401)
                    assert "Referanse" in answer.text
            holder.execute("ROLLBACK")
            holder.close()
        # Each try waits for the lock; after one that failed, lines are left out for five seconds.
        left_out = [line for line in logs if line["event"] == "audit_left_out"]
        assert 1 <= len(left_out) <= 20
        assert len([line for line in logs if line["event"] == "refused"]) == 200
        assert bench.launch().status_code == 303
