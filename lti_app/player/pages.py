"""Serves a module: its files as they were built, with the learner's progress inserted into each page."""

import json
import mimetypes
import re
from typing import Any

from flask import Blueprint, Response, g, jsonify, request, send_file

from lokaltmot_lms.texts import N_, translations
from lti_app import progress
from lti_app.built_modules import BuiltModule
from lti_app.errors import Advice, LaunchError
from lti_app.player.marking import feedback_on
from lti_app.player.notices import closed, with_notice
from lti_app.progress import Rules, State
from lti_app.store.attempts import Attempt, Link, begin_attempt, pseudonym_of
from lti_app.store.engine import reading, writing
from lti_app.store.types import now
from lti_app.trust.roles import Role
from lti_app.trust.sessions import Session, require_session
from lti_app.trust.tool import current_tool
from lti_app.web.current_module import module_of
from lti_app.web.dates import window_of
from lti_app.web.pages import language_of

EVERYONE = (Role.LEARNER, Role.INSTRUCTOR, Role.PREVIEW, Role.ADMIN)
_OWN_PAGES = {Role.LEARNER: ("home", N_("My modules")), Role.INSTRUCTOR: ("report", N_("Learner progress"))}
_TITLE = re.compile(rb'<title data-neutral="([^"]*)">[^<]*</title>')  # of templates/pages/module.html.jinja
_END = b"</body>"
_TYPES = {".js": "text/javascript", ".vtt": "text/vtt", ".svg": "image/svg+xml"}


def add_routes(blueprint: Blueprint) -> None:
    """Add /s/<session>/, its files, and /s/<session>/state."""
    blueprint.add_url_rule("/s/<sid>/", view_func=start, methods=["GET"])
    blueprint.add_url_rule("/s/<sid>/state", view_func=state, methods=["GET"])
    blueprint.add_url_rule("/s/<sid>/<path:name>", view_func=file, methods=["GET"])


def start(sid: str) -> Response:
    """Show the module."""
    session = require_session(request, sid, roles=EVERYONE)
    return show(session, *module_of(session))


def file(sid: str, name: str) -> Response:
    """Answer with a file of the module."""
    session = require_session(request, sid, roles=EVERYONE, is_public=not name.endswith(".html"))
    return show_file(session, *module_of(session), name)


def show(session: Session, built: BuiltModule, link: Link, rules: Rules) -> Response:
    """Return a module's page in the language of the link, or else of the platform."""
    languages = built.about["languages"]
    wanted = link.settings.get("language") or language_of(request, session.claims.get("locale", ""))
    name = languages.get(wanted) or next(iter(languages.values()))
    return _page(session, built, link, rules, name)


def show_file(session: Session, built: BuiltModule, link: Link, rules: Rules, name: str) -> Response:
    """Return a page or another file of a module."""
    if name in built.about["languages"].values():
        return _page(session, built, link, rules, name)
    path = built.file(name)
    if path is None:
        raise LaunchError(404, "file_unknown", advice=Advice.NOTHING_HERE, registration_id=session.registration_id)
    g.has_drawings = True
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    response = send_file(path, mimetype=kind, conditional=True, max_age=0)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def state(sid: str) -> Response:
    """Answer with the learner's progress."""
    session = require_session(request, sid, roles=EVERYONE)
    _, _, rules = module_of(session)
    reached = _reached(session.attempt if keeps(session) else None, rules)
    found = progress.outcome(reached, rules)
    response = jsonify({
        "state": progress.to_json(reached),
        "completion": found.completion,
        "success": found.success,
        "score": found.score,
    })  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def keeps(session: Session) -> bool:
    """Return whether progress is stored in a session: a learner's is, a teacher's visit is not."""
    return session.role is Role.LEARNER and session.person_id is not None


def _page(session: Session, built: BuiltModule, link: Link, rules: Rules, name: str) -> Response:
    path = built.file(name)
    if path is None:
        raise LaunchError(404, "file_unknown", advice=Advice.NOTHING_HERE, registration_id=session.registration_id)
    language = next(code for code, file_name in built.about["languages"].items() if file_name == name)
    window = window_of(link.settings)
    if keeps(session) and not window.is_open(now()):
        return closed(session, built, window, language)
    is_first = keeps(session) and session.attempt is None
    attempt = _begin(session, built) if is_first else session.attempt
    reached = _reached(attempt if keeps(session) else None, rules)
    launch = _launch(session, built, link, language, reached)
    page_data = json.dumps(launch, ensure_ascii=False).replace("<", "\\u003c")
    day = window.text(window.notice(now(), is_done=reached.completed), language) if keeps(session) else ""
    html = with_notice(path.read_bytes(), day=day, is_first=is_first, language=language)
    if current_tool().settings.neutral_titles:
        html = _TITLE.sub(rb'<title data-neutral="\1" data-always>\1</title>', html, count=1)
    before, end, after = html.rpartition(_END)
    data = f'<script type="application/json" id="lm-launch">{page_data}</script>\n'.encode()
    g.has_drawings = True
    response = Response(before + data + end + after, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


def _begin(session: Session, built: BuiltModule) -> Attempt | None:
    """Begin an attempt, unless another tab has done so meanwhile."""
    if session.person_id is None or session.link_id is None:
        return None
    with writing(current_tool().engine) as connection:
        return begin_attempt(
            connection, registration_id=session.registration_id, person_id=session.person_id,
            link_id=session.link_id, module=built.slug, version=str(built.about["version"]),
        )  # fmt: skip


def _launch(session: Session, built: BuiltModule, link: Link, language: str, reached: State) -> dict[str, Any]:
    """Return the data that the player's `lti` driver reads from the page (templates/player/tracking/lti.js)."""
    learner = ""
    if keeps(session) and session.person_id is not None:
        with reading(current_tool().engine) as connection:
            learner = pseudonym_of(connection, session.person_id)
    return {
        "mode": "normal" if keeps(session) else "browse",
        "learner": learner,
        # The events of one placement of a module must not be sent to another.
        "link": current_tool().secret.sign("link", str(session.link_id))[:16] if keeps(session) else "",
        "token": session.token,
        "end": f"/s/{session.handle}/end",
        "leave": session.claims.get("return_url", ""),
        "pass": link.settings.get("pass_share"),
        "home": _own_page(session, language),
        "state": progress.to_json(reached),
        "marked": {
            id_: feedback_on(built, id_, given.answer, language)
            for id_, given in reached.answers.items()
            if id_ in built.questions
        },
    }


def _own_page(session: Session, language: str) -> dict[str, str] | None:
    """Return the link in the menu to the learner's or teacher's own page. A preview from the picker has none."""
    if session.link_id is None or session.role not in _OWN_PAGES:
        return None
    name, words = _OWN_PAGES[session.role]
    return {"address": f"/s/{session.handle}/{name}", "words": translations(language).gettext(words)}


def _reached(attempt: Attempt | None, rules: Rules) -> State:
    return progress.state_of(attempt.state if attempt else {"seed": 0}, rules)
