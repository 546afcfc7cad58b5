"""The launch: the platform posts an id_token with our state; the token is verified (trust/verify.py) and becomes a
session, which lives for LOKALTMOT_SESSION_HOURS.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, request
from sqlalchemy import Connection

from lti_app.errors import Advice, LaunchError
from lti_app.store.engine import reading, writing
from lti_app.store.logins import Login, burn_login, consume_login, drop_state, look_at_login
from lti_app.store.people import (
    Place,
    bind_line_item,
    find_module_of,
    find_person,
    find_place,
    see_context,
    see_link,
    see_person,
)
from lti_app.store.registrations import Registration, count_deployments, get_registration, put_deployment
from lti_app.store.sessions import find_session, open_session
from lti_app.store.types import now
from lti_app.trust.message import Message, read_message
from lti_app.trust.proofs import proof_in, set_proof, storage_key
from lti_app.trust.roles import Role
from lti_app.trust.secrets import hashed, new_token
from lti_app.trust.tool import current_tool
from lti_app.trust.verify import nonce_of, verify
from lti_app.web.cookieless import FRAGMENT, seal_hints
from lti_app.web.forms import read_form
from lti_app.web.guard import note
from lti_app.web.pages import language_of, page

_TICKET_SECONDS = 120
_PLACES = {Role.INSTRUCTOR: "report", Role.ADMIN: "setup"}  # the first page by role; other roles get the module
_ERRORS = {"login_required", "interaction_required", "access_denied", "invalid_request", "server_error"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _LaunchRequest:
    """What the browser sent. is_carried: it blocks our cookies, so the session's proof is carried by its pages."""

    state: str
    token: str
    proof: str
    is_carried: bool


def add_routes(blueprint: Blueprint) -> None:
    """Add /lti/launch, and /lti/proof for a browser without cookies."""
    blueprint.add_url_rule("/lti/launch", view_func=launch, methods=["POST"])
    blueprint.add_url_rule("/lti/proof", view_func=prove, methods=["POST"])


def launch() -> Response:
    """Handle the platform's authentication response (LTI 1.3 security framework 5.1.1.3)."""
    form = read_form(request)
    state = form.get("state", "")
    if "error" in form:
        _fail_login(state, form["error"])
    token = form.get("id_token", "")
    if not state or not token:
        raise LaunchError(400 if state else 401, "id_token" if state else "state")
    proof = proof_in(request, state)
    if not proof:
        return _again(token) or _without_cookie(state, token, form.get("lti_storage_target", ""))
    return _finish(_LaunchRequest(state=state, token=token, proof=proof, is_carried=False))


def prove() -> Response:
    """Continue a launch with the proof from the platform's storage."""
    form = read_form(request)
    ticket = current_tool().secret.unseal(form.get("ticket", ""), seconds=_TICKET_SECONDS)
    if ticket is None or not form.get("proof"):
        raise LaunchError(401, "proof")
    brought = json.loads(ticket)
    return _finish(_LaunchRequest(state=brought["state"], token=brought["token"], proof=form["proof"], is_carried=True))


def _fail_login(state: str, error: str) -> None:
    if _begun(state) is not None:
        with writing(current_tool().engine) as connection:
            drop_state(connection, state_hash=hashed(state))
    # Only error codes of the specification are repeated; anything else is text from the sender.
    raise LaunchError(400, f"platform_{error}" if error in _ERRORS else "platform_error", advice=Advice.ASK_ADMIN)


def _without_cookie(state: str, token: str, storage: str) -> Response:
    """Answer a launch without our cookie: try the platform's storage, and offer a new window in any case."""
    tool = current_tool()
    login = _begun(state)
    with reading(tool.engine) as connection:
        registration = get_registration(connection, login.registration_id) if login else None
    if login is None or registration is None:
        raise LaunchError(401, "state_unknown")
    incident = note(kind="refused", reason="proof_missing", registration_id=registration.id)
    parts = urlsplit(registration.auth_login_url)
    g.framed_by = registration
    g.asks_opener = True  # see launch/login.py
    return page(
        "proof",
        language=language_of(request),
        status=401,
        incident=incident,
        again=seal_hints(login.hints),
        ticket=tool.secret.seal(json.dumps({"state": state, "token": token})) if storage else "",
        frame=storage,
        origin=f"{parts.scheme}://{parts.netloc}",
        key=storage_key(state),
    )


def _begun(state: str, proof: str | None = None) -> Login | None:
    """Return the login of a state without consuming it. proof: None if any browser may ask.

    Asked before anything is written: a stranger's request must not wait for the database's write lock, nor hold it.
    """
    with reading(current_tool().engine) as connection:
        browser_hash = None if proof is None else hashed(proof)
        return look_at_login(connection, state_hash=hashed(state), browser_hash=browser_hash)


def _finish(sent: _LaunchRequest) -> Response:
    tool = current_tool()
    login = registration = None
    if _begun(sent.state, sent.proof) is not None:
        with writing(tool.engine) as connection:
            login = consume_login(connection, state_hash=hashed(sent.state), browser_hash=hashed(sent.proof))
            registration = get_registration(connection, login.registration_id) if login else None
    if login is None or registration is None:
        if again := _again(sent.token):
            return again
        raise LaunchError(401, "state_unknown")
    if not registration.is_active:
        raise LaunchError(403, "inactive", advice=Advice.ASK_ADMIN, registration_id=registration.id)
    message = _verified(sent, login, registration)
    with writing(tool.engine) as connection:
        place = _place(connection, registration, message)
        if place is not None:
            return _open(connection, sent, registration, place, message, login)
    raise LaunchError(403, "deployment", advice=Advice.ASK_ADMIN, registration_id=registration.id)


