"""The rules of progress: events change an attempt's state, which gives its completion, success and score.

Attempts at a quiz are counted here (_attempts_left, Record.attempt), and the pass mark is applied here (_better).
No Flask, no database.

The player has the same rules (templates/player/progress.js and attempts.js): the same answers give the same result in a
SCORM package and here, and tests/lti/parity compares the two. The difference is who marks an answer: here the server
does, with the module's answers.json, and an answer counts once it is marked.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from lokaltmot_lms.questions import QUESTION_TYPES

_NEARLY = 1e-9
LONGEST_ANSWER = 8000  # characters of JSON; the fields of the page take 1,000 in a text and 200 in a gap (maxlength)


class EventKind(StrEnum):
    """The events that a page can report."""

    VISIT = "visit"
    PLACE = "place"
    ANSWER = "answer"
    SUBMIT = "submit"
    RETRY = "retry"
    FILM = "film"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    name: the id of a page, question, quiz or video. round: the number of earlier attempts at the quiz. seen: a bit set
    of the segments of the video that were watched (templates/player/watched.js).
    """

    kind: EventKind
    name: str
    round: int = 0
    answer: Any = None
    seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """An answer. mark: 1 answered, 2 submitted but not fully right, 3 submitted and right. share: how right, 0 to 1."""

    answer: Any
    mark: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A learner's record for a quiz.

    attempt: the number of attempts before this one. best: the best score, 0 to 100; None before the first is submitted.
    """

    attempt: int = 0
    best: float | None = None
    passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A learner's progress. What is reached is never lost."""

    seed: int
    place: str = ""
    completed: bool = False
    passed: bool = False
    visited: frozenset[str] = frozenset()
    quizzes: Mapping[str, Record] = field(default_factory=dict)
    answers: Mapping[str, GivenAnswer] = field(default_factory=dict)
    films: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizSpec:
    """What the rules need to know about a quiz; see docs/hooks.md.

    draw: how many questions an attempt gets; None for all. attempts: how many are allowed; None for any number.
    pass_mark: the share of the points, 0 to 1, that passes the quiz.
    """

    id: str
    questions: tuple[str, ...]
    draw: int | None
    attempts: int | None
    retry_wrong: bool
    test_out: bool
    pass_mark: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A module as the rules see it. questions: from answers.json. films: the number of segments of each video."""

    pages: tuple[str, ...]
    quizzes: tuple[QuizSpec, ...]
    questions: Mapping[str, Mapping[str, Any]] = field(repr=False)
    all_pages: bool
    passed_quiz: bool
    films: Mapping[str, int] = field(default_factory=dict)

    @property
    def graded(self) -> tuple[QuizSpec, ...]:
        """The quizzes with at least one question that gives points."""
        return tuple(quiz for quiz in self.quizzes if any(self.points(id_) > 0 for id_ in quiz.questions))

    def points(self, question: str) -> float:
        """Return the points of a question."""
        return float(self.questions.get(question, {}).get("points", 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The outcome of an attempt.

    score: 0 to 100; None before a quiz is submitted. share: the grade, 0 to 1; None until it is final.
    """

    completion: str
    success: str
    score: float | None
    share: float | None


def rules_of(about: Mapping[str, Any], questions: Mapping[str, Any], *, pass_share: float | None = None) -> Rules:
    """Return the rules of a built module. pass_share: the teacher's pass mark for this link; else the module's own."""
    quizzes = tuple(
        QuizSpec(
            id=quiz["id"],
            questions=tuple(quiz["questions"]),
            draw=quiz["draw"],
            attempts=quiz["attempts"],
            retry_wrong=quiz["retryWrong"],
            test_out=quiz["testOut"],
            pass_mark=float(quiz["pass"] if pass_share is None else pass_share),
        )
        for quiz in about["quizzes"]
    )
    return Rules(
        pages=tuple(page["id"] for page in about["pages"]),
        quizzes=quizzes,
        questions=questions,
        all_pages=about["completion"]["allPages"],
        passed_quiz=about["completion"]["passedQuiz"],
        films={id_: width for id_, kind, width in about["slots"] if kind == "film"},
    )


def new_state(rules: Rules, seed: int) -> State:
    """Return an empty state. seed: 0 to 65535; decides which questions are drawn."""
    return State(seed=seed, place=rules.pages[0] if rules.pages else "")


def to_json(state: State) -> dict[str, Any]:
    """Return a state as JSON for the page and the database (State in templates/player/types.d.ts, plus each share)."""
    return {
        "seed": state.seed,
        "place": state.place,
        "completed": state.completed,
        "passed": state.passed,
        "visited": sorted(state.visited),
        "quizzes": {id_: asdict(record) for id_, record in state.quizzes.items()},
        "answers": {id_: asdict(given) for id_, given in state.answers.items()},
        "films": dict(state.films),
    }


