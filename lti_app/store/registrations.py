"""The registered platforms and their deployments."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from lti_app.store.engine import insert_or
from lti_app.store.schema import deployment, registration
from lti_app.store.types import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One client on one platform. service_hosts: the hosts of its line items, rosters and key set.

    is_pending: it registered itself with an issuer on another host, and is inactive until the operator approves it.
    """

    id: int
    issuer: str
    client_id: str
    auth_login_url: str
    auth_token_url: str
    jwks_url: str
    audience: str | None
    platform_family: str
    service_hosts: tuple[str, ...]
    deployment_policy: str
    is_active: bool
    is_pending: bool
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """One deployment of the tool on a platform. An inactive one is waiting for the operator, or was stopped."""

    id: int
    deployment_id: str
    is_active: bool


_COLUMNS = [column for column in registration.columns if column.name != "created_at"]
_KNOWN = "known_deployment"  # an extra column of the query for a login
_BY_ISSUER = select(*_COLUMNS).order_by(registration.c.id)
_OF_ISSUER = _BY_ISSUER.where(registration.c.issuer == bindparam("issuer"))
_OF_CLIENT = _OF_ISSUER.where(registration.c.client_id == bindparam("client"))
_BY_ID = select(*_COLUMNS).where(registration.c.id == bindparam("id"))


def add_registration(connection: Connection, **values: Any) -> int:
    """Add a registration and return its id. values: the fields of Registration without id."""
    values = {"is_active": True, "is_pending": False, "name": "", "platform_family": "", "audience": None, **values}
    values["service_hosts"] = list(values["service_hosts"])
    added = connection.execute(registration.insert().values(created_at=now(), **values).returning(registration.c.id))
    return int(added.scalar_one())


def find_registrations(connection: Connection, *, issuer: str, client_id: str | None = None) -> list[Registration]:
    """Return the registrations of an issuer, or the one of a client."""
    if client_id is None:
        return [_made(row) for row in connection.execute(_OF_ISSUER, {"issuer": issuer})]
    return [_made(row) for row in connection.execute(_OF_CLIENT, {"issuer": issuer, "client": client_id})]


def find_asking(
    connection: Connection, *, issuer: str, client_id: str | None, id_: int | None, deployment_id: str | None
) -> list[tuple[Registration, bool]]:
    """Return the registrations that match a login, each with whether the deployment in the login is known.

    client_id, id_: None if the login has none.
    """
    asked = {"issuer": issuer, "client": client_id, "id": id_, "deployment": deployment_id}
    query = _asking(by_client=client_id is not None, by_id=id_ is not None)
    return [(_made(row), row.known_deployment is not None) for row in connection.execute(query, asked)]


@cache
def _asking(*, by_client: bool, by_id: bool) -> Any:
    is_named = (deployment.c.registration_id == registration.c.id) & (
        deployment.c.deployment_id == bindparam("deployment")
    )
    query = select(*_COLUMNS, deployment.c.id.label(_KNOWN)).outerjoin(deployment, is_named)
    query = query.where(registration.c.issuer == bindparam("issuer"))
    if by_client:
        query = query.where(registration.c.client_id == bindparam("client"))
    if by_id:
        query = query.where(registration.c.id == bindparam("id"))
    return query


def get_registration(connection: Connection, id_: int) -> Registration | None:
    """Return a registration by its id."""
    row = connection.execute(_BY_ID, {"id": id_}).one_or_none()
    return _made(row) if row else None


def list_registrations(connection: Connection) -> list[Registration]:
    """Return every registration, oldest first."""
    return [_made(row) for row in connection.execute(_BY_ISSUER)]


def set_active(connection: Connection, id_: int, is_active: bool) -> bool:
    """Start or stop a registration; its sessions end with it. Returns whether it exists."""
    done = connection.execute(update(registration).where(registration.c.id == id_).values(is_active=is_active))
    return done.rowcount == 1


def approve(connection: Connection, id_: int) -> bool:
    """Approve a pending registration. Returns whether it was pending."""
    waits = (registration.c.id == id_) & registration.c.is_pending
    done = connection.execute(update(registration).where(waits).values(is_pending=False, is_active=True))
    return done.rowcount == 1


def drop_pending(connection: Connection, id_: int) -> bool:
    """Delete a pending registration. Returns whether it was pending."""
    waits = (registration.c.id == id_) & registration.c.is_pending
    return connection.execute(registration.delete().where(waits)).rowcount == 1


def deployment_name(connection: Connection, row_id: int) -> str:
    """Return the platform's deployment_id of a deployment."""
    return str(connection.execute(select(deployment.c.deployment_id).where(deployment.c.id == row_id)).scalar_one())


def list_deployments(connection: Connection, registration_id: int) -> list[Deployment]:
    """Return the deployments of a registration, including inactive ones, oldest first."""
    query = select(deployment.c.id, deployment.c.deployment_id, deployment.c.is_active).where(
        deployment.c.registration_id == registration_id
    )
    return [Deployment(**row._mapping) for row in connection.execute(query.order_by(deployment.c.id))]


def count_deployments(connection: Connection, registration_id: int) -> int:
    """Return the number of deployments of a registration, including inactive ones."""
    query = select(func.count()).select_from(deployment).where(deployment.c.registration_id == registration_id)
    return int(connection.execute(query).scalar_one())


def put_deployment(
    connection: Connection, registration_id: int, deployment_id: str, *, is_active: bool, replaces: bool = False
) -> None:
    """Add a deployment. An existing one keeps its state unless `replaces` is true."""
    row = insert_or(connection, deployment).values(
        registration_id=registration_id, deployment_id=deployment_id, is_active=is_active
    )
    keys = [deployment.c.registration_id, deployment.c.deployment_id]
    connection.execute(
        row.on_conflict_do_update(index_elements=keys, set_={"is_active": is_active})
        if replaces
        else row.on_conflict_do_nothing(index_elements=keys)
    )


def _made(row: Any) -> Registration:
    values = {**row._mapping, "service_hosts": tuple(row.service_hosts)}
    values.pop(_KNOWN, None)
    return Registration(**values)
