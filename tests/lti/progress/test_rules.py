"""What events come to: gains stay, sending twice is harmless, what does not fit changes nothing."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lti_app import progress
from lti_app.progress import Event, EventKind, Rules, State

from ...examples import examples

PAGES = ("start", "lese", "quiz")
IDS = ("en", "to", "tre", "fire")


def _rules(**quiz: Any) -> Rules:
    """Four questions with the right answer b, four of four needed unless told otherwise."""
    made = {"id": "quiz", "questions": list(IDS), "draw": None, "attempts": None, "retryWrong": True, "testOut": False,
            "pass": 1.0, **quiz}  # fmt: skip
    about = {
        "pages": [{"id": id_} for id_ in PAGES],
        "quizzes": [made],
        "completion": {"allPages": True, "passedQuiz": True},
        "slots": [["start", "page", 0], ["filmen", "film", 12], ["en", "single", 2]],
    }
    asked = {"type": "single", "points": 1, "data": {"options": ["a", "b"], "right": "b"}}
    return progress.rules_of(about, dict.fromkeys(IDS, asked))


def _answers(answer: str, round_: int = 0, ids: tuple[str, ...] = IDS) -> list[Event]:
    return [Event(kind=EventKind.ANSWER, name=id_, round=round_, answer=answer) for id_ in ids]


def _submit(round_: int = 0) -> Event:
    return Event(kind=EventKind.SUBMIT, name="quiz", round=round_)


def _retry(round_: int = 1) -> Event:
    return Event(kind=EventKind.RETRY, name="quiz", round=round_)


VISITS = [Event(kind=EventKind.VISIT, name=page) for page in PAGES]
RULES = _rules()
NEW = progress.new_state(RULES, seed=7)

events = st.lists(
    st.one_of(
        st.builds(
            Event,
            kind=st.sampled_from([EventKind.VISIT, EventKind.PLACE]),
            name=st.sampled_from([*PAGES, "finnes-ikke"]),
        ),
        st.builds(
            Event,
            kind=st.just(EventKind.ANSWER),
            name=st.sampled_from([*IDS, "finnes-ikke"]),
            round=st.integers(0, 3),
            answer=st.sampled_from(["a", "b", None, ["b"], {"1": "b"}, 4, "x" * 5000]),
        ),
        st.builds(
            Event,
            kind=st.sampled_from([EventKind.SUBMIT, EventKind.RETRY]),
            name=st.just("quiz"),
            round=st.integers(0, 3),
        ),
    ),
    max_size=40,
)
quizzes = st.fixed_dictionaries({
    "draw": st.sampled_from([None, 1, 3]),
    "attempts": st.sampled_from([None, 1, 2]),
    "retryWrong": st.booleans(),
    "testOut": st.booleans(),
    "pass": st.sampled_from([0.0, 0.5, 1.0]),
})  # fmt: skip


def test_all_right_is_passed_and_completed_when_the_pages_are_read() -> None:
    done = progress.play(NEW, [*_answers("b"), _submit()], RULES)
    assert progress.outcome(done, RULES) == progress.Outcome(
        completion="incomplete", success="passed", score=100.0, share=1.0
    )
    assert progress.outcome(progress.play(done, VISITS, RULES), RULES).completion == "completed"


def test_a_grade_is_final_only_when_the_quiz_is_handed_in() -> None:
    answered = progress.play(NEW, _answers("b", ids=IDS[:2]), RULES)
    assert progress.outcome(answered, RULES).share is None
    assert progress.outcome(progress.play(answered, [_submit()], RULES), RULES).share == 0.5


def test_without_a_quiz_completion_gives_full_marks() -> None:
    rules = replace(RULES, quizzes=())
    begun = progress.play(NEW, VISITS[:2], rules)
    assert progress.outcome(begun, rules).share is None
    assert progress.outcome(progress.play(begun, VISITS, rules), rules).share == 1.0


def test_an_answer_that_was_marked_cannot_be_given_again_in_the_round() -> None:
    first = progress.play(NEW, _answers("a"), RULES)
    assert progress.play(first, _answers("b"), RULES) == first


def test_attempts_run_out() -> None:
    rules = _rules(attempts=2)
    lost = progress.play(NEW, [*_answers("a"), _submit(), _retry(), *_answers("a", 1), _submit(1)], rules)
    assert progress.outcome(lost, rules).success == "failed"
    assert progress.play(lost, [_retry(2), *_answers("b", 2), _submit(2)], rules) == lost


def test_an_answer_of_an_old_round_from_another_device_changes_nothing() -> None:
    second = progress.play(NEW, [*_answers("a"), _submit(), _retry()], RULES)
    assert progress.play(second, [*_answers("b", 0), _submit(0)], RULES) == second


def _gains(state: State) -> tuple[set[str], bool, bool, float]:
    record = state.quizzes.get("quiz", progress.Record())
    return set(state.visited), state.passed, state.completed, -1.0 if record.best is None else record.best


@examples(200)
@given(events, events, quizzes)
def test_what_one_device_reached_the_other_never_takes_away(
    mine: list[Event], theirs: list[Event], quiz: dict[str, Any]
) -> None:
    rules = _rules(**quiz)
    state = progress.settle(NEW, rules)
    for event in [*mine, *theirs]:
        after = progress.play(state, [event], rules)
        (pages, passed, completed, best), (more, passes, completes, better) = _gains(state), _gains(after)
        assert pages <= more
        assert passes or not passed
        assert completes or not completed
        assert better >= best
        state = after
    read = {event.name for event in (*mine, *theirs) if event.kind is EventKind.VISIT and event.name in PAGES}
    assert read <= state.visited


@examples(200)
@given(events, quizzes)
def test_a_state_is_the_same_after_being_kept(sent: list[Event], quiz: dict[str, Any]) -> None:
    rules = _rules(**quiz)
    state = progress.play(NEW, sent, rules)
    assert progress.from_json(json.loads(json.dumps(progress.to_json(state))), rules) == state


def test_what_was_seen_of_a_film_only_grows_and_finishes_nothing() -> None:
    seen = [Event(kind=EventKind.FILM, name="filmen", seen=stretches) for stretches in (0b11, 0b100, 0)]
    state = progress.play(NEW, seen, RULES)
    assert state.films == {"filmen": 0b111}
    assert not state.completed
    assert progress.from_json(progress.to_json(state), RULES) == state
    strange = [Event(kind=EventKind.FILM, name=name, seen=2**29) for name in ("filmen", "en", "finnes-ikke")]
    assert progress.play(state, strange, RULES) == state
    # What was kept before films were.
    older = {key: value for key, value in progress.to_json(NEW).items() if key != "films"}
    assert progress.from_json(older, RULES) == NEW
