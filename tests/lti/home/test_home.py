"""My modules: what a learner is told, and what can be opened from there."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from lti_app.store.engine import reading, writing
from lti_app.store.schema import attempt, launch_session, resource_link
from lti_app.store.types import now
from lti_app.trust.secrets import hashed

from ..bench import TOOL, Bench, bench_in
from ..built_courses import every_type
from ..platform import CLAIM, INSTRUCTOR
from ..playing import Learner, enter, play


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A tool that serves a module with every question type, twice."""
    with bench_in(tmp_path) as made:
        shutil.copytree(every_type(), tmp_path, dirs_exist_ok=True)
        yield made


def _at(bench: Bench, link: str, **more: Any) -> Learner:
    """A launch of a link in the platform's course 2."""
    return enter(bench, link=link, **more)


def _open(learner: Learner, row: int) -> Any:
    data = {"token": learner.token, "link": str(row)}
    return learner.browser.post(f"{learner.path}open", data=data, headers={"Origin": TOOL})


def _row(bench: Bench, link: str) -> int:
    with reading(bench.engine) as connection:
        return int(connection.execute(select(resource_link.c.id).where(resource_link.c.link_id == link)).scalar_one())


def test_a_learner_is_told_how_far_the_module_is(bench: Bench) -> None:
    learner = _at(bench, "1")
    page = learner.browser.get(f"{learner.path}home").text
    assert "Ikke begynt" in page
    assert "omtrent 65 minutter igjen" in page  # 25 + 7 + 33, as the course says
    learner.tell("visit", page="forste")
    page = learner.browser.get(f"{learner.path}home").text
    assert "1 av 3 sider lest" in page
    assert "omtrent 40 minutter igjen" in page
    play(learner)
    page = learner.browser.get(f"{learner.path}home").text
    assert "Bestått" in page
    assert "100 % riktig" in page
    assert "Du er ferdig med alt" in page


def test_another_module_of_the_course_opens_with_the_same_proof(bench: Bench) -> None:
    first = _at(bench, "1")
    second = _at(bench, "2", browser=first.browser)
    answer = _open(second, _row(bench, "1"))
    assert answer.status_code == 303
    location = answer.headers["Location"]
    assert location not in (first.path, second.path)
    assert second.browser.get(location).status_code == 200
    assert bench.new_browser().get(location).status_code == 401
    with reading(bench.engine) as connection:
        rows = connection.execute(select(launch_session)).all()
    (made,) = [row for row in rows if row.id_hash == hashed(location.split("/")[2])]
    (parent,) = [row for row in rows if row.id_hash == hashed(second.path.split("/")[2])]
    assert (made.user_id, made.role, made.expires_at) == (parent.user_id, "learner", parent.expires_at)
    assert "line_item" not in made.claims


@pytest.mark.parametrize("link", ["other course", "never begun", "another's", "", "x", "999"])
def test_what_is_not_the_learners_own_in_this_course_is_not_found(bench: Bench, link: str) -> None:
    elsewhere = {f"{CLAIM}context": {"id": "3", "title": "Et annet kurs"}}
    learner = _at(bench, "1")
    _at(bench, "2", browser=learner.browser, **elsewhere)
    _at(bench, "3", sub="5")
    _at(bench, "4", sub="5")
    rows = {"other course": _row(bench, "2"), "never begun": _row(bench, "3"), "another's": _row(bench, "4")}
    sessions = bench.sessions()
    assert _open(learner, rows.get(link, link)).status_code == 404  # type: ignore[arg-type]
    assert bench.sessions() == sessions
    assert "link_unknown" in {line.reason for line in bench.audit()}
    page = learner.browser.get(f"{learner.path}home").text
    assert "Åpne den fra kurset «Et annet kurs»." in page


