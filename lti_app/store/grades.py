"""The grade queue (table `outbox`): grades are added in the transaction that saves the progress, and claimed by one
grade sender at a time.

Each registration has at most one grade in flight. The timestamp of a grade is stored before the grade is sent: if a
sender dies before it can record the delivery, the same grade is sent again with a later timestamp, which is harmless.
Grades that failed and are not retried automatically are on hold (status "parked").
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from lti_app.store.engine import insert_or
from lti_app.store.schema import ONE_WAITS, attempt, grade_queue, line_item, person, registration, resource_link
from lti_app.store.types import now

LEASE = timedelta(seconds=90)  # longer than the requests of one grade may take
# Longer than any wait between two tries (a day, from Retry-After). A longer one was set by a clock that was wrong.
_LONGEST_WAIT = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A claimed grade with everything that the sender needs. share: 0 to 1. sent_timestamp: its AGS timestamp."""

    id: int
    registration_id: int
    line_item_id: int
    line_item_url: str
    maximum: float | None
    sub: str
    share: float
    comment: str | None
    tries: int
    first_at: datetime
    sent_timestamp: datetime
    started_at: datetime
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldGrade:
    """A grade that is on hold until a teacher sends it again. reason: a key of grade_sender.SENTENCES."""

    id: int
    pseudonym: str
    share: float
    reason: str


def see_line_item(connection: Connection, registration_id: int, url: str, *, resource_id: str, tag: str) -> int:
    """Return the row id of a line item, added if it is new."""
    row = insert_or(connection, line_item).values(
        registration_id=registration_id, url=url, resource_id=resource_id, tag=tag
    )
    keys = [line_item.c.registration_id, line_item.c.url]
    seen = row.on_conflict_do_update(index_elements=keys, set_={"url": url}).returning(line_item.c.id)
    return int(connection.execute(seen).scalar_one())


def bind_new_line_item(connection: Connection, link_id: int, line_item_id: int) -> None:
    """Set the line item for a link's grades, unless the link has one."""
    connection.execute(
        update(resource_link)
        .where(resource_link.c.id == link_id, resource_link.c.line_item_id.is_(None))
        .values(line_item_id=line_item_id)
    )


def set_line_item(connection: Connection, line_item_id: int, *, url: str, maximum: float | None) -> None:
    """Store the URL and scoreMaximum that the platform reports for a line item."""
    connection.execute(update(line_item).where(line_item.c.id == line_item_id).values(url=url, maximum=maximum))


def put_grade(
    connection: Connection,
    *,
    registration_id: int,
    line_item_id: int,
    person_id: int,
    attempt_id: int,
    share: float,
) -> bool:
    """Queue a grade if it is better than all earlier ones, replacing one that waits. Returns whether it was queued."""
    mine = (grade_queue.c.line_item_id == line_item_id) & (grade_queue.c.person_id == person_id)
    best = connection.execute(select(func.max(grade_queue.c.score_given)).where(mine)).scalar_one()
    if best is not None and share * 100 <= best:
        return False
    comment = connection.execute(
        select(grade_queue.c.comment).where(mine).order_by(grade_queue.c.id.desc()).limit(1)
    ).scalar_one_or_none()
    at = now()
    fresh = {
        "attempt_id": attempt_id, "score_given": share * 100, "timestamp": at, "not_before": at, "tries": 0,
        "last_error": None,
    }  # fmt: skip
    row = insert_or(connection, grade_queue).values(
        **fresh, registration_id=registration_id, line_item_id=line_item_id, person_id=person_id,
        score_maximum=100.0, activity_progress="Completed", grading_progress="FullyGraded", comment=comment,
        status="waiting",
    )  # fmt: skip
    # In one statement: the sender may set the previous grade back to "waiting" at any moment.
    waits = {"index_elements": [grade_queue.c.line_item_id, grade_queue.c.person_id], "index_where": ONE_WAITS}
    connection.execute(row.on_conflict_do_update(**waits, set_=fresh))
    return True


