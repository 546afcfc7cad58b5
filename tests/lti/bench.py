"""A tool with two platforms, and the steps of a launch as a browser takes them."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lti_app import create_app
from lti_app.migrations import upgrade
from lti_app.settings import Settings
from lti_app.store.engine import open_engine, reading, writing
from lti_app.store.keys import AuditLine, list_audit
from lti_app.store.registrations import add_registration, put_deployment
from lti_app.store.schema import launch_session, metadata

from .platform import Platform, Web, serving

TOOL = "http://localhost"
# No log line and no error page may hold these (row 69), nor a token: a cookie, an assertion, a bearer token, an e-mail.
_SECRET = re.compile(r"__Host-lm-|client_assertion|[Bb]earer \S|[\w.+-]+@[\w-]+\.[a-z]{2,}")


def tokens_in(text: str) -> list[str]:
    """The beginning of each token in a text: a JSON object in base64url (RFC 7515 section 3.1).

    It is decoded, because an encrypted ticket or a key also contains `eyJ`, about once in some hundred pages.
    """
    return [start for start in re.findall(r"(?=(eyJ[A-Za-z0-9_-]{5,13}))", text) if _is_readable(start)]


def _is_readable(start: str) -> bool:
    decoded = urlsafe_b64decode(start[: len(start) // 4 * 4])
    return decoded.isascii() and decoded.decode().isprintable()


def secrets_in(text: str) -> list[str]:
    """The tokens and secrets in a text."""
    return tokens_in(text) + _SECRET.findall(text)


class WatchedClient(FlaskClient):
    """A browser that checks every error page for secrets."""

    def open(self, *arguments: Any, **settings: Any) -> TestResponse:
        answer = super().open(*arguments, **settings)
        if answer.status_code >= 400:
            assert secrets_in(answer.text) == []
        return answer


@dataclass(frozen=True)
class Begun:
    """A login whose launch has not come yet."""

    state: str
    nonce: str
    location: str
    response: TestResponse


@dataclass
class Bench:
    """Steps with the tool. `browser` is a client with its own cookies."""

    app: Flask
    web: Web
    platform: Platform
    other: Platform
    browser: FlaskClient = field(init=False)
    is_ours: bool = True
    ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.browser = self.new_browser()

    def new_browser(self) -> FlaskClient:
        self.app.test_client_class = WatchedClient
        return self.app.test_client()

    def login(self, *, platform: Platform | None = None, browser: FlaskClient | None = None, **hints: Any) -> Begun:
        asked = {**(platform or self.platform).login_hints(TOOL), **hints}
        response = self.ask_login({name: value for name, value in asked.items() if value is not ...}, browser)
        location = response.headers.get("Location", "")
        query = parse_qs(urlsplit(location).query)
        return Begun(
            state=query.get("state", [""])[0], nonce=query.get("nonce", [""])[0], location=location, response=response
        )

    def ask_login(self, data: Any, browser: FlaskClient | None = None) -> TestResponse:
        return (browser or self.browser).post("/lti/login", data=data)

    def post(self, data: Any, browser: FlaskClient | None = None, path: str = "/lti/launch") -> TestResponse:
        kind = "application/x-www-form-urlencoded"
        return (browser or self.browser).post(path, data=data, content_type=kind)

    def send(self, token: str, state: str, browser: FlaskClient | None = None) -> TestResponse:
        return self.post({"id_token": token, "state": state}, browser)

    def launch(self, sign: dict[str, Any] | None = None, **claims: Any) -> TestResponse:
        """A complete launch. claims: replaced, or left out when the value is `...`."""
        begun = self.login()
        token = self.platform.sign(self.platform.claims(TOOL, begun.nonce, **claims), **(sign or {}))
        return self.send(token, begun.state)

    def deep_link(self, settings: dict[str, Any] | None = None) -> TestResponse:
        begun = self.login()
        claims = self.platform.deep_linking_claims(TOOL, begun.nonce, settings)
        return self.send(self.platform.sign(claims), begun.state)

    @property
    def engine(self) -> Any:
        return self.app.extensions["lokaltmot"].engine

    def rows(self, name: str) -> int:
        with reading(self.engine) as connection:
            return int(connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one())

    def sessions(self) -> int:
        return self.rows(launch_session.name)

    def is_teacher(self) -> bool:
        """Whether an instructor or an administrator has launched."""
        with reading(self.engine) as connection:
            roles = set(connection.execute(select(launch_session.c.role)).scalars())
        return bool(roles & {"instructor", "admin"})

    def audit(self) -> list[AuditLine]:
        with reading(self.engine) as connection:
            return list_audit(connection, limit=100)


@cache
def empty_database() -> bytes:
    """The bytes of a SQLite database with all tables; made once, because it takes longer than most tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tool.db"
        engine = open_engine(f"sqlite:///{path}")
        upgrade(engine)
        engine.dispose()  # the last connection writes the journal to the file
        return path.read_bytes()


@contextmanager
def bench_in(folder: Path, database: str = "") -> Iterator[Bench]:
    """A tool with two registered clients of one issuer. database: its address, with all tables; else a new one."""
    if not database:
        database = f"sqlite:///{folder / 'tool.db'}"
        (folder / "tool.db").write_bytes(empty_database())
    settings = Settings(public_url=TOOL, database=database, secret_file=folder / "secret", modules=folder)
    app = create_app(settings)
    engine = app.extensions["lokaltmot"].engine
    with serving() as web:
        made = Bench(
            app=app,
            web=web,
            platform=Platform(web=web, client_id="ours"),
            other=Platform(web=web, client_id="theirs"),
        )
        with writing(engine) as connection:
            for platform in (made.platform, made.other):
                id_ = add_registration(connection, **platform.registration)
                put_deployment(connection, id_, "1", is_active=True)
                made.ids[platform.client_id] = id_
        yield made
    engine.dispose()
