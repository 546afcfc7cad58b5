"""The same answers give the same score and status from the player's own rules (in a zip) and from the tool's."""

import json
import random
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lokaltmot_lms.questions import QUESTION_TYPES
from lti_app import progress
from lti_app.built_modules import BuiltModules
from lti_app.progress import Event, EventKind, Rules, State

from ..built_courses import every_type

_HERE = Path(__file__).resolve().parent
_CASES = _HERE.parents[1] / "scoring"


def _module() -> tuple[dict[str, Any], dict[str, Any]]:
    built = BuiltModules(every_type()).modules()[0]
    about = json.loads(json.dumps(built.about))
    for id_, question in built.questions.items():
        about["questions"][id_] |= {"data": question["data"], "sealed": False}  # as in a zip
    return about, dict(built.questions)


def _by_node(node: str, runs: list[dict[str, Any]]) -> list[Any]:
    done = subprocess.run(
        [node, str(_HERE / "play.mjs")],
        input=json.dumps(runs),
        capture_output=True,
        text=True,
        check=True,
    )
    results = json.loads(done.stdout)
    assert isinstance(results, list)
    return results


def _report(state: State, rules: Rules) -> dict[str, Any]:
    found = progress.outcome(state, rules)
    return {"place": state.place, "completion": found.completion, "success": found.success, "score": found.score}


def _answers(question: dict[str, Any], chance: random.Random) -> Any:
    """A right answer, one from the table of scoring cases of its type, or rubbish."""
    cases = json.loads((_CASES / f"{question['type']}.json").read_text(encoding="utf-8"))
    right = question["right"]
    if isinstance(question["data"].get("accepted"), list):
        right = question["data"]["accepted"][0]
    return chance.choice([right, right, right, chance.choice(cases)["answer"], "a", ["a"], {"1": "a"}])


def _moves(state: State, rules: Rules, chance: random.Random) -> Iterator[Event]:
    """All that a page would let a learner do now."""
    for page in rules.pages:
        yield Event(kind=EventKind.VISIT, name=page)
    yield Event(kind=EventKind.PLACE, name=chance.choice(rules.pages))
    for film, stretches in rules.films.items():
        yield Event(kind=EventKind.FILM, name=film, seen=chance.randrange(2**stretches))
    for quiz in rules.quizzes:
        at = state.quizzes.get(quiz.id, progress.Record()).attempt
        for id_ in progress.drawn(state, quiz):
            answer = _answers(dict(rules.questions[id_]), chance)
            yield Event(kind=EventKind.ANSWER, name=id_, round=at, answer=answer)
        yield Event(kind=EventKind.SUBMIT, name=quiz.id, round=at)
        yield Event(kind=EventKind.RETRY, name=quiz.id, round=at + 1)


def _attempt(about: dict[str, Any], questions: dict[str, Any], number: int) -> tuple[dict[str, Any], State, list[Any]]:
    chance = random.Random(number)  # noqa: S311  # the same attempts in every run
    about = json.loads(json.dumps(about))
    for quiz in about["quizzes"]:
        quiz["draw"] = chance.choice([None, 1, 3, 6])
        quiz["attempts"] = chance.choice([None, 1, 2])
        quiz["retryWrong"] = chance.random() < 0.5
        quiz["testOut"] = chance.random() < 0.3
        quiz["pass"] = chance.choice([0.3, 0.5, 0.8, 1])
    about["completion"] = {"allPages": chance.random() < 0.7, "passedQuiz": chance.random() < 0.7}
    rules = progress.rules_of(about, questions)
    state = progress.settle(progress.new_state(rules, seed=chance.randrange(65536)), rules)
    seed, events, reports = state.seed, [], []
    for _ in range(chance.randrange(5, 60)):
        event = chance.choice(list(_moves(state, rules, chance)))
        after = progress.play(state, [event], rules)
        if after == state:
            continue  # not a move that the page would offer now
        state = after
        events.append({"kind": event.kind.value, "name": event.name, "answer": event.answer, "seen": event.seen})
        reports.append(_report(state, rules))
    return {"module": about, "seed": seed, "events": events}, state, reports


@pytest.mark.parametrize("rounds", [50, pytest.param(500, marks=pytest.mark.heavy)])
def test_random_attempts_come_to_the_same(node: str, rounds: int) -> None:
    about, questions = _module()
    runs, states, reports = zip(*(_attempt(about, questions, number) for number in range(rounds)), strict=True)
    theirs = _by_node(node, list(runs))

    for run, state, ours, other in zip(runs, states, reports, theirs, strict=True):
        assert other["reports"] == ours, run
        mine = progress.to_json(state)
        for given in mine["answers"].values():
            del given["share"]
        assert other["state"] == json.loads(json.dumps(mine)), run
    scores = {report["score"] for group in reports for report in group}
    assert len(scores) > 20
    assert {report["success"] for group in reports for report in group} == {"unknown", "passed", "failed"}


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_each_type_comes_to_the_same_alone(node: str, kind: str) -> None:
    about, _ = _module()
    cases = json.loads((_CASES / f"{kind}.json").read_text(encoding="utf-8"))
    page = about["pages"][0]["id"]
    runs, ours = [], []
    for case in cases:
        if case["answer"] is None:
            continue
        asked = {"type": kind, "points": 0 if kind == "likert" else 2, "data": case["data"]}
        quiz = {**about["quizzes"][0], "page": page, "draw": None, "attempts": None, "questions": ["q"]}
        module = {**about, "quizzes": [quiz], "questions": {"q": {**asked, "cmi": "q", "text": ""}}}
        events = [
            Event(kind=EventKind.ANSWER, name="q", answer=case["answer"]),
            Event(kind=EventKind.SUBMIT, name=quiz["id"]),
        ]
        rules = progress.rules_of(module, {"q": asked})
        state = progress.play(progress.new_state(rules, seed=1), events, rules)
        ours.append(_report(state, rules))
        sent = [{"kind": event.kind.value, "name": event.name, "answer": event.answer} for event in events]
        runs.append({"module": module, "seed": 1, "events": sent})

    assert [result["reports"][-1] for result in _by_node(node, runs)] == ours
    assert len(runs) >= 25


def test_the_share_is_the_tables_own() -> None:
    from fractions import Fraction

    for kind in QUESTION_TYPES:
        for case in json.loads((_CASES / f"{kind}.json").read_text(encoding="utf-8")):
            share = progress.share_of({"type": kind, "data": case["data"]}, case["answer"])
            assert share == float(Fraction(case["score"])), case


def test_a_teachers_own_pass_mark_rules() -> None:
    about, questions = _module()
    strict = progress.rules_of(about, questions, pass_share=1.0)
    assert {quiz.pass_mark for quiz in strict.quizzes} == {1.0}
    assert replace(strict, quizzes=()).graded == ()
