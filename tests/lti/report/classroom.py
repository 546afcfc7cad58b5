"""Learners of a course with what they have done, put straight into the database."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, update

from lti_app.store.attempts import Attempt, add_first_answer, begin_attempt, save_attempt
from lti_app.store.engine import writing
from lti_app.store.grades import put_grade, see_line_item
from lti_app.store.people import see_context, see_link, see_person
from lti_app.store.registrations import add_registration
from lti_app.store.schema import attempt, first_answer, person
from lti_app.store.types import now


def register(engine: Engine, client_id: str = "ours") -> int:
    """A platform that the tool knows."""
    with writing(engine) as connection:
        return add_registration(
            connection, issuer="https://moodle.example", client_id=client_id,
            auth_login_url="https://moodle.example/auth", auth_token_url="https://moodle.example/token",
            jwks_url="https://moodle.example/jwks", service_hosts=("moodle.example",), deployment_policy="auto",
        )  # fmt: skip


@dataclass
class Classroom:
    """One course of a platform, and one link in it. settings: of the link."""

    engine: Engine
    registration_id: int
    module: str
    course: str = "2"
    link: str = "1"
    title: str = "VPL-2010 høst"
    settings: dict[str, Any] = field(default_factory=dict)
    context_id: int = 0
    link_id: int = 0
    line_item_id: int = 0

    def __post_init__(self) -> None:
        with writing(self.engine) as connection:
            self.context_id = see_context(connection, self.registration_id, self.course, self.title)
            self.link_id, _ = see_link(
                connection, self.registration_id, self.link, context_row=self.context_id, module=self.module,
                rev=None, settings=self.settings,
            )  # fmt: skip
            address = f"https://moodle.example/item{self.link}"
            self.line_item_id = see_line_item(connection, self.registration_id, address, resource_id="", tag="")

    def learner(
        self,
        sub: str,
        *,
        state: dict[str, Any] | None = None,
        outcome: tuple[str, str, float | None] = ("incomplete", "unknown", None),
        firsts: dict[str, tuple[Any, float]] | None = None,
        ago: timedelta = timedelta(),
        completed_at: datetime | None = None,
        grade: float | None = None,
    ) -> int:
        """One learner's attempt. firsts: question -> (first answer, share). ago: since they last did something."""
        with writing(self.engine) as connection:
            person_id, _ = see_person(connection, self.registration_id, sub)
            made = begin_attempt(
                connection, registration_id=self.registration_id, person_id=person_id, link_id=self.link_id,
                module=self.module, version="1",
            )  # fmt: skip
            for question, (answer, share) in (firsts or {}).items():
                add_first_answer(connection, made.id, question, answer, share)
            if state is not None:
                self._save(connection, made, state, outcome)
            values: dict[str, Any] = {"updated_at": now() - ago}
            if completed_at is not None:
                values["completed_at"] = completed_at
            connection.execute(update(attempt).where(attempt.c.id == made.id).values(**values))
            if grade is not None:
                put_grade(
                    connection, registration_id=self.registration_id, line_item_id=self.line_item_id,
                    person_id=person_id, attempt_id=made.id, share=grade,
                )  # fmt: skip
        return made.id

    def crowd(self, count: int, kept: dict[str, Any], questions: list[str]) -> None:
        """Many learners with the same state; every other one has each question right, by turns. One insert a table."""
        at = now()
        numbers = range(1000, 1000 + count)
        people = [
            {
                "id": number, "registration_id": self.registration_id, "sub": str(number),
                "pseudonym": f"{number:016x}", "created_at": at, "last_seen": at,
            }
            for number in numbers
        ]  # fmt: skip
        attempts = [
            {
                "id": number, "registration_id": self.registration_id, "person_id": number, "link_id": self.link_id,
                "module": self.module, "version": "1", "number": 1, "state": kept, "completion": "incomplete",
                "success": "unknown", "started_at": at, "updated_at": at,
            }
            for number in numbers
        ]  # fmt: skip
        answers = [
            {"attempt_id": number, "question": id_, "answer": "ab"[(number + turn) % 2], "share": (number + turn) % 2}
            for number in numbers
            for turn, id_ in enumerate(questions)
        ]
        with writing(self.engine) as connection:
            for table, rows in ((person, people), (attempt, attempts), (first_answer, answers)):
                connection.execute(table.insert(), rows)

    def _save(
        self, connection: Connection, made: Attempt, state: dict[str, Any], outcome: tuple[str, str, float | None]
    ) -> None:
        completion, success, score = outcome
        told = {"completion": completion, "success": success, "score_got": score, "version": "1"}
        assert save_attempt(connection, made, state, told)


def state(
    *, visited: tuple[str, ...] = (), quizzes: dict[str, Any] | None = None, answers: dict[str, Any] | None = None,
    completed: bool = False, passed: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """A state as the database keeps it (progress.to_json)."""
    return {
        "seed": 7, "place": visited[-1] if visited else "", "completed": completed, "passed": passed,
        "visited": list(visited), "quizzes": quizzes or {}, "answers": answers or {},
    }  # fmt: skip
