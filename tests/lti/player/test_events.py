"""What the page tells becomes an attempt and a grade; what it should not tell is refused, and nothing is stored."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from lti_app.player import events
from lti_app.store.engine import reading
from lti_app.store.schema import attempt, attempt_event, first_answer, grade_queue
from lti_app.trust import limits

from ..bench import TOOL, Bench, bench_in
from ..built_courses import every_type
from ..platform import CLAIM, INSTRUCTOR
from ..playing import SLUG, enter, play


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A tool that serves a module with every question type."""
    with bench_in(tmp_path) as made:
        shutil.copytree(every_type(), tmp_path, dirs_exist_ok=True)
        yield made


@pytest.fixture
def bench_on_each(tmp_path: Path, database_url: str) -> Iterator[Bench]:
    """The same, on SQLite and on PostgreSQL."""
    with bench_in(tmp_path, database_url) as made:
        shutil.copytree(every_type(), tmp_path, dirs_exist_ok=True)
        yield made


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


def test_a_module_is_played_to_a_pass_and_its_grade_is_on_the_way(bench: Bench) -> None:
    learner = enter(bench)
    play(learner)

    (kept,) = _rows(bench, attempt)
    assert (kept.completion, kept.success, kept.score_got) == ("completed", "passed", 100.0)
    (grade,) = _rows(bench, grade_queue)
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


def test_what_another_device_tells_meanwhile_is_not_lost(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = enter(bench), enter(bench)
    id_, place = _asked(bench), first.launch["state"]["place"]
    check, waiting = events.check_write, [second]

    def check_slowly(*arguments: Any) -> None:
        check(*arguments)  # by now the request knows its session, and how far the learner has come
        if waiting:
            waiting.pop().tell("answer", question=id_, answer="b", round=0)

    monkeypatch.setattr(events, "check_write", check_slowly)
    batch: list[dict[str, Any]] = [
        {"id": str(uuid4()), "kind": "visit", "page": place},
        {"id": str(uuid4()), "kind": "answer", "question": id_, "answer": "a", "round": 0},
    ]
    assert first.post(batch).json["marked"][batch[1]["id"]]["answer"] == "b"
    (row,) = _rows(bench, attempt)
    assert (row.row_version, row.state["visited"], row.state["answers"][id_]["answer"]) == (3, [place], "b")
    assert len(_rows(bench, attempt_event)) == 3


def test_an_answer_that_was_not_asked_for_tells_nothing(bench: Bench) -> None:
    learner = enter(bench)
    assert learner.tell("answer", question=_asked(bench), answer="a", round=3) == {}
    assert _rows(bench, first_answer) == []


def test_sending_twice_is_harmless(bench: Bench) -> None:
    learner = enter(bench)
    event = {"id": str(uuid4()), "kind": "visit", "page": learner.launch["state"]["place"], "at": "nå"}
    for _ in range(2):
        assert learner.post([event]).json == {"taken": [event["id"]], "marked": {}, "refused": []}
    assert len(_rows(bench, attempt_event)) == 1


def test_of_a_batch_that_came_in_part_the_rest_is_taken_once(bench: Bench) -> None:
    """A page whose answer was lost sends all of it again, with what has happened since."""
    learner = enter(bench)
    first, second = (
        {"id": str(uuid4()), "kind": "answer", "question": _asked(bench), "answer": answer, "round": 0}
        for answer in ("a", "b")
    )
    turned = {"id": str(uuid4()), "kind": "visit", "page": learner.launch["state"]["place"]}
    for batch in ([first], [first, second, turned], [turned, turned]):
        assert learner.post(batch).json["taken"] == [one["id"] for one in batch]
    assert {row.id for row in _rows(bench, attempt_event)} == {first["id"], second["id"], turned["id"]}
    (row,) = _rows(bench, attempt)
    assert row.row_version == 3  # begun with 1, and saved twice: what came a second time saves nothing
    assert row.state["visited"] == [turned["page"]]
    assert [one.answer for one in _rows(bench, first_answer)] == [row.state["answers"][_asked(bench)]["answer"]]


_MAY_NOT = pytest.mark.parametrize(
    "event",
    [
        {"kind": "score", "score": 100},
        {"kind": "visit", "page": "forste", "score": 100},
        {"kind": "visit"},
        {"kind": "visit", "page": ["forste"]},
        {"kind": "answer", "question": "ett", "answer": "a", "round": -1},
        {"kind": "answer", "question": "ett", "answer": "a", "round": True},
        {"kind": ["visit"], "page": "forste"},
        {"kind": "visit", "page": "forste\0"},
        {"kind": "answer", "question": "ett", "answer": "halv \ud83d", "round": 0},
        {"kind": "answer", "question": "ett", "answer": {"\0": "a"}, "round": 0},
        {"kind": "answer", "question": "ett", "answer": [["a\0"]], "round": 0},
        {"kind": "film", "film": "en_film", "seen": -1},
        {"kind": "film", "film": "en_film", "seen": 2**40},
        {"kind": "film", "film": "en_film", "seen": True},
        {"kind": "film", "seen": 1},
    ],
)


@_MAY_NOT
def test_an_event_that_is_not_valid_is_refused_alone(bench_on_each: Bench, event: dict[str, Any]) -> None:
    learner = enter(bench_on_each)
    bad = {"id": str(uuid4()), **event}
    good = {"id": str(uuid4()), "kind": "visit", "page": learner.launch["state"]["place"]}
    answer = learner.post([bad, good])
    assert answer.status_code == 200
    assert answer.json == {"taken": [good["id"]], "marked": {}, "refused": [{"id": bad["id"], "why": "invalid"}]}
    assert [row.id for row in _rows(bench_on_each, attempt_event)] == [good["id"]]
    assert learner.post([bad]).json == {"taken": [], "marked": {}, "refused": [{"id": bad["id"], "why": "invalid"}]}


@pytest.mark.parametrize(
    "events", ["visit", [], ["visit"], [None], [{"kind": "visit", "page": "forste"}], [{"id": "1", "kind": "visit"}]]
)
def test_what_is_no_batch_of_events_is_refused_as_a_whole(bench: Bench, events: Any) -> None:
    learner = enter(bench)
    assert learner.post(events).status_code == 400
    assert _rows(bench, attempt_event) == []


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 5000])
def test_a_number_that_no_page_can_write_is_refused(bench_on_each: Bench, number: str) -> None:
    learner = enter(bench_on_each)
    event = f'{{"id": "{uuid4()}", "kind": "answer", "question": "{_asked(bench_on_each)}", "answer": {number}}}'
    answer = learner.browser.post(
        f"{learner.path}events", data=f'{{"events": [{event}]}}', content_type="application/json",
        headers={"X-LM-Token": learner.token, "Origin": TOOL},
    )  # fmt: skip
    assert answer.status_code == 400
    assert _rows(bench_on_each, attempt_event) == []


