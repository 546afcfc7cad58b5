"""A learner's attempts: the state, the events that made it, and the first answer to each question."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import randbelow
from typing import Any

from sqlalchemy import Connection, select, update

from lti_app.store.schema import attempt, attempt_event, first_answer, person, resource_link
from lti_app.store.types import now
from lti_app.store.upsert import insert_or


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One learner's way through the module of one link. state: progress.State as JSON, {} before anything happened."""

    id: int
    registration_id: int
    person_id: int
    link_id: int
    module: str
    version: str
    seed: int
    state: dict[str, Any]
    completion: str
    success: str
    started_at: datetime
    updated_at: datetime
    completed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """An event to be kept. id: made by the page."""

    id: str
    kind: str
    payload: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a launch's link is bound to. link_id: the platform's own id."""

    link_id: str
    module: str | None
    settings: dict[str, Any]
    line_item_id: int | None


_NAMES = (
    "id", "registration_id", "person_id", "link_id", "module", "version", "state", "completion", "success",
    "started_at", "updated_at", "completed_at",
)  # fmt: skip


def get_link(connection: Connection, registration_id: int, link_id: int) -> Link | None:
    """Return a link by its row."""
    query = select(
        resource_link.c.link_id, resource_link.c.module, resource_link.c.settings, resource_link.c.line_item_id
    ).where(resource_link.c.id == link_id, resource_link.c.registration_id == registration_id)
    row = connection.execute(query).one_or_none()
    return Link(**{**row._mapping, "settings": dict(row.settings)}) if row else None


def find_attempt(connection: Connection, *, person_id: int, link_id: int, lock: bool = False) -> Attempt | None:
    """Return a learner's attempt. lock: nobody else may change it before this transaction ends."""
    query = select(*(attempt.c[name] for name in _NAMES)).where(
        attempt.c.person_id == person_id, attempt.c.link_id == link_id, attempt.c.number == 1
    )
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        return None
    values = dict(row._mapping)
    return Attempt(**values, seed=int(values["state"].get("seed", 0)))


def begin_attempt(
    connection: Connection, *, registration_id: int, person_id: int, link_id: int, module: str, version: str
) -> Attempt:
    """Return a learner's attempt, made when there is none. Of two that ask at once both get the same."""
    at = now()
    row = insert_or(connection, attempt).values(
        registration_id=registration_id, person_id=person_id, link_id=link_id, number=1, module=module,
        version=version, state={"seed": randbelow(65536)}, completion="incomplete", success="unknown",
        started_at=at, updated_at=at,
    )  # fmt: skip
    keys = [attempt.c.person_id, attempt.c.link_id, attempt.c.number]
    connection.execute(row.on_conflict_do_nothing(index_elements=keys))
    made = find_attempt(connection, person_id=person_id, link_id=link_id, lock=True)
    if made is None:
        raise LookupError("An attempt that was just made is gone.")
    return made


def known_events(connection: Connection, attempt_id: int, ids: Collection[str]) -> set[str]:
    """Return which of these events an attempt has already."""
    query = select(attempt_event.c.id).where(attempt_event.c.id.in_(ids), attempt_event.c.attempt_id == attempt_id)
    return set(connection.execute(query).scalars())


def add_events(connection: Connection, attempt_id: int, events: Collection[NewEvent]) -> None:
    """Keep events; one with an id that is taken, in this attempt or another, is left out."""
    for event in events:
        row = insert_or(connection, attempt_event).values(
            id=event.id, attempt_id=attempt_id, kind=event.kind, payload=event.payload, at=event.at, received_at=now()
        )
        connection.execute(row.on_conflict_do_nothing(index_elements=[attempt_event.c.id]))


def add_first_answer(connection: Connection, attempt_id: int, question: str, answer: Any, share: float) -> None:
    """Keep an answer for the report, unless the question was answered before."""
    row = insert_or(connection, first_answer).values(
        attempt_id=attempt_id, question=question, answer=answer, share=share
    )
    keys = [first_answer.c.attempt_id, first_answer.c.question]
    connection.execute(row.on_conflict_do_nothing(index_elements=keys))


def save_attempt(connection: Connection, attempt_id: int, state: Mapping[str, Any], outcome: Mapping[str, Any]) -> None:
    """Keep a new state. outcome: completion, success, score_got, version."""
    at = now()
    is_done = outcome["completion"] == "completed"
    values = {**outcome, "state": dict(state), "score_max": 100.0, "updated_at": at}
    values["row_version"] = attempt.c.row_version + 1
    connection.execute(update(attempt).where(attempt.c.id == attempt_id).values(**values))
    if is_done:
        first = update(attempt).where(attempt.c.id == attempt_id, attempt.c.completed_at.is_(None))
        connection.execute(first.values(completed_at=at))


def pseudonym_of(connection: Connection, person_id: int) -> str:
    """Return the name that we have made up for a person."""
    return str(connection.execute(select(person.c.pseudonym).where(person.c.id == person_id)).scalar_one())
