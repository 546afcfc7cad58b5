"""For a link that names no module: the teacher is asked once which module it is for, with the picker's cards."""

from flask import Blueprint, Response, request

from lti_app.errors import Advice, LaunchError
from lti_app.launch.deep_linking import LinkSettings, cards, read_choice
from lti_app.launch.offers import read_offers
from lti_app.store.attempts import Link, get_link
from lti_app.store.engine import reading, writing
from lti_app.store.people import bind_module
from lti_app.trust.roles import Role
from lti_app.trust.sessions import Session, check_write, require_session
from lti_app.trust.tool import current_tool
from lti_app.web.forms import read_form
from lti_app.web.guard import note

_WHO = (Role.INSTRUCTOR,)


def add_routes(blueprint: Blueprint) -> None:
    """Add /s/<session>/module."""
    blueprint.add_url_rule("/s/<sid>/module", view_func=ask_module, methods=["GET"])
    blueprint.add_url_rule("/s/<sid>/module", view_func=bind_link, methods=["POST"])


def ask_module(sid: str) -> Response:
    """Show the modules as cards, or the report if the link has a module by now."""
    session, link = _launched(sid)
    if link.module is not None:
        return _to_report(session)
    return cards(session, action=f"/s/{session.handle}/module", is_single=True, is_for_link=True)


def bind_link(sid: str) -> Response:
    """Bind the link to a module, unless another teacher has done so."""
    session, _ = _launched(sid)
    form = read_form(request)
    check_write(request, session, token=form.get("token", ""))
    offers = {offer.slug: offer for offer in read_offers(current_tool().settings.modules)}
    offer = offers.get(form.get("module", ""))
    if offer is None:
        raise LaunchError(404 if form.get("module") else 400, "module", registration_id=session.registration_id)
    settings = _settings(read_choice(form, session))
    with writing(current_tool().engine) as connection:
        is_bound = bind_module(
            connection,
            session.registration_id,
            session.link_id or 0,
            module=offer.slug,
            rev=offer.rev,
            settings=settings,
        )
    if is_bound:
        note(kind="link", reason="bound", registration_id=session.registration_id, detail={"link": session.link_id})
    return _to_report(session)


def _launched(sid: str) -> tuple[Session, Link]:
    session = require_session(request, sid, roles=_WHO)
    link = None
    if session.link_id is not None and not session.is_deep_linking:
        with reading(current_tool().engine) as connection:
            link = get_link(connection, session.registration_id, session.link_id)
    if link is None:
        raise LaunchError(404, "link_unknown", advice=Advice.NOTHING_HERE, registration_id=session.registration_id)
    return session, link


def _settings(choice: LinkSettings) -> dict[str, object]:
    """Return the settings that a deep link would have in its custom parameters (see trust/message.py)."""
    share = None if choice.pass_percent is None else choice.pass_percent / 100
    days = {"available": choice.available, "due": choice.due}
    found = {"pass_share": share, "language": choice.language}
    found |= {name: day.isoformat() for name, day in days.items() if day}
    return {name: value for name, value in found.items() if value is not None}


def _to_report(session: Session) -> Response:
    return Response(status=303, headers={"Location": f"/s/{session.handle}/report", "Cache-Control": "no-store"})
