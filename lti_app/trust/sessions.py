"""Who is asking: the session of a request, by its id in the path and a proof that only one browser has."""

import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from flask import Request, g

from lti_app.errors import Advice, LaunchError
from lti_app.store.engine import reading
from lti_app.store.sessions import SessionRow, find_session
from lti_app.trust.proofs import proof_in
from lti_app.trust.roles import Role
from lti_app.trust.secrets import hashed
from lti_app.trust.tool import current_tool

_SHAPE = re.compile(r"([A-Za-z0-9_-]{43})(?:~([A-Za-z0-9_-]{43}))?")
_TOKEN_HEADER = "X-LM-Token"  # noqa: S105  # the header's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A launch that goes on. person_id is empty in a preview: nothing of it is kept.

    handle: what stands in the path, to make links with. token: what a request that changes something must carry.
    claims: line_item, line_items, scopes, roster, return_url, locale, deep_linking (see trust/message.py).
    """

    id: str
    handle: str
    registration_id: int
    deployment_row: int
    person_id: int | None
    link_id: int | None
    context_id: int | None
    role: Role
    is_deep_linking: bool
    platform_family: str
    claims: dict[str, Any] = field(repr=False)
    token: str = field(repr=False)


def require_session(request: Request, sid: str, *, roles: Collection[Role]) -> Session:
    """Return the session that a request belongs to.

    sid: from the path; "id", or "id~proof" in a browser that keeps no cookie of ours.

    Raises:
        LaunchError: 404 no such session, 401 another browser's, 403 stopped or not for this role.
    """
    tool = current_tool()
    shape = _SHAPE.fullmatch(sid)
    if shape is None:
        raise LaunchError(404, "session_unknown", advice=Advice.NOTHING_HERE)
    id_, in_path = shape.group(1), shape.group(2)
    with reading(tool.engine) as connection:
        row = find_session(connection, id_)
    if row is None:
        raise LaunchError(401, "session_unknown")
    proof = in_path if in_path and row.claims.get("by_path") else proof_in(request, id_)
    _check(row, proof, roles)
    g.framed_by = row  # for the headers of the answer
    return Session(
        id=id_,
        handle=sid,
        registration_id=row.registration_id,
        deployment_row=row.deployment_id,
        person_id=row.user_id,
        link_id=row.link_id,
        context_id=row.context_id,
        role=Role(row.role),
        is_deep_linking=row.message == "deeplink",
        platform_family=row.platform_family,
        claims=row.claims,
        token=tool.secret.sign("write", id_),
    )


def check_write(request: Request, session: Session, *, token: str | None = None) -> None:
    """Let a request change something only when one of our own pages sent it.

    token: from a form; the header X-LM-Token when not given.

    Raises:
        LaunchError: 403, the token, Origin or Sec-Fetch-Site is not ours.
    """
    given = request.headers.get(_TOKEN_HEADER, "") if token is None else token
    if not hmac.compare_digest(given.encode("utf-8", "replace"), session.token.encode()):
        raise _forbidden("csrf_token", session)
    if request.headers.get("Origin") != current_tool().settings.origin:
        raise _forbidden("origin", session)
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise _forbidden("fetch_site", session)


def _check(row: SessionRow, proof: str, roles: Collection[Role]) -> None:
    if not proof or not hmac.compare_digest(hashed(proof), row.proof_hash):
        raise LaunchError(401, "session_proof", registration_id=row.registration_id)
    if not row.is_active:
        raise LaunchError(403, "inactive", advice=Advice.ASK_ADMIN, registration_id=row.registration_id)
    if row.role not in roles:
        raise LaunchError(403, "role", advice=Advice.NOT_YOURS, registration_id=row.registration_id)


def _forbidden(reason: str, session: Session) -> LaunchError:
    return LaunchError(403, reason, advice=Advice.NOT_YOURS, registration_id=session.registration_id)
