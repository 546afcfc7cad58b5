"""What the teacher's page asks of the database, on both kinds: within one course of one platform, and no further."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from lti_app.store.engine import reading, writing
from lti_app.store.grades import put_grade
from lti_app.store.people import bind_module, see_link
from lti_app.store.report import (
    context_title,
    count_delivered,
    count_undelivered,
    course_links,
    learner_rows,
    undelivered,
)
from lti_app.store.schema import grade_queue

from ..report.classroom import Classroom, register, state

DONE_AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def room(database: Engine) -> Classroom:
    """A course of one platform, with a neighbour and the same course on another platform beside it."""
    made = Classroom(engine=database, registration_id=register(database), module="m", settings={"due": "2026-12-01"})
    other = register(database, "theirs")
    for registration_id, course, link in ((made.registration_id, "3", "9"), (other, "2", "1")):
        neighbour = Classroom(
            engine=database, registration_id=registration_id, module="m", course=course, link=link, title="Et annet"
        )
        neighbour.learner("4", state=state(), grade=0.3)
    return made


def test_a_course_has_its_own_links(room: Classroom) -> None:
    second = Classroom(engine=room.engine, registration_id=room.registration_id, module="n", link="2")
    where = {"registration_id": room.registration_id, "context_id": room.context_id, "link_id": room.link_id}
    with reading(room.engine) as connection:
        links = course_links(connection, **where)
        alone = course_links(connection, **{**where, "context_id": None})
        nowhere = course_links(connection, registration_id=room.registration_id, context_id=None, link_id=None)
        foreign = course_links(connection, **{**where, "registration_id": room.registration_id + 1})
        titles = [context_title(connection, room.registration_id, id_) for id_ in (room.context_id, None, 10**6)]
        theirs = context_title(connection, room.registration_id + 1, room.context_id)
    assert [(link.id, link.link_id, link.module) for link in links] == [
        (room.link_id, "1", "m"),
        (second.link_id, "2", "n"),
    ]
    assert links[0].settings == {"due": "2026-12-01"}
    assert ([link.id for link in alone], nowhere, foreign) == ([room.link_id], [], [])
    assert (titles, theirs) == (["VPL-2010 høst", "", ""], "")


def test_learners_come_with_what_they_have_reached_the_latest_first(room: Classroom) -> None:
    kept = state(visited=("a",), completed=True)
    room.learner("4", state=kept, outcome=("completed", "passed", 87.5), completed_at=DONE_AT, ago=timedelta(days=1))
    room.learner("5")
    with reading(room.engine) as connection:
        rows = learner_rows(connection, registration_id=room.registration_id, links=[room.link_id])
        none = learner_rows(connection, registration_id=room.registration_id + 1, links=[room.link_id])
    assert [(row.sub, row.completion, row.success, row.score) for row in rows] == [
        ("5", "incomplete", "unknown", None),
        ("4", "completed", "passed", 87.5),
    ]
    assert (rows[1].state, rows[1].completed_at) == (kept, DONE_AT)
    assert len(rows[1].pseudonym) == 16
    assert none == []


def test_the_best_grade_of_each_learner_is_told_of_until_it_is_delivered(room: Classroom) -> None:
    attempts = {sub: room.learner(sub, state=state(), grade=0.5) for sub in ("4", "5", "6")}
    where = {"registration_id": room.registration_id, "link_id": room.link_id}
    _set(room, attempts["4"], "parked", "refused_404")
    _set(room, attempts["5"], "done", None)
    with writing(room.engine) as connection:
        person = learner_rows(connection, registration_id=room.registration_id, links=[room.link_id])[-1].person_id
        assert put_grade(
            connection, registration_id=room.registration_id, line_item_id=room.line_item_id, person_id=person,
            attempt_id=attempts["4"], share=0.9,
        )  # fmt: skip
    with reading(room.engine) as connection:
        found = undelivered(connection, **where)
        counts = count_undelivered(connection, registration_id=room.registration_id, links=[room.link_id])
        delivered = count_delivered(connection, **where)
    assert [(one.sub, one.share, one.status, one.reason) for one in found] == [
        ("6", 0.5, "waiting", ""),
        ("4", 0.9, "waiting", ""),
    ]
    assert (counts, delivered) == ({room.link_id: 2}, 1)


def test_a_link_is_bound_once(room: Classroom) -> None:
    with writing(room.engine) as connection:
        row, _ = see_link(connection, room.registration_id, "7", context_row=None, module=None, rev=None, settings={})
        first = bind_module(connection, room.registration_id, row, module="a", rev="1", settings={"pass_share": 0.7})
        second = bind_module(connection, room.registration_id, row, module="b", rev="1", settings={})
        foreign = bind_module(connection, room.registration_id + 1, row, module="b", rev="1", settings={})
        # The next launch, which still does not say which module it is for, finds it.
        again = see_link(connection, room.registration_id, "7", context_row=None, module=None, rev=None, settings={})
        link = course_links(connection, registration_id=room.registration_id, context_id=None, link_id=row)[0]
    assert (first, second, foreign) == (True, False, False)
    assert again == (row, "a")
    assert link.settings == {"pass_share": 0.7}


def _set(room: Classroom, attempt_id: int, status: str, reason: str | None) -> None:
    with writing(room.engine) as connection:
        connection.execute(
            update(grade_queue).where(grade_queue.c.attempt_id == attempt_id).values(status=status, last_error=reason)
        )
