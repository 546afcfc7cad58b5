"""Queries for the teacher's report: the learners' progress, sums over first answers, and undelivered grades."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Subquery, case, func, select

from lti_app.store.grades import is_superseded
from lti_app.store.schema import attempt, context, first_answer, grade_queue, person, resource_link

NEARLY_ALL = 1 - 1e-9  # a share above this is fully right


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLink:
    """A link of a course. link_id: the platform's id."""

    id: int
    link_id: str
    module: str | None
    settings: dict[str, Any]
    line_item_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerRow:
    """One learner's attempt at the module of one link. state: progress.State as JSON."""

    link: int
    person_id: int
    sub: str = field(repr=False)
    pseudonym: str
    state: dict[str, Any] = field(repr=False)
    completion: str
    success: str
    score: float | None
    updated_at: datetime
    completed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSums:
    """Sums over the first answers to one question.

    answers, right, partly: counts. pairs, x, y, yy, xy: sums over the learners who answered another question too, where
    x is whether the answer was right (0 or 1), and y the learner's share of the points of all other questions.
    """

    question: str
    answers: int
    right: int
    partly: int
    pairs: int
    x: float
    y: float
    yy: float
    xy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered:
    """A grade that the platform does not have yet. reason: a key of grade_sender.SENTENCES, empty before a try."""

    sub: str = field(repr=False)
    pseudonym: str
    share: float
    status: str
    reason: str
    not_before: datetime


def context_title(connection: Connection, registration_id: int, context_id: int | None) -> str:
    """Return the platform's title of a course; empty if it has none."""
    query = select(context.c.title).where(context.c.id == context_id, context.c.registration_id == registration_id)
    return str(connection.execute(query).scalar_one_or_none() or "")


def course_links(
    connection: Connection, *, registration_id: int, context_id: int | None, link_id: int | None
) -> list[CourseLink]:
    """Return the links of a course, oldest first. Where the platform names no course, only the link itself."""
    mine = resource_link.c.id == link_id if context_id is None else resource_link.c.context == context_id
    query = (
        select(
            resource_link.c.id, resource_link.c.link_id, resource_link.c.module, resource_link.c.settings,
            resource_link.c.line_item_id,
        )
        .where(resource_link.c.registration_id == registration_id, mine)
        .order_by(resource_link.c.id)
    )  # fmt: skip
    return [CourseLink(**row._mapping) for row in connection.execute(query)]


def learner_rows(connection: Connection, *, registration_id: int, links: Collection[int]) -> list[LearnerRow]:
    """Return every attempt at some links, with its learner."""
    query = (
        select(
            attempt.c.link_id.label("link"), attempt.c.person_id, person.c.sub, person.c.pseudonym, attempt.c.state,
            attempt.c.completion, attempt.c.success, attempt.c.score_got.label("score"), attempt.c.updated_at,
            attempt.c.completed_at,
        )
        .join(person, person.c.id == attempt.c.person_id)
        .where(_of(registration_id), attempt.c.link_id.in_(links))
        .order_by(attempt.c.link_id, attempt.c.updated_at.desc(), attempt.c.id)
    )  # fmt: skip
    return [LearnerRow(**row._mapping) for row in connection.execute(query)]


def question_sums(
    connection: Connection, *, registration_id: int, link_id: int, points: Mapping[str, float]
) -> list[QuestionSums]:
    """Return the sums for each question that was answered. points: by question; others are no longer in the module."""
    if not points:
        return []
    answers = _first_answers(registration_id, link_id, points)
    total = (
        select(
            answers.c.attempt_id,
            func.sum(answers.c.share * answers.c.worth).label("got"),
            func.sum(answers.c.worth).label("worth"),
        )
        .group_by(answers.c.attempt_id)
        .subquery()
    )
    rest = total.c.worth - answers.c.worth
    x = case((answers.c.share > NEARLY_ALL, 1.0), else_=0.0)
    # Without other answers there is no rest; SUM ignores NULL.
    y = case((rest > 0, (total.c.got - answers.c.share * answers.c.worth) / func.nullif(rest, 0.0)))
    has_pair = case((rest > 0, 1), else_=0)
    partly = (answers.c.share > 0) & (answers.c.share <= NEARLY_ALL)
    query = (
        select(
            answers.c.question,
            func.count().label("answers"),
            func.sum(case((answers.c.share > NEARLY_ALL, 1), else_=0)).label("right"),
            func.sum(case((partly, 1), else_=0)).label("partly"),
            func.sum(has_pair).label("pairs"),
            func.sum(x * has_pair).label("x"),
            func.coalesce(func.sum(y), 0.0).label("y"),
            func.coalesce(func.sum(y * y), 0.0).label("yy"),
            func.coalesce(func.sum(x * y), 0.0).label("xy"),
        )
        .join(total, total.c.attempt_id == answers.c.attempt_id)
        .group_by(answers.c.question)
    )
    return [QuestionSums(**row._mapping) for row in connection.execute(query)]