def _verified(sent: _LaunchRequest, login: Login, registration: Registration) -> Message:
    tool = current_tool()
    try:
        claims = verify(sent.token, registration, nonce_hash=login.nonce_hash, keys=tool.platform_keys, at=now())
    except LaunchError as error:
        if error.reason == "kid_unknown":
            tool.limits.demand(f"kid {registration.id}", burst=30, per_second=0.5)
        if error.reason == "nonce" and (nonce := nonce_of(sent.token)):
            with writing(tool.engine) as connection:
                burn_login(connection, registration_id=registration.id, nonce_hash=hashed(nonce))
        raise
    message = read_message(claims, registration, origin=tool.settings.origin)
    if message.target != login.target:
        raise LaunchError(401, "target_differs", registration_id=registration.id)
    return message


def _place(connection: Connection, registration: Registration, message: Message) -> Place | None:
    """Return the place of a launch, if its deployment is active.

    An unknown deployment is added; it waits for the operator unless the policy is "auto".
    """
    asked = {"context_id": message.context_id, "link_id": message.link_id}
    known = find_place(connection, registration.id, message.deployment_id, **asked)
    if known is None and count_deployments(connection, registration.id) < current_tool().settings.deployment_cap:
        is_auto = registration.deployment_policy == "auto"
        put_deployment(connection, registration.id, message.deployment_id, is_active=is_auto)
        known = find_place(connection, registration.id, message.deployment_id, **asked)
    return known if known and known.is_active else None


def _open(
    connection: Connection,
    sent: _LaunchRequest,
    registration: Registration,
    place: Place,
    message: Message,
    login: Login,
) -> Response:
    tool = current_tool()
    person_id = _person(connection, registration, message)
    context_row = place.context_row
    # Known rows are not written again, so when a whole class opens a module, only the first launch writes them.
    if message.context_id is not None and (context_row is None or place.title != message.context_title):
        context_row = see_context(connection, registration.id, message.context_id, message.context_title)
    link_row = _bind(connection, registration.id, place, context_row, message)
    id_, proof = tool.secret.name("session", sent.token), new_token()
    open_session(
        connection,
        id_hash=hashed(id_),
        proof_hash=hashed(proof),
        registration_id=registration.id,
        deployment_id=place.deployment_row,
        user_id=person_id,
        link_id=link_row,
        context_id=context_row,
        role=message.role.value,
        message=_kind(message),
        # The hints are for a new login in a new window, if the page loses the proof.
        claims={**message.claims, **({"carried": True, "hints": login.hints} if sent.is_carried else {})},
        expires_at=now() + timedelta(hours=tool.settings.session_hours),
    )
    response = _to_session(id_, _kind(message), message.role)
    set_proof(response, sent.state, "", seconds=0)
    if sent.is_carried:
        response.headers["Location"] += f"{FRAGMENT}{proof}"  # a fragment is never sent to a server
    else:
        set_proof(response, id_, proof)
    return response


def _person(connection: Connection, registration: Registration, message: Message) -> int | None:
    """Return the row id of the person who launches; None for a preview, which stores nothing.

    In a data privacy launch it is the person whose data are requested, if we have any; no person is added.
    """
    if message.about is not None:
        return find_person(connection, registration.id, message.about)
    if message.role not in (Role.LEARNER, Role.INSTRUCTOR):
        return None
    id_, may_enter = see_person(connection, registration.id, message.sub)
    if not may_enter:
        raise LaunchError(403, "person", advice=Advice.ASK_ADMIN, registration_id=registration.id)
    return id_


def _bind(
    connection: Connection, registration_id: int, place: Place, context_row: int | None, message: Message
) -> int | None:
    """Return the row id of the link. Its module comes from `custom`, else from the link's ids before a course copy."""
    if message.link_id is None:
        return None
    module = message.module
    if module is None and message.history:
        module = find_module_of(connection, registration_id, [message.link_id, *message.history])
    link_row = place.link_row
    if link_row is None or not _is_same(place, context_row, module, message):
        link_row, _ = see_link(
            connection,
            registration_id,
            message.link_id,
            context_row=context_row,
            module=module,
            rev=message.rev,
            settings=message.settings,
        )
    if message.line_item and message.line_item != place.line_item:
        bind_line_item(connection, registration_id, link_row, message.line_item)
    return link_row


def _is_same(place: Place, context_row: int | None, module: str | None, message: Message) -> bool:
    """Return whether the stored link equals the launch. A launch that names no module does not change the binding."""
    if place.link_context != context_row:
        return False
    return module is None or (module, message.rev, message.settings) == (place.module, place.rev, place.settings)


def _again(token: str) -> Response | None:
    """Return a redirect to the session that this token opened in this browser, for a page that was reloaded."""
    tool = current_tool()
    id_ = tool.secret.name("session", token)
    with reading(tool.engine) as connection:
        row = find_session(connection, hashed(id_))
    if row and row.is_active and hashed(proof_in(request, id_)) == row.proof_hash:
        return _to_session(id_, row.message, Role(row.role))
    return None


def _kind(message: Message) -> str:
    return "privacy" if message.about is not None else "deeplink" if message.is_deep_linking else "resource"


def _to_session(id_: str, kind: str, role: Role) -> Response:
    place = {"privacy": "data", "deeplink": "choose"}.get(kind, _PLACES.get(role, ""))
    return Response(status=303, headers={"Location": f"/s/{id_}/{place}", "Cache-Control": "no-store"})
