"""A sender that is killed at any moment (kill -9): no grade is lost, none is doubled, none gets worse."""

import multiprocessing
import random
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from lti_app.grade_sender import work
from lti_app.store.engine import open_engine, writing
from lti_app.store.schema import grade_queue
from lti_app.store.types import now

from ...waiting import eventually
from .delivery import Delivery, tool_on
from .gradebook import Gradebook, gradebook

pytestmark = pytest.mark.external

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])


def _sender(url: str, folder: Path) -> None:
    work(tool_on(open_engine(url), folder), threading.Event())


def _kill_often(database: Engine, folder: Path, book: Gradebook, rounds: int) -> Delivery:
    chance = random.Random(4)  # noqa: S311  # the same moments in every run
    delivery = Delivery(tool=tool_on(database, folder), book=book).open()
    delivery.tool.signing_keys.signing()  # made once, before the first sender
    url = database.url.render_as_string(hide_password=False)
    for number in range(rounds):
        for at in range(3):
            delivery.grade(0.5 + at / 10, sub=f"elev-{number}-{at}")
        sender = _CONTEXT.Process(target=_sender, args=(url, folder))
        sender.start()
        asked = len(book.paths) + chance.randrange(5)  # it dies at its second request, or its third …
        _await_request(delivery, asked)
        sender.join(timeout=chance.uniform(0, 0.01))  # … or a moment later
        sender.kill()
        sender.join()
        sender.close()
        _end_lease(delivery)
    return delivery


def _await_request(delivery: Delivery, number: int) -> None:
    eventually(lambda: len(delivery.book.paths) > number or _is_idle(delivery), pause=0.002)


def _is_idle(delivery: Delivery) -> bool:
    return {row.status for row in delivery.rows()} == {"done"}


def _end_lease(delivery: Delivery) -> None:
    """As if the time of the dead sender were over."""
    with writing(delivery.tool.engine) as connection:
        connection.execute(update(grade_queue).where(grade_queue.c.status == "sending").values(not_before=now()))


@pytest.mark.parametrize("rounds", [8, pytest.param(200, marks=pytest.mark.heavy)])
def test_nothing_is_lost_when_the_sender_dies(database: Engine, tmp_path: Path, rounds: int) -> None:
    with gradebook() as book:
        delivery = _kill_often(database, tmp_path, book, rounds)
        assert any(row.tries > 1 for row in delivery.rows())  # some did die with a grade in the air
        while {row.status for row in delivery.rows()} != {"done"}:
            delivery.skip_the_wait()
            delivery.send()

        expected = {f"elev-{number}-{at}": 5.0 + at for number in range(rounds) for at in range(3)}
        assert {user: round(grade, 6) for user, grade in book.grades.items()} == expected
        assert len(delivery.rows()) == len(expected)
