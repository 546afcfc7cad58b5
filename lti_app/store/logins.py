"""Logins in progress: one row has everything that the launch must match, and can be consumed once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from lti_app.store.schema import login_attempt
from lti_app.store.types import now

LIVES = timedelta(minutes=10)  # longer than the oldest token we accept


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """What is stored when a login begins."""

    nonce_hash: str
    registration_id: int
    target: str
    hints: dict[str, Any]


_COLUMNS = (
    login_attempt.c.nonce_hash,
    login_attempt.c.registration_id,
    login_attempt.c.target,
    login_attempt.c.hints,
)

_BEGIN = login_attempt.insert()
_CONSUME = (
    delete(login_attempt)
    .where(
        login_attempt.c.state_hash == bindparam("state"),
        login_attempt.c.browser_hash == bindparam("browser"),
        login_attempt.c.expires_at > bindparam("at"),
    )
    .returning(*_COLUMNS)
)


def begin_login(
    connection: Connection,
    *,
    state_hash: str,
    nonce_hash: str,
    registration_id: int,
    browser_hash: str,
    target: str,
    hints: dict[str, Any],
) -> None:
    """Store a login."""
    connection.execute(_BEGIN, {
        "state_hash": state_hash, "nonce_hash": nonce_hash, "registration_id": registration_id,
        "browser_hash": browser_hash, "target": target, "hints": hints, "expires_at": now() + LIVES,
    })  # fmt: skip


def consume_login(connection: Connection, *, state_hash: str, browser_hash: str) -> Login | None:
    """Consume a login that this browser began. Of two concurrent calls, one gets it (DELETE … RETURNING)."""
    values = {"state": state_hash, "browser": browser_hash, "at": now()}
    row = connection.execute(_CONSUME, values).one_or_none()
    return Login(**row._mapping) if row else None


def look_at_login(connection: Connection, *, state_hash: str, browser_hash: str | None = None) -> Login | None:
    """Return a login that has not expired, without consuming it. browser_hash: only if this browser began it."""
    query = select(*_COLUMNS).where(login_attempt.c.state_hash == state_hash, login_attempt.c.expires_at > now())
    if browser_hash is not None:
        query = query.where(login_attempt.c.browser_hash == browser_hash)
    row = connection.execute(query).one_or_none()
    return Login(**row._mapping) if row else None


def burn_login(connection: Connection, *, registration_id: int, nonce_hash: str) -> None:
    """Delete the login of a nonce that was used with another state."""
    connection.execute(
        delete(login_attempt).where(
            login_attempt.c.registration_id == registration_id, login_attempt.c.nonce_hash == nonce_hash
        )
    )


def drop_state(connection: Connection, *, state_hash: str) -> None:
    """Delete a login for which the platform reported an error."""
    connection.execute(delete(login_attempt).where(login_attempt.c.state_hash == state_hash))


def drop_expired(connection: Connection) -> int:
    """Delete expired logins and return how many."""
    return connection.execute(delete(login_attempt).where(login_attempt.c.expires_at <= now())).rowcount
