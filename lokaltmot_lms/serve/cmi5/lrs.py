"""The platform over HTTP: the fetch URL and the LRS for units (xAPI 1.0.3, part 3)."""

import hashlib
import json
import re
from collections.abc import Mapping

from lokaltmot_lms.serve.cmi5.attempt import LAUNCH_DATA, Cmi5Registration, Json, verb_of
from lokaltmot_lms.serve.cmi5.platform import Cmi5Platform
from lokaltmot_lms.serve.cmi5.rules import RefusedError
from lokaltmot_lms.serve.resource import Reply, Request

_PREFERENCES = "cmi5LearnerPreferences"
_LANGUAGES = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*(,\s*[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)*")
_ORIGIN = re.compile(r"http://(127\.0\.0\.1|localhost):\d+")  # content of another server on this machine
_VERSION = "1.0.3"
_HEADERS = "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match"


def answer(platform: Cmi5Platform, request: Request, path: str) -> Reply | None:
    """Answer a unit: "fetch" or "lrs/…"; None for other paths. Every request is recorded."""
    if path != "fetch" and not path.startswith("lrs/"):
        return None
    if request.method == "OPTIONS":
        return Reply(status=204, headers=_shared(request))
    name = f"{request.method} {path.removeprefix('lrs/')}"
    about = [value for key, value in request.query.items() if key in {"stateId", "profileId"}]
    try:
        if platform.fails:
            raise RefusedError("", "simulated failure", status=platform.fails)
        said = _fetch(platform, request) if path == "fetch" else _ask(platform, request, path[4:], about)
    except RefusedError as error:
        platform.note(name, about=about, status=error.status, requirement=error.requirement, why=error.why)
        said = _json({"requirement": error.requirement, "why": error.why}, status=error.status)
    else:
        platform.note(name, about=about, status=said.status)
    headers = {"X-Experience-API-Version": _VERSION, **said.headers, **_shared(request)}
    return Reply(status=said.status, body=said.body, type=said.type, headers=headers)


def _shared(request: Request) -> Mapping[str, str]:
    """Return CORS headers that let in content of another server on this machine; they do not expose ETag."""
    origin = request.headers.get("origin", "")
    if not _ORIGIN.fullmatch(origin):
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": "GET, PUT, POST, DELETE",
        "Access-Control-Allow-Headers": _HEADERS,
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def _fetch(platform: Cmi5Platform, request: Request) -> Reply:
    if request.method != "POST":
        raise RefusedError("8.1.2.0-4", "the fetch URL accepts only POST", status=405)
    return _json(platform.fetch(request.query.get("k", "")))


def _ask(platform: Cmi5Platform, request: Request, resource: str, about: list[str]) -> Reply:
    if not re.fullmatch(r"1\.0(\.\d+)?|2\.0(\.\d+)?", request.headers.get("x-experience-api-version", "")):
        raise RefusedError("xAPI", "the request has no X-Experience-API-Version header of a known version")
    attempt = platform.session_of(request.headers.get("authorization", ""))
    match resource:
        case "statements":
            return _statements(platform, attempt, request, about)
        case "activities/state":
            return _state(attempt, request)
        case "agents/profile":
            return _profile(attempt, request)
        case _:
            return Reply(status=404)


def _statements(platform: Cmi5Platform, attempt: Cmi5Registration, request: Request, about: list[str]) -> Reply:
    if request.method == "GET":
        wanted = request.query.get("statementId")
        found = [each for each in attempt.statements if each["id"] == wanted]
        return _json(found[0]) if found else Reply(status=404)
    sent = _body(request)
    statements = sent if isinstance(sent, list) else [sent]
    about += [verb_of(each) for each in statements if isinstance(each, dict)]
    if request.method == "PUT":
        wanted = request.query.get("statementId", "")
        if not isinstance(sent, dict) or sent.get("id", wanted) != wanted:
            raise RefusedError("xAPI", "the statement's id is not the one in the URL")
    elif request.method != "POST":
        raise RefusedError("xAPI", "only GET, PUT and POST are allowed for statements", status=405)
    with platform.changed:
        platform.take(attempt, statements)
    return Reply(status=204) if request.method == "PUT" else _json([each["id"] for each in statements])


def _state(attempt: Cmi5Registration, request: Request) -> Reply:
    query = request.query
    if _parsed(query.get("agent", "")) != attempt.actor:
        raise RefusedError("8.1.3.0-3", "the agent is not the actor of the launch", status=403)
    if query.get("registration") != attempt.registration:
        raise RefusedError("8.1.4.0-3", "the registration is not the one of the launch", status=403)
    if query.get("activityId") != attempt.activity:
        raise RefusedError("8.1.5.0-5", "the activity is not the one of the launch", status=403)
    name = query.get("stateId", "")
    if request.method == "GET":
        attempt.session.knows_launch |= name == LAUNCH_DATA
        return _document(attempt.documents.get(name))
    if name == LAUNCH_DATA:
        raise RefusedError("10.2.1.0-5", "a unit must not change LMS.LaunchData", status=403)
    _check_version(attempt.documents.get(name), request)
    if request.method == "DELETE":
        attempt.documents.pop(name, None)
        return Reply(status=204)
    attempt.documents[name] = request.body
    return Reply(status=204, headers={"ETag": _version(request.body)})


def _profile(attempt: Cmi5Registration, request: Request) -> Reply:
    if _parsed(request.query.get("agent", "")) != attempt.actor:
        raise RefusedError("11.0.0.0-1", "the agent is not the actor of the launch", status=403)
    if request.query.get("profileId") != _PREFERENCES:
        raise RefusedError("11.0.0.0-4", f"the id of the document must be {_PREFERENCES}", status=403)
    if request.method == "GET":
        attempt.session.knows_learner = True
        return _document(attempt.preferences)
    liked = _body(request)
    if not isinstance(liked, dict) or not {"languagePreference", "audioPreference"} <= liked.keys():
        raise RefusedError("11.0.0.0-5", "the preferences need languagePreference and audioPreference")
    if not _LANGUAGES.fullmatch(str(liked["languagePreference"])):
        raise RefusedError("11.1.0.0-1", "languagePreference is not a list of language tags")
    _check_version(attempt.preferences, request)
    attempt.preferences = request.body
    return Reply(status=204, headers={"ETag": _version(request.body)})


def _check_version(document: bytes | None, request: Request) -> None:
    """Check the preconditions of a change (xAPI 2.0, 4.1.4; only for some documents in 1.0.3)."""
    wanted = request.headers.get("if-match")
    if request.headers.get("if-none-match") == "*" and document is not None:
        raise RefusedError("", "the document exists already", status=412)
    if document is None:
        return
    if wanted is None:
        raise RefusedError("", "the change has no If-Match header", status=409)
    if wanted not in {"*", _version(document)}:
        raise RefusedError("", "the document has changed since it was read", status=412)


def _document(content: bytes | None) -> Reply:
    return Reply(status=404) if content is None else Reply(body=content, headers={"ETag": _version(content)})


def _version(content: bytes) -> str:
    return f'"{hashlib.sha1(content, usedforsecurity=False).hexdigest()}"'


def _body(request: Request) -> Json:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise RefusedError("xAPI", "the Content-Type of the body is not application/json")
    try:
        return json.loads(request.body)
    except ValueError:
        raise RefusedError("xAPI", "the body is not valid JSON") from None


def _parsed(text: str) -> Json:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _json(content: Json, *, status: int = 200) -> Reply:
    return Reply(status=status, body=json.dumps(content, ensure_ascii=False).encode())
