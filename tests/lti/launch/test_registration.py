"""Dynamic registration by invite (rows 49, 63, 64), in Moodle's and in Canvas's flavour."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from lti_app.store.engine import reading, writing
from lti_app.store.keys import add_invite
from lti_app.store.registrations import approve, list_deployments, list_registrations
from lti_app.store.schema import invite, registration
from lti_app.store.types import now
from lti_app.trust.secrets import hashed

from ..bench import Bench, bench_in, tokens_in

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


def _invite_again(bench: Bench) -> None:
    with writing(bench.engine) as connection:
        connection.execute(invite.update().values(used_at=None))


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


CANVAS = "https://canvas.instructure.com/lti/"
# What an open-source Canvas told in February 2026, and answered, as far as we read it: the token in the address, the
# placements with Canvas's own name before them, the deployment beside the tool's part and not in it.
CANVAS_SAYS = {
    PLATFORM: {
        "product_family_code": "canvas",
        "version": "OpenSource",
        "messages_supported": [
            {"type": "LtiResourceLinkRequest", "placements": [f"{CANVAS}link_selection", f"{CANVAS}file_menu"]},
            {
                "type": "LtiDeepLinkingRequest",
                "placements": [f"{CANVAS}assignment_selection", f"{CANVAS}link_selection", "ContentArea"],
            },
            {"type": "LtiDataPrivacyLaunchRequest"},
        ],
    }
}
CANVAS_ANSWERS = {
    "client_id": "10000000000005",
    "token_endpoint_auth_method": "private_key_jwt",
    TOOL_PART: {"domain": "localhost", "messages": [], "claims": ["iss", "sub"]},
    "deployment_id": "9:8865aa05b4b79b64a91a86042e43af5ea8ae79eb",
}


def test_canvas_is_asked_with_its_token_and_answered_in_its_own_words(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _invite(bench)
        url = _offer(bench, family="canvas", answer=CANVAS_ANSWERS, **CANVAS_SAYS)
        assert _connect(bench, f"{url}?registration_token=eyJ0b2tlbg").status_code == 200
        (made,) = _registrations(bench)
        assert (made.client_id, made.deployment_policy) == ("10000000000005", "listed")
        with reading(bench.engine) as connection:
            (deployment,) = list_deployments(connection, made.id)
        assert deployment.deployment_id == CANVAS_ANSWERS["deployment_id"]
        asked = {path.split("?")[0]: (headers, body) for _, path, headers, body in bench.web.asked}
        assert asked["/openid"][0]["Authorization"] == asked["/register"][0]["Authorization"] == "Bearer eyJ0b2tlbg"
        told = json.loads(asked["/register"][1])
        assert told[TOOL_PART]["messages"][0]["placements"] == [
            f"{CANVAS}assignment_selection",
            f"{CANVAS}link_selection",
        ]
        privacy = {"type": "LtiDataPrivacyLaunchRequest", "target_link_uri": told[TOOL_PART]["target_link_uri"]}
        assert told[TOOL_PART]["messages"][1:] == [privacy]


def test_moodle_gets_the_domain_as_it_stands_in_the_target(tmp_path: Path) -> None:
    """Moodle cuts the scheme and `www.` off both, keeps a port, and refuses when they differ."""
    with bench_in(tmp_path) as bench:
        _invite(bench)
        _connect(bench, _offer(bench))
        told = json.loads(next(row for row in bench.web.asked if row[1] == "/register")[3])[TOOL_PART]
        assert told["domain"] == urlsplit(told["target_link_uri"]).netloc
        assert [message["type"] for message in told["messages"]] == ["LtiDeepLinkingRequest"]
        assert "placements" not in told["messages"][0]


def test_a_platform_that_goes_by_anothers_name_waits_until_the_operator_says_yes(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _invite(bench)
        url = _offer(bench, family="canvas", issuer="https://canvas.instructure.com")
        shown = _connect(bench, url)
        (made,) = _registrations(bench)
        assert (shown.status_code, made.is_pending, made.is_active) == (200, True, False)
        assert f"plattform {made.id}" in shown.text
        assert made.service_hosts == (bench.web.host,)  # not the host whose name it uses
        hints = {"iss": made.issuer, "client_id": made.client_id, "lti_deployment_id": "7"}
        assert bench.login(**hints).response.status_code == 400
        with writing(bench.engine) as connection:
            assert approve(connection, made.id)
        assert bench.login(**hints).response.status_code == 302


def test_who_waits_makes_no_issuer_ambiguous_and_keeps_no_name_taken(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        with writing(bench.engine) as connection:
            connection.execute(registration.delete().where(registration.c.id == bench.ids.pop("theirs")))
        _invite(bench)
        url = _offer(bench, issuer="https://moodle.example")
        assert _connect(bench, url).status_code == 200
        assert bench.login(client_id=...).response.status_code == 302  # one real client of this issuer is left
        _invite_again(bench)
        assert _connect(bench, url).status_code == 200
        assert [one.is_pending for one in _registrations(bench)] == [True]


def test_a_school_under_the_makers_domain_may_hold_the_page(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _invite(bench)
        shown = _ask(bench, "https://canvas.instructure.com/api/lti/security/openid-configuration")
        assert "https://*.instructure.com" in shown.headers["Content-Security-Policy"].split("frame-ancestors")[1]
        other = _ask(bench, "https://evilinstructure.com/openid")
        assert "*.instructure.com" not in other.headers["Content-Security-Policy"]


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
        {"issuer": 4},
        {"issuer": "canvas.instructure.com"},
        {"issuer": "https://x; script-src *"},
        {"issuer": "https://canvas.instructure.com", "jwks_uri": "https://sso.canvaslms.com/api/lti/security/jwks"},
        {"issuer": "https://evil.example", "token_endpoint": "https://evil.example/token"},
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
            assert tokens_in(answer.text) == []
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
        # What a developer key takes (Instructure developer documentation, lti_dev_key_config, "Anatomy of a JSON").
        assert set(told) == {
            "title", "description", "target_link_uri", "oidc_initiation_url", "public_jwk_url", "scopes",
            "custom_fields", "extensions",
        }  # fmt: skip
        assert (told["public_jwk_url"], told["custom_fields"]) == ("http://localhost/lti/jwks.json", {})
        assert told["target_link_uri"] == "http://localhost/lti/launch"
        assert told["oidc_initiation_url"] == "http://localhost/lti/login"
        assert set(told["scopes"]) == {
            "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
            "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
            "https://purl.imsglobal.org/spec/lti-ags/scope/score",
            "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
        }
        (extension,) = told["extensions"]
        assert (extension["platform"], extension["domain"]) == ("canvas.instructure.com", "localhost")
        assert (extension["privacy_level"], bool(extension["tool_id"])) == ("anonymous", True)
        placements = {one["placement"]: one for one in extension["settings"]["placements"]}
        assert set(placements) == {"assignment_selection", "link_selection"}
        for one in placements.values():
            assert (one["message_type"], one["enabled"]) == ("LtiDeepLinkingRequest", True)
            assert (one["target_link_uri"], one["selection_width"], one["selection_height"]) == (
                "http://localhost/lti/launch",
                800,
                600,
            )
        assert bench.browser.get("/lti/install").status_code == 200
