"""One launch posted by twenty threads at once to a service of two worker processes (row 26)."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import Engine, func, select

from lti_app.store.engine import reading, writing
from lti_app.store.registrations import add_registration, put_deployment
from lti_app.store.schema import launch_session, login_attempt

from ..platform import Platform, Web, serving

pytestmark = pytest.mark.external

THREADS = 20
_TABLES = (launch_session, login_attempt)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@contextmanager
def _service(database: Engine, folder: Path) -> Iterator[int]:
    """Run `lokaltmot lti serve` with two workers until the block ends; gives its port."""
    port = _free_port()
    environment = {
        **os.environ,
        "LOKALTMOT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LOKALTMOT_DATABASE": database.url.render_as_string(hide_password=False),
        "LOKALTMOT_SECRET_FILE": str(folder / "secret"),
        "LOKALTMOT_MODULES": str(folder),
    }
    words = [sys.executable, "-m", "lokaltmot_lms", "lti", "serve", "--port", str(port), "--workers", "2"]
    with subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True) as service:
        try:
            assert service.stderr is not None
            workers = (line for line in service.stderr if "Booting worker" in line)  # ends when the process does
            assert all([next(workers, ""), next(workers, "")])
            threading.Thread(target=service.stderr.read).start()  # so that nobody waits for the pipe
            yield port
        finally:
            service.send_signal(signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _ask(port: int, path: str, fields: dict[str, str], cookie: str = "") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", path, urlencode(fields), {**FORM, **({"Cookie": cookie} if cookie else {})})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def _registered(database: Engine, web: Web) -> Platform:
    platform = Platform(web=web, client_id="ours")
    with writing(database) as connection:
        put_deployment(connection, add_registration(connection, **platform.registration), "1", is_active=True)
    return platform


@pytest.mark.row(26)
def test_twenty_posts_to_two_processes_open_one_session(database: Engine, tmp_path: Path) -> None:
    with serving() as web:
        platform = _registered(database, web)
        with _service(database, tmp_path) as port:
            tool = f"http://127.0.0.1:{port}"
            begun = _ask(port, "/lti/login", platform.login_hints(tool))
            query = parse_qs(urlsplit(begun.headers["Location"]).query)
            cookie = re.match(r"[^;]+", begun.headers["Set-Cookie"])
            assert cookie
            token = platform.sign(platform.claims(tool, query["nonce"][0]))
            fields = {"id_token": token, "state": query["state"][0]}
            answers: list[tuple[int, str]] = []
            together = threading.Barrier(THREADS)

            def post() -> None:
                together.wait(20)
                answer = _ask(port, "/lti/launch", fields, cookie[0])
                answers.append((answer.status, answer.headers.get("Location", "")))

            threads = [threading.Thread(target=post) for _ in range(THREADS)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
    assert sorted(status for status, _ in answers) == [303] + [401] * (THREADS - 1)
    with reading(database) as connection:
        counts = [connection.execute(select(func.count()).select_from(one)).scalar_one() for one in _TABLES]
    assert counts == [1, 0]
