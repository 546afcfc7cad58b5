"""Access tokens of platforms, cached until shortly before they expire."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from lti_app.store.engine import insert_or
from lti_app.store.schema import access_token
from lti_app.store.types import now


def get_token(connection: Connection, registration_id: int, scope: str) -> str | None:
    """Return a token that has not expired."""
    query = select(access_token.c.token).where(
        access_token.c.registration_id == registration_id,
        access_token.c.scope == scope,
        access_token.c.expires_at > now(),
    )
    found: str | None = connection.execute(query).scalar_one_or_none()
    return found


def put_token(connection: Connection, registration_id: int, scope: str, *, token: str, expires_at: datetime) -> None:
    """Store a token, replacing the previous one."""
    values = {"token": token, "expires_at": expires_at}
    row = insert_or(connection, access_token).values(registration_id=registration_id, scope=scope, **values)
    keys = [access_token.c.registration_id, access_token.c.scope]
    connection.execute(row.on_conflict_do_update(index_elements=keys, set_=values))


def drop_token(connection: Connection, registration_id: int, scope: str) -> None:
    """Delete a token that the platform no longer accepts."""
    connection.execute(
        delete(access_token).where(access_token.c.registration_id == registration_id, access_token.c.scope == scope)
    )
