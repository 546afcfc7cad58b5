"""The pages of the report: the course, one link, the files, the bar chart, and the button that sends grades again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from lti_app.errors import Advice, LaunchError
from lti_app.report.course_report import (
    Progress,
    ReportCourse,
    find_course,
    find_link,
    read_grades,
    read_progress,
    read_questions,
    read_undelivered,
)
from lti_app.report.files import TYPES, csv_bytes, learners_table, questions_table, xlsx_bytes
from lti_app.report.formatting import Formatter
from lti_app.report.item_analysis import FEWEST
from lti_app.report.learner_status import IDLE, TRIES, CompletionStatus
from lti_app.report.names import Names, ask_names, no_names
from lti_app.store.engine import writing
from lti_app.store.grades import retry_held
from lti_app.store.report import CourseLink
from lti_app.store.types import now
from lti_app.trust.roles import Role
from lti_app.trust.sessions import Session, check_write, require_session
from lti_app.trust.tool import current_tool
from lti_app.web.forms import read_form, read_query
from lti_app.web.guard import note
from lti_app.web.pages import language_of, page

_WHO = (Role.INSTRUCTOR,)
_MOST = 1_000  # lines of one list on the page; a browser on a phone has to lay them out


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReportRequest:
    """A request for the report that has passed the access checks."""

    session: Session
    course: ReportCourse
    words: Formatter
    names: bool

    @property
    def home(self) -> str:
        return f"/s/{self.session.handle}"

    @property
    def query(self) -> str:
        return "?names=1" if self.names else ""

    def names_of(self, link: CourseLink | None) -> Names:
        return ask_names(self.session, link) if self.names else no_names(self.session)


def add_routes(blueprint: Blueprint) -> None:
    """Add /s/<session>/report and its sub-paths."""
    add = blueprint.add_url_rule
    add("/s/<sid>/report", view_func=launched)
    add("/s/<sid>/report/course", view_func=overview)
    add("/s/<sid>/report/course/learners.<any(csv, xlsx):kind>", view_func=course_file)
    add("/s/<sid>/report/<row:link_id>", view_func=one)
    add("/s/<sid>/report/<row:link_id>/<any(learners, questions):what>.<any(csv, xlsx):kind>", view_func=link_file)
    add("/s/<sid>/report/<row:link_id>/retry", view_func=retry, methods=["POST"])


def launched(sid: str) -> Response:
    """Show the report of the launched link; if the link has no module yet, ask for one first."""
    asked = _ask(sid)
    link = find_link(asked.session, asked.course, None)
    if link.module is None:
        return _go(f"{asked.home}/module")
    return _shown(asked, link)


def one(sid: str, link_id: int) -> Response:
    """Show the report of a link of the course."""
    asked = _ask(sid)
    return _shown(asked, find_link(asked.session, asked.course, link_id))


def overview(sid: str) -> Response:
    """Show all modules of the course, one row per module."""
    asked = _ask(sid)
    links = [link for link in asked.course.links if link.module is not None]
    names = no_names(asked.session)
    reports = read_progress(asked.session, links, names, asked.words.language)
    return _page(
        "course",
        asked,
        names=names,
        reports=reports,
        bars={report.link.id: bar(report.counts) for report in reports},
        undelivered=read_undelivered(asked.session, links),
    )


def link_file(sid: str, link_id: int, what: str, kind: str) -> Response:
    """Answer with the learners or the questions of a link as a file."""
    asked = _ask(sid)
    link = find_link(asked.session, asked.course, link_id)
    names = asked.names_of(link) if what == "learners" else no_names(asked.session)
    (progress,) = read_progress(asked.session, [link], names, asked.words.language)
    if what == "learners":
        table = learners_table([progress], asked.words)
    else:
        table = questions_table(read_questions(asked.session, progress), asked.words)
    return _file(table, asked.words, f"{what}-{link.module or link.id}", kind)


def course_file(sid: str, kind: str) -> Response:
    """Answer with the learners of all modules as a file."""
    asked = _ask(sid)
    links = [link for link in asked.course.links if link.module is not None]
    reports = read_progress(asked.session, links, asked.names_of(None), asked.words.language)
    return _file(learners_table(reports, asked.words), asked.words, "course", kind)


def retry(sid: str, link_id: int) -> Response:
    """Send the grades of a link that are on hold again."""
    asked = _ask(sid)
    form = read_form(request)
    check_write(request, asked.session, token=form.get("token", ""))
    link = find_link(asked.session, asked.course, link_id)
    current_tool().limits.demand(f"retry {asked.session.id}", burst=5, per_second=1 / 60)
    with writing(current_tool().engine) as connection:
        count = retry_held(connection, registration_id=asked.session.registration_id, link_id=link.id)
    note(
        kind="grades",
        reason="retried",
        registration_id=asked.session.registration_id,
        detail={"link": link.id, "count": count},
    )
    return _go(f"{asked.home}/report/{link.id}#grades")


def _go(address: str) -> Response:
    return Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


def _ask(sid: str) -> _ReportRequest:
    session = require_session(request, sid, roles=_WHO)
    if session.is_deep_linking:
        raise LaunchError(404, "no_report", advice=Advice.NOTHING_HERE, registration_id=session.registration_id)
    return _ReportRequest(
        session=session,
        course=find_course(session),
        words=Formatter(language_of(request, session.claims.get("locale", ""))),
        names=read_query(request).get("names") == "1",
    )


def _shown(asked: _ReportRequest, link: CourseLink) -> Response:
    names = asked.names_of(link)
    (progress,) = read_progress(asked.session, [link], names, asked.words.language)
    groups = {each: [one for one in progress.learners if one.status is each] for each in CompletionStatus}
    return _page(
        "report",
        asked,
        report=progress,
        names=names,
        groups={status: several for status, several in groups.items() if several},
        bar=bar(progress.counts),
        items=read_questions(asked.session, progress),
        grades=read_grades(asked.session, link),
        has_gradebook=_has_gradebook(asked.session, progress),
        launched=asked.session.link_id,
        most=_MOST,
        token=asked.session.token,
    )


def _has_gradebook(session: Session, progress: Progress) -> bool:
    return bool(session.claims.get("line_item") or session.claims.get("line_items") or progress.link.line_item_id)


def _page(name: str, asked: _ReportRequest, **values: Any) -> Response:
    return page(
        name,
        language=asked.words.language,
        words=asked.words,
        home=asked.home,
        query=asked.query,
        course=asked.course,
        statuses=CompletionStatus,
        fewest=FEWEST,
        tries=TRIES,
        idle_days=IDLE.days,
        **values,
    )


def _file(table: Any, words: Formatter, name: str, kind: str) -> Response:
    content = csv_bytes(table, words) if kind == "csv" else xlsx_bytes(table)
    response = Response(content, content_type=TYPES[kind] + ("; charset=utf-8" if kind == "csv" else ""))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{now():%Y-%m-%d}.{kind}"'
    response.headers["Cache-Control"] = "no-store"
    return response


# The bar chart of learners by status.
WIDTH = 1000.0
_ORDER = (CompletionStatus.DONE, CompletionStatus.UNDERWAY, CompletionStatus.STUCK, CompletionStatus.NOT_BEGUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of the bar, in thousandths of its width."""

    status: CompletionStatus
    x: float
    width: float


def bar(counts: Mapping[CompletionStatus, int]) -> tuple[Segment, ...]:
    """Return the parts that are not empty, from the left."""
    total = sum(counts.values())
    found: list[Segment] = []
    x = 0.0
    for status in _ORDER:
        count = counts.get(status, 0)
        if count:
            width = WIDTH * count / total
            found.append(Segment(status=status, x=round(x, 1), width=round(width, 1)))
            x += width
    return tuple(found)
