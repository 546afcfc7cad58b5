"""Dynamic registration: fetches and checks a platform's configuration, and sends the tool's own.

1EdTech LTI Dynamic Registration 1.0. An invite is good for registering one platform.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from lti_app.errors import Advice, DeliveryError, LaunchError
from lti_app.platforms import Platform, platform_of
from lti_app.pylti import DEEP_LINKING_REQUEST, PRIVACY_REQUESTS, SCOPES
from lti_app.store.engine import writing
from lti_app.store.keys import use_invite
from lti_app.store.registrations import add_registration, drop_pending, find_registrations, put_deployment
from lti_app.trust.egress import PlatformResponse, host_of
from lti_app.trust.strictjson import read_json
from lti_app.trust.tool import Tool

TOOL_TITLE = "Lokalt mot"
TOOL_DESCRIPTION = "Kursmoduler om negativ sosial kontroll, tvangsekteskap og kjønnslemlestelse"
_PLATFORM = "https://purl.imsglobal.org/spec/lti-platform-configuration"
_TOOL = "https://purl.imsglobal.org/spec/lti-tool-configuration"
_LONGEST_PLACEMENT = 200
_ISSUER = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:/[\x21-\x7e]*)?")
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformConfiguration:
    """A platform's configuration that has been checked.

    hosts: the hosts that the tool may contact. placements: the ones that we want, in the platform's spelling.
    privacy: the platform's message type for a data privacy launch, "" when it has none.
    is_doubtful: the issuer is on another host, so an operator must approve the registration.
    """

    issuer: str
    endpoints: dict[str, str]
    hosts: frozenset[str]
    platform: Platform
    family: str
    placements: tuple[str, ...]
    privacy: str
    is_doubtful: bool
    registration_token: str = field(repr=False)


def look_up(tool: Tool, url: str, registration_token: str) -> PlatformConfiguration:
    """Fetch an openid_configuration and check it.

    Raises:
        LaunchError: 400; it cannot be reached, must not be reached, or names endpoints on foreign hosts.
    """
    host = host_of(url)
    # Canvas wants the registration token for this request too.
    document = _object(_send(tool, "GET", url, {host}, _bearer(registration_token)))
    issuer = document.get("issuer")
    details = document.get(_PLATFORM)
    family = str(details.get("product_family_code", ""))[:32].lower() if isinstance(details, dict) else ""
    platform = platform_of(family)
    if not isinstance(issuer, str) or not 0 < len(issuer) <= 512:
        raise _refused("issuer")
    if not _ISSUER.fullmatch(issuer) or (issuer.startswith("http://") and not tool.egress.allows_loopback):
        raise _refused("issuer")
    is_doubtful = host_of(issuer) != host and not platform.may_speak_for(issuer, host.split(":")[0])
    own = {host} if is_doubtful else {host, host_of(issuer)}
    endpoints = {name: document.get(name) for name in _ENDPOINTS}
    for address in endpoints.values():
        is_theirs = isinstance(address, str) and (
            host_of(address) in own or (not is_doubtful and platform.may_speak_for(issuer, host_of(address)))
        )
        if not is_theirs or (str(address).startswith("http://") and not tool.egress.allows_loopback):
            raise _refused("endpoint_host")
    return PlatformConfiguration(
        issuer=issuer,
        endpoints={name: str(address) for name, address in endpoints.items()},
        hosts=frozenset({*own, *(host_of(str(address)) for address in endpoints.values())}),
        platform=platform,
        family=family,
        placements=_placements(details, platform),
        privacy=next((name for name in PRIVACY_REQUESTS if name in _types(details)), ""),
        is_doubtful=is_doubtful,
        registration_token=registration_token,
    )


def register(tool: Tool, found: PlatformConfiguration, *, invite_hash: str) -> int:
    """Register with a platform, store its response, and use the invite up. Returns the registration's id.

    Raises:
        LaunchError: 400, the platform refused or its response is invalid; 403, the invite was used meanwhile.
    """
    body = json.dumps(_tool_configuration(tool, found)).encode()
    headers = {"Content-Type": "application/json", **_bearer(found.registration_token)}
    response = _object(_send(tool, "POST", found.endpoints["registration_endpoint"], found.hosts, headers, body))
    client_id = response.get("client_id")
    if not isinstance(client_id, str) or not 0 < len(client_id) <= 255:
        raise _refused("client_id")
    deployment_id = _deployment_in(response)
    with writing(tool.engine) as connection:
        for known in find_registrations(connection, issuer=found.issuer, client_id=client_id):
            if not known.is_pending:
                raise _refused("registered_already")
            drop_pending(connection, known.id)  # a pending registration must not block another
        if not use_invite(connection, token_hash=invite_hash):
            raise LaunchError(403, "invite", advice=Advice.ASK_ADMIN)
        id_ = add_registration(
            connection,
            issuer=found.issuer,
            client_id=client_id,
            auth_login_url=found.endpoints["authorization_endpoint"],
            auth_token_url=found.endpoints["token_endpoint"],
            jwks_url=found.endpoints["jwks_uri"],
            platform_family=found.family,
            service_hosts=sorted(found.hosts),
            # Canvas may not report the deployment that it created; then the first launch does.
            deployment_policy="listed" if deployment_id else "auto",
            is_active=not found.is_doubtful,
            is_pending=found.is_doubtful,
        )
        if deployment_id:
            put_deployment(connection, id_, deployment_id, is_active=True)
    return id_


def _placements(details: object, platform: Platform) -> tuple[str, ...]:
    """Return the placements that we want, in the platform's spelling: Canvas may prefix them with a URL."""
    offered = [
        name
        for message in _list(details, "messages_supported")
        if isinstance(message, dict) and message.get("type") == DEEP_LINKING_REQUEST
        for name in _list(message, "placements")
        if isinstance(name, str) and len(name) <= _LONGEST_PLACEMENT
    ]
    return tuple(
        next((name for name in offered if name == wanted or name.endswith(f"/{wanted}")), wanted)
        for wanted in platform.placements
    )


