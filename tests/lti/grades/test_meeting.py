"""A learner's better grade and the sender's return of the one before it meet, on a server that lets both write."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from lti_app.store.engine import reading, writing
from lti_app.store.grades import Grade, claim_grade, delay_grade
from lti_app.store.schema import grade_queue
from lti_app.store.types import now

from .delivery import Delivery, tool_on
from .gradebook import gradebook


@pytest.fixture
def delivery(postgres_database: Engine, tmp_path: Path) -> Iterator[Delivery]:
    """A grade of half the points is in the air."""
    with gradebook() as book:
        made = Delivery(tool=tool_on(postgres_database, tmp_path), book=book).open()
        assert made.grade(0.5)
        yield made


def _claimed(delivery: Delivery) -> Grade:
    with writing(delivery.tool.engine) as connection:
        grade = claim_grade(connection)
    assert grade is not None
    return grade


def _delay(delivery: Delivery, grade: Grade) -> None:
    with writing(delivery.tool.engine) as connection:
        delay_grade(connection, grade, until=now(), reason="timeout")


def _waits_for_a_lock(engine: Engine) -> bool:
    with reading(engine) as connection:
        return bool(connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one())


def _while_open(engine: Engine, first: Callable[..., object], second: Callable[[], object]) -> None:
    """Do the first in a transaction that ends when the second waits for it."""
    thread = threading.Thread(target=second)
    with writing(engine) as connection:
        first(connection)
        thread.start()
        while not _waits_for_a_lock(engine):
            assert thread.is_alive()
    thread.join()


def _rows(delivery: Delivery) -> list[tuple[str, float]]:
    with reading(delivery.tool.engine) as connection:
        query = select(grade_queue.c.status, grade_queue.c.score_given).order_by(grade_queue.c.id)
        return [(row.status, row.score_given) for row in connection.execute(query)]


def test_a_better_grade_takes_the_place_of_one_that_is_being_put_back(delivery: Delivery) -> None:
    grade = _claimed(delivery)
    _while_open(
        delivery.tool.engine,
        lambda connection: delay_grade(connection, grade, until=now(), reason="timeout"),
        lambda: delivery.grade(1.0),
    )
    assert _rows(delivery) == [("waiting", 100.0)]


def test_a_grade_that_is_put_back_gives_way_to_a_better_one(delivery: Delivery) -> None:
    grade = _claimed(delivery)
    _while_open(delivery.tool.engine, lambda connection: delivery.put(connection, 1.0), lambda: _delay(delivery, grade))
    assert _rows(delivery) == [("done", 50.0), ("waiting", 100.0)]
