"""Launch sessions: one row per launch, found by the hash of its id, with the hash of a proof that only one browser has.

A session ends at `expires_at`, LOKALTMOT_SESSION_HOURS after the launch (launch/launch.py).
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from lti_app.store.attempts import Attempt, Link
from lti_app.store.schema import attempt, deployment, launch_session, person, registration, resource_link
from lti_app.store.types import now


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A session that has not ended, with its link, and the person's attempt at the link.

    is_active: the platform, the deployment and the person are all active.
    """

    proof_hash: str
    registration_id: int
    deployment_id: int
    user_id: int | None
    link_id: int | None
    link: Link | None
    attempt: Attempt | None
    context_id: int | None
    role: str
    message: str
    claims: dict[str, Any]
    issuer: str
    auth_login_url: str
    service_hosts: list[str]
    platform_family: str
    is_active: bool


_NAMES = (
    "proof_hash", "registration_id", "deployment_id", "user_id", "link_id", "context_id", "role", "message",
    "claims",
)  # fmt: skip
_QUERY = (
    select(
        *(launch_session.c[name] for name in _NAMES),
        registration.c.issuer,
        registration.c.auth_login_url,
        registration.c.service_hosts,
        registration.c.platform_family,
        registration.c.is_active.label("platform_active"),
        deployment.c.is_active.label("deployment_active"),
        person.c.is_active.label("person_active"),
        resource_link.c.link_id.label("link_name"),
        resource_link.c.module,
        resource_link.c.settings,
        resource_link.c.line_item_id,
        attempt.c.id.label("attempt_id"),
        attempt.c.state,
        attempt.c.row_version,
    )
    .join(registration, registration.c.id == launch_session.c.registration_id)
    .join(deployment, deployment.c.id == launch_session.c.deployment_id)
    .outerjoin(person, person.c.id == launch_session.c.user_id)
    .outerjoin(
        resource_link,
        (resource_link.c.id == launch_session.c.link_id)
        & (resource_link.c.registration_id == launch_session.c.registration_id),
    )
    .outerjoin(
        attempt,
        (attempt.c.person_id == launch_session.c.user_id)
        & (attempt.c.link_id == launch_session.c.link_id)
        & (attempt.c.number == 1),
    )
    .where(launch_session.c.ended_at.is_(None), launch_session.c.expires_at > bindparam("at"))
)
_BY_ID = _QUERY.where(launch_session.c.id_hash == bindparam("id_hash"))
_OPEN = launch_session.insert()


def open_session(connection: Connection, **values: Any) -> None:
    """Add a session. values: the columns of the table without created_at and ended_at."""
    connection.execute(_OPEN, {"created_at": now(), **values})


def find_session(connection: Connection, id_hash: str) -> SessionRow | None:
    """Return a session that has not ended or expired."""
    row = connection.execute(_BY_ID, {"id_hash": id_hash, "at": now()}).one_or_none()
    if row is None:
        return None
    values = dict(row._mapping)
    flags = [values.pop(name) for name in ("platform_active", "deployment_active", "person_active")]
    is_active = flags[0] and flags[1] and flags[2] is not False
    name, *bound = (values.pop(one) for one in ("link_name", "module", "settings", "line_item_id"))
    link = None if name is None else Link(link_id=name, module=bound[0], settings=bound[1], line_item_id=bound[2])
    id_, state, version = (values.pop(one) for one in ("attempt_id", "state", "row_version"))
    begun = None if id_ is None else Attempt(id=id_, state=state, row_version=version)
    return SessionRow(**values, link=link, attempt=begun, is_active=is_active)


def seen_messages(connection: Connection, registration_id: int) -> set[str]:
    """Return the message types in a platform's stored sessions, such as "resource" and "deeplink"."""
    query = select(launch_session.c.message).where(launch_session.c.registration_id == registration_id).distinct()
    return set(connection.execute(query).scalars())


def end_session(connection: Connection, id_hash: str) -> bool:
    """End a session; returns whether it was open. Of two concurrent calls, one gets True."""
    ended = (
        update(launch_session)
        .where(launch_session.c.id_hash == id_hash, launch_session.c.ended_at.is_(None))
        .values(ended_at=now())
    )
    return connection.execute(ended).rowcount == 1


def end_sessions_of_browser(connection: Connection, id_hash: str) -> int:
    """End a session and those that were opened from it, which have the same proof; returns how many were open."""
    own = select(launch_session.c.proof_hash).where(launch_session.c.id_hash == id_hash).scalar_subquery()
    ended = (
        update(launch_session)
        .where(launch_session.c.proof_hash == own, launch_session.c.ended_at.is_(None))
        .values(ended_at=now())
    )
    return connection.execute(ended).rowcount


def drop_expired_sessions(connection: Connection) -> int:
    """Delete expired sessions and return how many."""
    return connection.execute(delete(launch_session).where(launch_session.c.expires_at <= now())).rowcount