def _types(details: object) -> list[object]:
    return [one.get("type") for one in _list(details, "messages_supported") if isinstance(one, dict)]


def _list(details: object, name: str) -> list[Any]:
    found = details.get(name) if isinstance(details, dict) else None
    return found if isinstance(found, list) else []


def _deployment_in(response: dict[str, Any]) -> str | None:
    """Return the deployment that a platform created. Moodle has it in the tool configuration, Canvas next to it."""
    configured = response.get(_TOOL)
    for place in (configured if isinstance(configured, dict) else {}, response):
        name = place.get("deployment_id")
        if isinstance(name, str) and 0 < len(name) <= 255:
            return name
    return None


def _bearer(token: str) -> dict[str, str]:
    return {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}


def _tool_configuration(tool: Tool, found: PlatformConfiguration) -> dict[str, Any]:
    """Return the tool's registration. `claims` asks only for `sub`: no name, no e-mail address."""
    origin = tool.settings.origin
    launch = f"{origin}/lti/launch"
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": f"{origin}/lti/login",
        "redirect_uris": [launch],
        "client_name": TOOL_TITLE,
        "jwks_uri": f"{origin}/lti/jwks.json",
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(SCOPES),
        _TOOL: {
            "domain": tool.settings.host,
            "target_link_uri": launch,
            "description": TOOL_DESCRIPTION,
            "custom_parameters": {},
            "claims": ["iss", "sub"],
            "messages": [
                {
                    "type": DEEP_LINKING_REQUEST,
                    "target_link_uri": launch,
                    "label": TOOL_TITLE,
                    **({"placements": list(found.placements)} if found.placements else {}),
                },
                *([{"type": found.privacy, "target_link_uri": launch}] if found.privacy else []),
            ],
            **found.platform.tool,
        },
    }


def _send(
    tool: Tool,
    method: str,
    url: str,
    hosts: frozenset[str] | set[str],
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
) -> PlatformResponse:
    try:
        answer = tool.egress.send(method, url, hosts=hosts, headers=headers, body=body)
    except DeliveryError as error:
        raise _refused(error.reason) from None
    if answer.status not in (200, 201):
        raise _refused("platform_status", {"status": answer.status})
    return answer


def _object(answer: PlatformResponse) -> dict[str, Any]:
    try:
        found = read_json(answer.body)
    except ValueError:
        raise _refused("garbled") from None
    if not isinstance(found, dict):
        raise _refused("garbled")
    return found


def _refused(reason: str, detail: dict[str, Any] | None = None) -> LaunchError:
    return LaunchError(400, f"registration_{reason}", advice=Advice.ASK_ADMIN, detail=detail)
