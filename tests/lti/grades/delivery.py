"""A tool with one platform, learners and grades to send."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from lti_app.ags import NEW
from lti_app.grade_sender import work_once
from lti_app.settings import Settings
from lti_app.store.attempts import begin_attempt
from lti_app.store.engine import reading, writing
from lti_app.store.grades import put_grade, see_line_item
from lti_app.store.people import see_link, see_person
from lti_app.store.registrations import add_registration
from lti_app.store.schema import grade_queue
from lti_app.store.types import now
from lti_app.trust.egress import Egress
from lti_app.trust.jwks import PlatformKeys
from lti_app.trust.signing_keys import SigningKeys
from lti_app.trust.tool import Tool, make_tool

from .gradebook import Gradebook

_A_MINUTE = timedelta(minutes=1)


def tool_on(engine: Engine, folder: Path) -> Tool:
    """A tool on a migrated database, with a short time limit for a platform that does not answer."""
    url = engine.url.render_as_string(hide_password=False)
    made = make_tool(Settings(public_url="http://localhost", database=url, secret_file=folder / "secret"))
    egress = Egress(allows_loopback=True, deadline=1.0)
    keys = SigningKeys(engine, made.secret)  # all on the one engine, which whoever opened it closes
    return replace(
        made, engine=engine, egress=egress, signing_keys=keys, platform_keys=PlatformKeys(engine=engine, egress=egress)
    )


@dataclass
class Delivery:
    """Steps of a test. registration_id, link and line item are made at the start."""

    tool: Tool
    book: Gradebook
    registration_id: int = 0
    link_id: int = 0
    line_item_id: int = 0

    def open(self, *, line_item: str | None = None, hosts: tuple[str, ...] | None = None) -> "Delivery":
        with writing(self.tool.engine) as connection:
            self.registration_id = add_registration(
                connection,
                issuer="https://moodle.example",
                client_id="ours",
                auth_login_url="https://moodle.example/auth",
                auth_token_url=f"http://{self.book.host}/token",
                jwks_url="https://moodle.example/jwks",
                service_hosts=hosts or (self.book.host,),
                deployment_policy="auto",
            )
            self.link_id, _ = see_link(
                connection, self.registration_id, "1", context_row=None, module="m", rev=None, settings={}
            )
            url = line_item or self.book.line_item
            self.line_item_id = see_line_item(connection, self.registration_id, url, resource_id="", tag="")
        return self

    @property
    def unmade(self) -> str:
        return f"{NEW}1 {self.book.container}"

    def grade(self, share: float, sub: str = "4") -> bool:
        with writing(self.tool.engine) as connection:
            return self.put(connection, share, sub)

    def put(self, connection: Connection, share: float, sub: str = "4") -> bool:
        person_id, _ = see_person(connection, self.registration_id, sub)
        own = {"registration_id": self.registration_id, "person_id": person_id}
        attempt = begin_attempt(connection, link_id=self.link_id, module="m", version="1", **own)
        return put_grade(connection, line_item_id=self.line_item_id, attempt_id=attempt.id, share=share, **own)

    def send(self) -> bool:
        return work_once(self.tool)

    def skip_the_wait(self) -> None:
        """Let what waits be due now, and let all that was sent be a minute older, here and on the platform.

        A grade is dated by whole seconds, so that the next try would else have to wait for the clock.
        """
        with writing(self.tool.engine) as connection:
            sent = grade_queue.c.sent_timestamp
            for row in connection.execute(select(grade_queue.c.id, sent).where(sent.is_not(None))).all():
                older = row.sent_timestamp - _A_MINUTE
                connection.execute(update(grade_queue).where(grade_queue.c.id == row.id).values(sent_timestamp=older))
            connection.execute(update(grade_queue).where(grade_queue.c.status == "waiting").values(not_before=now()))
        for user in self.book.dated:
            self.book.dated[user] -= int(_A_MINUTE.total_seconds())

    def rows(self) -> list[Any]:
        with reading(self.tool.engine) as connection:
            return list(connection.execute(select(grade_queue).order_by(grade_queue.c.id)))

    @property
    def status(self) -> list[tuple[str, str | None]]:
        return [(row.status, row.last_error) for row in self.rows()]
