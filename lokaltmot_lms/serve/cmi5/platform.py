"""The platform: launches units, writes its own statements, and stores what the units send."""

import dataclasses
import json
import secrets
import threading
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from lokaltmot_lms.serve.cmi5.attempt import (
    ADL_VERBS,
    CATEGORY,
    CMI5,
    LAUNCH_DATA,
    MASTERY,
    SESSION_ID,
    VERBS,
    Cmi5Registration,
    Cmi5Session,
    Json,
    is_defined,
    verb_of,
)
from lokaltmot_lms.serve.cmi5.rules import PATIENCE, RefusedError, faults
from lokaltmot_lms.serve.cmi5.units import Unit

_MODES = ("Normal", "Browse", "Review")
_OURS = "lokaltmot"  # the document in which our own player stores its state


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRecord:
    """One request from a unit.

    about: the verbs of its statements, or the name of its document. requirement: that the request breaks, "" for none.
    """

    launch: int
    at: float
    name: str
    about: tuple[str, ...]
    status: int
    requirement: str
    why: str


@dataclasses.dataclass(kw_only=True)
class Cmi5Platform:
    """One learner and the units of one course. All data is lost when the program ends.

    address: base URL of the platform, with a trailing slash. return_url: "" for none. preferences: of the learner, None
    when unknown. fails: the HTTP status that every request from a unit gets, 0 for normal operation.
    """

    units: Sequence[Unit]
    address: str = ""
    return_url: str = ""
    preferences: Mapping[str, str] | None = None
    fails: int = 0
    entries: list[RequestRecord] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    _attempts: dict[str, Cmi5Registration] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)

    def attempt(self, unit: int = 0) -> Cmi5Registration:
        """Return the data of a unit; creates a registration when there is none."""
        found = self.units[unit]
        if found.id not in self._attempts:
            self._attempts[found.id] = Cmi5Registration(
                unit=found,
                registration=str(uuid.uuid4()),
                # Not the publisher's id, and the same at every launch (8.1.5).
                activity=f"{self.address}activity/{unit + 1}",
                actor={
                    "objectType": "Agent",
                    "account": {"homePage": self.address, "name": f"kari.prove.{secrets.token_hex(4)}"},
                },
                preferences=None if self.preferences is None else json.dumps(dict(self.preferences)).encode(),
            )
        self._attempts[found.id].unit = found
        return self._attempts[found.id]

    def forget(self) -> None:
        """Forget the learner: the next launch is the first of another learner."""
        self._attempts.clear()

    def launch(self, unit: int = 0, *, mode: str = "Normal", base: str = "") -> str:
        """Launch a unit; return the URL to open. base: base URL of its files.

        An open session is abandoned first (9.3.6).
        """
        attempt = self.attempt(unit)
        if attempt.sessions and not attempt.session.ended and not attempt.session.is_abandoned:
            self._abandon(attempt)
        session = Cmi5Session(
            id=str(uuid.uuid4()), token=secrets.token_urlsafe(18), mode=mode if mode in _MODES else "Normal"
        )
        attempt.sessions.append(session)
        href = f"{base}{attempt.unit.url}"
        attempt.documents[LAUNCH_DATA] = json.dumps(self._launch_data(attempt)).encode()
        self._say_launched(attempt, href)
        query = {
            "endpoint": f"{self.address}lrs/",
            "fetch": f"{self.address}fetch?k={session.id}",
            "actor": json.dumps(attempt.actor),
            "registration": attempt.registration,
            "activityId": attempt.activity,
        }
        return f"{href}{'&' if '?' in href else '?'}{urlencode(query, quote_via=quote)}"

    def fetch(self, key: str) -> Json:
        """Return the answer of the fetch URL: the token, once (8.2)."""
        for attempt in self._attempts.values():
            for session in attempt.sessions:
                if session.id == key:
                    if session.is_fetched or session.is_abandoned:
                        return {"error-code": "1", "error-text": "The token was already fetched."}
                    session.is_fetched = True
                    return {"auth-token": session.token}
        return {"error-code": "2", "error-text": "There is no such session."}

    def session_of(self, authorization: str) -> Cmi5Registration:
        """Return the attempt with the open session of a token.

        Raises:
            RefusedError: there is no such session.
        """
        for attempt in self._attempts.values():
            for session in attempt.sessions:
                if session.is_fetched and authorization == f"Basic {session.token}":
                    if session.is_abandoned or session is not attempt.session:
                        raise RefusedError("9.3.6.0-2", "the session was abandoned", status=403)
                    if session.ended and time.monotonic() - session.ended_at > PATIENCE:
                        raise RefusedError("8.1.2.0-2", "the session has ended", status=403)
                    return attempt
        raise RefusedError("8.1.2.0-5", "the request has no valid token", status=401)

    def take(self, attempt: Cmi5Registration, statements: Sequence[Json]) -> None:
        """Store statements from a unit, all of them or none.

        Raises:
            RefusedError: one breaks a requirement.
        """
        template = json.loads(attempt.documents[LAUNCH_DATA])["contextTemplate"]
        kept = len(attempt.statements)
        was = (list(attempt.session.verbs), attempt.session.begun, attempt.session.ended)
        try:
            for statement in statements:
                self._take_one(attempt, statement, template)
        except RefusedError:
            del attempt.statements[kept:]
            attempt.session.verbs, attempt.session.begun, attempt.session.ended = was
            raise
        self._satisfy(attempt)

    def _take_one(self, attempt: Cmi5Registration, statement: Json, template: Json) -> None:
        if not isinstance(statement, dict):
            raise RefusedError("xAPI", "a statement must be a JSON object")
        same = [each for each in attempt.statements if each["id"] == statement.get("id")]
        if same and same[0] == statement:
            return
        if same:
            raise RefusedError("", "another statement has this id", status=409)
        for requirement, why in faults(statement, attempt, template):
            raise RefusedError(requirement, why, status=403)
        session = attempt.session
        if is_defined(statement):
            session.verbs.append(verb_of(statement))
            if verb_of(statement) == "initialized":
                session.begun = statement["timestamp"]
            if verb_of(statement) == "terminated":
                session.ended, session.ended_at = statement["timestamp"], time.monotonic()
        attempt.statements.append(statement)

    def _launch_data(self, attempt: Cmi5Registration) -> Json:
        unit = attempt.unit
        return {
            "contextTemplate": self._template(attempt),
            "launchMode": attempt.session.mode,
            "moveOn": unit.move_on,
            **({"masteryScore": float(unit.mastery)} if unit.mastery else {}),
            **({"launchParameters": unit.launch_parameters} if unit.launch_parameters else {}),
            **({"returnURL": self.return_url} if self.return_url else {}),
        }

    def _template(self, attempt: Cmi5Registration) -> Json:
        return {
            "platform": "Lokalt mot",
            "contextActivities": {"grouping": [{"objectType": "Activity", "id": attempt.unit.id}]},
            "extensions": {SESSION_ID: attempt.session.id},
        }

    def _say(self, attempt: Cmi5Registration, verb: str, **more: Json) -> Json:
        """Add a statement of the platform itself."""
        template = self._template(attempt)
        template["contextActivities"]["category"] = [{"objectType": "Activity", "id": CATEGORY}]
        template["extensions"] |= more.pop("extensions", {})
        statement = {
            "id": str(uuid.uuid4()),
            "actor": attempt.actor,
            "verb": {"id": verb, "display": {"en": verb.rpartition("/")[2]}},
            "object": {"objectType": "Activity", "id": attempt.activity},
            "context": {**template, "registration": attempt.registration},
            "timestamp": _now(),
            **more,
        }
        attempt.statements.append(statement)
        return statement

    def _say_launched(self, attempt: Cmi5Registration, href: str) -> None:
        unit, session, names = attempt.unit, attempt.session, f"{CMI5}context/extensions/"
        extensions = {
            f"{names}launchmode": session.mode,
            f"{names}launchurl": href,
            f"{names}moveon": unit.move_on,
            **({MASTERY: float(unit.mastery)} if unit.mastery else {}),
            **({f"{names}launchparameters": unit.launch_parameters} if unit.launch_parameters else {}),
        }
        session.launched = self._say(attempt, f"{VERBS}launched", extensions=extensions)["timestamp"]

    def _abandon(self, attempt: Cmi5Registration) -> None:
        session = attempt.session
        last = attempt.statements[-1]["timestamp"]
        seconds = (datetime.fromisoformat(last) - datetime.fromisoformat(session.launched)).total_seconds()
        self._say(attempt, f"{ADL_VERBS}abandoned", result={"duration": f"PT{max(0.0, seconds):.2f}S"})
        session.is_abandoned = True

    def _satisfy(self, attempt: Cmi5Registration) -> None:
        """Add a "satisfied" statement once per registration, when all units of the course are satisfied (9.3.9)."""
        every = [self._attempts.get(unit.id) for unit in self.units]
        if attempt.said("satisfied") or not all(each is not None and each.is_satisfied for each in every):
            return
        course = {"id": f"{self.address}course", "definition": {"type": f"{CMI5}activitytype/course"}}
        self._say(attempt, f"{ADL_VERBS}satisfied", object={"objectType": "Activity", **course})

    def outcome(self, unit: int = 0) -> dict[str, str]:
        """Return the status of the learner as SCORM 2004 elements, which the test LMS shows."""
        attempt = self.attempt(unit)
        ours = json.loads(attempt.documents.get(_OURS) or b"{}")
        verdict = attempt.said("passed") or attempt.said("failed")
        success = "unknown" if verdict is None else verb_of(verdict)
        score = (verdict or {}).get("result", {}).get("score", {})
        return {
            "cmi.suspend_data": str(ours.get("state", "")) if isinstance(ours, dict) else "",
            "cmi.completion_status": "completed" if attempt.said("completed") else "incomplete",
            "cmi.success_status": success,
            **({"cmi.score.raw": f"{score['scaled'] * 100:g}"} if "scaled" in score else {}),
        }

    def replace_state(self, state: str, unit: int = 0) -> None:
        """Replace the state of our player, to simulate a broken platform."""
        documents = self.attempt(unit).documents
        kept = json.loads(documents.get(_OURS) or b"{}")
        documents[_OURS] = json.dumps({**kept, "state": state}).encode()

    def phase(self, unit: int = 0) -> str:
        """Return the phase of the last session: "before", "open" or "ended"."""
        attempt = self.attempt(unit)
        if not attempt.sessions or not attempt.session.begun:
            return "before"
        return "ended" if attempt.session.ended or attempt.session.is_abandoned else "open"

    def note(self, name: str, *, about: Sequence[str], status: int, requirement: str = "", why: str = "") -> None:
        """Record a request, and notify watchers."""
        launches = sum(len(attempt.sessions) for attempt in self._attempts.values())
        with self.changed:
            self.entries.append(
                RequestRecord(
                    launch=launches, at=(time.monotonic() - self._began) * 1000, name=name, about=tuple(about),
                    status=status, requirement=requirement, why=why,
                )
            )  # fmt: skip
            self.changed.notify_all()

    @property
    def refused(self) -> list[RequestRecord]:
        """The requests that broke a requirement."""
        return [entry for entry in self.entries if entry.requirement]

    def watch(self, since: int = 0) -> Iterator[list[RequestRecord]]:
        """Yield new entries as they arrive, and an empty list every 10 seconds as a keep-alive."""
        while True:
            with self.changed:
                if len(self.entries) == since:
                    self.changed.wait(timeout=10)
                fresh = self.entries[since:]
                since += len(fresh)
            yield fresh


def _now() -> str:
    return datetime.now(tz=UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
