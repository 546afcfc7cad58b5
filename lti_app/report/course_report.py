"""Assembles the report: the links of a course, the learners' progress in each, and the question statistics."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from lti_app.built_modules import BuiltModule
from lti_app.errors import Advice, LaunchError
from lti_app.progress import Rules, rules_of
from lti_app.report.item_analysis import ItemStatistics, chosen_questions, read_items
from lti_app.report.learner_status import CompletionStatus, LearnerStatus, due_date, lateness, status_of
from lti_app.report.names import Names
from lti_app.store.engine import reading
from lti_app.store.report import (
    CourseLink,
    LearnerRow,
    Undelivered,
    answer_counts,
    context_title,
    count_delivered,
    count_undelivered,
    course_links,
    learner_rows,
    question_sums,
    undelivered,
)
from lti_app.store.types import now
from lti_app.trust.roles import Role
from lti_app.trust.sessions import Session
from lti_app.trust.tool import current_tool
from lti_app.web.current_module import current_modules

_ORDER = {status: number for number, status in enumerate(CompletionStatus)}
_NORWEGIAN = str.maketrans("æøå", "{|}")  # after z, in this order


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCourse:
    """What a teacher may see: the links of the course of their launch. title: the platform's."""

    title: str
    links: tuple[CourseLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The learners' progress in one link. built: None if the module is no longer served."""

    link: CourseLink
    title: str
    built: BuiltModule | None = field(repr=False)
    rules: Rules | None = field(repr=False)
    due: date | None
    learners: tuple[LearnerStatus, ...] = field(repr=False)
    knows_all: bool  # whether the roster was read, so that participants who have not started are included

    @property
    def counts(self) -> Counter[CompletionStatus]:
        """The number of learners by status. Learners who have left the course count only if they are done."""
        return Counter(one.status for one in self.learners if one.is_active or one.status is CompletionStatus.DONE)

    @property
    def is_graded(self) -> bool:
        """Whether the module has a quiz to pass."""
        return bool(self.rules and self.rules.graded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """Grades by delivery."""

    undelivered: tuple[Undelivered, ...]
    delivered: int


def find_course(session: Session) -> ReportCourse:
    """Return the course that a session was launched from."""
    with reading(current_tool().engine) as connection:
        links = course_links(
            connection, registration_id=session.registration_id, context_id=session.context_id, link_id=session.link_id
        )
        title = context_title(connection, session.registration_id, session.context_id)
    return ReportCourse(title=title, links=tuple(links))


def find_link(session: Session, course: ReportCourse, link_id: int | None) -> CourseLink:
    """Return a link of the course; the launched one if link_id is None.

    Raises:
        LaunchError: 404, the link does not exist or belongs to another course.
    """
    wanted = session.link_id if link_id is None else link_id
    for link in course.links:
        if link.id == wanted:
            return link
    raise LaunchError(404, "link_unknown", advice=Advice.NOTHING_HERE, registration_id=session.registration_id)


def read_progress(session: Session, links: Sequence[CourseLink], names: Names, language: str) -> list[Progress]:
    """Return the progress in some links."""
    with reading(current_tool().engine) as connection:
        rows = learner_rows(connection, registration_id=session.registration_id, links=[link.id for link in links])
    at = now()
    return [_progress(link, [row for row in rows if row.link == link.id], names, language, at) for link in links]


def read_questions(session: Session, progress: Progress) -> tuple[ItemStatistics, ...]:
    """Return the statistics of a module's questions, from first answers."""
    if progress.built is None:
        return ()
    questions = progress.built.questions
    points = {id_: float(asked["points"]) for id_, asked in questions.items()}
    with reading(current_tool().engine) as connection:
        where: dict[str, int] = {"registration_id": session.registration_id, "link_id": progress.link.id}
        sums = question_sums(connection, **where, points=points)
        counts = answer_counts(connection, **where, questions=chosen_questions(questions))
    return read_items(questions, sums, counts)


def read_grades(session: Session, link: CourseLink) -> Grades:
    """Return the undelivered grades and the number of delivered ones."""
    where: dict[str, int] = {"registration_id": session.registration_id, "link_id": link.id}
    with reading(current_tool().engine) as connection:
        return Grades(
            undelivered=tuple(undelivered(connection, **where)), delivered=count_delivered(connection, **where)
        )


def read_undelivered(session: Session, links: Iterable[CourseLink]) -> dict[int, int]:
    """Return the number of undelivered grades by link."""
    with reading(current_tool().engine) as connection:
        return count_undelivered(connection, registration_id=session.registration_id, links=[link.id for link in links])


def _progress(link: CourseLink, rows: list[LearnerRow], names: Names, language: str, at: datetime) -> Progress:
    built = current_modules().module(link.module)
    share = link.settings.get("pass_share")
    rules = rules_of(built.about, built.questions, pass_share=share) if built else None
    due = due_date(link.settings)
    learners = [_named(status_of(row, rules, due=due, at=at), names) for row in rows]
    if names.members is not None:
        learners += _not_opened(names, {one.sub for one in learners}, due, at)
    return Progress(
        link=link,
        title=_title(built.about, language) if built else link.module or "",
        built=built,
        rules=rules,
        due=due,
        learners=tuple(sorted(learners, key=_sort_key)),
        knows_all=names.members is not None,
    )


def _named(learner: LearnerStatus, names: Names) -> LearnerStatus:
    member = names.members.get(learner.sub) if names.members else None
    return replace(learner, name=member.name, is_active=member.is_active) if member else learner


def _not_opened(names: Names, came: set[str], due: date | None, at: datetime) -> Iterable[LearnerStatus]:
    for sub, member in (names.members or {}).items():
        if sub not in came and member.role is Role.LEARNER and member.is_active:
            yield LearnerStatus(
                sub=sub, name=member.name, status=CompletionStatus.NOT_BEGUN, late=lateness(None, due, at)
            )


def _sort_key(learner: LearnerStatus) -> tuple[int, str, float]:
    """Return the sort key of a learner: status, then name if shown, else latest activity first."""
    last = learner.last_at.timestamp() if learner.last_at else 0.0
    name = learner.name.casefold().translate(_NORWEGIAN)
    return _ORDER[learner.status], name, -last


def _title(about: Any, language: str) -> str:
    titles = about.get("titles") or {}
    return str(titles.get(language) or about.get("title") or "")
