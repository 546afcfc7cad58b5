"""What every page says in its headers, the way on without a cookie, and what is never kept (rows 5, 28, 65-71, 75)."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from werkzeug.test import TestResponse

from lti_app.store.engine import reading, writing
from lti_app.store.registrations import add_registration
from lti_app.store.schema import metadata
from lti_app.trust.proofs import cookie_name

from ..bench import TOOL, Begun, Bench, bench_in, tokens_in
from ..platform import CLAIM, rsa_key


def _policy(answer: TestResponse) -> dict[str, str]:
    parts = answer.headers["Content-Security-Policy"].split(";")
    return {words[0]: " ".join(words[1:]) for part in parts if (words := part.split())}


def _launch_without_cookie(bench: Bench, **more: str) -> tuple[Begun, TestResponse]:
    begun = bench.login()
    token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
    asked = {"id_token": token, "state": begun.state, **more}
    return begun, bench.post(asked, bench.new_browser())


def test_without_a_cookie_the_page_offers_a_window_that_begins_again_at_the_login(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _, shown = _launch_without_cookie(bench)
        assert (shown.status_code, bench.sessions()) == (401, 0)
        assert 'target="_blank"' in shown.text
        assert "/lti/proof" not in shown.text  # this platform has offered no storage
        assert tokens_in(shown.text) == []
        again = re.search(r'\?again=([\w%-]+)"', shown.text)
        assert again
        window = bench.new_browser()
        login = window.get("/lti/login", query_string={"again": unquote(again.group(1))})
        assert login.status_code == 302
        for part in ("login_hint=4", "lti_message_hint=%7B%22cmid%22%3A7", "state=", "nonce="):
            assert part in login.headers["Location"]
        assert window.get("/lti/login", query_string={"again": "AAAA"}).status_code == 400


def test_the_proof_from_the_platforms_storage_opens_a_session_that_needs_no_cookie(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        hints = {**bench.platform.login_hints(TOOL), "lti_storage_target": "_parent"}
        stored = bench.ask_login(hints)
        assert stored.status_code == 200
        proof = re.search(r'data-value="([^"]+)"', stored.text)
        address = re.search(r'data-address="([^"]+)"', stored.text)
        assert proof
        assert address
        state, nonce = (re.search(rf"[?&;]{name}=([\w-]+)", address.group(1)) for name in ("state", "nonce"))
        assert state
        assert nonce
        token = bench.platform.sign(bench.platform.claims(TOOL, nonce.group(1)))
        browser = bench.new_browser()
        shown = bench.post({"id_token": token, "state": state.group(1), "lti_storage_target": "_parent"}, browser)
        assert 'data-origin="https://moodle.example"' in shown.text
        ticket = re.search(r'name="ticket" value="([^"]+)"', shown.text)
        assert ticket
        wrong = bench.post({"ticket": ticket.group(1), "proof": "x" * 43}, browser, "/lti/proof")
        assert (wrong.status_code, bench.sessions()) == (401, 0)
        opened = bench.post({"ticket": ticket.group(1), "proof": proof.group(1)}, browser, "/lti/proof")
        assert opened.status_code == 303
        assert re.fullmatch(r"/s/[\w-]{43}/#lm=[\w-]{43}", opened.headers["Location"])
        again = bench.post({"ticket": ticket.group(1), "proof": proof.group(1)}, browser, "/lti/proof")
        assert (again.status_code, bench.sessions()) == (401, 1)
        assert bench.post({"ticket": "x", "proof": "y"}, browser, "/lti/proof").status_code == 401


def test_pages_can_be_framed_by_their_own_platform_only(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        _, shown = _launch_without_cookie(bench)
        frames = _policy(shown)["frame-ancestors"].split()
        assert {"'self'", "https://moodle.example"} <= set(frames)
        assert not any(frame in ("*", "https:") for frame in frames)
        assert _policy(bench.browser.get("/lti/install"))["frame-ancestors"] == "'self'"
        assert "X-Frame-Options" not in shown.headers


@pytest.mark.parametrize("path", ["/lti/install", "/lti/login", "/nowhere", "/lti/launch", "/s/x/choose", "/healthz"])
def test_every_answer_has_the_strict_headers(path: str, tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        answer = bench.browser.get(path)
        policy = _policy(answer)
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|\sstyle=", answer.text)


def test_addresses_come_from_the_settings_whatever_the_headers_say(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        assert bench.browser.get("/lti/install", headers={"Host": "evil.example"}).status_code == 400
        spoofed = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
        hints = bench.platform.login_hints(TOOL)
        location = bench.browser.post("/lti/login", data=hints, headers=spoofed).headers["Location"]
        assert "redirect_uri=http%3A%2F%2Flocalhost%2Flti%2Flaunch" in location
        assert bench.browser.get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


def test_names_and_e_mail_are_neither_stored_nor_logged(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    told = {"name": "Kari Nordmann", "given_name": "Kari", "email": "kari@example.no", "picture": "https://x/y.png"}
    ext = {"user_username": "karinord", "lms": "moodle-2"}
    with bench_in(tmp_path) as bench:
        assert bench.launch(**told, **{f"{CLAIM}ext": ext}).status_code == 303
        assert bench.launch(sub="", **told).status_code == 400
        with reading(bench.engine) as connection:
            rows = [str(row) for table in metadata.sorted_tables for row in connection.execute(table.select())]
    printed = "".join(capfd.readouterr())
    for secret in ("Kari", "Nordmann", "kari@", "karinord", "__Host-"):
        assert secret not in "".join(rows)
        assert secret not in printed
    assert tokens_in("".join(rows) + printed) == []


def test_a_thousand_unknown_kids_cost_the_platform_one_request(tmp_path: Path) -> None:
    statuses = []
    with bench_in(tmp_path) as bench:
        for number in range(60):
            answer = bench.launch(sign={"kid": f"k{number + 100}", "key": rsa_key("attacker")})
            statuses.append(answer.status_code)
        fetches = [path for _, path, _, _ in bench.web.asked if path.startswith("/jwks/")]
    assert len(fetches) == 1
    assert set(statuses) == {401, 429}
    assert statuses[:30] == [401] * 30


def test_a_rotated_key_is_found_by_asking_once_more(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        assert bench.launch().status_code == 303
        bench.platform.kid, bench.platform.key = "k2", rsa_key("rotated")
        bench.platform.__post_init__()
        bench.app.extensions["lokaltmot"].platform_keys.forget(bench.ids["ours"])  # the minute is over
        assert bench.launch().status_code == 303


def test_the_old_keys_do_when_the_platform_cannot_be_reached(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        assert bench.launch().status_code == 303
        bench.web.answer("/jwks/ours", b"", 500)
        assert bench.launch().status_code == 303


def test_the_trail_tells_how_far_a_clock_is_off(tmp_path: Path) -> None:
    import time

    with bench_in(tmp_path) as bench:
        at = int(time.time()) + 7203
        bench.launch(iat=at, exp=at + 60)
        (line,) = bench.audit()
        assert line.reason == "iat_future"
        assert re.fullmatch(r"\+720[123]s", line.detail["skew"])


def test_an_unknown_deployment_waits_and_a_policy_of_auto_takes_it_up_to_the_cap(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        assert bench.launch(**{f"{CLAIM}deployment_id": "9"}).status_code == 403
        assert bench.rows("deployment") == 3  # two known ones, and the one that waits
        automatic = type(bench.platform)(web=bench.web, client_id="auto")
        with writing(bench.engine) as connection:
            add_registration(connection, **{**automatic.registration, "deployment_policy": "auto"})
        cap = bench.app.extensions["lokaltmot"].settings.deployment_cap
        answers = []
        for number in range(cap + 1):
            begun = bench.login(platform=automatic, lti_deployment_id=str(number))
            claims = automatic.claims(TOOL, begun.nonce, **{f"{CLAIM}deployment_id": str(number)})
            answers.append(bench.send(automatic.sign(claims), begun.state).status_code)
        assert answers == [303] * cap + [403]


def test_a_login_cookie_is_gone_after_the_launch(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        begun = bench.login()
        assert bench.browser.get_cookie(cookie_name(begun.state)) is not None
        bench.send(bench.platform.sign(bench.platform.claims(TOOL, begun.nonce)), begun.state)
        assert bench.browser.get_cookie(cookie_name(begun.state)) is None


def test_the_metrics_need_their_token_and_the_probes_answer(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        assert bench.browser.get("/metrics").status_code == 404
        assert bench.browser.get("/readyz").get_json() == {"status": "ok"}
