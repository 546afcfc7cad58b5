"""My data: what is told is what is kept, and what is deleted leaves no trace in any table."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from lti_app.cli import lti
from lti_app.store.engine import reading, writing
from lti_app.store.schema import login_attempt, metadata, person
from lti_app.store.types import now

from ..bench import TOOL, Bench, bench_in
from ..built_courses import every_type
from ..platform import CLAIM, INSTRUCTOR, LEARNER
from ..playing import enter, play

SUB = "person-7f3a"
ADMIN = "http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator"
TYPES = ["DataPrivacyLaunchRequest", "LtiDataPrivacyLaunchRequest"]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A tool that serves a module with every question type."""
    with bench_in(tmp_path) as made:
        shutil.copytree(every_type(), tmp_path, dirs_exist_ok=True)
        yield made


def _everything(bench: Bench) -> str:
    """Every row of every table, as text."""
    with reading(bench.engine) as connection:
        return "\n".join(str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)))


def _pseudonym(bench: Bench, sub: str = SUB) -> str:
    with reading(bench.engine) as connection:
        return str(connection.execute(select(person.c.pseudonym).where(person.c.sub == sub)).scalar_one())


def _token(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found is not None
    return found[1]


def _leaves_no_trace(bench: Bench, pseudonym: str) -> None:
    kept = _everything(bench)
    assert SUB not in kept
    assert pseudonym not in kept
    for name in ("attempt", "attempt_event", "first_answer", "outbox", "launch_session"):
        assert bench.rows(name) == 0, name


def test_the_page_and_the_file_tell_what_is_kept(bench: Bench) -> None:
    learner, other = enter(bench, sub=SUB), enter(bench, sub="another")
    play(learner)
    play(other)
    page = learner.browser.get(f"{learner.path}data").text
    assert _pseudonym(bench) in page
    assert _pseudonym(bench, "another") not in page
    assert "24 måneder" in page
    answer = learner.browser.get(f"{learner.path}data/file")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lokalt-mot-data.json"'
    told = json.loads(answer.text)
    assert told["person"][0]["sub"] == SUB
    assert (len(told["attempts"]), told["attempts"][0]["completion"]) == (1, "completed")
    assert len(told["events"]) == bench.rows("attempt_event") / 2
    assert len(told["first_answers"]) == bench.rows("first_answer") / 2
    assert (len(told["grades"]), told["grades"][0]["score_given"]) == (1, 100.0)
    assert len(told["sessions"]) == 1
    assert "another" not in answer.text
    codes = [learner.browser.get(f"{learner.path}data/file").status_code for _ in range(8)]
    assert set(codes) == {200, 429}


def test_deleting_takes_two_steps_and_leaves_no_trace(bench: Bench) -> None:
    learner = enter(bench, sub=SUB)
    play(learner)
    bench.login(login_hint=SUB)  # one that nobody ends
    pseudonym = _pseudonym(bench)
    asked = learner.browser.get(f"{learner.path}data/delete")
    assert bench.rows("person") == 1
    data = {"token": _token(asked.text)}
    foreign = {"Origin": "https://evil.example"}
    assert learner.browser.post(f"{learner.path}data/delete", data=data, headers=foreign).status_code == 403
    wrong = {"token": "0" * 64}
    assert learner.browser.post(f"{learner.path}data/delete", data=wrong, headers={"Origin": TOOL}).status_code == 403
    assert bench.rows("person") == 1
    done = learner.browser.post(f"{learner.path}data/delete", data=data, headers={"Origin": TOOL})
    assert "Det er slettet" in done.text
    assert "karakterboka" in done.text  # what the platform has
    _leaves_no_trace(bench, pseudonym)
    assert learner.browser.get(f"{learner.path}data").status_code == 401
    assert [line.kind for line in bench.audit()].count("erased") == 1


@pytest.mark.parametrize("command", ["erase", "purge"])
def test_the_operators_commands_leave_no_trace(bench: Bench, tmp_path: Path, command: str) -> None:
    play(enter(bench, sub=SUB))
    bench.login(login_hint=SUB)
    pseudonym = _pseudonym(bench)
    long_ago = now() - timedelta(days=3650)
    if command == "purge":
        with writing(bench.engine) as connection:
            connection.execute(update(person).values(last_seen=long_ago))
            connection.execute(update(login_attempt).values(expires_at=long_ago))
    environment = {
        "LOKALTMOT_PUBLIC_URL": TOOL,
        "LOKALTMOT_DATABASE": f"sqlite:///{tmp_path / 'tool.db'}",
        "LOKALTMOT_SECRET_FILE": str(tmp_path / "secret"),
    }
    words = ["purge"] if command == "purge" else ["erase", "--platform", str(bench.ids["ours"]), "--sub", SUB, "--yes"]
    assert CliRunner().invoke(lti, words, env=environment).exit_code == 0
    _leaves_no_trace(bench, pseudonym)


def test_the_audit_trail_names_nobody(bench: Bench) -> None:
    learner = enter(bench, sub=SUB)
    learner.browser.post(f"{learner.path}open", data={"link": "1"}, headers={"Origin": TOOL})
    bench.new_browser().get(f"{learner.path}data")
    learner.browser.get(f"{learner.path}finnes-ikke")
    told = "\n".join(str(line) for line in bench.audit())
    assert len(bench.audit()) == 3
    assert SUB not in told
    assert _pseudonym(bench) not in told


def test_a_learners_data_are_nobody_elses(bench: Bench) -> None:
    learner, other = enter(bench, sub=SUB), enter(bench, sub="another")
    for place in ("data", "data/file", "data/delete", "home"):
        assert other.browser.get(f"{learner.path}{place}").status_code == 401
    assert other.browser.post(f"{learner.path}data/delete", headers={"Origin": TOOL}).status_code == 401


def _privacy(bench: Bench, kind: str = TYPES[0], *, roles: list[str], **more: Any) -> Any:
    browser = bench.new_browser()
    begun = bench.login(browser=browser)
    claims = {
        "sub": "an-admin",
        f"{CLAIM}message_type": kind,
        f"{CLAIM}roles": roles,
        f"{CLAIM}resource_link": ...,
        f"{CLAIM}context": ...,
        f"{CLAIM}custom": ...,
        **more,
    }
    answer = bench.send(bench.platform.sign(bench.platform.claims(TOOL, begun.nonce, **claims)), begun.state, browser)
    return browser, answer


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("name", ["user_id", "id"])
def test_an_administrator_sees_and_deletes_what_is_kept_of_another(bench: Bench, kind: str, name: str) -> None:
    play(enter(bench, sub=SUB))
    pseudonym = _pseudonym(bench)
    for_user = {f"{CLAIM}for_user": {name: SUB, "email": "jude@example.org", "given_name": "Jude"}}
    browser, answer = _privacy(bench, kind, roles=[ADMIN], **for_user)
    assert answer.headers["Location"].endswith("/data")
    path = answer.headers["Location"]
    page = browser.get(path).text
    assert "Data om deltakeren" in page
    assert pseudonym in page
    assert json.loads(browser.get(f"{path}/file").text)["person"][0]["sub"] == SUB
    assert "Jude" not in _everything(bench)
    assert "an-admin" not in _everything(bench)
    data = {"token": _token(browser.get(f"{path}/delete").text)}
    assert browser.post(f"{path}/delete", data=data, headers={"Origin": TOOL}).status_code == 200
    _leaves_no_trace(bench, pseudonym)


def test_everybody_gets_their_own_and_only_an_administrator_anothers(bench: Bench) -> None:
    enter(bench, sub=SUB)
    browser, answer = _privacy(bench, roles=[], sub=SUB)
    assert _pseudonym(bench) in browser.get(answer.headers["Location"]).text
    for roles in ([], [LEARNER], [INSTRUCTOR]):
        sessions = bench.sessions()
        _, refused = _privacy(bench, roles=roles, **{f"{CLAIM}for_user": {"user_id": SUB}})
        assert (refused.status_code, bench.sessions()) == (403, sessions)
    assert bench.audit()[0].reason == "for_user"


def test_asking_for_one_who_is_not_known_makes_nobody_known(bench: Bench) -> None:
    browser, answer = _privacy(bench, roles=[ADMIN], **{f"{CLAIM}for_user": {"user_id": "nobody"}})
    path = answer.headers["Location"]
    assert "Ingenting er lagret om denne deltakeren" in browser.get(path).text
    assert browser.get(f"{path}/delete").status_code == 404
    assert browser.get(path.removesuffix("data")).status_code == 404
    assert browser.get(path.replace("/data", "/home")).status_code == 404
    assert bench.rows("person") == 0


@pytest.mark.parametrize("for_user", ["x", {"user_id": 7}, {"user_id": ""}, {"user_id": "x" * 256}])
def test_a_person_that_cannot_be_named_so_is_refused(bench: Bench, for_user: Any) -> None:
    _, answer = _privacy(bench, roles=[ADMIN], **{f"{CLAIM}for_user": for_user})
    assert (answer.status_code, bench.sessions()) == (400, 0)


def test_a_message_that_we_do_not_know_is_refused(bench: Bench) -> None:
    _, answer = _privacy(bench, "LtiSubmissionReviewRequest", roles=[ADMIN])
    assert (answer.status_code, bench.audit()[0].reason) == (400, "message_type")
