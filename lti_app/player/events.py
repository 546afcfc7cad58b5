"""Receives events from a page and stores them with the new state and the grade in one transaction.

Each event has an id made by the page, so that sending it twice is harmless. lti_app/progress.py counts the attempts.
An event that is not valid is refused alone: one bad answer must not keep the others of the batch from being stored.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import Connection

from lti_app import progress
from lti_app.ags import LINE_ITEM, NEW
from lti_app.built_modules import BuiltModule
from lti_app.errors import LaunchError
from lti_app.player.marking import feedback_on
from lti_app.player.pages import EVERYONE, keeps
from lti_app.progress import Event, EventKind, Rules
from lti_app.store.attempts import (
    Attempt,
    Link,
    NewEvent,
    add_events,
    add_first_answer,
    begin_attempt,
    known_events,
    save_attempt,
)
from lti_app.store.engine import writing
from lti_app.store.grades import bind_new_line_item, put_grade, see_line_item
from lti_app.store.types import now
from lti_app.trust.sessions import Session, check_write, require_session
from lti_app.trust.strictjson import is_storable, read_json
from lti_app.trust.tool import current_tool
from lti_app.web.current_module import module_of
from lti_app.web.dates import DateNotice, window_of
from lti_app.web.guard import note
from lti_app.web.pages import language_of

_MOST_EVENTS = 50
_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_NAME_FIELDS = {  # the field that names the subject of an event
    EventKind.VISIT: "page",
    EventKind.PLACE: "page",
    EventKind.ANSWER: "question",
    EventKind.SUBMIT: "quiz",
    EventKind.RETRY: "quiz",
    EventKind.FILM: "film",
}


class RefusedEventError(Exception):
    """An event that can never be stored. reason: "invalid" or "too_long"; the page shows a sentence for each."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReceivedEvent:
    """A validated event. at: by the learner's clock, or now if that is missing or in the future."""

    id: str
    event: Event
    at: datetime


def add_routes(blueprint: Blueprint) -> None:
    """Add POST /s/<session>/events."""
    blueprint.add_url_rule("/s/<sid>/events", view_func=receive, methods=["POST"])


def receive(sid: str) -> Response:
    """Store a batch of events.

    The response has the ids that are stored (taken), the marking of the answers among them (marked), and the ids of
    the events that can never be stored, each with the reason (refused).
    """
    session = require_session(request, sid, roles=EVERYONE)
    check_write(request, session)
    return answer(session, *module_of(session))


def answer(session: Session, built: BuiltModule, link: Link, rules: Rules) -> Response:
    """Store the batch of a request that is allowed to write. Rate limit: 60 events requests, then 10 per second."""
    current_tool().limits.demand(f"events {session.id}", burst=60, per_second=10)
    received, refused, language = _read(session)
    if refused:
        note(kind="refused", reason="event", registration_id=session.registration_id, detail={"count": len(refused)})
    window = window_of(link.settings)
    if keeps(session) and not window.is_open(now()):
        return _too_early(window.text(DateNotice.NOT_YET, language_of(request, language)))
    state = _store(session, built, link, rules, received) if received and keeps(session) else None
    marked = {}
    for one in received:
        if one.event.kind is EventKind.ANSWER and one.event.name in built.questions:
            counted = _counted_answer(state, one.event)
            if counted is not None:
                marked[one.id] = feedback_on(built, one.event.name, counted, language)
    response = jsonify({"taken": [one.id for one in received], "marked": marked, "refused": refused})
    response.headers["Cache-Control"] = "no-store"
    return response


def _too_early(sentence: str) -> Response:
    response = jsonify({"error": sentence, "reason": "not_open"})
    response.status_code = 403
    return response


class ConcurrentUpdateError(Exception):
    """Some events of a batch are already stored, or the attempt has changed since the request began."""


def _store(
    session: Session, built: BuiltModule, link: Link, rules: Rules, received: list[_ReceivedEvent]
) -> progress.State:
    """Apply new events to the attempt and queue the grade, all or nothing. Returns the new state.

    Optimistic concurrency: nearly every batch arrives once and from one device. So the first try assumes that the
    attempt is still as it was read with the session (`seen`) and that every event is new; this saves two queries per
    batch. The row version and the number of inserted events show whether that was true. If not, the transaction is
    rolled back and the batch is applied again with the attempt locked and without the events that are already stored.
    """
    try:
        return _apply(session, built, link, rules, received, seen=session.attempt)
    except ConcurrentUpdateError:
        return _apply(session, built, link, rules, received, seen=None)


