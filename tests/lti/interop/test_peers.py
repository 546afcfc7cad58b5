"""Launch, choice, token and grade with platforms that are not ours, over HTTP, each judging by its own code."""

import http.client
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import select

from lti_app.grade_sender import work_once
from lti_app.store.engine import reading, writing
from lti_app.store.schema import grade_queue, launch_session, metadata, registration

from .conftest import Peer, meet

USERS = {"openedx.py": "edx-user-4", "platform1p3.py": "user-4"}


@pytest.fixture(params=list(USERS))
def peer(request: pytest.FixtureRequest, peer_python: Path, modules: Path, tmp_path: Path) -> Iterator[Peer]:
    with meet(peer_python, request.param, tmp_path, modules) as made:
        made.user = USERS[request.param]
        yield made


def _open(peer: Peer, message: str, role: str, module: str = "") -> Any:
    """Go the whole way: the platform's link, our login, its own checks, our launch."""
    signed = peer.browser.get(f"{peer.origin}/open?message={message}&role={role}&module={module}")
    assert peer.kept["refused"] == []
    return peer.browser.submit(signed.form())


def _slugs(modules: Path) -> list[str]:
    return sorted(path.parent.name for path in modules.glob("*/module.json"))


def _post_events(peer: Peer, page: Any, events: list[dict[str, Any]]) -> int:
    """Tell what a learner did, as the page would."""
    found = re.search(r'id="lm-launch">(.*?)</script>', page.text)
    assert found
    token = json.loads(found[1])["token"]
    parts = urlsplit(page.url)
    cookies = "; ".join(f"{name}={value}" for name, value in peer.browser.cookies[parts.netloc].items())
    headers = {"Cookie": cookies, "Origin": peer.tool, "X-LM-Token": token, "Content-Type": "application/json"}
    connection = http.client.HTTPConnection(parts.netloc, timeout=120)
    connection.request("POST", f"{parts.path}events", json.dumps({"language": "nb", "events": events}), headers)
    status = connection.getresponse().status
    connection.close()
    return status


def _told(kind: str, **detail: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "kind": kind, "at": "2026-01-01T10:00:00+00:00", **detail}


def test_a_learner_launches_plays_and_the_grade_is_taken_by_the_platforms_own_check(peer: Peer, modules: Path) -> None:
    module = _slugs(modules)[0]
    page = _open(peer, "resource", "student", module)
    assert page.status == 200, page.text
    about = json.loads((modules / module / "module.json").read_text("utf-8"))
    events = [_told("visit", page=one["id"]) for one in about["pages"]]
    events += [_told("submit", quiz=quiz["id"], round=0) for quiz in about["quizzes"]]
    assert _post_events(peer, page, events) == 200
    assert work_once(peer.app.extensions["lokaltmot"])
    kept = peer.kept
    assert kept["refused"] == []
    (score,) = kept["scores"]
    with reading(peer.engine) as connection:
        (sent,) = connection.execute(select(grade_queue)).all()
    assert sent.status == "done"
    assert (score["userId"], score["scoreMaximum"]) == (peer.user, 10)
    assert score["scoreGiven"] == pytest.approx(sent.score_given / 10)
    assert (score["type"], score["query"]) == ("application/vnd.ims.lis.v1.score+json", "type_id=2")
    assert (score["activityProgress"], score["gradingProgress"]) == ("Completed", "FullyGraded")
    assert datetime.fromisoformat(score["timestamp"]).tzinfo is not None


def test_what_a_teacher_chooses_is_read_by_the_platforms_own_decoder(peer: Peer, modules: Path) -> None:
    picker = _open(peer, "choice", "instructor")
    assert picker.status == 200, picker.text
    module = _slugs(modules)[0]
    signed = peer.browser.submit(picker.form(module=module, **{"pass": "70"}), Origin=peer.tool)
    assert signed.status == 200, signed.text
    assert signed.form()[0] == f"{peer.origin}/return"
    assert peer.browser.submit(signed.form()).status == 200
    kept = peer.kept
    assert kept["refused"] == []
    (item,) = kept["items"]
    assert (item["type"], item["url"]) == ("ltiResourceLink", f"{peer.tool}/lti/launch")
    assert item["custom"]["module"] == module
    assert item["lineItem"]["scoreMaximum"] > 0


def test_the_name_that_a_platform_sends_along_is_kept_nowhere(peer: Peer, modules: Path) -> None:
    assert _open(peer, "resource", "student", _slugs(modules)[0]).status == 200
    with reading(peer.engine) as connection:
        kept = str([connection.execute(table.select()).all() for table in metadata.sorted_tables])
    assert "Kari" not in kept
    assert "kari@" not in kept


def test_a_launch_is_good_once_and_another_platforms_key_signs_nothing(peer: Peer, modules: Path) -> None:
    signed = peer.browser.get(f"{peer.origin}/open?message=resource&role=student&module={_slugs(modules)[0]}")
    form = signed.form()
    assert peer.browser.submit(form).status == 200
    peer.browser.cookies.clear()
    assert peer.browser.submit(form).status == 401
    again = peer.browser.get(f"{peer.origin}/open?message=resource&role=student&module=x").form()
    url, fields = again
    forged = [(name, value[:-8] + "AAAAAAAA" if name == "id_token" else value) for name, value in fields]
    assert peer.browser.submit((url, forged)).status == 401


@pytest.fixture
def mock(peer_python: Path, modules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    """lti-provider-mock with a user and a course."""
    user = {"id": "mock-user", "given_name": "Kari", "family_name": "Nordmann", "email": "kari@example.no"}
    monkeypatch.setenv("LTI_PROVIDER_MOCK__USERS", json.dumps([user]))
    monkeypatch.setenv("LTI_PROVIDER_MOCK__COURSES", json.dumps([{"id": "kurs", "name": "Lokalt mot"}]))
    with meet(peer_python, "provider_mock.py", tmp_path, modules, client_id="lti-provider-mock") as made:
        with writing(made.engine) as connection:
            connection.execute(registration.update().values(auth_login_url=f"{made.origin}/authorize"))
        yield made


def test_a_platform_that_tells_next_to_nothing_opens_a_preview(mock: Peer) -> None:
    browser = mock.browser
    courses = browser.submit(browser.get(f"{mock.origin}/login").form(userid="mock-user"))
    assert "Lokalt mot" in courses.text
    begins = browser.get(f"{mock.origin}/courses/kurs")
    signed = browser.submit(begins.form())
    assert signed.status == 200, signed.text
    launched = browser.submit(signed.form())
    assert launched.status == 404  # its link names no module: it came in, and the tool has no module for it
    with reading(mock.engine) as connection:
        (row,) = connection.execute(select(launch_session)).all()
    assert (row.role, row.message, row.user_id) == ("preview", "resource", None)
