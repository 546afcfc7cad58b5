"""The service is killed (kill -9) while learners answer: what it said it took is there, and every grade arrives.

A round starts `lokaltmot lti serve --with-sender`, lets the learners of the round before finish what they had begun,
launches new ones, and kills master, workers and sender at a random moment while they answer.
"""

import http.client
import json
import os
import random
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, update

from lti_app.store.engine import reading, writing
from lti_app.store.registrations import add_registration, put_deployment
from lti_app.store.schema import attempt_event, grade_queue
from lti_app.store.types import now

from ...waiting import PATIENCE, eventually
from ..built_courses import starter
from ..grades.gradebook import MAXIMUM, Gradebook, gradebook
from ..platform import Platform, serving
from ..serving import Service, Visitor, free_port, service

pytestmark = pytest.mark.external

_AT_ONCE = 4
_WRONG = {"hvor": "a", "apne": ["c"], "steg": ["a", "d", "c", "b"], "nummer": "9"}  # of the starter course


@cache
def _module() -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The starter course's module: its name, what is in it, and the answers."""
    (folder,) = (path.parent for path in starter().glob("*/module.json"))
    about = json.loads((folder / "module.json").read_text("utf-8"))
    return folder.name, about, json.loads((folder / "answers.json").read_text("utf-8"))["questions"]


@dataclass
class Learner:
    """Somebody who goes through the module.

    right: how many of the questions are answered well in the end. is_heard: set at the first event acknowledged.
    """

    sub: str
    right: int
    events: list[dict[str, Any]]
    acknowledged: list[str] = field(default_factory=list)
    is_heard: threading.Event = field(default_factory=threading.Event)
    visitor: Visitor = field(init=False)

    def go_on(self) -> None:
        """Tell the events one by one, from the first that nobody acknowledged, until the service is gone."""
        try:
            if not self.visitor.token:
                self.visitor.open()
            for event in self.events[len(self.acknowledged) :]:
                status, content = self.visitor.tell([event])
                assert status == 200, content
                assert json.loads(content)["taken"] == [event["id"]]
                self.acknowledged.append(event["id"])
                self.is_heard.set()
        except (OSError, http.client.HTTPException):
            pass  # killed
        finally:
            self.visitor.leave()


@dataclass
class Scene:
    """What outlives a round."""

    engine: Engine
    book: Gradebook
    platform: Platform
    folder: Path
    chance: random.Random
    learners: list[Learner] = field(default_factory=list)

    def service(self, port: int) -> Service:
        url = self.engine.url.render_as_string(hide_password=False)
        return service(self.folder, url, starter(), "--with-sender", "--workers", "2", port=port)

    def new_learner(self, origin: str, port: int) -> Learner:
        slug, about, questions = _module()
        (quiz,) = about["quizzes"]
        right = self.chance.randrange(len(_WRONG) + 1)
        asked = quiz["questions"]
        events = [{"kind": "visit", "page": page["id"]} for page in about["pages"]]
        for number, id_ in enumerate(asked):
            answer = questions[id_]["right"] if number < right else _WRONG[id_]
            events.append({"kind": "answer", "question": id_, "answer": answer})
        events.append({"kind": "submit", "quiz": quiz["id"]})
        if right < len(asked) and self.chance.random() < 0.5:  # tries again, and gets all of it right
            events.append({"kind": "retry", "quiz": quiz["id"], "round": 1})
            events += [
                {"kind": "answer", "question": id_, "answer": questions[id_]["right"], "round": 1}
                for id_ in asked[right:]
            ]
            events.append({"kind": "submit", "quiz": quiz["id"], "round": 1})
            right = len(asked)
        made = [{**event, "id": str(UUID(int=self.chance.getrandbits(128)))} for event in events]
        learner = Learner(sub=f"elev-{len(self.learners)}", right=right, events=made)
        learner.visitor = Visitor(origin=origin, port=port)
        learner.visitor.launch(self.platform, sub=learner.sub, module=slug, line_item=self.book.line_item)
        self.learners.append(learner)
        return learner

    def lost(self) -> set[str]:
        """What the service said it took, and has not."""
        with reading(self.engine) as connection:
            kept = set(connection.execute(select(attempt_event.c.id)).scalars())
        return {id_ for learner in self.learners for id_ in learner.acknowledged} - kept

    def undelivered(self) -> int:
        """How many grades are still on their way; let them go at once, as if the times of waiting were over."""
        at = now()
        waits = grade_queue.c.status.in_(("waiting", "sending"))
        with writing(self.engine) as connection:
            connection.execute(update(grade_queue).where(waits).values(not_before=at))
            return len(connection.execute(select(grade_queue.c.id).where(grade_queue.c.status != "done")).all())