def test_only_a_learner_and_only_our_own_page_opens(bench: Bench) -> None:
    learner, teacher = _at(bench, "1"), _at(bench, "1", role=INSTRUCTOR)
    row = _row(bench, "1")
    assert _open(teacher, row).status_code == 403
    data = {"token": "0" * 64, "link": str(row)}
    assert learner.browser.post(f"{learner.path}open", data=data, headers={"Origin": TOOL}).status_code == 403
    data["token"] = learner.token
    foreign = {"Origin": "https://evil.example"}
    assert learner.browser.post(f"{learner.path}open", data=data, headers=foreign).status_code == 403
    codes = [_open(learner, row).status_code for _ in range(25)]
    assert set(codes) == {303, 429}


def test_a_teacher_is_told_that_nothing_is_kept(bench: Bench) -> None:
    teacher = _at(bench, "1", role=INSTRUCTOR)
    assert "Ingenting blir lagret" in teacher.browser.get(f"{teacher.path}home").text


def test_the_module_page_leads_to_my_modules_and_says_once_what_is_kept(bench: Bench) -> None:
    learner = _at(bench, "1")
    assert learner.launch["home"] == {"address": f"{learner.path}home", "words": "Mine moduler"}
    assert "data-kept>" in learner.first
    assert 'href="data"' in learner.first
    assert "data-kept>" not in learner.browser.get(learner.path).text


def test_before_the_module_opens_nothing_is_taken_and_the_day_is_said(bench: Bench) -> None:
    learner = _at(bench, "1")
    with writing(bench.engine) as connection:
        connection.execute(update(resource_link).values(settings={"available": "2097-03-01"}))
    page = learner.browser.get(learner.path).text
    assert "Åpner 1. mars 2097." in page
    assert "lm-launch" not in page
    answer = learner.post([{"id": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "kind": "visit", "page": "forste"}])
    assert (answer.status_code, answer.json) == (403, {"error": "Åpner 1. mars 2097.", "reason": "not_open"})
    assert "Åpner 1. mars 2097." in learner.browser.get(f"{learner.path}home").text
    teacher = _at(bench, "1", role=INSTRUCTOR, custom={"available": "2097-03-01"})
    assert teacher.launch["mode"] == "browse"


def test_after_the_day_it_was_due_work_is_taken_and_said_to_be_late(bench: Bench) -> None:
    learner = _at(bench, "1", custom={"due": "2026-03-01", "available": "$ResourceLink.available.startDateTime"})
    assert "Fristen var 1. mars 2026. Du kan fortsatt levere." in learner.first
    play(learner)
    with reading(bench.engine) as connection:
        assert connection.execute(select(attempt.c.completion)).scalar_one() == "completed"
    assert bench.rows("outbox") == 1
    assert "Levert etter fristen, som var 1. mars 2026." in learner.browser.get(f"{learner.path}home").text
    with writing(bench.engine) as connection:
        connection.execute(update(attempt).values(completed_at=now() - timedelta(days=3650)))
    assert "Levert etter" not in learner.browser.get(f"{learner.path}home").text


@pytest.mark.parametrize("day", ["$ResourceLink.submission.endDateTime", "2027-02-30", "2027-13-01", "snart", ""])
def test_a_day_that_is_none_is_left_out(bench: Bench, day: str) -> None:
    learner = _at(bench, "1", custom={"due": day, "available": day})
    assert "data-due" not in learner.first
    with reading(bench.engine) as connection:
        assert connection.execute(select(resource_link.c.settings)).scalar_one() == {}


def test_two_devices_gain_what_both_have_done_and_leave_one_grade(bench: Bench) -> None:
    phone, laptop = _at(bench, "1"), _at(bench, "1")
    phone.tell("visit", page="andre")
    laptop.tell("visit", page="quiz")
    assert "2 av 3 sider lest" in phone.browser.get(f"{phone.path}home").text
    play(phone)
    play(laptop)
    assert (bench.rows("outbox"), bench.rows("attempt")) == (1, 1)
