"""Who is done, under way, stuck or late: each rule that the page tells of, one case a rule."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from lti_app.progress import Rules, rules_of
from lti_app.report.learner_status import CompletionStatus, Late, Why, due_date, lateness, status_of
from lti_app.store.report import LearnerRow

from ..built_courses import every_type
from .classroom import state

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
SLUG = "alle-typer-lti"
# Questions drawn by seed 7 do not matter: those with an answer stay in the draw of five.
FIVE = ("ett", "flere", "ord", "ett-tall", "omtrent")


@pytest.fixture(scope="module")
def rules() -> Rules:
    """Pages forste, andre, quiz; a quiz to pass at 50 %, and one of five questions and three rounds to pass at 75 %."""
    about, answers = (json.loads((every_type() / SLUG / f"{name}.json").read_text()) for name in ("module", "answers"))
    return rules_of(about, answers["questions"])


def _row(
    kept: dict[str, Any],
    outcome: tuple[str, str] = ("incomplete", "unknown"),
    days: float = 0,
    completed_at: datetime | None = None,
) -> LearnerRow:
    return LearnerRow(
        link=1, person_id=1, sub="4", pseudonym="ab", state=kept, completion=outcome[0], success=outcome[1],
        score=None, updated_at=NOW - timedelta(days=days), completed_at=completed_at,
    )  # fmt: skip


def _tried(rounds: int, *, handed_in: bool) -> dict[str, Any]:
    """A state in which the large quiz was begun anew so many times."""
    mark = 2 if handed_in else 1
    answers = {id_: {"answer": "x", "mark": mark, "share": 0.0} for id_ in FIVE}
    quizzes = {"quiz": {"attempt": rounds, "best": 10.0, "passed": False}}
    return state(visited=("forste",), quizzes=quizzes, answers=answers)


@pytest.mark.parametrize(
    ("row", "status", "why"),
    [
        (_row({"seed": 7}), CompletionStatus.NOT_BEGUN, Why.NONE),
        (_row({"seed": 7}, days=30), CompletionStatus.NOT_BEGUN, Why.NONE),
        (_row(state(visited=("forste",))), CompletionStatus.UNDERWAY, Why.NONE),
        (_row(state(visited=("forste",)), days=14), CompletionStatus.UNDERWAY, Why.NONE),
        (_row(state(visited=("forste",)), days=14.1), CompletionStatus.STUCK, Why.IDLE),
        (_row(_tried(2, handed_in=False)), CompletionStatus.UNDERWAY, Why.NONE),
        (_row(_tried(2, handed_in=True)), CompletionStatus.STUCK, Why.TRIES),
        (_row(_tried(3, handed_in=False)), CompletionStatus.STUCK, Why.TRIES),
        (_row(_tried(2, handed_in=True), ("incomplete", "failed")), CompletionStatus.STUCK, Why.USED_UP),
        (_row(state(visited=("forste",)), ("completed", "passed"), days=90), CompletionStatus.DONE, Why.NONE),
        (_row(state(visited=("forste",)), ("completed", "unknown")), CompletionStatus.UNDERWAY, Why.NONE),
        (_row(state(visited=("forste",)), ("incomplete", "passed")), CompletionStatus.UNDERWAY, Why.NONE),
    ],
)
def test_each_learner_stands_where_the_rule_says(
    row: LearnerRow, status: CompletionStatus, why: Why, rules: Rules
) -> None:
    learner = status_of(row, rules, due=None, at=NOW)
    assert (learner.status, learner.why) == (status, why)


def test_how_much_is_read_is_a_share_of_the_pages_there_are_now(rules: Rules) -> None:
    row = _row(state(visited=("forste", "andre", "a page that is gone")))
    assert status_of(row, rules, due=None, at=NOW).read == pytest.approx(2 / 3)


def test_a_module_that_is_no_longer_served_still_shows_who_is_done() -> None:
    done = status_of(_row(state(), ("completed", "passed")), None, due=None, at=NOW)
    begun = status_of(_row(state()), None, due=None, at=NOW)
    assert (done.status, begun.status, begun.read) == (CompletionStatus.DONE, CompletionStatus.UNDERWAY, None)


@pytest.mark.parametrize(
    ("completed_at", "late"),
    [
        (datetime(2026, 11, 20, 22, 59, tzinfo=UTC), Late.NO),  # 23:59 in Norway, in winter
        (datetime(2026, 11, 20, 23, 0, tzinfo=UTC), Late.LATE),
        (None, Late.OVERDUE),
    ],
)
def test_the_due_date_is_a_day_in_norway_and_in_time_itself(completed_at: datetime | None, late: Late) -> None:
    assert lateness(completed_at, date(2026, 11, 20), NOW) is late
    assert lateness(completed_at, None, NOW) is Late.NO


@pytest.mark.parametrize(("said", "found"), [("2026-11-20", date(2026, 11, 20)), ("2026-13-40", None), (3, None)])
def test_a_due_date_that_cannot_be_is_none(said: object, found: date | None) -> None:
    assert due_date({"due": said}) == found