@pytest.fixture
def scene(database: Engine, tmp_path: Path) -> Iterator[Scene]:
    """A platform with a gradebook that the tool knows."""
    with serving() as web, gradebook() as book:
        platform = Platform(web=web, client_id="ours")
        known = platform.registration
        known |= {"auth_token_url": f"http://{book.host}/token", "service_hosts": (book.host, web.host)}
        with writing(database) as connection:
            id_ = add_registration(connection, **known)
            put_deployment(connection, id_, "1", is_active=True)
        seed = int(os.environ.get("CRASH_SEED") or random.randrange(2**32))  # noqa: S311
        sys.stdout.write(f"CRASH_SEED={seed}\n")  # shown when a test fails; set it to see the same moments
        yield Scene(
            engine=database,
            book=book,
            platform=platform,
            folder=tmp_path,
            chance=random.Random(seed),  # noqa: S311
        )


def _at_once(learners: list[Learner]) -> list[threading.Thread]:
    threads = [threading.Thread(target=learner.go_on) for learner in learners]
    for thread in threads:
        thread.start()
    return threads


def _round(scene: Scene, port: int, before: list[Learner], *, hears: bool) -> list[Learner]:
    """Returns who was in the middle when the service died.

    before: those of the last round, who come back first. hears: it dies after an answer, however slow the machine is.
    """
    running = scene.service(port).start()
    try:
        origin = running.settings["LOKALTMOT_PUBLIC_URL"]
        back = _at_once(before)
        new = [scene.new_learner(origin, port) for _ in range(_AT_ONCE)]
        threads = _at_once(new)
        if hears:
            new[0].is_heard.wait(timeout=PATIENCE)
        threads[0].join(timeout=scene.chance.uniform(0, 0.12))
    finally:
        running.kill()
    for thread in (*threads, *back):
        thread.join()
    assert scene.lost() == set()
    scene.undelivered()
    return [learner for learner in scene.learners if len(learner.acknowledged) < len(learner.events)]


@pytest.mark.parametrize("rounds", [4, pytest.param(200, marks=pytest.mark.heavy)])
def test_what_was_acknowledged_is_there_and_every_grade_arrives(scene: Scene, rounds: int) -> None:
    port, unfinished, interrupted = free_port(), list[Learner](), 0
    for number in range(rounds):
        unfinished = _round(scene, port, unfinished, hears=number % 2 == 1)
        interrupted += sum(len(learner.acknowledged) > 0 for learner in unfinished)
    assert interrupted > 0  # some were killed in the middle of their answers

    running = scene.service(port).start()
    for thread in _at_once(unfinished):
        thread.join()
    eventually(lambda: not scene.undelivered(), PATIENCE + 5 * rounds)
    running.stop()

    assert scene.lost() == set()
    assert all(len(learner.acknowledged) == len(learner.events) for learner in scene.learners)
    expected = {learner.sub: learner.right / len(_WRONG) * MAXIMUM for learner in scene.learners}
    assert {user: round(grade, 6) for user, grade in scene.book.grades.items()} == expected
    with reading(scene.engine) as connection:
        assert set(connection.execute(select(grade_queue.c.status)).scalars()) == {"done"}