def from_json(kept: Mapping[str, Any], rules: Rules) -> State:
    """Return a stored state, adapted to a module that may have changed since: what no longer exists is left out."""
    ids = {id_ for quiz in rules.quizzes for id_ in quiz.questions}
    quizzes = {quiz.id for quiz in rules.quizzes}
    return State(
        seed=kept["seed"],
        place=kept["place"] if kept["place"] in rules.pages else next(iter(rules.pages), ""),
        completed=kept["completed"],
        passed=kept["passed"],
        visited=frozenset(kept["visited"]),
        quizzes={id_: Record(**record) for id_, record in kept["quizzes"].items() if id_ in quizzes},
        answers={id_: GivenAnswer(**given) for id_, given in kept["answers"].items() if id_ in ids},
        films=kept.get("films", {}),  # missing in states stored before videos were tracked
    )


def state_of(kept: Mapping[str, Any], rules: Rules) -> State:
    """Return the state of an attempt. kept: as for from_json, or only the seed before the first event."""
    state = from_json(kept, rules) if "place" in kept else new_state(rules, int(kept.get("seed", 0)))
    return settle(state, rules)


def play(state: State, events: Iterable[Event], rules: Rules) -> State:
    """Return the state after events. An event that does not fit (another device was first) changes nothing."""
    for event in events:
        state = settle(_STEPS[event.kind](state, event, rules), rules)
    return state


def share_of(question: Mapping[str, Any], answer: Any) -> float:
    """Return how right an answer is, 0 to 1. question: from answers.json."""
    return float(QUESTION_TYPES[question["type"]].score(question["data"], answer))


def outcome(state: State, rules: Rules) -> Outcome:
    """Return completion, success, score and grade for a state."""
    has_failed = any(
        not _record(state, quiz).passed and is_submitted(state, quiz) and _attempts_left(state, quiz) <= 0
        for quiz in rules.graded
    )
    score = _score(state, rules)
    return Outcome(
        completion="completed" if state.completed else "incomplete",
        success="passed" if state.passed else "failed" if has_failed else "unknown",
        score=score,
        share=_final_share(state, rules, score),
    )


def drawn(state: State, quiz: QuizSpec) -> tuple[str, ...]:
    """Return the questions of this attempt. Those with an answer stay in when the bank has grown."""
    if quiz.draw is None or quiz.draw >= len(quiz.questions):
        return quiz.questions
    answered = [id_ for id_ in quiz.questions if id_ in state.answers]
    others = [id_ for id_ in _shuffled(quiz.questions, state, quiz) if id_ not in state.answers]
    chosen = {*[*answered, *others][: quiz.draw]}
    return tuple(id_ for id_ in quiz.questions if id_ in chosen)


def is_submitted(state: State, quiz: QuizSpec) -> bool:
    """Return whether this attempt has been submitted."""
    return all(id_ in state.answers and state.answers[id_].mark > 1 for id_ in drawn(state, quiz))


def settle(state: State, rules: Rules) -> State:
    """Return the state with completion and success updated; once reached they stay."""
    graded = rules.graded
    passed = state.passed or (bool(graded) and all(_record(state, quiz).passed for quiz in graded))
    seen = state.visited.issuperset(rules.pages)
    completed = state.completed or ((seen or not rules.all_pages) and (passed or not rules.passed_quiz or not graded))
    if (passed, completed) == (state.passed, state.completed):
        return state
    return replace(state, passed=passed, completed=completed)


def _visit(state: State, event: Event, rules: Rules) -> State:
    return replace(state, visited=state.visited | {event.name}) if event.name in rules.pages else state


def _place(state: State, event: Event, rules: Rules) -> State:
    return replace(state, place=event.name) if event.name in rules.pages else state


def _answer(state: State, event: Event, rules: Rules) -> State:
    quiz = next((one for one in rules.quizzes if event.name in one.questions), None)
    if quiz is None or not _is_open(state, quiz, event.round) or event.name in state.answers:
        return state
    if event.name not in drawn(state, quiz) or event.answer is None or not is_short(event.answer):
        return state
    given = GivenAnswer(answer=event.answer, mark=1, share=share_of(rules.questions[event.name], event.answer))
    return replace(state, answers={**state.answers, event.name: given})


def _submit(state: State, event: Event, rules: Rules) -> State:
    quiz = _quiz(rules, event.name)
    if quiz is None or not _is_open(state, quiz, event.round) or is_submitted(state, quiz):
        return state
    ids = drawn(state, quiz)
    answers = {**state.answers, **{id_: _submitted(state.answers.get(id_)) for id_ in ids}}
    worth = sum(rules.points(id_) for id_ in ids)
    got = 0.0
    for id_ in ids:
        got += rules.points(id_) * answers[id_].share
    record = _better(_record(state, quiz), got / worth if worth > 0 else 0.0, quiz)
    visited = frozenset(rules.pages) if quiz.test_out and record.passed else frozenset[str]()
    quizzes = {**state.quizzes, quiz.id: record}
    return replace(state, answers=answers, quizzes=quizzes, visited=state.visited | visited)


