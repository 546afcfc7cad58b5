"""The page that tests the connection: who may see it, what it shows, and that it shows nothing of learners."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from lti_app.store.engine import writing
from lti_app.store.keys import add_invite
from lti_app.store.types import now
from lti_app.trust.secrets import check_hashed, hashed

from ..bench import TOOL, Bench, bench_in, tokens_in
from ..platform import CLAIM, INSTRUCTOR, LEARNER

V2 = "http://purl.imsglobal.org/vocab/lis/v2"
ADMIN = f"{V2}/institution/person#Administrator"
TEST_USER = "http://purl.imsglobal.org/vocab/lti/system/person#TestUser"
OWN = {"Origin": TOOL}
LINK = "a-link-to-test-the-connection-good-only-once"


def _session(bench: Bench, *roles: str) -> str:
    answer = bench.launch(**{f"{CLAIM}roles": list(roles)})
    assert answer.status_code == 303
    return f"/s/{answer.headers['Location'].split('/')[2]}/connection"


def _hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    ("roles", "status"),
    [((ADMIN,), 200), ((ADMIN, INSTRUCTOR), 200), ((f"{V2}/system/person#SysAdmin", LEARNER), 200),
     ((INSTRUCTOR,), 403), ((LEARNER,), 403), ((), 403), ((ADMIN, TEST_USER), 403), (("Administrator",), 403)],
)  # fmt: skip
def test_only_who_looks_after_the_platform_sees_it(roles: tuple[str, ...], status: int, tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        assert bench.browser.get(_session(bench, *roles)).status_code == status


def test_an_administrator_sees_each_step_in_norwegian(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        path = _session(bench, ADMIN)
        bench.web.answer("/token", {"error": "invalid_scope"}, 400)
        asked = len(bench.web.asked)
        token = _hidden(bench.browser.get(path).text, "token")
        assert len(bench.web.asked) == asked  # looking costs the platform nothing
        shown = bench.browser.post(path, data={"token": token}, headers=OWN)
        assert shown.status_code == 200
        assert "Offentlige nøkler hos plattformen: 1." in shown.text
        assert "Verktøyet får ikke sende resultater." in shown.text
        assert "Klokkene går likt" in shown.text
        assert re.search(r'role="status" class="outcome bad">2 ting', shown.text)  # our own address is not served here
        assert tokens_in(shown.text) == []
        for headers in ({}, {"Origin": "https://evil.example"}):
            assert bench.browser.post(path, data={"token": token}, headers=headers).status_code == 403
        assert bench.browser.post(path, data={"token": "0" * 64}, headers=OWN).status_code == 403


def test_it_cannot_be_used_to_flood_a_platform(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        path = _session(bench, ADMIN)
        bench.web.answer("/token", {"error": "invalid_client"}, 400)
        token = _hidden(bench.browser.get(path).text, "token")
        codes = [bench.browser.post(path, data={"token": token}, headers=OWN).status_code for _ in range(8)]
        assert codes == [200] * 5 + [429] * 3


def test_the_picker_leads_an_administrator_there_and_nobody_else(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        for roles, is_shown in (([INSTRUCTOR, ADMIN], True), ([INSTRUCTOR], False)):
            begun = bench.login()
            claims = {**bench.platform.deep_linking_claims(TOOL, begun.nonce), f"{CLAIM}roles": roles}
            location = bench.send(bench.platform.sign(claims), begun.state).headers["Location"]
            assert ("/connection" in bench.browser.get(location).text) is is_shown


def _link(bench: Bench, *, minutes: int = 60) -> str:
    number = bench.ids["ours"]
    with writing(bench.engine) as connection:
        add_invite(connection, token_hash=check_hashed(LINK, number), expires_at=now() + timedelta(minutes=minutes))
    return f"/lti/check/{number}/{LINK}"


def test_a_link_is_good_once_and_lets_its_holder_try_again(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        path = _link(bench)
        for _ in range(2):  # a scanner opens it too
            assert bench.browser.get(path).status_code == 200
        first = bench.browser.post(path, data={"token": "", "sealed": ""})
        assert (first.status_code, "Prøv igjen" in first.text) == (200, True)
        again = bench.browser.post(path, data={"sealed": _hidden(first.text, "sealed")})
        assert again.status_code == 200
        assert bench.new_browser().post(path, data={"sealed": ""}).status_code == 403
        assert bench.new_browser().get(path).status_code == 403
        assert [line.kind for line in bench.audit()].count("checked") == 1


def test_a_link_opens_nothing_else_and_nothing_else_opens_it(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        path = _link(bench)
        assert bench.browser.get(path.replace(f"/{bench.ids['ours']}/", f"/{bench.ids['theirs']}/")).status_code == 403
        query = {"openid_configuration": "https://moodle.example/openid"}
        assert bench.browser.get(f"/lti/register/{LINK}", query_string=query).status_code == 403
        with writing(bench.engine) as connection:
            add_invite(connection, token_hash=hashed("an-invite"), expires_at=now() + timedelta(days=1))
        assert bench.browser.get(f"/lti/check/{bench.ids['ours']}/an-invite").status_code == 403
        assert bench.browser.get("/lti/check/99/x").status_code == 403


def test_an_old_link_is_refused(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        path = _link(bench, minutes=-1)
        assert (bench.browser.get(path).status_code, bench.browser.post(path, data={"sealed": ""}).status_code) == (
            403,
            403,
        )
