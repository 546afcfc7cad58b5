"""The setup page for the platform's administrator: which services are enabled. No learner data, no grades."""

from dataclasses import dataclass

from flask import Blueprint, Response, request

from lokaltmot_lms.texts import N_
from lti_app.ags import SCORE
from lti_app.store.attempts import get_link
from lti_app.store.engine import reading
from lti_app.trust.roles import Role
from lti_app.trust.sessions import Session, require_session
from lti_app.trust.tool import current_tool
from lti_app.web.current_module import current_modules
from lti_app.web.pages import language_of, page


@dataclass(frozen=True, slots=True, kw_only=True)
class _SetupItem:
    """One item of the setup. said: what it means, and what to do if it is missing."""

    is_good: bool
    said: str


def add_routes(blueprint: Blueprint) -> None:
    """Add /s/<session>/setup."""
    blueprint.add_url_rule("/s/<sid>/setup", view_func=setup)


def setup(sid: str) -> Response:
    """Show which services this launch offers."""
    session = require_session(request, sid, roles=(Role.ADMIN,))
    has_module = _has_module(session)
    return page(
        "setup",
        language=language_of(request, session.claims.get("locale", "")),
        home=f"/s/{session.handle}",
        facts=[_module(has_module), _grades(session), _roster(session)],
        has_module=has_module,
    )


def _has_module(session: Session) -> bool:
    if session.link_id is None or session.is_deep_linking:
        return False
    with reading(current_tool().engine) as connection:
        link = get_link(connection, session.registration_id, session.link_id)
    return link is not None and current_modules().module(link.module) is not None


def _module(is_good: bool) -> _SetupItem:
    return _SetupItem(
        is_good=is_good,
        said=N_("The link opens a module.")
        if is_good
        else N_(
            "The link does not open a module yet. The first teacher in the course who opens it is asked to choose one."
        ),
    )


def _grades(session: Session) -> _SetupItem:
    has_column = session.claims.get("line_item") or session.claims.get("line_items")
    is_good = bool(has_column) and SCORE in session.claims.get("scopes", ())
    return _SetupItem(
        is_good=is_good,
        said=N_("Grades can be sent to the gradebook.")
        if is_good
        else N_("Grades cannot be sent. Allow the tool to use Assignment and Grade Services."),
    )


def _roster(session: Session) -> _SetupItem:
    is_good = bool(session.claims.get("roster"))
    return _SetupItem(
        is_good=is_good,
        said=N_("Teachers can see who has not started: the platform shares its list of participants.")
        if is_good
        else N_("Teachers cannot see who has not started. Allow the tool to use Names and Role Provisioning Services."),
    )
