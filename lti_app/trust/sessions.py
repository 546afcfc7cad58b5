"""Finds the session of a request, by its id in the path and a proof that only one browser has."""

import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from flask import Request, g

from lti_app.errors import Advice, LaunchError
from lti_app.store.attempts import Attempt, Link
from lti_app.store.engine import reading
from lti_app.store.sessions import SessionRow, find_session
from lti_app.trust.proofs import proof_in
from lti_app.trust.roles import Role
from lti_app.trust.secrets import hashed
from lti_app.trust.tool import current_tool

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
_TOKEN_HEADER = "X-LM-Token"  # noqa: S105  # the header's name
PROOF_HEADER = "X-LM-Proof"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The session of a launch. person_id is None in a preview, which stores nothing.

    handle: the id in the path, for links; useless without the proof.
    link, attempt: the link's binding and the person's attempt, read in one query with the session.
    token: the CSRF token that a request must have to change something. is_carried: the browser blocks our cookies.
    claims: line_item, line_items, scopes, roster, return_url, locale, deep_linking (see trust/message.py).
    """

    id: str
    handle: str
    registration_id: int
    deployment_row: int
    person_id: int | None
    link_id: int | None
    link: Link | None
    attempt: Attempt | None = field(repr=False)
    context_id: int | None
    role: Role
    is_deep_linking: bool
    is_carried: bool
    platform_family: str
    claims: dict[str, Any] = field(repr=False)
    token: str = field(repr=False)


class ProofWanted(LaunchError):  # noqa: N818  # a request for a proof, not an error
    """A browser without cookies requested a page; our script must request it again with the proof in a header."""

    def __init__(self, row: SessionRow) -> None:
        super().__init__(401, "session_proof", registration_id=row.registration_id)
        self.row = row


def require_session(request: Request, sid: str, *, roles: Collection[Role], is_public: bool = False) -> Session:
    """Return the session that a request belongs to.

    sid: from the path.
    is_public: the file has no personal data, such as an image. An HTML element cannot send a header, so a browser that
    blocks our cookies gets it with the session's id alone.

    Raises:
        LaunchError: 404 no such session, 401 another browser's session, 403 stopped or the wrong role.
        ProofWanted: the proof is missing; web/cookieless.py handles it.
    """
    tool = current_tool()
    if not _SHAPE.fullmatch(sid):
        raise LaunchError(404, "session_unknown", advice=Advice.NOTHING_HERE)
    with reading(tool.engine) as connection:
        row = find_session(connection, hashed(sid))
    if row is None:
        raise LaunchError(401, "session_unknown")
    is_carried = bool(row.claims.get("carried"))
    proof = request.headers.get(PROOF_HEADER, "") if is_carried else proof_in(request, sid)
    if not (is_carried and is_public):
        _check_proof(row, proof, request)
    _check(row, roles)
    g.framed_by = row  # for the headers of the response
    return Session(
        id=sid,
        handle=sid,
        registration_id=row.registration_id,
        deployment_row=row.deployment_id,
        person_id=row.user_id,
        link_id=row.link_id,
        link=row.link,
        attempt=row.attempt,
        context_id=row.context_id,
        role=Role(row.role),
        is_deep_linking=row.message == "deeplink",
        is_carried=is_carried,
        platform_family=row.platform_family,
        claims=row.claims,
        token=tool.secret.sign("write", sid),
    )


def check_write(request: Request, session: Session, *, token: str | None = None) -> None:
    """Check that a request that changes something was sent by one of our own pages (CSRF protection).

    token: from a form; the header X-LM-Token when not given.

    Raises:
        LaunchError: 403, the token, Origin or Sec-Fetch-Site is wrong.
    """
    given = request.headers.get(_TOKEN_HEADER, "") if token is None else token
    if not hmac.compare_digest(given.encode("utf-8", "replace"), session.token.encode()):
        raise _forbidden("csrf_token", session)
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    # A form on a page with "no-referrer" sends Origin "null" (Fetch standard, "append a request Origin header"). Then
    # Sec-Fetch-Site shows that it is ours; no page can forge that header.
    if origin != current_tool().settings.origin and not (origin == "null" and site == "same-origin"):
        raise _forbidden("origin", session)
    if site not in (None, "same-origin"):
        raise _forbidden("fetch_site", session)


def _check_proof(row: SessionRow, proof: str, request: Request) -> None:
    if not proof and row.claims.get("carried") and "text/html" in request.headers.get("Accept", ""):
        raise ProofWanted(row)
    if not proof or not hmac.compare_digest(hashed(proof), row.proof_hash):
        raise LaunchError(401, "session_proof", registration_id=row.registration_id)


def _check(row: SessionRow, roles: Collection[Role]) -> None:
    if not row.is_active:
        raise LaunchError(403, "inactive", advice=Advice.ASK_ADMIN, registration_id=row.registration_id)
    if row.role not in roles:
        raise LaunchError(403, "role", advice=Advice.NOT_YOURS, registration_id=row.registration_id)


def _forbidden(reason: str, session: Session) -> LaunchError:
    return LaunchError(403, reason, advice=Advice.NOT_YOURS, registration_id=session.registration_id)
