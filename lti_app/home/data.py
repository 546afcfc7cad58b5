"""The "My data" page: a summary of the stored data about a person, a file with all of it, and deletion."""

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from lti_app.built_modules import BuiltModule
from lti_app.errors import Advice, LaunchError
from lti_app.store.engine import reading, writing
from lti_app.store.people import erase_person, sub_of
from lti_app.store.personal_data import everything_of
from lti_app.store.types import now
from lti_app.trust.proofs import set_proof
from lti_app.trust.roles import Role
from lti_app.trust.sessions import Session, check_write, require_session
from lti_app.trust.tool import current_tool
from lti_app.web.current_module import current_modules, module_of
from lti_app.web.dates import long_date
from lti_app.web.forms import read_form
from lti_app.web.guard import note
from lti_app.web.pages import language_of, page
from lti_app.web.quick_exit import quick_exit

EVERYONE = tuple(Role)
_FORMAT = 1


def add_routes(blueprint: Blueprint) -> None:
    """Add /s/<session>/data, its file, and the two steps of deletion."""
    blueprint.add_url_rule("/s/<sid>/data", view_func=show, methods=["GET"])
    blueprint.add_url_rule("/s/<sid>/data/file", view_func=download, methods=["GET"])
    blueprint.add_url_rule("/s/<sid>/data/delete", view_func=ask, methods=["GET"])
    blueprint.add_url_rule("/s/<sid>/data/delete", view_func=delete, methods=["POST"])


def show(sid: str) -> Response:
    """Show a summary of the stored data, by module."""
    session = require_session(request, sid, roles=EVERYONE)
    language = _language(session)
    found = _everything(session)
    person = next(iter(found.get("person", ())), None)
    return _page(
        "data",
        session,
        person=person,
        since=long_date(person["created_at"], language) if person else "",
        modules=[_module(one, found, language) for one in found.get("attempts", ())],
        grades=len(found.get("grades", ())),
        steps=len(found.get("events", ())),
        months=current_tool().settings.retention_months,
    )


def download(sid: str) -> Response:
    """Return all stored data as one JSON file."""
    session = require_session(request, sid, roles=EVERYONE)
    current_tool().limits.demand(f"file {session.id}", burst=5, per_second=0.1)
    everything = {"format": _FORMAT, "from": current_tool().settings.origin, "at": now(), **_everything(session)}
    text = json.dumps(everything, ensure_ascii=False, indent=1, default=_to_json)
    name = "lokalt-mot-data.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(text, mimetype="application/json", headers=headers)


def ask(sid: str) -> Response:
    """Ask for confirmation, and say that deletion cannot be undone."""
    session = require_session(request, sid, roles=EVERYONE)
    _subject(session)
    return _page("delete", session)


def delete(sid: str) -> Response:
    """Delete the person and all their data, including this session."""
    session = require_session(request, sid, roles=EVERYONE)
    form = read_form(request)
    check_write(request, session, token=form.get("token", ""))
    sub = _subject(session)
    response = _page("deleted", session)
    with writing(current_tool().engine) as connection:
        erase_person(connection, session.registration_id, sub)
    note(kind="erased", reason="on_request", registration_id=session.registration_id)
    set_proof(response, session.id, "", seconds=0)
    return response


def _subject(session: Session) -> str:
    """Return the platform's id of the person that the page is about.

    Raises:
        LaunchError: 404, no data is stored for this session's person.
    """
    sub = None
    if session.person_id is not None:
        with reading(current_tool().engine) as connection:
            sub = sub_of(connection, session.registration_id, session.person_id)
    if sub is None:
        raise LaunchError(404, "nothing_kept", advice=Advice.NOTHING_HERE, registration_id=session.registration_id)
    return sub


def _everything(session: Session) -> dict[str, list[dict[str, Any]]]:
    if session.person_id is None:
        return {}
    with reading(current_tool().engine) as connection:
        return everything_of(connection, registration_id=session.registration_id, person_id=session.person_id)


def _module(kept: dict[str, Any], found: dict[str, list[dict[str, Any]]], language: str) -> dict[str, Any]:
    """Return the summary of one module, with the answers listed by question text."""
    built = current_modules().module(kept["module"])
    questions = built.about["questions"] if built else {}
    mine = [one for one in found["first_answers"] if one["attempt_id"] == kept["id"]]
    given = kept["state"].get("answers", {})
    return {
        "title": _title(built, language) or kept["module"],
        "course": kept["course"] or "",
        "pages": len(kept["state"].get("visited", ())),
        "from": long_date(kept["started_at"], language),
        "to": long_date(kept["updated_at"], language),
        "percent": None if kept["score_got"] is None else int(kept["score_got"]),
        "answers": [
            {
                "text": questions.get(one["question"], {}).get("text") or one["question"],
                "is_right": one["share"] > 1 - 1e-9,
                "is_counted": questions.get(one["question"], {}).get("points", 0) > 0,
            }
            for one in mine
        ],
        "others": sum(id_ not in {one["question"] for one in mine} for id_ in given),
    }


def _title(built: BuiltModule | None, language: str) -> str:
    return "" if built is None else str(built.about.get("titles", {}).get(language) or built.about["title"])


def _page(name: str, session: Session, **values: Any) -> Response:
    built = None
    if session.link_id is not None:
        try:
            built, _, _ = module_of(session)
        except LaunchError:
            built = None  # the module is no longer served, but its data are still stored
    return page(
        name,
        language=_language(session),
        session=session,
        token=session.token,
        # An administrator sees somebody else's (data privacy launch).
        is_own=not session.claims.get("privacy", {}).get("of_another", False),
        has_module=built is not None,
        back=session.claims.get("return_url", ""),
        **quick_exit(built),
        **values,
    )


def _language(session: Session) -> str:
    return language_of(request, session.claims.get("locale", ""))


def _to_json(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
