"""Names and Role Provisioning Services: who is in a course, read when a teacher asks and never kept (LTI NRPS 2.0)."""

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
PAGE_SIZE = 500  # with all that Canvas and Moodle tell of a member, half of what one answer may hold
MOST_PAGES = 1_000
PATIENCE = 25.0  # seconds for all pages; a teacher waits for them
_TYPE = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
_CONTEXT = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
_LONGEST_ID = 255
_LONGEST_LINK = 4_000
_LINK = re.compile(r'<([^>]*)>((?:\s*;\s*[\w*]+\s*=\s*(?:"[^"]*"|[^\s;,"]*))*)')
_NEXT = re.compile(r';\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?![^\s;,]))', re.IGNORECASE)
_ORDER = (Role.INSTRUCTOR, Role.LEARNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One in the course. name: empty when the platform shares none. is_active: neither suspended nor gone."""

    sub: str = field(repr=False)
    name: str = field(repr=False)
    role: Role
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Members by their sub. is_whole: the platform has told of everybody, as far as we can see."""

    members: Mapping[str, Member] = field(repr=False)
    is_whole: bool


class _EndlessError(Exception):
    """The list goes on, but we do not."""


def read_roster(services: Services, url: str, *, link_id: str = "") -> Roster:
    """Return who is in a course. Somebody who is listed twice is one member.

    url: from the launch. link_id: the platform's own; those who can see the link, where the platform can tell.

    Raises:
        DeliveryError: nobody was told of; see Services.ask, and "roster_refused", "roster_form".
    """
    members: dict[str, Member] = {}
    is_whole = True
    try:
        for member in _members(services, url, link_id):
            known = members.get(member.sub)
            members[member.sub] = _merged(known, member) if known else member
    except _EndlessError:
        is_whole = False
    except DeliveryError:
        if not members:
            raise
        is_whole = False  # half of the names are better than none
    return Roster(members=members, is_whole=is_whole)


def _members(services: Services, url: str, link_id: str) -> Iterator[Member]:
    """Yield members page by page; only one page is held."""
    ends_at = time.monotonic() + PATIENCE
    answer, address = _first(services, url, link_id)
    seen = {address}
    while True:
        for told in _told(answer):
            if (member := _member(told)) is not None:
                yield member
        following = _next(answer, address)
        if following is None:
            return
        if following in seen or len(seen) >= MOST_PAGES or time.monotonic() > ends_at:
            raise _EndlessError
        seen.add(following)
        address = following
        answer = _asked(services, address)


def _first(services: Services, url: str, link_id: str) -> tuple[PlatformResponse, str]:
    # Canvas answers 400 to a link that it does not know as ours; others know nothing of links (NRPS 2.0, 2.4.3).
    if link_id:
        address = _with(url, rlid=link_id, limit=str(PAGE_SIZE))
        try:
            return _asked(services, address), address
        except DeliveryError as error:
            if error.reason != "roster_refused" or not error.is_lasting:
                raise
    address = _with(url, limit=str(PAGE_SIZE))
    return _asked(services, address), address


def _with(url: str, **parameters: str) -> str:
    return url + ("&" if "?" in url else "?") + urlencode(parameters)


def _asked(services: Services, url: str) -> PlatformResponse:
    answer = services.ask("GET", url, scope=SCOPE, accept=_TYPE)
    if answer.status != 200:
        raise refusal("roster_refused", answer)
    return answer


def _told(answer: PlatformResponse) -> list[Any]:
    members = object_in(answer).get("members")
    if not isinstance(members, list):
        raise DeliveryError(reason="roster_form", is_lasting=True)
    return members


def _next(answer: PlatformResponse, address: str) -> str | None:
    """Return the address of the page after this one (RFC 8288). The guarded client refuses one on a foreign host."""
    for target, parameters in _LINK.findall(answer.headers.get("link", "")[:_LONGEST_LINK]):
        if _NEXT.search(parameters):
            return str(urljoin(address, target))
    return None


def _member(told: Any) -> Member | None:
    if not isinstance(told, dict):
        return None
    sub = told.get("user_id")
    sub = str(sub) if type(sub) is int else sub
    if not isinstance(sub, str) or not 0 < len(sub) <= _LONGEST_ID:
        return None
    roles = told.get("roles")
    full = [_full(role) for role in roles] if isinstance(roles, list) else []
    return Member(
        sub=sub, name=_name(told), role=role_of(full), is_active=told.get("status", "Active") in ("Active", None)
    )


def _full(role: object) -> object:
    # Moodle says "Learner"; a simple name means the role in the course (NRPS 2.0, 2.2).
    return f"{_CONTEXT}{role}" if isinstance(role, str) and role.isalpha() else role


def _name(told: Mapping[str, Any]) -> str:
    whole = cut(told.get("name")).strip()
    return whole or " ".join(filter(None, (cut(told.get(part)).strip() for part in ("given_name", "family_name"))))


def _merged(one: Member, other: Member) -> Member:
    """Return what two entries say of one person: the one that counts still, then the higher role."""
    if one.is_active != other.is_active:
        first, second = (one, other) if one.is_active else (other, one)
    else:
        first, second = sorted((one, other), key=lambda each: _ORDER.index(each.role) if each.role in _ORDER else 9)
    return replace(first, name=first.name or second.name)
