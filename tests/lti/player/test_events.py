"""What the page tells becomes an attempt and a grade; what it should not tell is refused, and nothing is stored."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_app.store.engine import reading
from lti_app.store.schema import attempt, attempt_event, first_answer, outbox

from ..bench import TOOL, Bench, bench_in
from ..platform import CLAIM, INSTRUCTOR, LEARNER
from ..shelves import every_type, right_answer

SLUG = "alle-typer-lti"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


@dataclass
class Learner:
    """One launch, and what its page would do."""

    bench: Bench
    path: str
    browser: Any
    launch: dict[str, Any]

    def post(self, events: Any, **headers: Any) -> TestResponse:
        own = {"X-LM-Token": self.launch["token"], "Origin": TOOL, **headers}
        given = {name: value for name, value in own.items() if value is not None}
        body = {"language": "nb", "events": events}
        response = self.browser.post(f"{self.path}events", json=body, headers=given)
        assert isinstance(response, TestResponse)
        return response

    def tell(self, kind: str, **detail: Any) -> dict[str, Any]:
        event = {"id": str(uuid4()), "kind": kind, "at": "2026-01-01T10:00:00+00:00", **detail}
        response = self.post([event])
        assert response.status_code == 200, response.data
        assert response.json is not None
        assert response.json["taken"] == [event["id"]]
        found = response.json["marked"].get(event["id"])
        return found if isinstance(found, dict) else {}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A tool whose shelf has a module with every question type."""
    with bench_in(tmp_path) as made:
        shutil.copytree(every_type(), tmp_path, dirs_exist_ok=True)
        yield made


def enter(bench: Bench, *, role: str = LEARNER, sub: str = "4", **claims: Any) -> Learner:
    """Launch in a browser of its own, and open the page."""
    browser = bench.new_browser()
    item = f"{bench.web.origin}/item?type_id=2"
    begun = bench.login(browser=browser)
    own = {
        "sub": sub,
        f"{CLAIM}roles": [role],
        f"{CLAIM}custom": {"module": SLUG},
        GRADES: {"lineitem": item, "scope": []},
    }
    told = bench.platform.claims(TOOL, begun.nonce, **own, **claims)
    answer = bench.send(bench.platform.sign(told), begun.state, browser)
    assert answer.status_code == 303, answer.data
    path = answer.headers["Location"].removesuffix("report")  # where a teacher lands; the module is beside it
    page = browser.get(path)
    assert page.status_code == 200, page.data
    found = re.search(r'id="lm-launch">(.*?)</script>', page.text)
    assert found is not None
    return Learner(bench=bench, path=path, browser=browser, launch=json.loads(found[1]))


def _rows(bench: Bench, table: Any) -> list[Any]:
    with reading(bench.engine) as connection:
        return list(connection.execute(select(table)))


def _answers(bench: Bench) -> dict[str, Any]:
    found = json.loads((bench.app.extensions["lokaltmot"].settings.modules / SLUG / "answers.json").read_text("utf-8"))
    questions = found["questions"]
    assert isinstance(questions, dict)
    return questions


def _asked(bench: Bench) -> str:
    """A question that every learner gets."""
    about = json.loads((bench.app.extensions["lokaltmot"].settings.modules / SLUG / "module.json").read_text("utf-8"))
    return str(next(quiz["questions"][0] for quiz in about["quizzes"] if quiz["draw"] is None))


def _play(learner: Learner) -> None:
    """All pages, and all quizzes handed in with right answers."""
    about = json.loads(
        (learner.bench.app.extensions["lokaltmot"].settings.modules / SLUG / "module.json").read_text("utf-8")
    )
    for page in about["pages"]:
        learner.tell("visit", page=page["id"])
    questions = _answers(learner.bench)
    for quiz in about["quizzes"]:
        for id_ in quiz["questions"]:
            learner.tell("answer", question=id_, answer=right_answer(questions[id_]), round=0)
        learner.tell("submit", quiz=quiz["id"], round=0)


def test_a_module_is_played_to_a_pass_and_its_grade_is_on_the_way(bench: Bench) -> None:
    learner = enter(bench)
    _play(learner)

    (kept,) = _rows(bench, attempt)
    assert (kept.completion, kept.success, kept.score_got) == ("completed", "passed", 100.0)
    (grade,) = _rows(bench, outbox)
    assert (grade.status, grade.score_given, grade.activity_progress) == ("waiting", 100.0, "Completed")
    state = learner.browser.get(f"{learner.path}state").json
    assert (state["completion"], state["score"]) == ("completed", 100.0)


def test_marking_tells_what_is_right_only_after_the_answer(bench: Bench) -> None:
    learner = enter(bench)
    id_ = _asked(bench)
    question = _answers(bench)[id_]
    assert learner.launch["marked"] == {}
    marked = learner.tell("answer", question=id_, answer="a", round=0)
    assert marked["data"] == question["data"]
    again = enter(bench)
    assert set(again.launch["marked"]) == {id_}


