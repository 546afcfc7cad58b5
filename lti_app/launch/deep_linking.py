"""Deep linking: a teacher chooses modules and their settings, and the platform gets links that survive a copy."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as clock
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, g, request

from lti_app.errors import LaunchError
from lti_app.launch.connection_page import may_check
from lti_app.launch.offers import Offer, read_offers
from lti_app.pylti import CLAIM, DEEP_LINKING, DEEP_LINKING_RESPONSE, content_item
from lti_app.store.engine import reading, writing
from lti_app.store.registrations import deployment_name, get_registration
from lti_app.store.sessions import end_session
from lti_app.store.types import read_day
from lti_app.trust.roles import Role
from lti_app.trust.secrets import hashed, new_token
from lti_app.trust.sessions import Session, check_write, require_session
from lti_app.trust.tool import current_tool
from lti_app.web.forms import read_form
from lti_app.web.pages import language_of, page

_WHO = (Role.INSTRUCTOR, Role.ADMIN)
_JWT_SECONDS = 300
_ZONE = ZoneInfo("Europe/Oslo")  # a teacher's date means a day in Norway


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """The settings that a teacher chose for the selected modules."""

    pass_percent: int | None
    language: str | None
    available: date | None
    due: date | None


def add_routes(blueprint: Blueprint) -> None:
    """Add /s/<session>/choose."""
    blueprint.add_url_rule("/s/<sid>/choose", view_func=choose, methods=["GET"])
    blueprint.add_url_rule("/s/<sid>/choose", view_func=confirm, methods=["POST"])


def choose(sid: str) -> Response:
    """Show the modules as cards."""
    session = _session(sid)
    return cards(
        session,
        action=f"/s/{session.handle}/choose",
        is_single=not session.claims["deep_linking"]["multiple"],
        check=f"/s/{session.handle}/connection" if may_check(session) else "",
    )


def cards(session: Session, *, action: str, is_single: bool, is_for_link: bool = False, check: str = "") -> Response:
    """Return the page with the cards.

    action: where the form is posted. is_for_link: the module is for an existing link. check: the address of the
    connection test, or empty.
    """
    offers = read_offers(current_tool().settings.modules)
    return page(
        "picker",
        language=language_of(request, session.claims["locale"]),
        offers=offers,
        languages={code: name for offer in offers for code, name in offer.languages.items()},
        is_for_link=is_for_link,
        kind="radio" if is_single else "checkbox",
        action=action,
        preview=f"/s/{session.handle}/preview",
        token=session.token,
        check=check,
    )


def confirm(sid: str) -> Response:
    """Send the chosen modules back to the platform, once (LTI Deep Linking 2.0, 4.3)."""
    session = _session(sid)
    form = read_form(request, repeated=("module",))
    check_write(request, session, token=form.get("token", ""))
    wanted = [slug for slug in form.get("module", "").split("\n") if slug]
    offers = {offer.slug: offer for offer in read_offers(current_tool().settings.modules)}
    if not wanted or any(slug not in offers for slug in wanted):
        raise LaunchError(404 if wanted else 400, "module", registration_id=session.registration_id)
    settings = session.claims["deep_linking"]
    choice = read_choice(form, session)
    chosen = [offers[slug] for slug in (wanted if settings["multiple"] else wanted[:1])]
    token = _response(session, [_item(offer, choice, settings) for offer in chosen])
    parts = urlsplit(settings["return_url"])
    g.form_action = f"{parts.scheme}://{parts.netloc}"
    return page(
        "returning",
        language=language_of(request, session.claims["locale"]),
        address=settings["return_url"],
        token=token,
        count=len(chosen),
    )


def _session(sid: str) -> Session:
    session = require_session(request, sid, roles=_WHO)
    if not session.is_deep_linking:
        raise LaunchError(404, "no_deep_linking", registration_id=session.registration_id)
    return session


def read_choice(form: Mapping[str, str], session: Session) -> LinkSettings:
    """Return the settings from the form.

    Raises:
        LaunchError: 400, a value is invalid.
    """
    percent = form.get("pass", "").strip().removesuffix("%").strip()
    try:
        made = LinkSettings(
            pass_percent=int(percent) if percent else None,
            language=form.get("language") or None,
            available=_day(form.get("available", "")),
            due=_day(form.get("due", "")),
        )
    except ValueError:
        raise LaunchError(400, "choice_form", registration_id=session.registration_id) from None
    is_backwards = made.available and made.due and made.due < made.available
    if is_backwards or (made.pass_percent is not None and not 0 <= made.pass_percent <= 100):
        raise LaunchError(400, "choice_form", registration_id=session.registration_id)
    return made


def _day(text: str) -> date | None:
    """Return the day in a date field; None for an empty field.

    Raises:
        ValueError: it is no day, or not in 2000-2100.
    """
    day = read_day(text)
    if text and day is None:
        raise ValueError("not a day")
    return day


def _item(offer: Offer, choice: LinkSettings, settings: Mapping[str, Any]) -> dict[str, Any]:
    custom = {"module": offer.slug, "rev": offer.rev, "link_history": "$ResourceLink.id.history"}
    if choice.pass_percent is not None:
        custom["pass"] = str(choice.pass_percent)
    language = choice.language if choice.language in offer.languages else None
    if language is not None:
        custom["language"] = language
    window: dict[str, dict[str, str]] = {}
    if choice.available:
        window["available"] = {"startDateTime": _moment(choice.available, clock(0, 0))}
        custom["available"] = choice.available.isoformat()
    if choice.due:
        window["submission"] = {"endDateTime": _moment(choice.due, clock(23, 59))}
        custom["due"] = choice.due.isoformat()
    return content_item(
        url=f"{current_tool().settings.origin}/lti/launch",
        title=offer.title,
        text=offer.description,
        custom=custom,
        maximum=offer.maximum if settings["line_items"] else None,
        tag="module",
        resource_id=offer.slug,
        window=window,
    )


def _moment(day: date, at: clock) -> str:
    return datetime.combine(day, at, _ZONE).astimezone(UTC).isoformat().replace("+00:00", "Z")


def _response(session: Session, items: list[dict[str, Any]]) -> str:
    """Return the signed response and end the session, so that there is only one response."""
    tool = current_tool()
    with writing(tool.engine) as connection:
        if not end_session(connection, hashed(session.id)):
            raise LaunchError(401, "session_unknown", registration_id=session.registration_id)
    with reading(tool.engine) as connection:
        registration = get_registration(connection, session.registration_id)
        deployment = deployment_name(connection, session.deployment_row)
    if registration is None:
        raise LaunchError(401, "session_unknown")
    at = int(time.time())
    claims = {
        "iss": registration.client_id,
        "aud": [registration.issuer],
        "iat": at,
        "exp": at + _JWT_SECONDS,
        "nonce": new_token(),
        f"{CLAIM}deployment_id": deployment,
        f"{CLAIM}message_type": DEEP_LINKING_RESPONSE,
        f"{CLAIM}version": "1.3.0",
        f"{DEEP_LINKING}content_items": items,
    }
    data = session.claims["deep_linking"]["data"]
    if data is not None:
        claims[f"{DEEP_LINKING}data"] = data
    return tool.signing_keys.sign(claims)
