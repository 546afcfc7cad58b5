"""The grade sender: sends queued grades, one at a time per platform, and handles the platform's response.

Only final grades are sent (Completed, FullyGraded): Moodle answers 200 to anything else and erases the grade it has.

A failed delivery is retried with exponential backoff (retry_delay) for three days. After that, or when the platform
refuses the grade, the grade is put on hold with a sentence for the teacher, who can send it again.
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

PATIENCE = timedelta(days=3)  # how long a grade is retried
_FIRST_RETRY_DELAY = 15.0  # seconds; doubled with each retry
_MAX_RETRY_DELAY = 6 * 3600.0
_JITTER = 0.2
_LONGEST_SLEEP = 5.0
_NEARLY = 1e-6
_log = structlog.get_logger(__name__)

SENTENCES = {
    "refused_403": N_("The platform does not allow the tool to send grades here. Ask its administrator to allow it."),
    "refused_404": N_("The gradebook no longer has a column for this grade. Open the module from the course again."),
    "refused_422": N_("The platform did not accept the grade. Is the learner still in the course?"),
    "refused": N_("The platform did not accept the grade."),
    "token_refused": N_("The platform does not recognise the tool. Ask its administrator to check the setup."),
    "no_line_item": N_("The gradebook has no column for this grade, and the tool is not allowed to create one."),
    "address_refused": N_("The platform gave an address for grades that the tool is not allowed to use."),
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
        return True  # it was just removed, and its grades with it
    services = Services(tool=tool, registration=registration)
    try:
        _handle_response(services, grade, send_score(services, grade))
    except DeliveryError as error:
        if error.is_lasting:
            _hold(tool, grade, error.reason)
        else:
            _retry_later(tool, grade, error.reason, error.retry_after)
    return True


def work(tool: Tool, stop: threading.Event) -> None:
    """Send grades until the event is set."""
    while not stop.is_set():
        try:
            if work_once(tool):
                continue
            with reading(tool.engine) as connection:
                due = next_due(connection)
        # The database may be restarting. A grade that was claimed is released when its lease ends.
        except SQLAlchemyError as error:
            _log.error("no_database", kind=type(error).__name__)
            due = None
        seconds = (due - now()).total_seconds() if due else _LONGEST_SLEEP
        stop.wait(min(max(seconds, 0.05), _LONGEST_SLEEP))


def _handle_response(services: Services, grade: Grade, answer: PlatformResponse) -> None:
    status = answer.status
    if 200 <= status < 300 and answer.body.lstrip()[:1] == b"<":
        # A page: of a proxy, of maintenance, of a sign-in. Platforms answer with JSON or nothing (AGS 2.0, 3.4).
        _retry_later(services.tool, grade, "page", None)
    elif 200 <= status < 300:
        _log.info("grade_sent", registration=grade.registration_id, grade=grade.id, tries=grade.tries)
        with writing(services.tool.engine) as connection:
            finish_grade(connection, grade.id)
    elif status == 409:
        _handle_conflict(services, grade)
    elif status in (401, 408, 425, 429) or status >= 500:
        _retry_later(services.tool, grade, f"status_{status}", retry_after(answer))
    else:
        reason = f"refused_{status}"
        _hold(services.tool, grade, reason if reason in SENTENCES else "refused")


def _handle_conflict(services: Services, grade: Grade) -> None:
    """Handle a 409: the platform has a score with a later timestamp.

    If that score is as good, the grade is done. Otherwise it is sent again with a timestamp a second later.
    """
    held = result_share(services, grade)
    if held is not None and held + _NEARLY >= grade.share:
        with writing(services.tool.engine) as connection:
            finish_grade(connection, grade.id)
    else:
        _retry_later(services.tool, grade, "status_409", 1 if grade.tries < 5 else None)


def retry_delay(tries: int) -> float:
    """Return the seconds to wait before the next retry: 15 s, doubled each time up to 6 hours (exponential backoff).

    The random jitter keeps a thousand grades from being retried in the second that a platform comes back.
    """
    delay: float = min(_FIRST_RETRY_DELAY * 2 ** min(tries - 1, 20), _MAX_RETRY_DELAY)
    return delay * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311


def _retry_later(tool: Tool, grade: Grade, reason: str, seconds: int | None) -> None:
    """Put a grade back in the queue. seconds: from the platform's Retry-After; None for retry_delay()."""
    if now() - grade.first_at > PATIENCE:
        _hold(tool, grade, "silent")
        return
    until = now() + timedelta(seconds=retry_delay(grade.tries) if seconds is None else max(seconds, 1))
    _log.info("grade_waits", registration=grade.registration_id, grade=grade.id, reason=reason, tries=grade.tries)
    with writing(tool.engine) as connection:
        delay_grade(connection, grade, until=until, reason=reason)


def _hold(tool: Tool, grade: Grade, reason: str) -> None:
    _log.warning("grade_parked", registration=grade.registration_id, grade=grade.id, reason=reason)
    with writing(tool.engine) as connection:
        hold_grade(connection, grade.id, reason=reason)
