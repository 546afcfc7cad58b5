"""The real service in processes on 127.0.0.1, which can be killed, and browsers that send it requests."""

import http.client
import json
import multiprocessing
import os
import re
import signal
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from ..waiting import PATIENCE, eventually
from .platform import CLAIM, LEARNER, Platform

GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"


def free_port() -> int:
    """A port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@cache
def _forking() -> Any:
    """A server that forks processes. It has imported the tool already, so that a start is quick."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["lti_app.cli.serve", "lti_app.launch", "lti_app.player", "lokaltmot_lms.cli.run"])
    return context


def _run(words: tuple[str, ...], settings: Mapping[str, str], log: Path) -> None:
    """Run `lokaltmot lti …` in its own process group."""
    os.setsid()
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    for name in [name for name in os.environ if name.startswith("LOKALTMOT_")]:
        del os.environ[name]
    os.environ.update(settings)
    from lokaltmot_lms.cli.run import run

    raise SystemExit(run(["lti", *words]))


@dataclass
class Command:
    """A process of `lokaltmot lti …`."""

    words: tuple[str, ...]
    settings: dict[str, str]
    log: Path
    process: Any = None

    def start(self) -> "Command":
        self.process = _forking().Process(target=_run, args=(self.words, self.settings, self.log))
        self.process.start()
        return self

    def kill(self) -> None:
        """Kill the whole group with SIGKILL: the master and its workers."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Stop it with SIGTERM; return the exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, number: int) -> int:
        if number == signal.SIGKILL:
            os.killpg(self.process.pid, number)
        else:
            os.kill(self.process.pid, number)
        self.process.join(PATIENCE)
        code = self.process.exitcode
        assert code is not None, self.log.read_text()
        self.process.close()
        self.process = None
        return int(code)


@dataclass
class Service(Command):
    """`lokaltmot lti serve` on a port."""

    port: int = 0

    def start(self) -> "Service":
        super().start()
        eventually(lambda: self._answers() or not self.process.is_alive(), describe=self.log.read_text)
        assert self.process.is_alive(), self.log.read_text()
        return self

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


def service(folder: Path, database: str, modules: Path, *more: str, port: int = 0) -> Service:
    """Return a service, not started yet."""
    port = port or free_port()
    settings = {
        "LOKALTMOT_PUBLIC_URL": f"http://localhost:{port}",
        "LOKALTMOT_DATABASE": database,
        "LOKALTMOT_SECRET_FILE": str(folder / "secret"),
        "LOKALTMOT_MODULES": str(modules),
        "LOKALTMOT_LOG_LEVEL": "WARNING",
    }
    words = ("serve", "--port", str(port), *more)
    return Service(words=words, settings=settings, log=folder / "service.log", port=port)


@dataclass
class Visitor:
    """A browser with its cookies and one connection. origin: the origin in its address bar."""

    origin: str
    port: int
    tls: ssl.SSLContext | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    path: str = ""
    token: str = ""
    state: dict[str, Any] = field(default_factory=dict)
    connection: Any = None

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any, bytes]:
        """Send one request. After an error the next request opens a new connection."""
        if self.connection is None:
            made = http.client.HTTPSConnection if self.tls else http.client.HTTPConnection
            more = {"context": self.tls} if self.tls else {}
            self.connection = made(urlsplit(self.origin).hostname, self.port, timeout=PATIENCE, **more)
        sent = {"Host": urlsplit(self.origin).netloc, **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self.connection.request(method, path, body=body, headers=sent)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.leave()
            raise
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(re.sub(r";\s*Partitioned", "", line)).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        return answer.status, answer.headers, content

    def leave(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def form(self, path: str, fields: Mapping[str, str]) -> tuple[int, Any, bytes]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(fields).encode(), **kind)

    def launch(self, platform: Platform, *, sub: str, module: str, line_item: str = "", **claims: Any) -> "Visitor":
        """Log in, launch and open the page, as a learner's browser does from the course."""
        status, headers, content = self.form("/lti/login", platform.login_hints(self.origin))
        assert status in (302, 303), content
        query = parse_qs(urlsplit(headers["Location"]).query)
        own: dict[str, Any] = {"sub": sub, f"{CLAIM}roles": [LEARNER], f"{CLAIM}custom": {"module": module}, **claims}
        if line_item:
            own[GRADES] = {"lineitem": line_item, "scope": ["https://purl.imsglobal.org/spec/lti-ags/scope/score"]}
        token = platform.sign(platform.claims(self.origin, query["nonce"][0], **own))
        status, headers, content = self.form("/lti/launch", {"id_token": token, "state": query["state"][0]})
        assert status == 303, content
        self.path = headers["Location"]
        return self

    def open(self) -> "Visitor":
        """Get the module's page, and keep the token and the state in it."""
        status, _, content = self.ask("GET", self.path)
        assert status == 200, content
        found = re.search(rb'id="lm-launch">(.*?)</script>', content)
        assert found is not None
        launch = json.loads(found[1])
        self.token, self.state = launch["token"], launch["state"]
        return self

    def tell(self, events: list[dict[str, Any]]) -> tuple[int, bytes]:
        """Post events as the page does."""
        headers = {"Content-Type": "application/json", "X-LM-Token": self.token, "Origin": self.origin}
        body = json.dumps({"language": "nb", "events": events}).encode()
        status, _, content = self.ask("POST", f"{self.path}events", body, **headers)
        return status, content
