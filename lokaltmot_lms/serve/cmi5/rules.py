"""The requirements on a statement: its format, its order in the session and the registration, and its result."""

import re
import time
import uuid
from collections.abc import Iterator

from lokaltmot_lms.serve.cmi5.attempt import (
    MASTERY,
    MOVE_ON_CATEGORY,
    VERBS,
    Cmi5Registration,
    Json,
    categories,
    is_defined,
    verb_of,
)
from lokaltmot_lms.serve.cmi5.interactions import interaction_faults


class RefusedError(Exception):
    """The request breaks a requirement, or xAPI itself (requirement "xAPI"). status: of the HTTP response."""

    def __init__(self, requirement: str, why: str, *, status: int = 400) -> None:
        super().__init__(f"{requirement}: {why}")
        self.requirement = requirement
        self.why = why
        self.status = status


# How long a platform accepts statements after "terminated" that were sent before it (9.3.8).
PATIENCE = 2.0  # s
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|\+00:?00)")
_DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_AU_VERBS = ("initialized", "completed", "passed", "failed", "terminated")
_COUNTS = ("completed", "passed", "failed")
_DURATIONS = {"terminated": "1", "completed": "2", "passed": "3", "failed": "4"}

Fault = tuple[str, str]


def faults(statement: Json, attempt: Cmi5Registration, template: Json) -> Iterator[Fault]:
    """Yield the requirements that a statement breaks: the number and an explanation."""
    yield from _form(statement, attempt)
    yield from _place(statement, attempt)
    yield from _context(statement, attempt, template)
    if is_defined(statement):
        yield from _defined(statement, attempt)
        yield from _result(statement)
        yield from _score(statement, attempt)
    else:
        if MOVE_ON_CATEGORY in categories(statement):
            yield "9.6.2.2-2", "the moveOn category is only for cmi5 defined statements"
        yield from interaction_faults(statement)


def _form(statement: Json, attempt: Cmi5Registration) -> Iterator[Fault]:
    if not _is_uuid(statement.get("id")):
        yield "9.1.0.0-1", "the statement has no id that is a UUID"
    if statement.get("actor") != attempt.actor:
        yield "8.1.3.0-3", "the actor is not the one of the launch"
    verb = statement.get("verb")
    if not isinstance(verb, dict) or not _is_iri(verb.get("id")):
        yield "xAPI", "the verb has no id that is an IRI"
    thing = statement.get("object")
    if not isinstance(thing, dict) or not _is_iri(thing.get("id")):
        yield "9.4.0.0-1", "the object has no id that is an IRI"
    at = statement.get("timestamp")
    if not isinstance(at, str):
        yield "9.7.0.0-1", "the statement has no timestamp"
    elif not _UTC.fullmatch(at):
        yield "9.7.0.0-2", f"the timestamp {at} is not in UTC"
    if verb_of(statement) == "voided":
        yield "6.3.0.0-1", "a unit must not void statements"


def _context(statement: Json, attempt: Cmi5Registration, template: Json) -> Iterator[Fault]:
    context = statement.get("context")
    if not isinstance(context, dict):
        yield "10.2.1.0-6", "the statement has no context"
        return
    if context.get("registration") != attempt.registration:
        yield "9.6.1.0-1", "the registration is not the one of the launch"
    extensions = context.get("extensions")
    for name, value in template["extensions"].items():
        if not isinstance(extensions, dict) or extensions.get(name) != value:
            yield "9.6.3.1-4", "the session id of the template is missing or changed"
    activities = context.get("contextActivities")
    for kind, wanted in template["contextActivities"].items():
        given = activities.get(kind, []) if isinstance(activities, dict) else []
        if any(each not in given for each in wanted):
            yield "9.6.2.0-1", f"the {kind} activities of the template are missing"
    for name in template.keys() - {"extensions", "contextActivities"}:
        if context.get(name) != template[name]:
            yield "10.2.1.0-7", f"{name} of the template is missing or changed"


def _place(statement: Json, attempt: Cmi5Registration) -> Iterator[Fault]:
    """Yield errors in the order of statements in the session, which is by timestamp (9.3)."""
    session, verb, at = attempt.session, verb_of(statement), str(statement.get("timestamp"))
    is_first = is_defined(statement) and verb == "initialized"
    if not session.knows_launch:
        yield "10.2.1.0-4", "LMS.LaunchData was not read before the first statement"
    if not session.knows_learner:
        yield "11.0.0.0-3", "the learner's preferences were not read before the first statement"
    if not session.begun and not is_first:
        yield "9.3.0.0-4", f"{verb} came before initialized"
    elif session.begun and _moment(at) < _moment(session.begun):
        yield "9.3.0.0-4", f"{verb} is older than initialized"
    if session.ended and (_moment(at) > _moment(session.ended) or time.monotonic() - session.ended_at > PATIENCE):
        yield "9.3.0.0-5", f"{verb} came after terminated"