def test_another_device_cannot_answer_again_in_the_round(bench: Bench) -> None:
    first, second = enter(bench), enter(bench)
    id_ = _asked(bench)
    first.tell("answer", question=id_, answer="a", round=0)
    marked = second.tell("answer", question=id_, answer="b", round=0)
    assert marked["answer"] == "a"
    assert [row.answer for row in _rows(bench, first_answer)] == ["a"]


def test_an_answer_that_was_not_asked_for_tells_nothing(bench: Bench) -> None:
    learner = enter(bench)
    assert learner.tell("answer", question=_asked(bench), answer="a", round=3) == {}
    assert _rows(bench, first_answer) == []


def test_sending_twice_is_harmless(bench: Bench) -> None:
    learner = enter(bench)
    event = {"id": str(uuid4()), "kind": "visit", "page": learner.launch["state"]["place"], "at": "nå"}
    for _ in range(2):
        assert learner.post([event]).json == {"taken": [event["id"]], "marked": {}}
    assert len(_rows(bench, attempt_event)) == 1


@pytest.mark.parametrize(
    "event",
    [
        {"kind": "score", "score": 100},
        {"kind": "visit", "page": "forste", "score": 100},
        {"kind": "visit"},
        {"kind": "visit", "page": ["forste"]},
        {"kind": "answer", "question": "ett", "answer": "x" * 10_000},
        {"kind": "answer", "question": "ett", "answer": "a", "round": -1},
        {"kind": "answer", "question": "ett", "answer": "a", "round": True},
        {"kind": "visit", "page": "forste", "id": "1"},
        {"kind": "film", "film": "en_film", "seen": -1},
        {"kind": "film", "film": "en_film", "seen": 2**40},
        {"kind": "film", "film": "en_film", "seen": True},
        {"kind": "film", "seen": 1},
        "visit",
        None,
    ],
)
def test_what_a_page_may_not_tell_is_refused(bench: Bench, event: Any) -> None:
    learner = enter(bench)
    told = {"id": str(uuid4()), **event} if isinstance(event, dict) else event
    assert learner.post([told]).status_code == 400
    assert learner.post([]).status_code == 400
    assert _rows(bench, attempt_event) == []


@pytest.mark.parametrize(
    "headers",
    [{"X-LM-Token": None}, {"X-LM-Token": "0" * 64}, {"Origin": None}, {"Origin": "https://evil.example"},
     {"Sec-Fetch-Site": "cross-site"}],
)  # fmt: skip
def test_only_our_own_page_may_write(bench: Bench, headers: dict[str, str | None]) -> None:
    learner = enter(bench)
    event = {"id": str(uuid4()), "kind": "visit", "page": learner.launch["state"]["place"]}
    assert learner.post([event], **headers).status_code == 403
    assert _rows(bench, attempt_event) == []


def test_a_session_is_of_no_use_in_another_browser(bench: Bench) -> None:
    learner = enter(bench)
    stranger = bench.new_browser()
    assert stranger.get(learner.path).status_code == 401
    assert stranger.get(f"{learner.path}state").status_code == 401
    assert stranger.get(f"{learner.path}player/main.js").status_code == 401


@pytest.mark.parametrize("name", ["answers.json", "module.json", "../answers.json", "%2e%2e/answers.json", "player"])
def test_only_what_is_public_is_served(bench: Bench, name: str) -> None:
    learner = enter(bench)
    assert learner.browser.get(f"{learner.path}{name}").status_code in (400, 404)
    with learner.browser.get(f"{learner.path}player/main.js") as script:
        assert (script.status_code, script.mimetype) == (200, "text/javascript")


def test_a_teacher_looks_around_and_leaves_nothing(bench: Bench) -> None:
    teacher = enter(bench, role=INSTRUCTOR)
    assert teacher.launch["mode"] == "browse"
    _play(teacher)
    assert _rows(bench, attempt) + _rows(bench, outbox) + _rows(bench, attempt_event) == []


def test_a_flood_is_stopped_and_leaves_one_grade(bench: Bench) -> None:
    learner = enter(bench)
    page = learner.launch["state"]["place"]
    codes = {learner.post([{"id": str(uuid4()), "kind": "place", "page": page}]).status_code for _ in range(200)}
    assert codes == {200, 429}


def test_the_page_of_a_session_says_nothing_of_what_isright_answer(bench: Bench) -> None:
    learner = enter(bench)
    island = learner.browser.get(learner.path).text.split('id="lm-module">')[1].split("</script>")[0]
    assert '"questions"' in island
    assert '"right"' not in island
    assert '"accepted"' not in island


def test_a_link_without_a_module_on_the_shelf_is_not_found(bench: Bench) -> None:
    begun = bench.login()
    told = bench.platform.claims(TOOL, begun.nonce, **{f"{CLAIM}custom": {"module": "finnes-ikke"}})
    answer = bench.send(bench.platform.sign(told), begun.state)
    assert bench.browser.get(answer.headers["Location"]).status_code == 404