def claim_grade(connection: Connection) -> Grade | None:
    """Claim the next grade that may be sent now; None when there is none."""
    at = now()
    _release_expired(connection, at)
    busy = select(grade_queue.c.registration_id).where(grade_queue.c.status == "sending")
    query = (
        select(grade_queue.c.id, grade_queue.c.registration_id, grade_queue.c.line_item_id, grade_queue.c.person_id)
        .join(registration, registration.c.id == grade_queue.c.registration_id)
        .where(
            grade_queue.c.status == "waiting",
            _is_over(at, _LONGEST_WAIT),
            grade_queue.c.registration_id.not_in(busy),
            registration.c.is_active,
        )
        .order_by(grade_queue.c.not_before, grade_queue.c.id)
        .limit(1)
        .with_for_update(of=registration, skip_locked=True)  # another sender is serving this platform
    )
    row = connection.execute(query).one_or_none()
    if row is None or _is_sending(connection, row.registration_id):
        return None
    last = connection.execute(
        select(func.max(grade_queue.c.sent_timestamp)).where(
            grade_queue.c.line_item_id == row.line_item_id, grade_queue.c.person_id == row.person_id
        )
    ).scalar_one()
    # Moodle drops fractions of a second and refuses a second grade in the same second (409). The last one may also be
    # dated in the future, by a clock that was wrong: a platform refuses what is older, so this one is dated after it.
    stamp = at if last is None else max(at, last.replace(microsecond=0) + timedelta(seconds=1))
    connection.execute(
        update(grade_queue)
        .where(grade_queue.c.id == row.id)
        .values(status="sending", sent_timestamp=stamp, not_before=at + LEASE, tries=grade_queue.c.tries + 1)
    )
    return _grade(connection, row.id)


def finish_grade(connection: Connection, grade_id: int) -> None:
    """Record that a grade was delivered."""
    connection.execute(update(grade_queue).where(grade_queue.c.id == grade_id).values(status="done", last_error=None))


def delay_grade(connection: Connection, grade: Grade, *, until: datetime, reason: str) -> None:
    """Put a grade back in the queue until a moment, unless a better one is waiting."""
    _back_to_waiting(connection, grade.id, until, reason)


def hold_grade(connection: Connection, grade_id: int, *, reason: str) -> None:
    """Put a grade on hold until a teacher sends it again."""
    connection.execute(
        update(grade_queue).where(grade_queue.c.id == grade_id).values(status="parked", last_error=reason)
    )


def list_held(connection: Connection, *, registration_id: int, link_id: int) -> list[HeldGrade]:
    """Return the grades of a link that are on hold and not superseded by a better one."""
    query = (
        select(grade_queue.c.id, person.c.pseudonym, grade_queue.c.score_given, grade_queue.c.last_error)
        .join(person, person.c.id == grade_queue.c.person_id)
        .join(attempt, attempt.c.id == grade_queue.c.attempt_id)
        .where(
            grade_queue.c.registration_id == registration_id,
            attempt.c.link_id == link_id,
            grade_queue.c.status == "parked",
            ~is_superseded(),
        )
        .order_by(grade_queue.c.id)
    )
    return [
        HeldGrade(id=row.id, pseudonym=row.pseudonym, share=row.score_given / 100, reason=row.last_error or "")
        for row in connection.execute(query)
    ]


def retry_held(connection: Connection, *, registration_id: int, link_id: int) -> int:
    """Put the grades of a link that are on hold back in the queue; returns how many."""
    count = 0
    for held in list_held(connection, registration_id=registration_id, link_id=link_id):
        connection.execute(update(grade_queue).where(grade_queue.c.id == held.id).values(timestamp=now(), tries=0))
        _back_to_waiting(connection, held.id, now(), None)
        count += 1
    return count


def is_superseded() -> Any:
    """Return the SQL condition that the same learner has a better grade for the same line item."""
    better = grade_queue.alias()
    same = (better.c.line_item_id == grade_queue.c.line_item_id) & (better.c.person_id == grade_queue.c.person_id)
    return select(better.c.id).where(same, better.c.score_given > grade_queue.c.score_given).exists()


