"""What a launch and a batch of events ask of the database, on both kinds."""

from uuid import uuid4

from sqlalchemy import Engine

from lti_app.store.attempts import NewEvent, add_events, begin_attempt, known_events, save_attempt
from lti_app.store.engine import reading, writing
from lti_app.store.people import find_place, see_person
from lti_app.store.registrations import put_deployment
from lti_app.store.types import now

from ..report.classroom import Classroom, register


def _events(*ids: str) -> list[NewEvent]:
    return [NewEvent(id=id_, kind="visit", payload={"name": "a"}, at=now()) for id_ in ids]


def test_keeping_events_tells_whether_all_of_them_were_new(database: Engine) -> None:
    room = Classroom(engine=database, registration_id=register(database), module="m")
    one, two, three, four = (str(uuid4()) for _ in range(4))
    with writing(database) as connection:
        found = []
        for sub in ("4", "5"):
            person, _ = see_person(connection, room.registration_id, sub)
            made = begin_attempt(
                connection, registration_id=room.registration_id, person_id=person, link_id=room.link_id, module="m",
                version="1",
            )  # fmt: skip
            found.append(made.id)
        mine, theirs = found
        assert add_events(connection, mine, _events(one, two))
        assert not add_events(connection, mine, _events(two, three))
        assert not add_events(connection, theirs, _events(one))
        assert not add_events(connection, theirs, _events(four, four))
        assert known_events(connection, mine, [one, two, three, four]) == {one, two, three}
        assert known_events(connection, theirs, [one, two, three, four]) == {four}


def test_an_attempt_that_has_changed_since_it_was_seen_is_not_written_over(database: Engine) -> None:
    room = Classroom(engine=database, registration_id=register(database), module="m")
    outcome = {"completion": "incomplete", "success": "unknown", "score_got": None, "version": "1"}
    own = {"registration_id": room.registration_id, "link_id": room.link_id, "module": "m", "version": "1"}
    with writing(database) as connection:
        person, _ = see_person(connection, room.registration_id, "4")
        seen = begin_attempt(connection, person_id=person, **own)
        assert save_attempt(connection, seen, {"seed": 1}, outcome)
        assert not save_attempt(connection, seen, {"seed": 2}, outcome)
        now_there = begin_attempt(connection, person_id=person, **own)
        assert (now_there.state, now_there.row_version) == ({"seed": 1}, seen.row_version + 1)
        assert save_attempt(connection, now_there, {"seed": 3}, outcome)


def test_a_place_is_one_platforms_own(database: Engine) -> None:
    room = Classroom(engine=database, registration_id=register(database), module="m", settings={"due": "2026-12-01"})
    other = register(database, "theirs")
    with writing(database) as connection:
        for registration_id in (room.registration_id, other):
            put_deployment(connection, registration_id, "d", is_active=True)
    asked = {"context_id": room.course, "link_id": room.link}
    with reading(database) as connection:
        here = find_place(connection, room.registration_id, "d", **asked)
        there = find_place(connection, other, "d", **asked)
        bare = find_place(connection, room.registration_id, "d", context_id=None, link_id=None)
        assert find_place(connection, room.registration_id, "e", **asked) is None
    assert here is not None and there is not None and bare is not None
    assert (here.context_row, here.link_row, here.module) == (room.context_id, room.link_id, "m")
    assert (here.settings, here.line_item) == ({"due": "2026-12-01"}, None)
    assert (there.context_row, there.link_row, there.settings) == (None, None, None)
    assert (bare.context_row, bare.link_row) == (None, None)
