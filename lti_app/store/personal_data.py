"""The stored data of one person: their modules, and everything for "My data" (access and portability)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from lti_app.store.schema import (
    attempt,
    attempt_event,
    context,
    first_answer,
    grade_queue,
    launch_session,
    person,
    resource_link,
)
from lti_app.store.types import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """A module that a person has started. link: the row id of its link. context_id: the row id of the course."""

    link: int
    module: str
    settings: dict[str, Any]
    context_id: int | None
    course: str
    state: dict[str, Any]
    started_at: datetime
    updated_at: datetime
    completed_at: datetime | None


def list_studied(connection: Connection, *, registration_id: int, person_id: int) -> list[Studied]:
    """Return a person's modules, the most recently used first."""
    query = (
        select(
            attempt.c.link_id.label("link"), attempt.c.module, resource_link.c.settings,
            resource_link.c.context.label("context_id"), context.c.title.label("course"), attempt.c.state,
            attempt.c.started_at, attempt.c.updated_at, attempt.c.completed_at,
        )
        .join(resource_link, resource_link.c.id == attempt.c.link_id)
        .outerjoin(context, context.c.id == resource_link.c.context)
        .where(attempt.c.registration_id == registration_id, attempt.c.person_id == person_id, attempt.c.number == 1)
        .order_by(attempt.c.updated_at.desc(), attempt.c.id)
    )  # fmt: skip
    return [Studied(**{**row._mapping, "course": row.course or ""}) for row in connection.execute(query)]


def branch_session(connection: Connection, id_hash: str, *, new_id_hash: str, link_id: int) -> None:
    """Open a session for another link next to an open one, with the same person, proof and expiry."""
    query = select(launch_session).where(launch_session.c.id_hash == id_hash)
    values = dict(connection.execute(query).one()._mapping)
    # The line item belongs to the first link; the other link's is in its own row.
    claims = {name: value for name, value in values["claims"].items() if name != "line_item"}
    fresh = {"id_hash": new_id_hash, "link_id": link_id, "claims": claims, "created_at": now()}
    connection.execute(insert(launch_session).values(**{**values, **fresh}))


def everything_of(connection: Connection, *, registration_id: int, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return every row about a person, by section, without the columns that only link rows."""
    mine = attempt.c.person_id == person_id
    steps = select(
        attempt_event.c.attempt_id, attempt_event.c.kind, attempt_event.c.payload, attempt_event.c.at,
        attempt_event.c.received_at,
    )  # fmt: skip
    answers = select(first_answer.c.attempt_id, first_answer.c.question, first_answer.c.answer, first_answer.c.share)
    grades = select(
        grade_queue.c.attempt_id, grade_queue.c.score_given, grade_queue.c.score_maximum, grade_queue.c.comment,
        grade_queue.c.status, grade_queue.c.timestamp, grade_queue.c.sent_timestamp,
    )  # fmt: skip
    sessions = select(launch_session.c.created_at, launch_session.c.expires_at, launch_session.c.role)
    attempts = select(*attempt.columns, resource_link.c.link_id.label("link"), context.c.title.label("course"))
    queries: dict[str, Select[Any]] = {
        "person": select(person.c.sub, person.c.pseudonym, person.c.created_at, person.c.last_seen).where(
            person.c.id == person_id, person.c.registration_id == registration_id
        ),
        "attempts": attempts.join(resource_link, resource_link.c.id == attempt.c.link_id)
        .outerjoin(context, context.c.id == resource_link.c.context)
        .where(mine)
        .order_by(attempt.c.id),
        "events": steps.join(attempt).where(mine).order_by(attempt_event.c.received_at, attempt_event.c.at),
        "first_answers": answers.join(attempt).where(mine).order_by(first_answer.c.attempt_id),
        "grades": grades.where(grade_queue.c.person_id == person_id).order_by(grade_queue.c.id),
        "sessions": sessions.where(launch_session.c.user_id == person_id).order_by(launch_session.c.created_at),
    }
    return {name: _rows(connection.execute(query).all()) for name, query in queries.items()}


def _rows(found: Sequence[Any]) -> list[dict[str, Any]]:
    hidden = {"registration_id", "person_id", "link_id", "row_version", "number"}
    return [{name: value for name, value in row._mapping.items() if name not in hidden} for row in found]
