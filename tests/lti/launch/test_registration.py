"""Dynamic registration by invite (rows 49, 63, 64), in Moodle's and in Canvas's flavour."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from lti_app.store.engine import reading, writing
from lti_app.store.registrations import list_registrations
from lti_app.store.trusted import add_invite
from lti_app.store.types import now
from lti_app.trust.secrets import hashed

from ..bench import Bench, bench_in

PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration"
TOOL_PART = "https://purl.imsglobal.org/spec/lti-tool-configuration"
INVITE = "invited-to-register-a-platform-only-once-ok"


def _offer(bench: Bench, *, family: str = "moodle", answer: Any = None, **changed: Any) -> str:
    """Let the web answer as a platform's registration does; returns the address of its configuration."""
    origin = bench.web.origin
    told = {
        "issuer": origin,
        "authorization_endpoint": f"{origin}/auth",
        "token_endpoint": f"{origin}/token",
        "jwks_uri": f"{origin}/keys",
        "registration_endpoint": f"{origin}/register",
        PLATFORM: {"product_family_code": family, "version": "2024100706"},
        **changed,
    }
    bench.web.answer("/openid", told)
    bench.web.answer("/register", answer or {"client_id": "made", TOOL_PART: {"deployment_id": "7"}})
    return f"{origin}/openid"


def _invite(bench: Bench, *, days: int = 1) -> None:
    with writing(bench.engine) as connection:
        add_invite(connection, token_hash=hashed(INVITE), expires_at=now() + timedelta(days=days))


def _ask(bench: Bench, url: str, invite: str = INVITE) -> TestResponse:
    query = {"openid_configuration": url, "registration_token": "eyJ0b2tlbg"}
    return bench.browser.get(f"/lti/register/{invite}", query_string=query)


def _connect(bench: Bench, url: str) -> TestResponse:
    shown = _ask(bench, url)
    if shown.status_code != 200:
        return shown
    found = re.search(r'name="sealed" value="([^"]+)"', shown.text)
    assert found
    return bench.browser.post(f"/lti/register/{INVITE}", data={"sealed": found.group(1)})


def _registrations(bench: Bench) -> list[Any]:
    with reading(bench.engine) as connection:
        return [one for one in list_registrations(connection) if one.id not in bench.ids.values()]


def test_moodle_registers_and_we_ask_for_no_name(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _invite(bench)
        assert _connect(bench, _offer(bench)).status_code == 200
        (made,) = _registrations(bench)
        assert (made.client_id, made.platform_family, made.deployment_policy) == ("made", "moodle", "listed")
        assert made.service_hosts == (bench.web.host,)
        _, _, headers, body = next(row for row in bench.web.asked if row[1] == "/register")
        assert headers["Authorization"] == "Bearer eyJ0b2tlbg"
        told = json.loads(body)
        assert told["token_endpoint_auth_method"] == "private_key_jwt"
        assert told["redirect_uris"] == ["http://localhost/lti/launch"]
        assert told[TOOL_PART]["domain"] == "localhost"
        assert told[TOOL_PART]["claims"] == ["iss", "sub"]


def test_canvas_gets_its_placements_and_may_leave_the_deployment_out(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _invite(bench)
        assert _connect(bench, _offer(bench, family="canvas", answer={"client_id": "1000"})).status_code == 200
        (made,) = _registrations(bench)
        assert made.deployment_policy == "auto"
        told = json.loads(next(row for row in bench.web.asked if row[1] == "/register")[3])[TOOL_PART]
        assert told["messages"][0]["placements"] == ["assignment_selection", "link_selection"]
        assert told["https://canvas.instructure.com/lti/privacy_level"] == "anonymous"


def test_an_invite_is_good_once(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _invite(bench)
        url = _offer(bench)
        assert _connect(bench, url).status_code == 200
        assert _connect(bench, url).status_code == 403
        assert len(_registrations(bench)) == 1


@pytest.mark.parametrize("days", [-1, None])
def test_without_a_good_invite_nothing_is_fetched(days: int | None, tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        if days is not None:
            _invite(bench, days=days)
        assert _connect(bench, _offer(bench)).status_code == 403
        assert (bench.web.asked, _registrations(bench)) == ([], [])


def test_opening_the_link_fetches_nothing(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _invite(bench)
        assert _ask(bench, _offer(bench)).status_code == 200
        assert bench.web.asked == []


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "https://canvas.instructure.com"},
        {"issuer": "https://evil.example", PLATFORM: {"product_family_code": "canvas"}},
        {"issuer": 4},
        {"token_endpoint": "https://evil.example/token"},
        {"jwks_uri": None},
        {"registration_endpoint": "https://169.254.169.254/register"},
    ],
)
def test_a_configuration_that_speaks_for_others_is_refused(changed: dict[str, Any], tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _invite(bench)
        assert _connect(bench, _offer(bench, **changed)).status_code == 400
        assert _registrations(bench) == []


@pytest.mark.parametrize("url", ["https://10.0.0.1/openid", "https://169.254.169.254/", "file:///etc/passwd", "x", ""])
def test_a_configuration_on_a_private_or_odd_address_is_not_fetched(url: str, tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _invite(bench)
        assert _connect(bench, url).status_code == 400
        assert _registrations(bench) == []


def test_an_answer_too_large_and_a_redirect_are_refused(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _invite(bench)
        url = _offer(bench)
        bench.web.answer("/openid", b"{" + b" " * 1_000_001 + b"}")
        assert _connect(bench, url).status_code == 400
        bench.web.answer("/openid", b"", 302, Location=f"{bench.web.origin}/elsewhere")
        assert _connect(bench, url).status_code == 400
        assert "/elsewhere" not in [path for _, path, _, _ in bench.web.asked]


def test_the_page_speaks_to_the_platform_only_and_never_shows_its_token(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _invite(bench)
        url = _offer(bench)
        shown, done = _ask(bench, url), _connect(bench, url)
        for answer in (shown, done):
            assert f"frame-ancestors 'self' {bench.web.origin}" in answer.headers["Content-Security-Policy"]
            assert "eyJ" not in answer.text
        assert f'data-origin="{bench.web.origin}"' in done.text


def test_hosted_canvas_may_speak_for_its_common_issuer() -> None:
    from lti_app.platforms import platform_of

    canvas = platform_of("canvas")
    assert canvas.may_speak_for("https://canvas.instructure.com", "school.instructure.com")
    assert canvas.may_speak_for("https://canvas.instructure.com", "sso.canvaslms.com")
    assert not canvas.may_speak_for("https://canvas.instructure.com", "evilinstructure.com")
    assert not platform_of("moodle").may_speak_for("https://canvas.instructure.com", "school.instructure.com")


def test_canvas_json_names_our_addresses(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        told = bench.browser.get("/lti/canvas.json").get_json()
        assert told["public_jwk_url"] == "http://localhost/lti/jwks.json"
        assert told["extensions"][0]["privacy_level"] == "anonymous"
        assert bench.browser.get("/lti/install").status_code == 200