def _defined(statement: Json, attempt: Cmi5Registration) -> Iterator[Fault]:
    session, verb = attempt.session, verb_of(statement)
    if verb not in _AU_VERBS or statement["verb"]["id"] != VERBS + verb:
        yield "9.3.0.0-1", f"{verb} is not a verb for cmi5 defined statements of a unit"
        return
    if verb in session.verbs:
        yield "9.3.0.0-2", f"{verb} was already sent in this session"
    if verb in {"passed", "failed"} and {"passed", "failed"} & set(session.verbs):
        yield "9.3.0.0-3", "a session has both passed and failed"
    if verb == "completed" and attempt.said("completed"):
        yield "9.3.0.0-6", "completed was already sent in this registration"
    if verb == "passed" and attempt.said("passed"):
        yield "9.3.0.0-7", "passed was already sent in this registration"
    if verb == "failed" and attempt.said("passed"):
        yield "9.3.0.0-8", "failed follows passed"
    if verb in _COUNTS and session.mode != "Normal":
        yield "10.2.2.0-5", f"{verb} was sent in launch mode {session.mode}"
    if statement["object"].get("id") != attempt.activity:
        yield "8.1.5.0-6", "the object is not the activity of the launch"


def _result(statement: Json) -> Iterator[Fault]:
    verb, result = verb_of(statement), _result_of(statement)
    success = {"passed": True, "failed": False}.get(verb)
    if success is None and "success" in result:
        yield "9.5.2.0-3", f"{verb} has a success"
    elif success is not None and result.get("success") is not success:
        yield "9.5.2.0-1" if success else "9.5.2.0-2", f"{verb} has the wrong success value"
    if verb == "completed" and result.get("completion") is not True:
        yield "9.5.3.0-1", "completed does not have completion true"
    if verb != "completed" and "completion" in result:
        yield "9.5.3.0-2", f"{verb} has a completion"
    duration = result.get("duration")
    if verb in _DURATIONS and not (isinstance(duration, str) and _DURATION.fullmatch(duration)):
        yield f"9.5.4.1-{_DURATIONS[verb]}", f"{verb} has no duration"
    counts = "success" in result or "completion" in result
    if counts and MOVE_ON_CATEGORY not in categories(statement):
        yield "9.6.2.2-1", f"{verb} lacks the moveOn category"
    if not counts and MOVE_ON_CATEGORY in categories(statement):
        yield "9.6.2.2-2", f"{verb} has the moveOn category"


def _score(statement: Json, attempt: Cmi5Registration) -> Iterator[Fault]:
    verb, score = verb_of(statement), _result_of(statement).get("score")
    if score is None:
        return
    if verb not in {"passed", "failed"}:
        yield "9.5.1.0-2", f"{verb} has a score"
        return
    scaled, raw = score.get("scaled"), score.get("raw")
    if scaled is not None and not (_is_number(scaled) and 0 <= scaled <= 1):
        yield "9.5.1", f"the scaled score {scaled} is not between 0 and 1"
        return
    if raw is not None:
        low, high = score.get("min"), score.get("max")
        if not (_is_number(low) and _is_number(high)):
            yield "9.5.1.0-3", "a raw score needs min and max"
        elif not (isinstance(raw, int) and low <= raw <= high):
            yield "9.5.1", f"the raw score {raw} is not a whole number from {low} to {high}"
    if attempt.unit.mastery and scaled is not None:
        mastery = float(attempt.unit.mastery)
        if verb == "passed" and scaled < mastery:
            yield "9.3.4.0-2", f"passed with {scaled}, and the mastery score is {mastery}"
        if verb == "failed" and scaled >= mastery:
            yield "9.3.5.0-2", f"failed with {scaled}, and the mastery score is {mastery}"
        if statement["context"].get("extensions", {}).get(MASTERY) != mastery:
            yield "9.6.3.2-2", f"{verb} has no masteryscore extension with the mastery score"


def _result_of(statement: Json) -> dict[str, Json]:
    result = statement.get("result")
    return result if isinstance(result, dict) else {}


def _moment(timestamp: str) -> str:
    """Return a UTC timestamp in a form that sorts: with all nine decimals and no zone."""
    seconds, _, parts = timestamp.rstrip("Z").partition("+")[0].partition(".")
    return f"{seconds}.{parts:0<9}"


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_iri(value: Json) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", value) is not None


def _is_uuid(value: Json) -> bool:
    try:
        return isinstance(value, str) and str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False
