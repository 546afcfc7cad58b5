"""The "My modules" page: a button for the next module, and the other modules with their progress."""

from flask import Blueprint, Response, request

from lti_app.errors import Advice, LaunchError
from lti_app.home.cards import Card, card_of, next_of
from lti_app.store.engine import reading, writing
from lti_app.store.personal_data import Studied, branch_session, list_studied
from lti_app.store.types import now
from lti_app.trust.proofs import proof_in, set_proof
from lti_app.trust.roles import Role
from lti_app.trust.secrets import hashed, new_token
from lti_app.trust.sessions import Session, check_write, require_session
from lti_app.trust.tool import current_tool
from lti_app.web.current_module import current_modules, module_of
from lti_app.web.forms import read_form
from lti_app.web.pages import language_of, page
from lti_app.web.quick_exit import quick_exit

EVERYONE = tuple(Role)


def add_routes(blueprint: Blueprint) -> None:
    """Add /s/<session>/home, and /s/<session>/open for another module of the same course."""
    blueprint.add_url_rule("/s/<sid>/home", view_func=home, methods=["GET"])
    blueprint.add_url_rule("/s/<sid>/open", view_func=open_other, methods=["POST"])


def home(sid: str) -> Response:
    """Show a learner's modules; in a preview, only the launched module."""
    session = require_session(request, sid, roles=EVERYONE)
    built, _, _ = module_of(session)
    language = language_of(request, session.claims.get("locale", ""))
    cards = _cards(session, language)
    first = next_of(cards)
    return page(
        "home",
        language=language,
        next=first,
        here=[card for card in cards if card.may_open or card.is_here],
        elsewhere=[card for card in cards if not (card.may_open or card.is_here)],
        title=str(built.about.get("titles", {}).get(language) or built.about["title"]),
        is_learner=session.role is Role.LEARNER,
        token=session.token,
        session=session,
        back=session.claims.get("return_url", ""),
        **quick_exit(built),
    )


def open_other(sid: str) -> Response:
    """Open another module that this person has started in this course: a new session with the same proof and expiry."""
    session = require_session(request, sid, roles=(Role.LEARNER,))
    form = read_form(request)
    check_write(request, session, token=form.get("token", ""))
    current_tool().limits.demand(f"open {session.id}", burst=20, per_second=0.2)
    studied = {str(one.link): one for one in _studied(session) if _may_open(session, one)}
    wanted = studied.get(form.get("link", ""))
    if wanted is None:
        raise LaunchError(404, "link_unknown", advice=Advice.NOTHING_HERE, registration_id=session.registration_id)
    id_ = new_token()
    with writing(current_tool().engine) as connection:
        branch_session(connection, hashed(session.id), new_id_hash=hashed(id_), link_id=wanted.link)
    response = Response(status=303, headers={"Location": f"/s/{id_}/", "Cache-Control": "no-store"})
    if not session.is_carried:
        set_proof(response, id_, proof_in(request, session.id))
    return response


def _studied(session: Session) -> list[Studied]:
    if session.person_id is None or session.role is not Role.LEARNER:
        return []
    with reading(current_tool().engine) as connection:
        return list_studied(connection, registration_id=session.registration_id, person_id=session.person_id)


def _may_open(session: Session, studied: Studied) -> bool:
    """Return whether a module can be opened from here: only in the same course.

    A module of another course must be launched from the platform, which knows whether the person is still enrolled.
    """
    return session.context_id is not None and studied.context_id == session.context_id


def _cards(session: Session, language: str) -> list[Card]:
    found = []
    for studied in _studied(session):
        built = current_modules().module(studied.module)
        if built is None:
            continue  # no longer served, so there is nothing to continue
        is_here = studied.link == session.link_id
        may_open = is_here or _may_open(session, studied)
        found.append(card_of(studied, built, language=language, at=now(), may_open=may_open, is_here=is_here))
    return found