def _apply(
    session: Session,
    built: BuiltModule,
    link: Link,
    rules: Rules,
    received: list[_ReceivedEvent],
    *,
    seen: Attempt | None,
) -> progress.State:
    """Apply a batch in one transaction.

    seen: the attempt as read earlier, for the optimistic path; None to lock the attempt and look up known events.

    Raises:
        ConcurrentUpdateError: the attempt is not as seen, or some events are already stored.
    """
    if session.person_id is None or session.link_id is None:
        raise LaunchError(403, "no_person", registration_id=session.registration_id)
    owner = {"registration_id": session.registration_id, "person_id": session.person_id}
    version = str(built.about["version"])
    with writing(current_tool().engine) as connection:
        attempt, known = seen, set[str]()
        if attempt is None:
            attempt = begin_attempt(connection, link_id=session.link_id, module=built.slug, version=version, **owner)
            known = known_events(connection, attempt.id, [one.id for one in received])
        new = [one for one in received if one.id not in known]
        before = progress.state_of(attempt.state, rules)
        after = progress.play(before, [one.event for one in new], rules)
        if not new:
            return after
        found = progress.outcome(after, rules)
        values = {
            "completion": found.completion, "success": found.success, "score_got": found.score, "version": version,
        }  # fmt: skip
        is_kept = save_attempt(connection, attempt, progress.to_json(after), values)
        is_new = add_events(connection, attempt.id, [_row(one) for one in new])
        if seen is not None and not (is_kept and is_new):
            raise ConcurrentUpdateError
        for id_, given in after.answers.items():
            if id_ not in before.answers and given.answer is not None:
                add_first_answer(connection, attempt.id, id_, given.answer, given.share)
        if found.share is not None and (line_item := _line_item(connection, session, link)) is not None:
            put_grade(connection, line_item_id=line_item, attempt_id=attempt.id, share=found.share, **owner)
    return after


def _line_item(connection: Connection, session: Session, link: Link) -> int | None:
    """Return the row of the line item for the grade: the link's own, or one that the grade sender is to create."""
    line_item = link.line_item_id
    claims = session.claims
    if line_item is None and claims.get("line_items") and LINE_ITEM in claims.get("scopes", ()):
        order = f"{NEW}{link.link_id} {claims['line_items']}"
        line_item = see_line_item(connection, session.registration_id, order, resource_id=link.link_id, tag="lokaltmot")
        if session.link_id is not None:
            bind_new_line_item(connection, session.link_id, line_item)
    return line_item


def _counted_answer(state: progress.State | None, event: Event) -> Any:
    """Return the answer that counts; None if the question was not asked, so that a learner cannot probe for answers."""
    if state is None:
        return event.answer
    given = state.answers.get(event.name)
    return given.answer if given else None


def _row(one: _ReceivedEvent) -> NewEvent:
    payload = {"name": one.event.name, "round": one.event.round, "answer": one.event.answer, "seen": one.event.seen}
    return NewEvent(id=one.id, kind=one.event.kind.value, payload=payload, at=one.at)


def _read(session: Session) -> tuple[list[_ReceivedEvent], list[dict[str, str]], str]:
    """Return the valid events of a request, the refused ones (id, why), and the language of the page.

    Raises:
        LaunchError: 400, the request is not a batch of events at all.
    """
    try:
        body = read_json(request.get_data(), any_text=True)
        events, language = body["events"], body.get("language", "")
        if not isinstance(events, list) or not 0 < len(events) <= _MOST_EVENTS or not isinstance(language, str):
            raise ValueError("not a batch")
        ids = [_id_of(one) for one in events]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise LaunchError(400, "events", registration_id=session.registration_id) from None
    received, refused = [], []
    for id_, one in zip(ids, events, strict=True):
        try:
            received.append(_validated(id_, one))
        except RefusedEventError as error:
            refused.append({"id": id_, "why": error.reason})
    return received, refused, language


def _id_of(event: dict[str, Any]) -> str:
    """Return the id of an event. Without a valid one, the page could not be told which event is refused."""
    id_ = event["id"]
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        raise ValueError("invalid id")
    return id_


def _validated(id_: str, one: dict[str, Any]) -> _ReceivedEvent:
    """Return an event from the page. There is no field for a score: the server computes it, and a page could lie."""
    try:
        kind = EventKind(one["kind"])
        name, round_, seen = one[_NAME_FIELDS[kind]], one.get("round", 0), one.get("seen", 0)
    except (ValueError, KeyError, TypeError):
        raise RefusedEventError("invalid") from None
    is_valid = (
        not set(one) - {"id", "kind", "at", "round", "answer", "seen", _NAME_FIELDS[kind]}
        and isinstance(name, str)
        and len(name) <= 100
        and type(round_) is int
        and 0 <= round_ < 10_000
        and type(seen) is int
        and 0 <= seen < 2**30
        and is_storable(one)
    )
    if not is_valid:
        raise RefusedEventError("invalid")
    answer = one.get("answer") if kind is EventKind.ANSWER else None
    if not progress.is_short(answer):
        raise RefusedEventError("too_long")
    event = Event(kind=kind, name=name, round=round_, answer=answer, seen=seen)
    return _ReceivedEvent(id=id_, event=event, at=_moment(one.get("at")))


def _moment(text: Any) -> datetime:
    at = now()
    try:
        said = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return at
    return said if said.tzinfo is not None and said < at else at
