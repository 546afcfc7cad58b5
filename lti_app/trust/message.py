"""Reads a verified id_token: the LTI claims that we use, validated and limited in length. Other claims are dropped."""

import re
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import unquote

from lti_app.errors import Advice, LaunchError
from lti_app.pylti import CLAIM, DEEP_LINKING_REQUEST, GRADES, PRIVACY_REQUESTS, RESOURCE_REQUEST, ROSTER, SETTINGS
from lti_app.store.registrations import Registration
from lti_app.store.types import read_day
from lti_app.trust.egress import host_of
from lti_app.trust.redirect_uris import is_ours, module_in
from lti_app.trust.roles import MOST, Role, is_admin, role_of

_LONGEST_ID = 255
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # and bidi overrides
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,120}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One launch.

    claims: what the session needs later: service URLs, return URL, locale, deep linking settings.
    module, rev, settings: from `custom`, which a course copy keeps; the module may also come from the target's URL.
    history: earlier ids of the link. about: the `sub` that a data privacy launch is about; None in other launches.
    """

    is_deep_linking: bool
    deployment_id: str
    target: str
    sub: str = field(repr=False)
    about: str | None = field(repr=False)
    role: Role
    link_id: str | None
    context_id: str | None
    context_title: str
    module: str | None
    rev: str | None
    settings: dict[str, object]
    history: tuple[str, ...]
    line_item: str | None
    claims: dict[str, Any] = field(repr=False)


def read_message(claims: dict[str, Any], registration: Registration, *, origin: str) -> Message:
    """Return the message in the claims of a verified token.

    origin: the tool's own.

    Raises:
        LaunchError: 400, a claim is missing or invalid.
    """
    return _ClaimsReader(claims, registration, origin).read()


class _ClaimsReader:
    def __init__(self, claims: dict[str, Any], registration: Registration, origin: str) -> None:
        self._claims = claims
        self._registration = registration
        self._origin = origin

    def read(self) -> Message:
        if self._claims.get(f"{CLAIM}version") != "1.3.0":
            self._refuse("version")
        kind = self._claims.get(f"{CLAIM}message_type")
        if kind not in (RESOURCE_REQUEST, DEEP_LINKING_REQUEST, *PRIVACY_REQUESTS):
            self._refuse("message_type")
        is_deep_linking, is_privacy = kind == DEEP_LINKING_REQUEST, kind in PRIVACY_REQUESTS
        target = self._claims.get(f"{CLAIM}target_link_uri")
        if not is_ours(target, self._origin):
            self._refuse("target_link_uri")
        custom = self._object("custom")
        context = self._object("context")
        services = self._services()
        sub = self._id(self._claims.get("sub"), "sub")
        about = self._about(sub) if is_privacy else None
        # A role in a course gives no access to anybody's data.
        role = role_of(self._roles()) if not is_privacy else Role.ADMIN if is_admin(self._roles()) else Role.PREVIEW
        has_link = kind == RESOURCE_REQUEST
        return Message(
            is_deep_linking=is_deep_linking,
            deployment_id=self._id(self._claims.get(f"{CLAIM}deployment_id"), "deployment_id"),
            target=str(target),
            sub=sub,
            about=about,
            role=role,
            link_id=self._id(self._object("resource_link").get("id"), "resource_link") if has_link else None,
            context_id=self._id(context["id"], "context") if "id" in context and not is_privacy else None,
            context_title=cut(context.get("title")),
            module=_module(custom) or module_in(target),
            rev=_slug(custom.get("rev")),
            settings=_settings(custom),
            history=_history(custom),
            line_item=services.get("line_item"),
            claims={
                **services,
                "locale": cut(self._object("launch_presentation").get("locale"), 20),
                "return_url": self._return_url(),
                **({"is_admin": True} if is_admin(self._roles()) else {}),
                **({"deep_linking": self._deep_linking()} if is_deep_linking else {}),
                **({"privacy": {"of_another": about != sub}} if is_privacy else {}),
            },
        )

    def _about(self, sub: str) -> str:
        """Return whose data are requested: everybody may request their own, a platform administrator anybody's.

        The claim is `for_user`, with the person's id as `user_id` or, in older drafts, `id`.
        """
        asked = self._object("for_user")
        named = asked.get("user_id", asked.get("id", sub))
        about = self._id(named, "for_user")
        if about != sub and not is_admin(self._roles()):
            raise LaunchError(403, "for_user", advice=Advice.NOT_YOURS, registration_id=self._registration.id)
        return about

    def _refuse(self, reason: str) -> NoReturn:
        raise LaunchError(400, reason, registration_id=self._registration.id)

    def _id(self, value: object, name: str) -> str:
        if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_ID or _CONTROL.search(value):
            self._refuse(f"{name}_form")
        return value

    def _object(self, name: str) -> dict[str, Any]:
        value = self._claims.get(f"{CLAIM}{name}", {})
        if not isinstance(value, dict):
            self._refuse(f"{name}_form")
        return value

    def _roles(self) -> list[str]:
        roles = self._claims.get(f"{CLAIM}roles", [])
        if not isinstance(roles, list) or len(roles) > MOST or not all(isinstance(role, str) for role in roles):
            self._refuse("roles_form")
        return roles

    def _services(self) -> dict[str, Any]:
        """Return the service URLs that the tool may call. A URL on a foreign host is ignored."""
        grades, roster = self._claims.get(GRADES), self._claims.get(ROSTER)
        found: dict[str, Any] = {}
        if isinstance(grades, dict):
            scopes = grades.get("scope")
            found["scopes"] = [one for one in scopes if isinstance(one, str)][:10] if isinstance(scopes, list) else []
            for claim, name in (("lineitem", "line_item"), ("lineitems", "line_items")):
                if self._is_theirs(grades.get(claim)):
                    found[name] = grades[claim]
        if isinstance(roster, dict) and self._is_theirs(roster.get("context_memberships_url")):
            found["roster"] = roster["context_memberships_url"]
        return found

    def _is_theirs(self, url: object) -> bool:
        return isinstance(url, str) and len(url) <= 2000 and host_of(url) in self._registration.service_hosts

    def _return_url(self) -> str:
        url = self._object("launch_presentation").get("return_url")
        return url if isinstance(url, str) and self._is_safe_return(url) else ""

    def _is_safe_return(self, url: str) -> bool:
        is_web = url.startswith("https://") or (url.startswith("http://") and self._origin.startswith("http://"))
        return is_web and self._is_theirs(url) and not _CONTROL.search(url) and not re.search(r'["<>\\\s@]', url)

    def _deep_linking(self) -> dict[str, Any]:
        settings = self._claims.get(SETTINGS)
        if not isinstance(settings, dict):
            self._refuse("deep_linking_settings")
        url = settings.get("deep_link_return_url")
        if not isinstance(url, str) or not self._is_safe_return(url):
            self._refuse("deep_link_return_url")
        types = settings.get("accept_types")
        if not isinstance(types, list) or "ltiResourceLink" not in types:
            self._refuse("accept_types")
        data = settings.get("data")
        if data is not None and not isinstance(data, str):
            self._refuse("deep_linking_data")
        return {
            "return_url": url,
            "data": data,
            "multiple": settings.get("accept_multiple", True) is True,
            "line_items": settings.get("accept_lineitem", True) is True,
        }


def _module(custom: dict[str, Any]) -> str | None:
    """Return custom.module; "-" for an invalid name, which no module has, so that the player answers 404."""
    value = custom.get("module")
    if not isinstance(value, str) or not value or value.startswith("$"):
        return None
    return value if _SLUG.fullmatch(value) else "-"


def _slug(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= 64 and re.fullmatch(r"[A-Za-z0-9._-]+", value) else None


def _settings(custom: dict[str, Any]) -> dict[str, object]:
    found: dict[str, object] = {}
    share = custom.get("pass")
    if isinstance(share, str) and re.fullmatch(r"\d{1,3}", share) and int(share) <= 100:
        found["pass_share"] = int(share) / 100
    language = custom.get("language")
    if isinstance(language, str) and re.fullmatch(r"[a-z]{2,3}", language):
        found["language"] = language
    for name in ("due", "available"):
        day = read_day(custom.get(name))  # a variable that the platform did not expand ("$…") is no day
        if day is not None:
            found[name] = day.isoformat()
    return found


def _history(custom: dict[str, Any]) -> tuple[str, ...]:
    value = custom.get("link_history")
    if not isinstance(value, str) or value.startswith("$") or len(value) > 5000:
        return ()
    return tuple(unquote(one.strip()) for one in value.split(",") if one.strip())[:20]


def cut(value: object, length: int = 200) -> str:
    """Return a text from the platform for display: shortened, without control and bidirectional characters."""
    return _CONTROL.sub("", value)[:length] if isinstance(value, str) else ""