def _retry(state: State, event: Event, rules: Rules) -> State:
    quiz = _quiz(rules, event.name)
    if quiz is None or event.round != _record(state, quiz).attempt + 1:
        return state
    again = _to_retry(state, quiz, rules)
    if not again or not is_submitted(state, quiz) or _attempts_left(state, quiz) <= 0:
        return state
    answers = {id_: given for id_, given in state.answers.items() if id_ not in again}
    record = replace(_record(state, quiz), attempt=event.round)
    return replace(state, answers=answers, quizzes={**state.quizzes, quiz.id: record})


def _film(state: State, event: Event, rules: Rules) -> State:
    seen = event.seen & (2 ** rules.films.get(event.name, 0) - 1)
    return replace(state, films={**state.films, event.name: state.films.get(event.name, 0) | seen}) if seen else state


_STEPS = {
    EventKind.VISIT: _visit,
    EventKind.PLACE: _place,
    EventKind.ANSWER: _answer,
    EventKind.SUBMIT: _submit,
    EventKind.RETRY: _retry,
    EventKind.FILM: _film,
}


def _quiz(rules: Rules, id_: str) -> QuizSpec | None:
    return next((quiz for quiz in rules.quizzes if quiz.id == id_), None)


def _record(state: State, quiz: QuizSpec) -> Record:
    return state.quizzes.get(quiz.id, Record())


def _is_open(state: State, quiz: QuizSpec, round_: int) -> bool:
    at = _record(state, quiz).attempt
    return round_ == at and (quiz.attempts is None or at < quiz.attempts)


def _attempts_left(state: State, quiz: QuizSpec) -> float:
    """Return how many attempts at a quiz are left; infinity when they are not limited."""
    if quiz.attempts is None:
        return math.inf
    return quiz.attempts - _record(state, quiz).attempt - int(is_submitted(state, quiz))


def _to_retry(state: State, quiz: QuizSpec, rules: Rules) -> set[str]:
    def is_wrong(id_: str) -> bool:
        given = state.answers.get(id_)
        return (given is None or given.mark != 3) and rules.points(id_) > 0

    return {id_ for id_ in drawn(state, quiz) if not quiz.retry_wrong or is_wrong(id_)}


def _submitted(given: GivenAnswer | None) -> GivenAnswer:
    given = given or GivenAnswer(answer=None, mark=1, share=0.0)
    return replace(given, mark=3 if given.share > 1 - _NEARLY else 2)


def _better(record: Record, share: float, quiz: QuizSpec) -> Record:
    """Return the record after an attempt with a score. The quiz is passed when the share reaches the pass mark."""
    best = max(record.best or 0.0, math.floor(share * 10000 + _NEARLY) / 100)
    return replace(record, best=best, passed=record.passed or share + _NEARLY >= quiz.pass_mark)


def _score(state: State, rules: Rules) -> float | None:
    records = [(quiz, _record(state, quiz)) for quiz in rules.graded]
    if all(record.best is None for _, record in records):
        return None
    got = every = 0.0
    for quiz, record in records:
        worth = sum(rules.points(id_) for id_ in drawn(state, quiz))
        got += worth * (record.best or 0.0)
        every += worth
    return math.floor(got / every * 100 + 1e-6) / 100 if every > 0 else None


def _final_share(state: State, rules: Rules, score: float | None) -> float | None:
    """Return the grade: from the quizzes when all are submitted, or full marks at completion if nothing is graded."""
    if not rules.graded:
        return 1.0 if state.completed else None
    if score is None or any(_record(state, quiz).best is None for quiz in rules.graded):
        return None
    return score / 100


def _shuffled(keys: Sequence[str], state: State, quiz: QuizSpec) -> list[str]:
    # As shuffled() in progress.js: the seed, the attempt, an empty salt and the key, joined by commas.
    at = _record(state, quiz).attempt
    return sorted(keys, key=lambda key: _hash(f"{state.seed},{at},,{key}"))


def _hash(text: str) -> int:
    """Return the same as hash(text, 24) in bits.js: FNV-1a with Murmur3's final mix."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return (value ^ (value >> 16)) & 0xFFFFFF


def is_short(answer: Any) -> bool:
    """Return whether an answer is short enough to be stored. A letter counts as one in every alphabet."""
    return len(json.dumps(answer, ensure_ascii=False)) <= LONGEST_ANSWER
