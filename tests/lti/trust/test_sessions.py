"""Sessions: whose they are, how they end, and what may change something (rows 20, 23, 26, 29, 45, 48, 50)."""

import threading
from pathlib import Path

import pytest

from lti_app.errors import LaunchError
from lti_app.store.engine import writing
from lti_app.store.registrations import put_deployment, set_active
from lti_app.store.schema import person
from lti_app.trust.proofs import cookie_name
from lti_app.trust.roles import Role
from lti_app.trust.sessions import check_write, require_session

from ..bench import TOOL, Bench, bench_in
from ..platform import CLAIM, INSTRUCTOR

EVERYONE = tuple(Role)


def _handle(location: str) -> str:
    return location.split("/")[2]


def _ask(bench: Bench, handle: str, cookies: dict[str, str], roles: tuple[Role, ...] = EVERYONE) -> int:
    """The status that a page asking for a session would answer with."""
    from flask import request

    header = "; ".join(f"{name}={value}" for name, value in cookies.items())
    with bench.app.test_request_context("/", base_url=TOOL, headers={"Cookie": header}):
        try:
            require_session(request, handle, roles=roles)
        except LaunchError as error:
            return error.status
    return 200


def _launched(bench: Bench, **claims: object) -> tuple[str, dict[str, str]]:
    answer = bench.launch(**claims)
    handle = _handle(answer.headers["Location"])
    cookie = bench.browser.get_cookie(cookie_name(handle))
    assert cookie is not None
    return handle, {cookie.key: cookie.value}


def test_every_cookie_is_partitioned_secure_and_closed_to_scripts(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        begun = bench.login()
        token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
        answers = (begun.response, bench.send(token, begun.state))
        cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
        assert len(cookies) == 3  # the login's, its removal, the session's
        for cookie in cookies:
            parts = {part.strip().split("=")[0] for part in cookie.split(";")}
            assert cookie.startswith("__Host-")
            assert {"Secure", "HttpOnly", "Partitioned", "Path", "SameSite"} <= parts
            assert "SameSite=None" in cookie
            assert "Domain" not in parts


def test_a_session_opens_with_its_own_cookie_only(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        first, first_cookies = _launched(bench)
        _, second_cookies = _launched(bench, sub="5")
        assert _ask(bench, first, first_cookies) == 200
        assert _ask(bench, first, {}) == 401
        assert _ask(bench, first, second_cookies) == 401
        planted = {cookie_name(first): next(iter(second_cookies.values()))}
        assert _ask(bench, first, planted) == 401
        assert _ask(bench, "../../etc/passwd", {}) == 404
        assert _ask(bench, "x" * 43, second_cookies) == 401


def test_a_proof_outside_the_cookie_does_not_open_a_session_that_has_one(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        handle, cookies = _launched(bench)
        proof = next(iter(cookies.values()))
        stranger = bench.new_browser()
        assert stranger.get(f"/s/{handle}/", headers={"X-LM-Proof": proof}).status_code == 401
        assert stranger.get(f"/s/{handle}~{proof}/").status_code == 404


def test_a_planted_cookie_does_not_choose_the_session(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        handle, _ = _launched(bench)
        bench.browser.set_cookie("__Host-lm-planted", "planted", secure=True)
        again, _ = _launched(bench)
        assert handle != again


@pytest.mark.parametrize("stopped", ["registration", "deployment", "person"])
def test_what_is_stopped_ends_its_sessions_at_the_next_request_and_launches_no_more(
    stopped: str, tmp_path: Path
) -> None:
    with bench_in(tmp_path) as bench:
        handle, cookies = _launched(bench)
        with writing(bench.engine) as connection:
            if stopped == "registration":
                set_active(connection, bench.ids["ours"], False)
            elif stopped == "deployment":
                put_deployment(connection, bench.ids["ours"], "1", is_active=False, replaces=True)
            else:
                connection.execute(person.update().values(is_active=False))
        assert _ask(bench, handle, cookies) == 403
        if stopped == "registration":
            assert bench.login().response.status_code == 400
        else:
            assert bench.launch().status_code == 403


def test_a_registration_stopped_between_login_and_launch_is_refused(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        begun = bench.login()
        with writing(bench.engine) as connection:
            set_active(connection, bench.ids["ours"], False)
        token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
        assert bench.send(token, begun.state).status_code == 403


def test_twenty_posts_of_one_launch_open_one_session(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        begun = bench.login()
        token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
        cookie = bench.browser.get_cookie(cookie_name(begun.state))
        assert cookie is not None
        statuses: list[int] = []

        def post() -> None:
            browser = bench.new_browser()
            browser.set_cookie(cookie.key, cookie.value, secure=True)
            statuses.append(bench.send(token, begun.state, browser).status_code)

        threads = [threading.Thread(target=post) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(statuses) == [303] + [401] * 19
        assert bench.sessions() == 1


def test_a_learner_does_not_get_to_the_picker(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        handle, _ = _launched(bench)
        assert bench.browser.get(f"/s/{handle}/choose").status_code == 403
        teacher, _ = _launched(bench, **{f"{CLAIM}roles": [INSTRUCTOR]})
        assert bench.browser.get(f"/s/{teacher}/choose").status_code == 404  # a launch that chooses nothing


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": TOOL, "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": TOOL}, 200),
        ({"Origin": TOOL, "X-LM-Token": ""}, 403),
        ({"Origin": TOOL, "X-LM-Token": "0" * 64}, 403),
        ({"Origin": TOOL, "X-LM-Token": "æ"}, 403),
        ({}, 403),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),  # a form on a page that sends no referrer
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://moodle.example"}, 403),
        ({"Origin": f"{TOOL}.evil.example"}, 403),
        ({"Origin": TOOL, "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": TOOL, "Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_only_our_own_page_may_change_something(headers: dict[str, str], status: int, tmp_path: Path) -> None:
    from flask import request

    with bench_in(tmp_path) as bench:
        handle, cookies = _launched(bench)
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        with bench.app.test_request_context("/", base_url=TOOL, headers={"Cookie": cookie}):
            token = require_session(request, handle, roles=EVERYONE).token
        sent = {"X-LM-Token": token, **headers, "Cookie": cookie}
        found = 200
        with bench.app.test_request_context("/", method="POST", base_url=TOOL, headers=sent):
            session = require_session(request, handle, roles=EVERYONE)
            try:
                check_write(request, session)
            except LaunchError as error:
                found = error.status
        assert found == status


def test_one_sub_on_two_registrations_is_two_people(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        for platform in (bench.platform, bench.other):
            begun = bench.login(platform=platform)
            bench.send(platform.sign(platform.claims(TOOL, begun.nonce)), begun.state)
        assert bench.rows("person") == 2


@pytest.mark.parametrize(
    "custom", [{"role": "Instructor", "user_id": "1", "roles": [INSTRUCTOR]}, {"module": "../../x"}]
)
def test_custom_parameters_make_nobody_a_teacher_and_lead_to_no_path(custom: dict[str, object], tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        handle, cookies = _launched(bench, **{f"{CLAIM}custom": custom})
        assert _ask(bench, handle, cookies, (Role.LEARNER,)) == 200
        assert _ask(bench, handle, cookies, (Role.INSTRUCTOR, Role.ADMIN)) == 403
