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
from lti_app.store.grades import count_ahead, list_held, retry_held
from lti_app.store.schema import grade_queue, line_item, registration
from lti_app.store.types import now

from ...waiting import eventually
from .delivery import Delivery, tool_on
from .gradebook import gradebook


@pytest.fixture
def delivery(database: Engine, tmp_path: Path) -> Iterator[Delivery]:
    """A delivery with one line item, on each kind of database."""
    with gradebook() as book:
        made = Delivery(tool=tool_on(database, tmp_path), book=book).open()
        yield made


def _waited(delivery: Delivery, since: datetime | None = None) -> float:
    """Return the seconds from a time, or from now, to the next try."""
    return float((delivery.rows()[-1].not_before - (since or now())).total_seconds())


def test_a_grade_arrives_in_the_columns_own_measure(delivery: Delivery) -> None:
    assert delivery.grade(0.8)
    assert delivery.send()
    assert not delivery.send()

    assert delivery.book.grades == {"4": 8.0}
    (score,) = delivery.book.scores
    assert (score["scoreGiven"], score["scoreMaximum"]) == (8.0, 10.0)
    assert (score["activityProgress"], score["gradingProgress"]) == ("Completed", "FullyGraded")
    assert set(score["submission"]) == {"startedAt", "submittedAt"}
    assert delivery.book.paths[-1] == "POST /item/scores?type_id=2"
    assert delivery.status == [("done", None)]


def test_only_a_better_grade_follows(delivery: Delivery) -> None:
    delivery.grade(0.6)
    delivery.send()
    assert not delivery.grade(0.6)
    assert not delivery.grade(0.5)
    assert delivery.grade(0.9)
    eventually(lambda: delivery.send() or delivery.rows()[-1].status == "done")  # not in the same second as the first
    assert delivery.rows()[-1].status == "done"
    assert delivery.book.grades == {"4": 9.0}
    first, second = (score["timestamp"] for score in delivery.book.scores)
    assert first[:19] < second[:19]


def test_a_grade_that_waits_is_replaced_by_a_better_one(delivery: Delivery) -> None:
    delivery.grade(0.4)
    delivery.grade(0.7)
    assert len(delivery.rows()) == 1
    delivery.send()
    assert delivery.book.grades == {"4": 7.0}


@pytest.mark.parametrize(
    ("status", "reason"),
    [(403, "refused_403"), (404, "refused_404"), (422, "refused_422"), (400, "refused"), (301, "refused"), (204, None),
     (201, None)],
)  # fmt: skip
def test_a_refusal_parks_with_a_sentence(delivery: Delivery, status: int, reason: str | None) -> None:
    delivery.book.answers = [status]
    delivery.grade(0.5)
    delivery.send()
    assert delivery.status == [("parked" if reason else "done", reason)]
    assert reason is None or reason in SENTENCES


@pytest.mark.parametrize("answer", [500, 503, 429, "hang", "garbage", "drop", (429, {}, {"Retry-After": "40"})])
def test_trouble_is_waited_out(delivery: Delivery, answer: Any) -> None:
    delivery.book.answers = [answer]
    delivery.grade(0.5)
    begun = now()
    delivery.send()
    assert delivery.status[0][0] == "waiting"
    spent = (now() - begun).total_seconds()  # so a busy machine may take its time, and the wait is known exactly
    waited = _waited(delivery, begun)
    assert (40 <= waited <= 40 + spent) if isinstance(answer, tuple) else (9 < waited < 20)
    for _ in range(3):
        delivery.skip_the_wait()
        delivery.send()
    assert delivery.status == [("done", None)]
    assert delivery.book.grades == {"4": 5.0}


def test_a_token_that_is_no_longer_taken_is_replaced_once(delivery: Delivery) -> None:
    delivery.book.answers = [401]
    delivery.grade(0.5)
    delivery.send()
    assert delivery.status == [("done", None)]
    assert delivery.book.tokens == 3  # for the line item, for the score, and once more


def test_tokens_that_are_never_taken_wait_like_other_trouble(delivery: Delivery) -> None:
    delivery.book.answers = [401, 401]
    delivery.grade(0.5)
    delivery.send()
    assert delivery.status == [("waiting", "status_401")]
    assert delivery.book.tokens == 3


def test_a_platform_that_is_down_is_waited_for(delivery: Delivery) -> None:
    delivery.grade(0.5)
    with socket.socket() as nobody:  # bound, and nobody listens
        nobody.bind(("127.0.0.1", 0))
        here, there = delivery.book.host, f"127.0.0.1:{nobody.getsockname()[1]}"
        for before, after in ((here, there), (there, here)):
            _move(delivery, before, after)
            delivery.skip_the_wait()
            begun = now()
            delivery.send()
            if after == there:
                assert delivery.status == [("waiting", "unreachable")]
                assert 9 < _waited(delivery, begun) < 20
    assert delivery.status == [("done", None)]
    assert delivery.book.grades == {"4": 5.0}


def _move(delivery: Delivery, before: str, after: str) -> None:
    """Let the platform be on another port."""
    with writing(delivery.tool.engine) as connection:
        hosts = {"service_hosts": [after], "auth_token_url": f"http://{after}/token"}
        connection.execute(update(registration).values(**hosts))
        url = func.replace(line_item.c.url, before, after)
        connection.execute(update(line_item).values(url=url))


