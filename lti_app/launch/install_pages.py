"""Pages for the person who installs the tool: the addresses to copy, and registration with a one-time invite."""

import json
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, request

from lti_app.errors import Advice, LaunchError
from lti_app.launch.dynamic_registration import look_up, register
from lti_app.platforms import frames_of_host
from lti_app.store.engine import reading
from lti_app.store.keys import is_invited
from lti_app.trust.secrets import hashed
from lti_app.trust.tool import current_tool
from lti_app.web.forms import read_form, read_query
from lti_app.web.guard import note
from lti_app.web.pages import language_of, page

_SEAL_SECONDS = 900


def add_routes(blueprint: Blueprint) -> None:
    """Add /lti/install and /lti/register/<invite>."""
    blueprint.add_url_rule("/lti/install", view_func=install, methods=["GET"])
    blueprint.add_url_rule("/lti/register/<invite>", view_func=ask, methods=["GET"])
    blueprint.add_url_rule("/lti/register/<invite>", view_func=connect, methods=["POST"])


def install() -> Response:
    """Show the addresses that a platform's administrator needs. None of them is secret."""
    settings = current_tool().settings
    return page("install", language=language_of(request), origin=settings.origin, host=settings.host)


def ask(invite: str) -> Response:
    """Ask the administrator to confirm. Nothing is fetched yet, since mail scanners open links."""
    _demand_invite(invite)
    asked = read_query(request)
    url, token = asked.get("openid_configuration", ""), asked.get("registration_token", "")
    if not url or len(url) > 2000 or len(token) > 8000:
        raise LaunchError(400, "registration_form", advice=Advice.ASK_ADMIN)
    origin = _origin_of(url)
    g.frame_origins = _origins_of(url)
    return page(
        "register",
        language=language_of(request),
        sealed=current_tool().secret.seal(json.dumps([invite, url, token])),
        action=f"/lti/register/{invite}",
        platform=urlsplit(origin).netloc,
    )


def connect(invite: str) -> Response:
    """Register with the platform."""
    tool = current_tool()
    _demand_invite(invite)
    opened = tool.secret.unseal(read_form(request).get("sealed", ""), seconds=_SEAL_SECONDS)
    if opened is None or json.loads(opened)[0] != invite:
        raise LaunchError(403, "registration_form", advice=Advice.ASK_ADMIN)
    _, url, token = json.loads(opened)
    tool.limits.demand("register", burst=10, per_second=0.1)
    g.frame_origins = _origins_of(url)
    found = look_up(tool, url, token)
    id_ = register(tool, found, invite_hash=hashed(invite))
    note(kind="registered", reason="invite_pending" if found.is_doubtful else "invite", registration_id=id_)
    return page(
        "registered",
        language=language_of(request),
        origin=_origin_of(url),
        origins=g.frame_origins,
        number=id_ if found.is_doubtful else None,
    )


def _demand_invite(invite: str) -> None:
    with reading(current_tool().engine) as connection:
        good = is_invited(connection, token_hash=hashed(invite))
    if not good:
        raise LaunchError(403, "invite", advice=Advice.ASK_ADMIN)


def _origins_of(url: str) -> tuple[str, ...]:
    """Return the origins that may frame these pages: the platform's, and those of its vendor's other hosts."""
    origin = _origin_of(url)
    return (origin, *frames_of_host(urlsplit(origin).hostname or ""))


def _origin_of(url: str) -> str:
    """Return the origin of a URL.

    Raises:
        LaunchError: 400, the origin is not safe to use in a header.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    origin = f"{parts.scheme}://{parts.netloc}"
    is_clean = parts.scheme in ("http", "https") and parts.hostname and not set(" ;,'\"\\@\r\n*") & set(parts.netloc)
    if not is_clean or not origin.isascii():
        raise LaunchError(400, "registration_form", advice=Advice.ASK_ADMIN)
    return origin
