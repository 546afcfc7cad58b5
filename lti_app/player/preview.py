"""Preview of a module for a teacher who is choosing one. The module is as learners see it, and nothing is stored."""

from flask import Blueprint, Response, request

from lti_app.built_modules import BuiltModule
from lti_app.errors import Advice, LaunchError
from lti_app.player.events import answer
from lti_app.player.pages import show, show_file
from lti_app.progress import Rules, rules_of
from lti_app.store.attempts import Link
from lti_app.trust.roles import Role
from lti_app.trust.sessions import Session, check_write, require_session
from lti_app.web.current_module import current_modules

_WHO = (Role.INSTRUCTOR, Role.ADMIN)


def add_routes(blueprint: Blueprint) -> None:
    """Add /s/<session>/preview/<module>/, its files, and the address that marks its answers."""
    place = "/s/<sid>/preview/<slug>/"
    blueprint.add_url_rule(place, view_func=preview, methods=["GET"])
    blueprint.add_url_rule(f"{place}events", view_func=preview_answer, methods=["POST"])
    blueprint.add_url_rule(f"{place}<path:name>", view_func=preview_file, methods=["GET"])


def preview(sid: str, slug: str) -> Response:
    """Show the module in the platform's language."""
    session = require_session(request, sid, roles=_WHO)
    return show(session, *_module(session, slug))


def preview_file(sid: str, slug: str, name: str) -> Response:
    """Answer with a file of the module."""
    session = require_session(request, sid, roles=_WHO, is_public=not name.endswith(".html"))
    return show_file(session, *_module(session, slug), name)


def preview_answer(sid: str, slug: str) -> Response:
    """Mark an answer and give the feedback that a learner would get."""
    session = require_session(request, sid, roles=_WHO)
    check_write(request, session)
    return answer(session, *_module(session, slug))


def _module(session: Session, slug: str) -> tuple[BuiltModule, Link, Rules]:
    # A teacher chooses in the picker, or on the page that asks which module a link is for.
    may_choose = session.is_deep_linking or session.role is Role.INSTRUCTOR
    built = current_modules().module(slug) if may_choose else None
    if built is None:
        raise LaunchError(404, "module_unknown", advice=Advice.NOTHING_HERE, registration_id=session.registration_id)
    link = Link(link_id="", module=slug, settings={}, line_item_id=None)
    return built, link, rules_of(built.about, built.questions, pass_share=None)