@pytest.mark.parametrize("status", [200, 202])
def test_what_a_platform_says_beside_its_yes_does_not_matter(delivery: Delivery, status: int) -> None:
    delivery.book.answers = [(status, "<html>", {"Content-Type": "text/html"})]
    delivery.grade(0.5)
    delivery.send()
    assert delivery.status == [("done", None)]


def test_tokens_are_kept(delivery: Delivery) -> None:
    for number in range(4):
        delivery.grade(0.5, sub=f"elev-{number}")
    while delivery.send():
        pass
    assert delivery.book.tokens == 2


@pytest.mark.parametrize(
    ("answer", "status"),
    [((400, {"error": "invalid_client"}), "parked"), ((500, {}), "waiting"), ((200, []), "waiting"),
     ((200, {"access_token": "t", "expires_in": -1}), "done")],
)  # fmt: skip
def test_a_token_endpoint_in_trouble(delivery: Delivery, answer: tuple[int, Any], status: str) -> None:
    delivery.book.token_answers = [answer] * 4
    delivery.grade(0.5)
    delivery.send()
    assert delivery.status[0][0] == status


def test_a_newer_score_that_is_as_good_is_enough(delivery: Delivery) -> None:
    delivery.book.dated["4"] = int(time.time()) + 100
    delivery.book.grades["4"] = 9.0
    delivery.grade(0.9)
    delivery.send()
    assert delivery.status == [("done", None)]


def test_a_newer_score_that_is_worse_is_followed_a_second_later(delivery: Delivery) -> None:
    delivery.book.dated["4"] = int(time.time()) + 59  # newer on a busy machine too
    delivery.book.grades["4"] = 1.0
    delivery.grade(0.9)
    delivery.send()
    assert delivery.status == [("waiting", "status_409")]
    assert _waited(delivery) <= 1
    delivery.skip_the_wait()
    delivery.send()
    assert delivery.status == [("done", None)]
    assert delivery.book.grades == {"4": 9.0}


def test_after_three_days_a_grade_is_given_up_and_can_be_asked_for_again(delivery: Delivery) -> None:
    delivery.book.answers = [500]
    delivery.grade(0.5)
    with writing(delivery.tool.engine) as connection:
        connection.execute(update(grade_queue).values(timestamp=now() - timedelta(days=3, minutes=1)))
    delivery.send()
    assert delivery.status == [("parked", "silent")]
    where = {"registration_id": delivery.registration_id, "link_id": delivery.link_id}
    with reading(delivery.tool.engine) as connection:
        (parked,) = list_held(connection, **where)
    assert (parked.share, parked.reason) == (0.5, "silent")
    with writing(delivery.tool.engine) as connection:
        assert retry_held(connection, **where) == 1
    delivery.skip_the_wait()
    delivery.send()
    assert delivery.book.grades == {"4": 5.0}


def test_a_line_item_is_made_once(database: Engine, tmp_path: Path) -> None:
    with gradebook() as book:
        delivery = Delivery(tool=tool_on(database, tmp_path), book=book)
        delivery.open(line_item=delivery.unmade)
        delivery.grade(1.0)
        delivery.grade(0.5, sub="5")
        while delivery.send():
            pass
        assert book.grades == {"4": 10.0, "5": 5.0}
        assert len(book.items) == 1


def test_an_address_that_is_not_the_platforms_is_not_asked(database: Engine, tmp_path: Path) -> None:
    with gradebook() as book:
        delivery = Delivery(tool=tool_on(database, tmp_path), book=book).open(hosts=("moodle.example",))
        delivery.grade(1.0)
        delivery.send()
        assert delivery.status == [("parked", "address_refused")]
        assert book.paths == []


@pytest.mark.parametrize("status", [200, 201])
def test_a_page_in_place_of_an_answer_is_no_delivery(delivery: Delivery, status: int) -> None:
    """A proxy or a sign-in page may answer 200 for the platform."""
    delivery.book.pages = [(status, b"\n <!doctype html><title>Maintenance</title>")]
    delivery.grade(0.5)
    delivery.send()
    assert delivery.status == [("waiting", "page")]
    delivery.skip_the_wait()
    delivery.send()
    assert delivery.status == [("done", None)]
    assert delivery.book.grades == {"4": 5.0}


def test_a_grade_dated_by_a_clock_that_was_ahead_does_not_hold_back_a_better_one(delivery: Delivery) -> None:
    ahead = now() + timedelta(days=300)
    delivery.grade(0.4)
    delivery.send()
    with writing(delivery.tool.engine) as connection:
        connection.execute(update(grade_queue).values(sent_timestamp=ahead))
    delivery.grade(0.9)
    delivery.book.clock_ahead = 301 * 86400  # this platform takes what is dated in the future
    assert delivery.send()
    assert delivery.status[-1] == ("done", None)
    assert delivery.rows()[-1].sent_timestamp > ahead
    with reading(delivery.tool.engine) as connection:
        assert count_ahead(connection) == 2


@pytest.mark.parametrize("status", ["sending", "waiting"])
def test_a_wait_that_was_set_by_a_clock_that_was_ahead_ends(delivery: Delivery, status: str) -> None:
    delivery.grade(0.5)
    with writing(delivery.tool.engine) as connection:
        connection.execute(update(grade_queue).values(status=status, not_before=now() + timedelta(days=300)))
    eventually(lambda: delivery.send() or delivery.status == [("done", None)])
    assert delivery.book.grades == {"4": 5.0}
