"""What the sender makes of every answer a platform may give."""

import socket
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, update

from lti_app.grade_sender import SENTENCES
from lti_app.store.engine import reading, writing
from lti_app.store.grades import list_parked, retry_parked
from lti_app.store.schema import line_item, outbox, registration
from lti_app.store.types import now

from ...waiting import eventually
from .desk import Desk, tool_on
from .gradebook import gradebook


@pytest.fixture
def desk(database: Engine, tmp_path: Path) -> Iterator[Desk]:
    """A desk with one line item, on each kind of database."""
    with gradebook() as book:
        made = Desk(tool=tool_on(database, tmp_path), book=book).open()
        yield made


def _waited(desk: Desk, since: datetime | None = None) -> float:
    """Return the seconds from a time, or from now, to the next try."""
    return float((desk.rows()[-1].not_before - (since or now())).total_seconds())


def test_a_grade_arrives_in_the_columns_own_measure(desk: Desk) -> None:
    assert desk.grade(0.8)
    assert desk.send()
    assert not desk.send()

    assert desk.book.grades == {"4": 8.0}
    (score,) = desk.book.scores
    assert (score["scoreGiven"], score["scoreMaximum"]) == (8.0, 10.0)
    assert (score["activityProgress"], score["gradingProgress"]) == ("Completed", "FullyGraded")
    assert set(score["submission"]) == {"startedAt", "submittedAt"}
    assert desk.book.paths[-1] == "POST /item/scores?type_id=2"
    assert desk.status == [("done", None)]


def test_only_a_better_grade_follows(desk: Desk) -> None:
    desk.grade(0.6)
    desk.send()
    assert not desk.grade(0.6)
    assert not desk.grade(0.5)
    assert desk.grade(0.9)
    eventually(lambda: desk.send() or desk.rows()[-1].status == "done")  # not in the same second as the first
    assert desk.rows()[-1].status == "done"
    assert desk.book.grades == {"4": 9.0}
    first, second = (score["timestamp"] for score in desk.book.scores)
    assert first[:19] < second[:19]


def test_a_grade_that_waits_is_replaced_by_a_better_one(desk: Desk) -> None:
    desk.grade(0.4)
    desk.grade(0.7)
    assert len(desk.rows()) == 1
    desk.send()
    assert desk.book.grades == {"4": 7.0}


@pytest.mark.parametrize(
    ("status", "reason"),
    [(403, "refused_403"), (404, "refused_404"), (422, "refused_422"), (400, "refused"), (301, "refused"), (204, None),
     (201, None)],
)  # fmt: skip
def test_a_refusal_parks_with_a_sentence(desk: Desk, status: int, reason: str | None) -> None:
    desk.book.answers = [status]
    desk.grade(0.5)
    desk.send()
    assert desk.status == [("parked" if reason else "done", reason)]
    assert reason is None or reason in SENTENCES


@pytest.mark.parametrize("answer", [500, 503, 429, "hang", "garbage", "drop", (429, {}, {"Retry-After": "40"})])
def test_trouble_is_waited_out(desk: Desk, answer: Any) -> None:
    desk.book.answers = [answer]
    desk.grade(0.5)
    begun = now()
    desk.send()
    assert desk.status[0][0] == "waiting"
    spent = (now() - begun).total_seconds()  # so a busy machine may take its time, and the wait is known exactly
    waited = _waited(desk, begun)
    assert (40 <= waited <= 40 + spent) if isinstance(answer, tuple) else (9 < waited < 20)
    for _ in range(3):
        desk.skip_the_wait()
        desk.send()
    assert desk.status == [("done", None)]
    assert desk.book.grades == {"4": 5.0}


def test_a_token_that_is_no_longer_taken_is_replaced_once(desk: Desk) -> None:
    desk.book.answers = [401]
    desk.grade(0.5)
    desk.send()
    assert desk.status == [("done", None)]
    assert desk.book.tokens == 3  # for the line item, for the score, and once more


def test_tokens_that_are_never_taken_wait_like_other_trouble(desk: Desk) -> None:
    desk.book.answers = [401, 401]
    desk.grade(0.5)
    desk.send()
    assert desk.status == [("waiting", "status_401")]
    assert desk.book.tokens == 3


