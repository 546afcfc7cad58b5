"""The connection test page, for a platform's administrator and for anybody with a one-time link.

It helps with the setup and shows no learner data. The steps are those of `lokaltmot lti doctor`.
"""

import json

from flask import Blueprint, Response, request

from lti_app.connection_test import Verdict, platform_steps
from lti_app.errors import Advice, LaunchError
from lti_app.store.engine import reading, writing
from lti_app.store.keys import is_invited, use_invite
from lti_app.store.registrations import Registration, get_registration
from lti_app.trust.roles import Role
from lti_app.trust.secrets import check_hashed
from lti_app.trust.sessions import Session, check_write, require_session
from lti_app.trust.tool import current_tool
from lti_app.web.forms import read_form
from lti_app.web.guard import note
from lti_app.web.pages import language_of, page

_AGAIN_SECONDS = 900


def add_routes(blueprint: Blueprint) -> None:
    """Add /s/<session>/connection and /lti/check/<registration>/<token>."""
    blueprint.add_url_rule("/s/<sid>/connection", view_func=offer, methods=["GET"])
    blueprint.add_url_rule("/s/<sid>/connection", view_func=check, methods=["POST"])
    blueprint.add_url_rule("/lti/check/<row:registration_id>/<token>", view_func=offer_by_link, methods=["GET"])
    blueprint.add_url_rule("/lti/check/<row:registration_id>/<token>", view_func=check_by_link, methods=["POST"])


def may_check(session: Session) -> bool:
    """Return whether the session belongs to an administrator of the platform."""
    return session.role is Role.ADMIN or session.claims.get("is_admin") is True


def offer(sid: str) -> Response:
    """Show the button. The platform is not contacted before somebody presses it."""
    session = _session(sid)
    return _page(_registration(session.registration_id), session.claims["locale"], token=session.token)


def check(sid: str) -> Response:
    """Test the connection for an administrator of the platform."""
    session = _session(sid)
    check_write(request, session, token=read_form(request).get("token", ""))
    registration = _registration(session.registration_id)
    return _page(registration, session.claims["locale"], token=session.token, is_asked=True)


def offer_by_link(registration_id: int, token: str) -> Response:
    """Show the button to a visitor with a link. Opening the link does not use it up, since mail scanners open links."""
    with reading(current_tool().engine) as connection:
        good = is_invited(connection, token_hash=check_hashed(token, registration_id))
    if not good:
        raise LaunchError(403, "check_link", advice=Advice.ASK_ADMIN)
    return _page(_registration(registration_id))


def check_by_link(registration_id: int, token: str) -> Response:
    """Test the connection and use the link up. The same visitor may repeat the test for 15 minutes."""
    tool = current_tool()
    sealed = read_form(request).get("sealed", "")
    expected = json.dumps(["check", registration_id, token])
    if tool.secret.unseal(sealed, seconds=_AGAIN_SECONDS) != expected:
        with writing(tool.engine) as connection:
            good = use_invite(connection, token_hash=check_hashed(token, registration_id))
        if not good:
            raise LaunchError(403, "check_link", advice=Advice.ASK_ADMIN)
        note(kind="checked", reason="link", registration_id=registration_id)
    return _page(_registration(registration_id), sealed=tool.secret.seal(expected), is_asked=True)


def _session(sid: str) -> Session:
    session = require_session(request, sid, roles=tuple(Role))
    if not may_check(session):
        raise LaunchError(403, "role", advice=Advice.NOT_YOURS, registration_id=session.registration_id)
    return session


def _registration(id_: int) -> Registration:
    with reading(current_tool().engine) as connection:
        found = get_registration(connection, id_)
    if found is None:
        raise LaunchError(404, "platform_unknown", advice=Advice.NOTHING_HERE)
    return found


def _page(
    registration: Registration, locale: str = "", *, token: str = "", sealed: str = "", is_asked: bool = False
) -> Response:
    tool = current_tool()
    steps = []
    if is_asked:
        tool.limits.demand(f"check {registration.id}", burst=5, per_second=0.05)
        steps = list(platform_steps(tool, registration))
    return page(
        "connection",
        language=language_of(request, locale),
        platform=registration.name or registration.issuer,
        action=request.path,
        token=token,
        sealed=sealed,
        steps=steps,
        wrong=sum(step.verdict is Verdict.WRONG for step in steps),
    )
