"""Third-party platforms, each in its own process, and a browser that speaks HTTP with them and with the tool."""

import http.client
import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import lxml.html
import pytest
from flask import Flask
from werkzeug.serving import make_server

from lti_app import create_app
from lti_app.migrations import upgrade
from lti_app.settings import Settings
from lti_app.store.engine import writing
from lti_app.store.registrations import add_registration, put_deployment

from ..built_courses import build

_ROOT = Path(__file__).resolve().parents[3]
_PEERS = Path(__file__).parent / "peers"


@dataclass
class Shown:
    """The page after all redirects."""

    url: str
    status: int
    text: str

    def form(self, **changed: Any) -> tuple[str, list[tuple[str, str]]]:
        """The first form of the page: its address, and its fields with some changed."""
        (form, *_) = lxml.html.fromstring(self.text, base_url=self.url).forms
        kept = [(name, value or "") for name, value in form.form_values() if name not in changed]
        return urljoin(self.url, form.action), [*kept, *((name, str(value)) for name, value in changed.items())]


@dataclass
class Browser:
    """Keeps cookies per host and sends them back unchanged, with quotes."""

    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def get(self, url: str) -> Shown:
        return self._ask("GET", url, None)

    def submit(self, form: tuple[str, list[tuple[str, str]]], **headers: str) -> Shown:
        url, fields = form
        return self._ask("POST", url, urlencode(fields), **headers)

    def _ask(self, method: str, url: str, body: str | None, **headers: str) -> Shown:
        for _ in range(10):
            parts = urlsplit(url)
            held = self.cookies.setdefault(parts.netloc, {})
            sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in held.items()), **headers}
            if body is not None:
                sent["Content-Type"] = "application/x-www-form-urlencoded"
            connection = http.client.HTTPConnection(parts.netloc, timeout=120)
            connection.request(method, f"{parts.path or '/'}?{parts.query}", body, sent)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            connection.close()
            for told in answer.headers.get_all("Set-Cookie", []):
                name, _, value = told.split(";")[0].partition("=")
                held[name] = value
            if answer.status not in (301, 302, 303, 307):
                return Shown(url=url, status=answer.status, text=text)
            url, method, body, headers = urljoin(url, answer.headers["Location"]), "GET", None, {}
        raise AssertionError("redirected without end")


@dataclass
class Peer:
    """A third-party platform and the tool, registered with each other."""

    origin: str
    tool: str
    app: Flask
    user: str = ""  # what it calls its learner
    browser: Browser = field(default_factory=Browser)

    @property
    def kept(self) -> Any:
        """What the platform accepted and refused."""
        return json.loads(self.browser.get(f"{self.origin}/kept").text)

    @property
    def engine(self) -> Any:
        return self.app.extensions["lokaltmot"].engine


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example course as it is built for the tool."""
    out = tmp_path_factory.mktemp("modules")
    build("courses/eksempel", out)
    return out


@contextmanager
def meet(python: Path, script: str, folder: Path, modules: Path, **registered: Any) -> Iterator[Peer]:
    """Run our tool and a peer until the block ends. registered: in place of what the tool knows of it."""
    with ExitStack() as stack:
        server = make_server("127.0.0.1", 0, Flask("later"), threaded=True)
        stack.callback(server.server_close)
        tool = f"http://127.0.0.1:{server.server_port}"
        words = [str(python), str(_PEERS / script), tool]
        process = stack.enter_context(subprocess.Popen(words, stdout=subprocess.PIPE, text=True))
        stack.callback(process.terminate)
        assert process.stdout is not None
        origin = f"http://127.0.0.1:{int(process.stdout.readline())}"
        settings = Settings(
            public_url=tool, database=f"sqlite:///{folder / 'tool.db'}", secret_file=folder / "secret", modules=modules
        )
        app = create_app(settings)
        engine = app.extensions["lokaltmot"].engine
        stack.callback(engine.dispose)
        upgrade(engine)
        with writing(engine) as connection:
            known = {
                "issuer": origin, "client_id": "ours", "auth_login_url": f"{origin}/auth",
                "auth_token_url": f"{origin}/token", "jwks_url": f"{origin}/jwks", "deployment_policy": "listed",
                "service_hosts": [urlsplit(origin).netloc], **registered,
            }  # fmt: skip
            put_deployment(connection, add_registration(connection, **known), "1", is_active=True)
        server.app = app
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        stack.callback(thread.join)
        stack.callback(server.shutdown)
        yield Peer(origin=origin, tool=tool, app=app)