def test_a_platform_that_is_down_is_waited_for(desk: Desk) -> None:
    desk.grade(0.5)
    with socket.socket() as nobody:  # bound, and nobody listens
        nobody.bind(("127.0.0.1", 0))
        here, there = desk.book.host, f"127.0.0.1:{nobody.getsockname()[1]}"
        for before, after in ((here, there), (there, here)):
            _move(desk, before, after)
            desk.skip_the_wait()
            begun = now()
            desk.send()
            if after == there:
                assert desk.status == [("waiting", "unreachable")]
                assert 9 < _waited(desk, begun) < 20
    assert desk.status == [("done", None)]
    assert desk.book.grades == {"4": 5.0}


def _move(desk: Desk, before: str, after: str) -> None:
    """Let the platform be on another port."""
    with writing(desk.tool.engine) as connection:
        hosts = {"service_hosts": [after], "auth_token_url": f"http://{after}/token"}
        connection.execute(update(registration).values(**hosts))
        url = func.replace(line_item.c.url, before, after)
        connection.execute(update(line_item).values(url=url))


@pytest.mark.parametrize("status", [200, 202])
def test_what_a_platform_says_beside_its_yes_does_not_matter(desk: Desk, status: int) -> None:
    desk.book.answers = [(status, "<html>", {"Content-Type": "text/html"})]
    desk.grade(0.5)
    desk.send()
    assert desk.status == [("done", None)]


def test_tokens_are_kept(desk: Desk) -> None:
    for number in range(4):
        desk.grade(0.5, sub=f"elev-{number}")
    while desk.send():
        pass
    assert desk.book.tokens == 2


@pytest.mark.parametrize(
    ("answer", "status"),
    [((400, {"error": "invalid_client"}), "parked"), ((500, {}), "waiting"), ((200, []), "waiting"),
     ((200, {"access_token": "t", "expires_in": -1}), "done")],
)  # fmt: skip
def test_a_token_endpoint_in_trouble(desk: Desk, answer: tuple[int, Any], status: str) -> None:
    desk.book.token_answers = [answer] * 4
    desk.grade(0.5)
    desk.send()
    assert desk.status[0][0] == status


def test_a_newer_score_that_is_as_good_is_enough(desk: Desk) -> None:
    desk.book.dated["4"] = int(time.time()) + 100
    desk.book.grades["4"] = 9.0
    desk.grade(0.9)
    desk.send()
    assert desk.status == [("done", None)]


def test_a_newer_score_that_is_worse_is_followed_a_second_later(desk: Desk) -> None:
    desk.book.dated["4"] = int(time.time()) + 59  # newer on a busy machine too
    desk.book.grades["4"] = 1.0
    desk.grade(0.9)
    desk.send()
    assert desk.status == [("waiting", "status_409")]
    assert _waited(desk) <= 1
    desk.skip_the_wait()
    desk.send()
    assert desk.status == [("done", None)]
    assert desk.book.grades == {"4": 9.0}


def test_after_three_days_a_grade_is_given_up_and_can_be_asked_for_again(desk: Desk) -> None:
    desk.book.answers = [500]
    desk.grade(0.5)
    with writing(desk.tool.engine) as connection:
        connection.execute(update(outbox).values(timestamp=now() - timedelta(days=3, minutes=1)))
    desk.send()
    assert desk.status == [("parked", "silent")]
    where = {"registration_id": desk.registration_id, "link_id": desk.link_id}
    with reading(desk.tool.engine) as connection:
        (parked,) = list_parked(connection, **where)
    assert (parked.share, parked.reason) == (0.5, "silent")
    with writing(desk.tool.engine) as connection:
        assert retry_parked(connection, **where) == 1
    desk.skip_the_wait()
    desk.send()
    assert desk.book.grades == {"4": 5.0}


def test_a_line_item_is_made_once(database: Engine, tmp_path: Path) -> None:
    with gradebook() as book:
        desk = Desk(tool=tool_on(database, tmp_path), book=book)
        desk.open(line_item=desk.unmade)
        desk.grade(1.0)
        desk.grade(0.5, sub="5")
        while desk.send():
            pass
        assert book.grades == {"4": 10.0, "5": 5.0}
        assert len(book.items) == 1


def test_an_address_that_is_not_the_platforms_is_not_asked(database: Engine, tmp_path: Path) -> None:
    with gradebook() as book:
        desk = Desk(tool=tool_on(database, tmp_path), book=book).open(hosts=("moodle.example",))
        desk.grade(1.0)
        desk.send()
        assert desk.status == [("parked", "address_refused")]
        assert book.paths == []
