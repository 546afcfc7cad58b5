"""A learner's attempt at a module: its state, its events, and the first answer to each question.

Attempts at a quiz are part of the state; they are counted in lti_app/progress.py.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from secrets import randbelow
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from lti_app.store.engine import insert_on
from lti_app.store.schema import attempt, attempt_event, first_answer, person, resource_link
from lti_app.store.types import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One learner's attempt at the module of one link.

    state: progress.State as JSON; only the seed before the first event. row_version: incremented with each change.
    """

    id: int
    state: dict[str, Any] = field(repr=False)
    row_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event to store. id: made by the page."""

    id: str
    kind: str
    payload: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A resource link and what it is bound to. link_id: the platform's id."""

    link_id: str
    module: str | None
    settings: dict[str, Any]
    line_item_id: int | None


_LOCK = (
    select(attempt.c.id, attempt.c.state, attempt.c.row_version)
    .where(attempt.c.person_id == bindparam("person"), attempt.c.link_id == bindparam("link"), attempt.c.number == 1)
    .with_for_update()
)
_LINK = select(
    resource_link.c.link_id, resource_link.c.module, resource_link.c.settings, resource_link.c.line_item_id
).where(resource_link.c.id == bindparam("link"), resource_link.c.registration_id == bindparam("registration"))
_KNOWN = select(attempt_event.c.id).where(
    attempt_event.c.id.in_(bindparam("ids", expanding=True)), attempt_event.c.attempt_id == bindparam("attempt")
)
_SAVE = (
    update(attempt)
    .where(attempt.c.id == bindparam("attempt"), attempt.c.row_version == bindparam("seen"))
    .values(
        row_version=attempt.c.row_version + 1,
        completed_at=func.coalesce(attempt.c.completed_at, bindparam("done_at", type_=attempt.c.completed_at.type)),
    )
)


def get_link(connection: Connection, registration_id: int, link_id: int) -> Link | None:
    """Return a link by its row id."""
    row = connection.execute(_LINK, {"link": link_id, "registration": registration_id}).one_or_none()
    return Link(**{**row._mapping, "settings": dict(row.settings)}) if row else None


def begin_attempt(
    connection: Connection, *, registration_id: int, person_id: int, link_id: int, module: str, version: str
) -> Attempt:
    """Return a learner's attempt, created if there is none. Two concurrent calls get the same attempt.

    The row is locked until this transaction ends.
    """
    there = _locked(connection, person_id, link_id)
    if there is not None:
        return there
    at = now()
    connection.execute(_begin(connection.dialect.name), {
        "registration_id": registration_id, "person_id": person_id, "link_id": link_id, "number": 1, "module": module,
        "version": version, "state": {"seed": randbelow(65536)}, "completion": "incomplete", "success": "unknown",
        "started_at": at, "updated_at": at,
    })  # fmt: skip
    made = _locked(connection, person_id, link_id)
    if made is None:
        raise LookupError("An attempt that was just made is gone.")
    return made


def _locked(connection: Connection, person_id: int, link_id: int) -> Attempt | None:
    row = connection.execute(_LOCK, {"person": person_id, "link": link_id}).one_or_none()
    return Attempt(**row._mapping) if row else None


def known_events(connection: Connection, attempt_id: int, ids: Collection[str]) -> set[str]:
    """Return which of these events are already stored for an attempt."""
    return set(connection.execute(_KNOWN, {"ids": list(ids), "attempt": attempt_id}).scalars())


def add_events(connection: Connection, attempt_id: int, events: Collection[NewEvent]) -> bool:
    """Store events. An event whose id exists, in any attempt, is skipped. Returns whether all were stored."""
    rows = [
        {
            "id": event.id, "attempt_id": attempt_id, "kind": event.kind, "payload": event.payload, "at": event.at,
            "received_at": now(),
        }
        for event in events
    ]  # fmt: skip
    kept = connection.execute(_keep(connection.dialect.name), rows, execution_options={"preserve_rowcount": True})
    return kept.rowcount == len(rows)


def add_first_answer(connection: Connection, attempt_id: int, question: str, answer: Any, share: float) -> None:
    """Store an answer for the report, unless the question was answered before."""
    values = {"attempt_id": attempt_id, "question": question, "answer": answer, "share": share}
    connection.execute(_keep_first(connection.dialect.name), values)


def save_attempt(connection: Connection, seen: Attempt, state: Mapping[str, Any], outcome: Mapping[str, Any]) -> bool:
    """Store a new state, unless the attempt's row version has changed since it was read. Returns whether it was stored.

    outcome: completion, success, score_got, version.
    """
    at = now()
    values = {**outcome, "state": dict(state), "score_max": 100.0, "updated_at": at}
    done_at = at if outcome["completion"] == "completed" else None
    parameters = {**values, "attempt": seen.id, "seen": seen.row_version, "done_at": done_at}
    return connection.execute(_SAVE, parameters).rowcount == 1


def pseudonym_of(connection: Connection, person_id: int) -> str:
    """Return a person's pseudonym."""
    return str(connection.execute(select(person.c.pseudonym).where(person.c.id == person_id)).scalar_one())


@cache
def _begin(dialect: str) -> Any:
    keys = [attempt.c.person_id, attempt.c.link_id, attempt.c.number]
    return insert_on(dialect, attempt).on_conflict_do_nothing(index_elements=keys)


@cache
def _keep(dialect: str) -> Any:
    return insert_on(dialect, attempt_event).on_conflict_do_nothing(index_elements=[attempt_event.c.id])


@cache
def _keep_first(dialect: str) -> Any:
    keys = [first_answer.c.attempt_id, first_answer.c.question]
    return insert_on(dialect, first_answer).on_conflict_do_nothing(index_elements=keys)