def answer_counts(
    connection: Connection, *, registration_id: int, link_id: int, questions: Collection[str]
) -> list[tuple[str, Any, int]]:
    """Return (question, first answer, count), for questions whose answers are not typed."""
    query = (
        select(first_answer.c.question, first_answer.c.answer, func.count())
        .join(attempt, attempt.c.id == first_answer.c.attempt_id)
        .where(_of(registration_id), attempt.c.link_id == link_id, first_answer.c.question.in_(questions))
        .group_by(first_answer.c.question, first_answer.c.answer)
    )
    return [(row[0], row[1], int(row[2])) for row in connection.execute(query)]


def undelivered(connection: Connection, *, registration_id: int, link_id: int) -> list[Undelivered]:
    """Return the grades of a link that are waiting or on hold, only the best of each learner."""
    query = (
        select(
            person.c.sub, person.c.pseudonym, (grade_queue.c.score_given / 100).label("share"),
            grade_queue.c.status, func.coalesce(grade_queue.c.last_error, "").label("reason"), grade_queue.c.not_before,
        )
        .join(person, person.c.id == grade_queue.c.person_id)
        .join(attempt, _MADE_BY)
        .where(_is_grade_of(registration_id, [link_id]), grade_queue.c.status != "done", ~is_superseded())
        .order_by(grade_queue.c.status, grade_queue.c.id)
    )  # fmt: skip
    return [Undelivered(**row._mapping) for row in connection.execute(query)]


def count_delivered(connection: Connection, *, registration_id: int, link_id: int) -> int:
    """Return how many learners of a link have a delivered grade."""
    query = (
        select(func.count(grade_queue.c.person_id.distinct()))
        .join(attempt, _MADE_BY)
        .where(_is_grade_of(registration_id, [link_id]), grade_queue.c.status == "done")
    )
    return int(connection.execute(query).scalar_one())


def count_undelivered(connection: Connection, *, registration_id: int, links: Collection[int]) -> dict[int, int]:
    """Return the number of undelivered grades by link, only the best of each learner. Links without any are absent."""
    query = (
        select(attempt.c.link_id, func.count())
        .select_from(grade_queue)
        .join(attempt, _MADE_BY)
        .where(_is_grade_of(registration_id, links), grade_queue.c.status != "done", ~is_superseded())
        .group_by(attempt.c.link_id)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}


_MADE_BY = attempt.c.id == grade_queue.c.attempt_id


def _of(registration_id: int) -> Any:
    return (attempt.c.registration_id == registration_id) & (attempt.c.number == 1)


def _is_grade_of(registration_id: int, links: Collection[int]) -> Any:
    return (grade_queue.c.registration_id == registration_id) & attempt.c.link_id.in_(links)


def _first_answers(registration_id: int, link_id: int, points: Mapping[str, float]) -> Subquery:
    """Return a subquery of the first answers, each with its question's current points."""
    worth = case({id_: float(each) for id_, each in points.items()}, value=first_answer.c.question, else_=0.0)
    query: Select[Any] = (
        select(first_answer.c.attempt_id, first_answer.c.question, first_answer.c.share, worth.label("worth"))
        .join(attempt, attempt.c.id == first_answer.c.attempt_id)
        .where(_of(registration_id), attempt.c.link_id == link_id, first_answer.c.question.in_(points))
    )
    return query.subquery()
