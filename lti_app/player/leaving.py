"""Ends a session at once: by the quick exit, and when a page is left on a shared computer."""

from flask import Blueprint, Response, request

from lti_app.player.events import answer
from lti_app.store.engine import writing
from lti_app.store.sessions import end_sessions_of_browser
from lti_app.trust.proofs import set_proof
from lti_app.trust.roles import Role
from lti_app.trust.secrets import hashed
from lti_app.trust.sessions import check_write, require_session
from lti_app.trust.tool import current_tool
from lti_app.web.current_module import module_of


def add_routes(blueprint: Blueprint) -> None:
    """Add POST /s/<session>/end."""
    blueprint.add_url_rule("/s/<sid>/end", view_func=end, methods=["POST"])


def end(sid: str) -> Response:
    """Store the last events of a page, if it sends any (as in events.receive), and end the session whatever they are.

    The page is gone when the response comes; the browser still removes the cookie.
    """
    session = require_session(request, sid, roles=tuple(Role))
    check_write(request, session)
    try:
        response = answer(session, *module_of(session)) if request.get_data() else Response(status=204)
    finally:
        with writing(current_tool().engine) as connection:
            end_sessions_of_browser(connection, hashed(session.id))
    set_proof(response, session.id, "", seconds=0)
    return response
