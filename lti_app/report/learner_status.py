"""The status of a learner: one of four, by the rules that the report shows under "How this is calculated"."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from lti_app.progress import QuizSpec, Rules, State, is_submitted, state_of
from lti_app.store.report import LearnerRow
from lti_app.store.types import read_day

TRIES = 3  # quizzes handed in without passing
IDLE = timedelta(days=14)
ZONE = ZoneInfo("Europe/Oslo")  # a due date is a day in Norway


class CompletionStatus(StrEnum):
    """In the order of the report: learners who need attention first."""

    STUCK = "stuck"
    UNDERWAY = "underway"
    NOT_BEGUN = "not_begun"
    DONE = "done"


class Why(StrEnum):
    """Why a learner counts as stuck."""

    NONE = ""
    USED_UP = "used_up"
    TRIES = "tries"
    IDLE = "idle"


class Late(StrEnum):
    """late: done after the due date. overdue: not done, and past the due date."""

    NO = ""
    LATE = "late"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerStatus:
    """One line of the teacher's list. read: the share of the pages seen; None if the module is no longer served.

    pseudonym: empty for a member of the roster who has not opened the module. name: only if names were fetched.
    """

    sub: str = field(repr=False)
    pseudonym: str = ""
    name: str = field(default="", repr=False)
    is_active: bool = True
    status: CompletionStatus
    why: Why = Why.NONE
    late: Late = Late.NO
    read: float | None = None
    score: float | None = None
    last_at: datetime | None = None
    completed_at: datetime | None = None


def status_of(row: LearnerRow, rules: Rules | None, *, due: date | None, at: datetime) -> LearnerStatus:
    """Return a learner's status. rules: None if the module is no longer served."""
    state = state_of(row.state, rules) if rules else None
    status, why = _status(row, rules, state, at)
    seen = len(state.visited.intersection(rules.pages)) / len(rules.pages) if rules and state and rules.pages else None
    is_done = status is CompletionStatus.DONE
    return LearnerStatus(
        sub=row.sub,
        pseudonym=row.pseudonym,
        status=status,
        why=why,
        late=lateness(row.completed_at if is_done else None, due, at),
        read=seen,
        score=row.score,
        last_at=row.updated_at,
        completed_at=row.completed_at if is_done else None,
    )


def lateness(completed_at: datetime | None, due: date | None, at: datetime) -> Late:
    """Return how late a completion is; on the due date it is in time."""
    if due is None or (completed_at or at).astimezone(ZONE).date() <= due:
        return Late.NO
    return Late.LATE if completed_at else Late.OVERDUE


def due_date(settings: Mapping[str, object]) -> date | None:
    """Return a link's due date, chosen when the module was added."""
    return read_day(settings.get("due"))


def _status(row: LearnerRow, rules: Rules | None, state: State | None, at: datetime) -> tuple[CompletionStatus, Why]:
    must_pass = rules is not None and bool(rules.graded)
    if row.completion == "completed" and (row.success == "passed" or not must_pass):
        return CompletionStatus.DONE, Why.NONE
    if "place" not in row.state:  # the page was opened, and nothing else has happened
        return CompletionStatus.NOT_BEGUN, Why.NONE
    if row.success == "failed":
        return CompletionStatus.STUCK, Why.USED_UP
    if rules and state and any(_failed_attempts(state, quiz) >= TRIES for quiz in rules.graded):
        return CompletionStatus.STUCK, Why.TRIES
    return (CompletionStatus.STUCK, Why.IDLE) if at - row.updated_at > IDLE else (CompletionStatus.UNDERWAY, Why.NONE)


def _failed_attempts(state: State, quiz: QuizSpec) -> int:
    """Return how many submitted attempts at a quiz did not pass."""
    record = state.quizzes.get(quiz.id)
    if record is None or record.passed:
        return 0
    return record.attempt + is_submitted(state, quiz)
