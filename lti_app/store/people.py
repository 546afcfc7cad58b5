"""Persons, courses and links, each identified by the platform's id within one registration."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from lti_app.store.engine import insert_on
from lti_app.store.schema import context, deployment, line_item, login_attempt, person, resource_link
from lti_app.store.types import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is already stored about the origin of a launch: the deployment, the course and the link.

    The fields of an unknown course or link are None. line_item: the URL of the link's line item.
    """

    deployment_row: int
    is_active: bool
    context_row: int | None
    title: str | None
    link_row: int | None
    link_context: int | None
    module: str | None
    rev: str | None
    settings: dict[str, object] | None
    line_item: str | None


_REGISTRATION: Any = bindparam("registration")
_PLACE = (
    select(
        deployment.c.id.label("deployment_row"),
        deployment.c.is_active,
        context.c.id.label("context_row"),
        context.c.title,
        resource_link.c.id.label("link_row"),
        resource_link.c.context.label("link_context"),
        resource_link.c.module,
        resource_link.c.rev,
        resource_link.c.settings,
        line_item.c.url.label("line_item"),
    )
    .select_from(deployment)
    .outerjoin(context, (context.c.registration_id == _REGISTRATION) & (context.c.context_id == bindparam("context")))
    .outerjoin(
        resource_link,
        (resource_link.c.registration_id == _REGISTRATION) & (resource_link.c.link_id == bindparam("link")),
    )
    .outerjoin(line_item, line_item.c.id == resource_link.c.line_item_id)
    .where(deployment.c.registration_id == _REGISTRATION, deployment.c.deployment_id == bindparam("deployment"))
)
_BIND = update(resource_link).where(resource_link.c.id == bindparam("link"))


def find_place(
    connection: Connection, registration_id: int, deployment_id: str, *, context_id: str | None, link_id: str | None
) -> Place | None:
    """Return what is stored about the origin of a launch; None if its deployment is unknown."""
    values = {"registration": registration_id, "deployment": deployment_id, "context": context_id, "link": link_id}
    row = connection.execute(_PLACE, values).one_or_none()
    return Place(**row._mapping) if row else None


def see_person(connection: Connection, registration_id: int, sub: str) -> tuple[int, bool]:
    """Return the row id of a person, added at the first launch, and whether the person is active."""
    at = now()
    values = {
        "registration_id": registration_id,
        "sub": sub,
        "pseudonym": token_hex(8),
        "created_at": at,
        "last_seen": at,
    }
    found = connection.execute(_see_person(connection.dialect.name), values).one()
    return found.id, found.is_active


def see_context(connection: Connection, registration_id: int, context_id: str, title: str) -> int:
    """Return the row id of a course, added or updated with its current title."""
    values = {"registration_id": registration_id, "context_id": context_id, "title": title}
    return int(connection.execute(_see_context(connection.dialect.name), values).scalar_one())


def see_link(
    connection: Connection,
    registration_id: int,
    link_id: str,
    *,
    context_row: int | None,
    module: str | None,
    rev: str | None,
    settings: dict[str, object],
) -> tuple[int, str | None]:
    """Return the row id of a resource link and its module. The launch's values replace the stored ones."""
    values = {"context": context_row, "module": module, "rev": rev, "settings": settings}
    # A launch that names no module keeps the link's binding.
    seen = _see_link(connection.dialect.name, tuple(values) if module is not None else ("context",))
    found = connection.execute(seen, {"registration_id": registration_id, "link_id": link_id, **values}).one()
    return found.id, found.module


def bind_line_item(connection: Connection, registration_id: int, link_row: int, url: str) -> None:
    """Store the line item that a launch names for its link."""
    seen = _see_line_item(connection.dialect.name)
    id_ = connection.execute(seen, {"registration_id": registration_id, "url": url}).scalar_one()
    connection.execute(_BIND, {"link": link_row, "line_item_id": id_})


def count_links(connection: Connection, registration_id: int) -> int:
    """Return the number of links of a platform that have been launched."""
    query = select(func.count()).select_from(resource_link).where(resource_link.c.registration_id == registration_id)
    return int(connection.execute(query).scalar_one())


