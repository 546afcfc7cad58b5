"""The tables behind trust: our signing keys, the platforms' key sets (JWKS), invites and the audit trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from lti_app.store.engine import insert_or
from lti_app.store.schema import audit, invite, jwks_cache, tool_key
from lti_app.store.types import now


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """One of our signing keys, encrypted. retires_at: when it leaves the published key set."""

    kid: str
    private_pem: str
    activates_at: datetime
    retires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySet:
    """A platform's key set as it was fetched."""

    keys: list[dict[str, Any]]
    fetched_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """A line of the audit trail, without personal data."""

    at: datetime
    kind: str
    reason: str
    registration_id: int | None
    incident: str
    detail: dict[str, Any]


def add_key(connection: Connection, *, kid: str, private_pem: str, activates_at: datetime) -> None:
    """Store a new signing key."""
    connection.execute(
        tool_key.insert().values(kid=kid, private_pem=private_pem, created_at=now(), activates_at=activates_at)
    )


def list_keys(connection: Connection) -> list[KeyRow]:
    """Return our signing keys that are not retired, the newest first."""
    query = (
        select(tool_key.c.kid, tool_key.c.private_pem, tool_key.c.activates_at, tool_key.c.retires_at)
        .where(or_(tool_key.c.retires_at.is_(None), tool_key.c.retires_at > now()))
        .order_by(tool_key.c.activates_at.desc())
    )
    return [KeyRow(**row._mapping) for row in connection.execute(query)]


def retire_keys(connection: Connection, *, but: str, at: datetime) -> None:
    """Retire all signing keys except one at a moment; keys that are already due to retire keep their time."""
    connection.execute(
        update(tool_key).where(tool_key.c.kid != but, tool_key.c.retires_at.is_(None)).values(retires_at=at)
    )


def get_key_set(connection: Connection, registration_id: int) -> KeySet | None:
    """Return a platform's key set as last fetched."""
    query = select(jwks_cache.c["keys"], jwks_cache.c.fetched_at, jwks_cache.c.expires_at).where(
        jwks_cache.c.registration_id == registration_id
    )
    row = connection.execute(query).one_or_none()
    return KeySet(**row._mapping) if row else None


def put_key_set(connection: Connection, registration_id: int, found: KeySet) -> None:
    """Store a platform's key set, replacing the previous one."""
    values = {"keys": found.keys, "fetched_at": found.fetched_at, "expires_at": found.expires_at}
    row = insert_or(connection, jwks_cache).values(registration_id=registration_id, **values)
    connection.execute(row.on_conflict_do_update(index_elements=[jwks_cache.c.registration_id], set_=values))


def add_invite(connection: Connection, *, token_hash: str, expires_at: datetime) -> None:
    """Store an invite, by the hash of its token."""
    connection.execute(invite.insert().values(token_hash=token_hash, expires_at=expires_at))


def is_invited(connection: Connection, *, token_hash: str) -> bool:
    """Return whether an invite is valid, without using it."""
    query = select(invite.c.token_hash).where(
        invite.c.token_hash == token_hash, invite.c.used_at.is_(None), invite.c.expires_at > now()
    )
    return connection.execute(query).one_or_none() is not None


def use_invite(connection: Connection, *, token_hash: str) -> bool:
    """Use an invite up and return whether it was valid. Of two concurrent calls, one gets True."""
    used = (
        update(invite)
        .where(invite.c.token_hash == token_hash, invite.c.used_at.is_(None), invite.c.expires_at > now())
        .values(used_at=now())
    )
    return connection.execute(used).rowcount == 1


def add_audit(
    connection: Connection,
    *,
    kind: str,
    reason: str,
    incident: str,
    registration_id: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add a line to the audit trail. detail: numbers and our own words, no personal data."""
    connection.execute(
        audit.insert().values(
            at=now(), kind=kind, reason=reason, registration_id=registration_id, incident=incident, detail=detail or {}
        )
    )


def list_audit(
    connection: Connection, *, limit: int, incident: str | None = None, registration_id: int | None = None
) -> list[AuditLine]:
    """Return the newest lines of the audit trail, or those of one reference number or one registration."""
    query = select(
        audit.c.at, audit.c.kind, audit.c.reason, audit.c.registration_id, audit.c.incident, audit.c.detail
    ).order_by(audit.c.id.desc())
    if incident is not None:
        query = query.where(audit.c.incident == incident)
    if registration_id is not None:
        query = query.where(audit.c.registration_id == registration_id)
    return [AuditLine(**row._mapping) for row in connection.execute(query.limit(limit))]


def drop_audit(connection: Connection, *, before: datetime) -> int:
    """Delete old lines and return how many."""
    return connection.execute(delete(audit).where(audit.c.at < before)).rowcount
