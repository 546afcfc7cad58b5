"""Sends the grades that wait, one at a time for each platform, and decides what an answer means.

Only final grades leave (Completed, FullyGraded): Moodle answers 200 to anything else and erases the grade it has. A
platform may be down for three days; after that, or when it refuses, a grade is parked with a sentence for the teacher.
"""

import random
import threading
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from lokaltmot_lms.texts import N_
from lti_app.ags import result_share, send_score
from lti_app.errors import DeliveryError
from lti_app.services import Services, retry_after
from lti_app.store.engine import reading, writing
from lti_app.store.grades import Grade, claim_grade, delay_grade, finish_grade, hold_grade, next_due
from lti_app.store.registrations import get_registration
from lti_app.store.types import now
from lti_app.trust.egress import PlatformResponse
from lti_app.trust.tool import Tool

PATIENCE = timedelta(days=3)
_FIRST_WAIT = 15.0  # seconds; doubled each time
_LONGEST_WAIT = 6 * 3600.0
_LONGEST_SLEEP = 5.0
_NEARLY = 1e-6
_log = structlog.get_logger(__name__)

SENTENCES = {
    "refused_403": N_("The platform does not let the tool give grades here. Ask its administrator to allow it."),
    "refused_404": N_("The gradebook has no column for this grade any more. Open the module from the course again."),
    "refused_422": N_("The platform did not accept the grade. Is the learner still in the course?"),
    "refused": N_("The platform did not accept the grade."),
    "token_refused": N_("The platform does not recognise the tool. Ask its administrator to look at the set-up."),
    "no_line_item": N_("The gradebook has no column for this grade, and the tool may not make one."),
    "address_refused": N_("The platform gave an address for grades that the tool may not use."),
    "silent": N_("The platform did not answer for three days."),
}


def work_once(tool: Tool) -> bool:
    """Send one grade that is due; returns whether there was one."""
    with writing(tool.engine) as connection:
        grade = claim_grade(connection)
    if grade is None:
        return False
    with reading(tool.engine) as connection:
        registration = get_registration(connection, grade.registration_id)
    if registration is None:
        return True  # it was removed a moment ago, and its grades with it
    services = Services(tool=tool, registration=registration)
    try:
        _judge(services, grade, send_score(services, grade))
    except DeliveryError as error:
        if error.is_lasting:
            _hold(tool, grade, error.reason)
        else:
            _wait(tool, grade, error.reason, error.retry_after)
    return True


def work(tool: Tool, stop: threading.Event) -> None:
    """Send grades until told to stop."""
    while not stop.is_set():
        try:
            if work_once(tool):
                continue
            with reading(tool.engine) as connection:
                due = next_due(connection)
        except SQLAlchemyError as error:  # the database is being restarted; what was in hand comes back by its lease
            _log.error("no_database", kind=type(error).__name__)
            due = None
        seconds = (due - now()).total_seconds() if due else _LONGEST_SLEEP
        stop.wait(min(max(seconds, 0.05), _LONGEST_SLEEP))


def _judge(services: Services, grade: Grade, answer: PlatformResponse) -> None:
    status = answer.status
    if 200 <= status < 300:
        _log.info("grade_sent", registration=grade.registration_id, grade=grade.id, tries=grade.tries)
        with writing(services.tool.engine) as connection:
            finish_grade(connection, grade.id)
    elif status == 409:
        _meet_newer(services, grade)
    elif status in (401, 408, 425, 429) or status >= 500:
        _wait(services.tool, grade, f"status_{status}", retry_after(answer))
    else:
        reason = f"refused_{status}"
        _hold(services.tool, grade, reason if reason in SENTENCES else "refused")


def _meet_newer(services: Services, grade: Grade) -> None:
    """The platform has a newer score: enough when it is as good, else ours goes again, dated a second later."""
    held = result_share(services, grade)
    if held is not None and held + _NEARLY >= grade.share:
        with writing(services.tool.engine) as connection:
            finish_grade(connection, grade.id)
    else:
        _wait(services.tool, grade, "status_409", 1 if grade.tries < 5 else None)


def _wait(tool: Tool, grade: Grade, reason: str, seconds: int | None) -> None:
    if now() - grade.first_at > PATIENCE:
        _hold(tool, grade, "silent")
        return
    # With some chance, so that a thousand grades do not all come back in the second that a platform does.
    doubled = min(_FIRST_WAIT * 2 ** min(grade.tries - 1, 20), _LONGEST_WAIT) * random.uniform(0.8, 1.2)  # noqa: S311
    until = now() + timedelta(seconds=doubled if seconds is None else max(seconds, 1))
    _log.info("grade_waits", registration=grade.registration_id, grade=grade.id, reason=reason, tries=grade.tries)
    with writing(tool.engine) as connection:
        delay_grade(connection, grade, until=until, reason=reason)


def _hold(tool: Tool, grade: Grade, reason: str) -> None:
    _log.warning("grade_parked", registration=grade.registration_id, grade=grade.id, reason=reason)
    with writing(tool.engine) as connection:
        hold_grade(connection, grade.id, reason=reason)