def bind_module(
    connection: Connection, registration_id: int, link_row: int, *, module: str, rev: str, settings: dict[str, object]
) -> bool:
    """Bind a link that has no module yet; returns whether it had none. Of two concurrent calls, one gets True."""
    bound = (
        update(resource_link)
        .where(
            resource_link.c.id == link_row,
            resource_link.c.registration_id == registration_id,
            resource_link.c.module.is_(None),
        )
        .values(module=module, rev=rev, settings=settings)
    )
    return connection.execute(bound).rowcount == 1


def find_module_of(connection: Connection, registration_id: int, link_ids: list[str]) -> str | None:
    """Return the module of the first of these links that has one; for a copied course."""
    query = select(resource_link.c.link_id, resource_link.c.module).where(
        resource_link.c.registration_id == registration_id,
        resource_link.c.link_id.in_(link_ids),
        resource_link.c.module.is_not(None),
    )
    found = {row.link_id: row.module for row in connection.execute(query)}
    return next((found[id_] for id_ in link_ids if id_ in found), None)


def find_person(connection: Connection, registration_id: int, sub: str) -> int | None:
    """Return the row id of a person; None if unknown."""
    query = select(person.c.id).where(person.c.registration_id == registration_id, person.c.sub == sub)
    return connection.execute(query).scalar_one_or_none()


def sub_of(connection: Connection, registration_id: int, person_id: int) -> str | None:
    """Return the platform's id of a person."""
    query = select(person.c.sub).where(person.c.registration_id == registration_id, person.c.id == person_id)
    return connection.execute(query).scalar_one_or_none()


def erase_person(connection: Connection, registration_id: int, sub: str) -> bool:
    """Delete a person and all their data. Returns whether there was such a person."""
    gone = person.delete().where(person.c.registration_id == registration_id, person.c.sub == sub)
    was_there = connection.execute(gone).rowcount == 1
    _drop_logins_of(connection, registration_id, sub)
    return was_there


def _drop_logins_of(connection: Connection, registration_id: int, sub: str) -> None:
    """Delete unfinished logins of a person: the login hint may be the person's id (in Moodle it is)."""
    query = select(login_attempt.c.state_hash, login_attempt.c.hints).where(
        login_attempt.c.registration_id == registration_id
    )
    theirs = [row.state_hash for row in connection.execute(query) if row.hints.get("login_hint") == sub]
    if theirs:
        connection.execute(login_attempt.delete().where(login_attempt.c.state_hash.in_(theirs)))


def forget_people(connection: Connection, *, unseen_since: datetime) -> int:
    """Delete persons not seen since a moment, with all their data, and return how many."""
    return connection.execute(person.delete().where(person.c.last_seen < unseen_since)).rowcount


@cache
def _see_person(dialect: str) -> Any:
    row = insert_on(dialect, person)
    keys = [person.c.registration_id, person.c.sub]
    seen = row.on_conflict_do_update(index_elements=keys, set_={"last_seen": row.excluded.last_seen})
    return seen.returning(person.c.id, person.c.is_active)


@cache
def _see_context(dialect: str) -> Any:
    row = insert_on(dialect, context)
    keys = [context.c.registration_id, context.c.context_id]
    return row.on_conflict_do_update(index_elements=keys, set_={"title": row.excluded.title}).returning(context.c.id)


@cache
def _see_link(dialect: str, said: tuple[str, ...]) -> Any:
    row = insert_on(dialect, resource_link)
    keys = [resource_link.c.registration_id, resource_link.c.link_id]
    seen = row.on_conflict_do_update(index_elements=keys, set_={name: row.excluded[name] for name in said})
    return seen.returning(resource_link.c.id, resource_link.c.module)


@cache
def _see_line_item(dialect: str) -> Any:
    row = insert_on(dialect, line_item)
    keys = [line_item.c.registration_id, line_item.c.url]
    return row.on_conflict_do_update(index_elements=keys, set_={"url": row.excluded.url}).returning(line_item.c.id)
