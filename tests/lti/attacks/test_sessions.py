"""Whose a session is, and what it may not be used for (rows 20, 29, 45-52)."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from lti_app.store.engine import reading, writing
from lti_app.store.registrations import put_deployment, set_active
from lti_app.store.schema import attempt, attempt_event, grade_queue, metadata, person, resource_link
from lti_app.trust.proofs import cookie_name

from ..bench import TOOL, Bench
from ..built_courses import right_answer
from ..platform import CLAIM, INSTRUCTOR
from .conftest import SLUG, enter, event


def _rows(bench: Bench, table: Any) -> list[Any]:
    with reading(bench.engine) as connection:
        return list(connection.execute(select(table)))


def _about(bench: Bench) -> dict[str, Any]:
    modules = bench.app.extensions["lokaltmot"].settings.modules
    found = json.loads((modules / SLUG / "module.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.mark.row(20)
@pytest.mark.parametrize("stopped", ["registration", "deployment", "person"])
def test_what_is_stopped_ends_a_running_module_at_the_next_request(school: Bench, stopped: str) -> None:
    learner = enter(school)
    token = learner.token
    with writing(school.engine) as connection:
        if stopped == "registration":
            set_active(connection, school.ids["ours"], False)
        elif stopped == "deployment":
            put_deployment(connection, school.ids["ours"], "1", is_active=False, replaces=True)
        else:
            connection.execute(person.update().values(is_active=False))
    assert learner.browser.get(learner.path).status_code == 403
    told = {"events": [event("visit", page="x")]}
    headers = {"X-LM-Token": token, "Origin": "http://localhost"}
    assert learner.browser.post(f"{learner.path}events", json=told, headers=headers).status_code == 403
    assert _rows(school, attempt_event) == []
    assert [line.reason for line in school.audit()] == ["inactive", "inactive"]


@pytest.mark.row(29)
def test_a_cookie_that_was_planted_before_the_launch_chooses_no_session(school: Bench) -> None:
    first = enter(school)
    id_ = first.path.split("/")[2]
    planted = first.browser.get_cookie(cookie_name(id_))
    victim = enter(school, sub="5")
    victim.browser.set_cookie(planted.key, planted.value, secure=True)
    begun = school.login(browser=victim.browser)
    token = school.platform.sign(school.platform.claims(TOOL, begun.nonce, sub="5"))
    again = school.send(token, begun.state, victim.browser).headers["Location"]
    assert len({id_, victim.path.split("/")[2], again.split("/")[2]}) == 3


@pytest.mark.row(45)
def test_a_learner_opens_no_page_of_a_teachers_or_an_administrators(school: Bench) -> None:
    rules = {rule.rule for rule in school.app.url_map.iter_rules()}
    pages = [
        name for name in ("choose", "connection", "setup", "report", "report/course") if f"/s/<sid>/{name}" in rules
    ]
    assert {"choose", "connection"} <= set(pages)
    learner = enter(school)
    for name in pages:
        assert learner.browser.get(f"{learner.path}{name}").status_code == 403
    assert {line.reason for line in school.audit()} == {"role"}


@pytest.mark.row(46)
def test_a_teacher_asks_for_another_courses_report_in_vain(school: Bench) -> None:
    teacher = enter(school, role=INSTRUCTOR, sub="9")
    other = {f"{CLAIM}context": {"id": "77"}, f"{CLAIM}resource_link": {"id": "77"}}
    enter(school, sub="5", **other)
    enter(school, school.other, sub="6")
    links = {row.link_id: row.id for row in _rows(school, resource_link) if row.registration_id == school.ids["ours"]}
    theirs = [row.id for row in _rows(school, resource_link) if row.registration_id == school.ids["theirs"]]
    for number in (links["77"], *theirs, 9_999):
        for path in (f"report/{number}", f"report/{number}/learners.csv", f"report/{number}/questions.xlsx"):
            assert teacher.browser.get(f"{teacher.path}{path}").status_code == 404


@pytest.mark.row(47)
def test_what_is_told_in_one_session_lands_in_its_own_attempt_whatever_it_names(school: Bench) -> None:
    first, second = enter(school, sub="4"), enter(school, sub="5")
    page = _about(school)["pages"][0]["id"]
    theirs = event("visit", page=page)
    assert second.post([theirs]).status_code == 200
    (own,) = _rows(school, attempt)
    assert first.post([theirs]).status_code == 200  # their event's id, told again by somebody else
    assert first.post([{**event("visit", page=page), "attempt": 2}]).json["taken"] == []
    for path in ("attempt/2", "attempts/2", "state/2", "../../../etc/passwd"):
        assert first.browser.get(f"{first.path}{path}").status_code in (400, 404)
    assert own in _rows(school, attempt)
    assert {row.attempt_id for row in _rows(school, attempt_event) if row.id == theirs["id"]} == {own.id}


@pytest.mark.row(48)
@pytest.mark.parametrize("name", ["", "state", "player/main.js"])
def test_a_session_without_its_own_cookie_is_nobodys(school: Bench, name: str) -> None:
    learner, other = enter(school), enter(school, sub="5")
    for browser in (school.new_browser(), other.browser):
        assert browser.get(f"{learner.path}{name}").status_code == 401
    assert {line.reason for line in school.audit()} == {"session_proof"}


@pytest.mark.row(49)
def test_one_sub_on_two_registrations_is_two_people_with_two_attempts(school: Bench) -> None:
    for platform in (school.platform, school.other):
        enter(school, platform).post([event("visit", page=_about(school)["pages"][0]["id"])])
    assert len({row.person_id for row in _rows(school, attempt)}) == 2


@pytest.mark.row(50)
@pytest.mark.parametrize(
    "headers",
    [{"X-LM-Token": None}, {"X-LM-Token": "0" * 64}, {"Origin": None}, {"Origin": "null"},
     {"Origin": "https://moodle.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}],
)  # fmt: skip
def test_progress_from_a_page_that_is_not_ours_is_not_stored(school: Bench, headers: dict[str, str | None]) -> None:
    learner = enter(school)
    learner.browser.get(learner.path)
    before = {name: school.rows(name) for name in metadata.tables if name != "audit"}
    assert learner.post([event("visit", page=_about(school)["pages"][0]["id"])], **headers).status_code == 403
    assert {name: school.rows(name) for name in metadata.tables if name != "audit"} == before
    assert len(school.audit()) == 1


@pytest.mark.row(51)
@pytest.mark.parametrize(
    "told",
    [{"kind": "score", "score": 100}, {"kind": "score", "score": -1}, {"kind": "completed"},
     {"kind": "submit", "quiz": "x", "round": 0, "score": 100}, {"kind": "visit", "page": "x", "module": "other-lti"}],
)  # fmt: skip
def test_a_score_that_a_page_sends_is_refused_and_none_is_made(school: Bench, told: dict[str, Any]) -> None:
    learner = enter(school)
    answer = learner.post([{**event(""), **told}])
    assert (answer.json["taken"], len(answer.json["refused"])) == ([], 1)
    assert _rows(school, attempt_event) == _rows(school, grade_queue) == []
    assert [line.reason for line in school.audit()] == ["event"]


@pytest.mark.row(51)
def test_another_modules_questions_and_a_quiz_handed_in_empty_give_no_points(school: Bench) -> None:
    learner = enter(school)
    about = _about(school)
    told = [event("answer", question="some-other-modules", answer="a", round=0)]
    told += [event("submit", quiz=quiz["id"], round=0) for quiz in about["quizzes"]]
    told += [event("visit", page=page["id"]) for page in about["pages"]]
    assert learner.post(told).status_code == 200
    (kept,) = _rows(school, attempt)
    assert kept.success != "passed"
    assert all(row.score_given == 0 for row in _rows(school, grade_queue))


@pytest.mark.row(51)
def test_nothing_told_after_a_pass_makes_a_grade_worse_or_better(school: Bench) -> None:
    learner = enter(school)
    about = _about(school)
    modules = school.app.extensions["lokaltmot"].settings.modules
    questions = json.loads((modules / SLUG / "answers.json").read_text("utf-8"))["questions"]
    learner.post([event("visit", page=page["id"]) for page in about["pages"]])
    for quiz in about["quizzes"]:
        answers = [
            event("answer", question=id_, answer=right_answer(questions[id_]), round=0) for id_ in quiz["questions"]
        ]
        learner.post([*answers, event("submit", quiz=quiz["id"], round=0)])
    assert [row.score_given for row in _rows(school, grade_queue)] == [100.0]
    for quiz in about["quizzes"]:
        wrong = [event("answer", question=id_, answer="zzz", round=1) for id_ in quiz["questions"]]
        told = [event("retry", quiz=quiz["id"], round=1), *wrong, event("submit", quiz=quiz["id"], round=1)]
        assert learner.post(told).status_code == 200
    assert [row.score_given for row in _rows(school, grade_queue)] == [100.0]
    (kept,) = _rows(school, attempt)
    assert (kept.completion, kept.success) == ("completed", "passed")


@pytest.mark.row(52)
def test_a_thousand_posts_end_in_429_and_one_grade(school: Bench) -> None:
    learner = enter(school)
    about = _about(school)
    told = [event("visit", page=page["id"]) for page in about["pages"]]
    told += [event("submit", quiz=quiz["id"], round=0) for quiz in about["quizzes"]]
    headers = {"X-LM-Token": learner.token, "Origin": "http://localhost"}
    codes = [
        learner.browser.post(f"{learner.path}events", json={"events": told}, headers=headers).status_code
        for _ in range(1000)
    ]
    assert set(codes) == {200, 429}
    assert codes.count(200) < 500
    assert len(_rows(school, grade_queue)) == 1
