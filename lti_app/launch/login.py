"""The OIDC third-party initiated login: redirects the browser to the platform's sign-in with a state and a nonce."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, g, request
from sqlalchemy import Connection

from lti_app.errors import LaunchError
from lti_app.store.engine import reading, writing
from lti_app.store.logins import LIVES, begin_login, drop_expired
from lti_app.store.registrations import Registration, find_asking
from lti_app.trust.proofs import set_proof, storage_key
from lti_app.trust.redirect_uris import is_ours
from lti_app.trust.secrets import hashed, new_token
from lti_app.trust.tool import current_tool
from lti_app.web.forms import read_form, read_query
from lti_app.web.pages import language_of, page

_LONGEST = 4096  # characters of a parameter, and of all that are stored
_CLEANINGS_PER_SECOND = 0.1
_HINTS = ("login_hint", "lti_message_hint", "lti_deployment_id", "target_link_uri", "iss", "client_id")


# The fixed parameters of the authentication request (LTI security framework 5.1.1.2), encoded once to save time.
_ALWAYS = urlencode({
    "scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none",
})  # fmt: skip


def add_routes(blueprint: Blueprint) -> None:
    """Add /lti/login and, for platforms that send no client_id, /lti/login/<registration>."""
    for rule in ("/lti/login", "/lti/login/<row:registration_id>"):
        blueprint.add_url_rule(rule, view_func=login, methods=["GET", "POST"])


def login(registration_id: int | None = None) -> Response:
    """Begin a login (LTI 1.3 security framework 5.1.1)."""
    asked = read_form(request) if request.method == "POST" else read_query(request)
    if "again" in asked:
        asked = _unsealed(asked["again"])
    if any(len(value) > _LONGEST for value in asked.values()):
        raise LaunchError(400, "parameter_too_long")
    tool = current_tool()
    if not asked.get("login_hint"):
        raise LaunchError(400, "login_hint")
    target = asked.get("target_link_uri")
    if not is_ours(target, tool.settings.origin):
        raise LaunchError(400, "target_link_uri")
    # Reading first: a request from a stranger must not wait for the database's write lock, nor hold it.
    with reading(tool.engine) as connection:
        registration = _registration(connection, asked, registration_id)
    # Rows live for ten minutes, so this limit is also the limit of the table: 19,000 rows per platform and process.
    tool.limits.demand(f"login {registration.id}", burst=1000, per_second=30)
    state, nonce, proof = new_token(), new_token(), new_token()
    hints = {name: asked[name] for name in _HINTS if name in asked}
    with writing(tool.engine) as connection:
        if tool.limits.spend("expired logins", burst=1, per_second=_CLEANINGS_PER_SECOND):
            drop_expired(connection)
        begin_login(
            connection,
            state_hash=hashed(state),
            nonce_hash=hashed(nonce),
            registration_id=registration.id,
            browser_hash=hashed(proof),
            target=target,
            # Without hints no new window can be offered, should the browser lose our cookie.
            hints=hints if sum(map(len, hints.values())) <= _LONGEST else {},
        )
    return _redirect(registration, asked, state, nonce, proof)


def _unsealed(again: str) -> dict[str, str]:
    text = current_tool().secret.unseal(again, seconds=int(LIVES.total_seconds()))
    if text is None:
        raise LaunchError(400, "again")
    return dict(json.loads(text))


def _registration(connection: Connection, asked: Mapping[str, str], registration_id: int | None) -> Registration:
    """Return the registration of a login. All refusals look the same, so that nobody learns which platforms we know."""
    unknown = LaunchError(400, "platform_unknown")
    deployment_id = asked.get("lti_deployment_id")
    found = find_asking(
        connection, issuer=asked.get("iss", ""), client_id=asked.get("client_id"), id_=registration_id,
        deployment_id=deployment_id,
    )  # fmt: skip
    found = [one for one in found if not one[0].is_pending]  # a pending registration must not make an issuer ambiguous
    if len(found) != 1:
        raise unknown
    ((registration, is_known),) = found
    is_listed = deployment_id is None or is_known or registration.deployment_policy != "listed"
    if not registration.is_active or not is_listed:
        raise unknown
    return registration


def _redirect(registration: Registration, asked: Mapping[str, str], state: str, nonce: str, proof: str) -> Response:
    query = {
        "client_id": registration.client_id,
        "redirect_uri": f"{current_tool().settings.origin}/lti/launch",
        "login_hint": asked["login_hint"],
        "state": state,
        "nonce": nonce,
    }
    if "lti_message_hint" in asked:
        query["lti_message_hint"] = asked["lti_message_hint"]
    joint = "&" if urlsplit(registration.auth_login_url).query else "?"
    address = f"{registration.auth_login_url}{joint}{_ALWAYS}&{urlencode(query)}"
    storage = asked.get("lti_storage_target")
    if storage:
        response: Response = _through_storage(registration, address, storage, state, proof)
    else:
        response = Response(status=302, headers={"Location": address, "Cache-Control": "no-store"})
    set_proof(response, state, proof, seconds=int(LIVES.total_seconds()))
    return response


def _through_storage(registration: Registration, address: str, storage: str, state: str, proof: str) -> Response:
    """Return a page that stores the proof with the platform before it continues (LTI Platform Storage 1.0)."""
    parts = urlsplit(registration.auth_login_url)
    g.framed_by = registration
    g.asks_opener = True  # in a window of its own, the platform's storage is behind window.opener
    return page(
        "storing",
        language=language_of(request),
        address=address,
        frame=storage,
        origin=f"{parts.scheme}://{parts.netloc}",
        key=storage_key(state),
        proof=proof,
    )