def next_due(connection: Connection) -> datetime | None:
    """Return when the next grade may be sent; None when the queue is empty."""
    query = select(func.min(grade_queue.c.not_before)).where(grade_queue.c.status.in_(("waiting", "sending")))
    found: datetime | None = connection.execute(query).scalar_one()
    return found


def oldest_due(connection: Connection) -> datetime | None:
    """Return since when the oldest grade is due; None when none is. Grades of stopped platforms are not due."""
    query = (
        select(func.min(grade_queue.c.not_before))
        .join(registration, registration.c.id == grade_queue.c.registration_id)
        .where(grade_queue.c.status == "waiting", grade_queue.c.not_before <= now(), registration.c.is_active)
    )
    found: datetime | None = connection.execute(query).scalar_one()
    return found


def count_ahead(connection: Connection) -> int:
    """Return how many grades are dated in the future, by a clock that was ahead when they were sent."""
    query = select(func.count()).where(grade_queue.c.sent_timestamp > now() + LEASE)
    return int(connection.execute(query).scalar_one())


def count_by_status(connection: Connection) -> dict[str, int]:
    """Return the number of grades by status."""
    query = select(grade_queue.c.status, func.count()).group_by(grade_queue.c.status)
    return {status: int(count) for status, count in connection.execute(query)}


def _is_sending(connection: Connection, registration_id: int) -> bool:
    # Checked again under the lock: another sender may have started since the rows were selected.
    query = select(grade_queue.c.id).where(
        grade_queue.c.registration_id == registration_id, grade_queue.c.status == "sending"
    )
    return connection.execute(query).first() is not None


def _is_over(at: datetime, longest: timedelta) -> Any:
    """Return the SQL condition that a wait has ended, or was set by a clock that was ahead. longest: of all waits."""
    return or_(grade_queue.c.not_before <= at, grade_queue.c.not_before > at + longest)


def _release_expired(connection: Connection, at: datetime) -> None:
    """Put grades whose lease has expired back in the queue; their sender has died."""
    query = select(grade_queue.c.id).where(grade_queue.c.status == "sending", _is_over(at, LEASE))
    for id_ in connection.execute(query.with_for_update(skip_locked=True)).scalars().all():
        _back_to_waiting(connection, id_, at, "sender_stopped")


def _back_to_waiting(connection: Connection, id_: int, until: datetime, reason: str | None) -> None:
    mine = update(grade_queue).where(grade_queue.c.id == id_)
    try:
        with connection.begin_nested():
            connection.execute(mine.values(status="waiting", not_before=until, last_error=reason))
    except IntegrityError:
        # Another one waits. Only a better grade can have been queued since, and it replaces this one.
        connection.execute(mine.values(status="done", last_error="replaced"))


def _grade(connection: Connection, id_: int) -> Grade:
    query = (
        select(
            grade_queue.c.id, grade_queue.c.registration_id, grade_queue.c.line_item_id, grade_queue.c.score_given,
            grade_queue.c.comment, grade_queue.c.tries, grade_queue.c.timestamp, grade_queue.c.sent_timestamp,
            line_item.c.url, line_item.c.maximum, person.c.sub, attempt.c.started_at, attempt.c.updated_at,
        )
        .join(line_item, line_item.c.id == grade_queue.c.line_item_id)
        .join(person, person.c.id == grade_queue.c.person_id)
        .join(attempt, attempt.c.id == grade_queue.c.attempt_id)
        .where(grade_queue.c.id == id_)
    )  # fmt: skip
    row = connection.execute(query).one()
    return Grade(
        id=row.id, registration_id=row.registration_id, line_item_id=row.line_item_id, line_item_url=row.url,
        maximum=row.maximum, sub=row.sub, share=row.score_given / 100, comment=row.comment,
        tries=row.tries, first_at=row.timestamp, sent_timestamp=row.sent_timestamp, started_at=row.started_at,
        submitted_at=row.updated_at,
    )  # fmt: skip
