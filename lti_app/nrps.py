"""Client for Names and Role Provisioning Services (LTI NRPS 2.0). Reads the roster of a course and stores nothing."""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode, urljoin

from lti_app.errors import DeliveryError
from lti_app.services import Services, object_in, refusal
from lti_app.trust.egress import PlatformResponse
from lti_app.trust.message import cut
from lti_app.trust.roles import Role, role_of

SCOPE = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
PAGE_SIZE = 500  # with all the fields that Canvas and Moodle send, half of the largest response that we accept
MOST_PAGES = 1_000
PATIENCE = 25.0  # seconds for all pages, since a teacher waits for them
_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
_CONTEXT = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
_LONGEST_ID = 255
_LONGEST_LINK = 4_000
_LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[\w*]+\s*=\s*(?:"[^"]*"|[^\s;,"]*))*)')
_NEXT = re.compile(r';\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?![^\s;,]))', re.IGNORECASE)
_ORDER = (Role.INSTRUCTOR, Role.LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of the course. name: empty if the platform shares none. is_active: neither suspended nor removed."""

    sub: str = field(repr=False)
    name: str = field(repr=False)
    role: Role
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Members by sub. is_whole: all pages of the list were read."""

    members: Mapping[str, Member] = field(repr=False)
    is_whole: bool


class _TooLongError(Exception):
    """The list has more pages than we read."""


def read_roster(services: Services, url: str, *, link_id: str = "") -> Roster:
    """Return the roster of a course. Two entries for one person are merged.

    url: from the launch. link_id: the platform's id of the resource link; limits the roster to the people who can see
    the link, if the platform supports it.

    Raises:
        DeliveryError: no member could be read; see Services.ask, and "roster_refused", "roster_form".
    """
    members: dict[str, Member] = {}
    is_whole = True
    try:
        for member in _members(services, url, link_id):
            known = members.get(member.sub)
            members[member.sub] = _merged(known, member) if known else member
    except _TooLongError:
        is_whole = False
    except DeliveryError:
        if not members:
            raise
        is_whole = False  # some names are better than none
    return Roster(members=members, is_whole=is_whole)


def _members(services: Services, url: str, link_id: str) -> Iterator[Member]:
    """Yield members, one page in memory at a time."""
    ends_at = time.monotonic() + PATIENCE
    answer, address = _first(services, url, link_id)
    seen = {address}
    while True:
        for entry in _entries(answer):
            if (member := _member(entry)) is not None:
                yield member
        following = _next(answer, address)
        if following is None:
            return
        if following in seen or len(seen) >= MOST_PAGES or time.monotonic() > ends_at:
            raise _TooLongError
        seen.add(following)
        address = following
        answer = _page(services, address)


def _first(services: Services, url: str, link_id: str) -> tuple[PlatformResponse, str]:
    # Canvas answers 400 for a link that it does not know as ours; other platforms ignore rlid (NRPS 2.0, 2.4.3).
    if link_id:
        address = _with(url, rlid=link_id, limit=str(PAGE_SIZE))
        try:
            return _page(services, address), address
        except DeliveryError as error:
            if error.reason != "roster_refused" or not error.is_lasting:
                raise
    address = _with(url, limit=str(PAGE_SIZE))
    return _page(services, address), address


def _with(url: str, **parameters: str) -> str:
    return url + ("&" if "?" in url else "?") + urlencode(parameters)


def _page(services: Services, url: str) -> PlatformResponse:
    answer = services.ask("GET", url, scope=SCOPE, accept=_TYPE)
    if answer.status != 200:
        raise refusal("roster_refused", answer)
    return answer


def _entries(answer: PlatformResponse) -> list[Any]:
    members = object_in(answer, any_text=True).get("members")  # one odd name must not hide all the others
    if not isinstance(members, list):
        raise DeliveryError(reason="roster_form", is_lasting=True)
    return members


def _next(answer: PlatformResponse, address: str) -> str | None:
    """Return the URL of the next page from the Link header (RFC 8288). The guarded client refuses a foreign host."""
    for target, parameters in _LINK.findall(answer.headers.get("link", "")[:_LONGEST_LINK]):
        if _NEXT.search(parameters):
            return str(urljoin(address, target))
    return None


def _member(entry: Any) -> Member | None:
    if not isinstance(entry, dict):
        return None
    sub = entry.get("user_id")
    sub = str(sub) if type(sub) is int else sub
    if not isinstance(sub, str) or not 0 < len(sub) <= _LONGEST_ID:
        return None
    roles = entry.get("roles")
    uris = [_role_uri(role) for role in roles] if isinstance(roles, list) else []
    return Member(
        sub=sub, name=_name(entry), role=role_of(uris), is_active=entry.get("status", "Active") in ("Active", None)
    )


def _role_uri(role: object) -> object:
    # Moodle sends "Learner"; a simple name is a context role (NRPS 2.0, 2.2).
    return f"{_CONTEXT}{role}" if isinstance(role, str) and role.isalpha() else role


def _name(entry: Mapping[str, Any]) -> str:
    whole = cut(entry.get("name")).strip()
    return whole or " ".join(filter(None, (cut(entry.get(part)).strip() for part in ("given_name", "family_name"))))


def _merged(one: Member, other: Member) -> Member:
    """Merge two entries for one person. The active entry wins, then the one with the higher role."""
    if one.is_active != other.is_active:
        first, second = (one, other) if one.is_active else (other, one)
    else:
        first, second = sorted((one, other), key=lambda each: _ORDER.index(each.role) if each.role in _ORDER else 9)
    return replace(first, name=first.name or second.name)
