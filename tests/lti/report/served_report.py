"""A served tool with a teacher's session, built modules, and a course in which something has happened."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import update
from werkzeug.serving import make_server

from lti_app import create_app
from lti_app.settings import Settings
from lti_app.store.engine import writing
from lti_app.store.people import see_person
from lti_app.store.registrations import add_registration, list_deployments, put_deployment
from lti_app.store.schema import grade_queue
from lti_app.store.sessions import open_session
from lti_app.store.types import now
from lti_app.trust.proofs import cookie_name
from lti_app.trust.secrets import hashed, new_token
from lti_app.trust.tool import Tool

from ..bench import empty_database
from ..built_courses import starter
from ..platform import Web, serving
from .classroom import Classroom, register, state

SLUG = "eksempel-en-trygg-samtale-lti"
NAMES = (
    "Åse Berg",
    "Ola Nordmann",
    "Kari Li",
    "Per Dahl",
    "Eli Moe",
    "Jon Vik",
    "Amina Ali",
    "Zara Khan",
    "Æsa Ødegård",
)


@dataclass
class ServedReport:
    """The tool at an origin of its own, and the platform that it is registered with."""

    app: Flask
    tool: Tool
    origin: str
    web: Web
    registration_id: int

    def module_with(self, questions: list[str]) -> str:
        """Put a module with many questions among the built ones, each like the starter course's first."""
        modules = self.tool.settings.modules
        copied = shutil.copytree(modules / SLUG, modules / "mange-lti")
        about, answers = (json.loads((copied / f"{name}.json").read_text("utf-8")) for name in ("module", "answers"))
        about["quizzes"][0]["questions"] = questions
        asked = answers["questions"]["hvor"]
        answers["questions"] = {id_: {**asked, "id": id_} for id_ in questions}
        for name, told in (("answers", answers), ("module", about)):
            (copied / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
        return copied.name

    def other_platform(self) -> int:
        """Another registration."""
        return register(self.tool.engine, "theirs")

    def classroom(self, **more: Any) -> Classroom:
        given = {"module": SLUG, "settings": {"due": (now() - timedelta(days=3)).date().isoformat()}, **more}
        return Classroom(engine=self.tool.engine, registration_id=self.registration_id, **given)

    def session(
        self, room: Classroom, *, role: str = "instructor", in_course: bool = True, **claims: Any
    ) -> tuple[str, dict[str, Any]]:
        """The path of a session, and the cookie that opens it."""
        id_, proof = new_token(), new_token()
        with writing(self.tool.engine) as connection:
            (deployment,) = list_deployments(connection, self.registration_id)
            person_id, _ = see_person(connection, self.registration_id, "teacher")
            open_session(
                connection, id_hash=hashed(id_), proof_hash=hashed(proof), registration_id=self.registration_id,
                deployment_id=deployment.id, user_id=person_id, link_id=room.link_id,
                context_id=room.context_id if in_course else None, role=role, message="resource",
                claims={"locale": "nb", **claims}, expires_at=now() + timedelta(hours=1),
            )  # fmt: skip
        return f"/s/{id_}", {"name": cookie_name(id_), "value": proof}

    def tell_roster(self) -> str:
        """Let the platform know all by name, and return where it tells of them."""
        self.web.answer("/token", {"access_token": "t1", "token_type": "bearer", "expires_in": 3600})
        members = [
            {"user_id": str(number), "name": name, "roles": ["Learner"], "status": "Active"}
            for number, name in enumerate(NAMES)
        ]
        self.web.answer("/members", {"members": [*members, {"user_id": "teacher", "roles": ["Instructor"]}]})
        return f"{self.web.origin}/members"


@contextmanager
def serve_report(folder: Path, *, built: Path | None = None, database: str = "") -> Iterator[ServedReport]:
    """Serve a tool with the starter course, or with the modules of another folder.

    built: the other folder. database: one that has its tables; an SQLite file of its own when not given.
    """
    modules = folder / "modules"
    shutil.copytree(built or starter(), modules)
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    origin = f"http://localhost:{server.server_port}"
    if not database:
        (folder / "tool.db").write_bytes(empty_database())
        database = f"sqlite:///{folder / 'tool.db'}"
    settings = Settings(public_url=origin, database=database, secret_file=folder / "s", modules=modules)
    app = create_app(settings)
    tool: Tool = app.extensions["lokaltmot"]
    server.app = app
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        with serving() as web:
            with writing(tool.engine) as connection:
                registration_id = add_registration(
                    connection, issuer="https://moodle.example", client_id="ours",
                    auth_login_url="https://moodle.example/a", auth_token_url=f"{web.origin}/token",
                    jwks_url="https://moodle.example/j", service_hosts=("moodle.example", web.host),
                    deployment_policy="auto",
                )  # fmt: skip
                put_deployment(connection, registration_id, "1", is_active=True)
            yield ServedReport(app=app, tool=tool, origin=origin, web=web, registration_id=registration_id)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        tool.engine.dispose()


def fill(room: Classroom) -> None:
    """Eight learners: four are done (one late), one is under way, two are stuck, one has only opened the page."""
    firsts = (("b", ["a", "b"]), ("b", ["a", "b"]), ("b", ["a"]), ("a", ["a", "b"]), ("c", ["a", "c"]), ("a", ["c"]))
    share = {"b": 1.0, "a": 0.0, "c": 0.0}
    marks = [
        {
            "hvor": (one, share[one]), "apne": (several, {2: 1.0, 1: 0.5}[len(several)] if "c" not in several else 0.0),
            "steg": (["b", "c", "d", "a"] if number < 4 else ["c", "b", "d", "a"], 1.0 if number < 4 else 0.5),
            "nummer": ("112" if number != 5 else "Kari ringer mora si", 1.0 if number != 5 else 0.0),
        }
        for number, (one, several) in enumerate(firsts)
    ]  # fmt: skip
    everything = state(visited=("rommet", "spor-apent", "quiz"), completed=True, passed=True)
    for number, (days, score) in enumerate(((9, 100.0), (8, 100.0), (5, 87.5), (1, 75.0))):
        at = now() - timedelta(days=days)
        room.learner(
            str(number), state=everything, outcome=("completed", "passed", score), firsts=marks[number],
            ago=timedelta(days=days), completed_at=at, grade=score / 100,
        )  # fmt: skip
    room.learner("4", state=state(visited=("rommet",)), ago=timedelta(days=1))
    tries = state(visited=("rommet", "quiz"), quizzes={"quiz": {"attempt": 3, "best": 50.0, "passed": False}})
    room.learner(
        "5", state=tries, outcome=("incomplete", "unknown", 50.0), firsts=marks[4], ago=timedelta(days=2), grade=0.5
    )
    room.learner("6", state=state(visited=("rommet", "spor-apent")), firsts=marks[5], ago=timedelta(days=20))
    room.learner("7")
    told = (("done", None), ("done", None), ("parked", "refused_404"), ("waiting", "status_503"), ("parked", "silent"))
    with writing(room.engine) as connection:
        ids = list(connection.execute(grade_queue.select().order_by(grade_queue.c.id)).scalars())
        for id_, (status, reason) in zip(ids, told, strict=True):
            values = {"status": status, "last_error": reason}
            connection.execute(update(grade_queue).where(grade_queue.c.id == id_).values(**values))