@pytest.mark.parametrize("letter", ["å", "ж", "ع", "字", "👍", '"', "<"])
def test_a_long_answer_is_taken_in_every_alphabet(bench_on_each: Bench, letter: str) -> None:
    """1,000 letters are what the page lets a learner type."""
    learner = enter(bench_on_each)
    asked = _asked(bench_on_each)
    marked = learner.tell("answer", question=asked, answer=letter * 1000, round=0)
    assert marked["answer"] == letter * 1000
    assert enter(bench_on_each).launch["state"]["answers"][asked]["answer"] == letter * 1000


def test_an_answer_that_is_too_long_is_refused_with_the_reason(bench: Bench) -> None:
    learner = enter(bench)
    bad = {"id": str(uuid4()), "kind": "answer", "question": _asked(bench), "answer": "x" * 10_000, "round": 0}
    assert learner.post([bad]).json == {"taken": [], "marked": {}, "refused": [{"id": bad["id"], "why": "too_long"}]}
    assert _rows(bench, attempt_event) == []


def test_two_placements_of_a_module_keep_their_events_apart_on_the_device(bench: Bench) -> None:
    first, second, again = enter(bench, link="1"), enter(bench, link="2"), enter(bench, link="1")
    assert first.launch["link"] == again.launch["link"] != second.launch["link"]
    assert len(first.launch["link"]) == 16


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
    play(teacher)
    assert _rows(bench, attempt) + _rows(bench, grade_queue) + _rows(bench, attempt_event) == []


def test_a_flood_is_stopped(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.time, "monotonic", lambda: 0.0)  # a slow machine would let a bucket fill again
    learner = enter(bench)
    page = learner.launch["state"]["place"]
    codes = [learner.post([{"id": str(uuid4()), "kind": "place", "page": page}]).status_code for _ in range(70)]
    assert codes == [200] * 60 + [429] * 10


def test_the_page_of_a_session_says_nothing_of_what_isright_answer(bench: Bench) -> None:
    learner = enter(bench)
    island = learner.browser.get(learner.path).text.split('id="lm-module">')[1].split("</script>")[0]
    assert '"questions"' in island
    assert '"right"' not in island
    assert '"accepted"' not in island


def test_a_link_without_a_built_module_is_not_found(bench: Bench) -> None:
    begun = bench.login()
    told = bench.platform.claims(TOOL, begun.nonce, **{f"{CLAIM}custom": {"module": "finnes-ikke"}})
    answer = bench.send(bench.platform.sign(told), begun.state)
    assert bench.browser.get(answer.headers["Location"]).status_code == 404
