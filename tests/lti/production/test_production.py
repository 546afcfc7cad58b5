"""The examples in docs/production really run: nginx with TLS, two processes of the tool on PostgreSQL, the sender."""

import datetime
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from sqlalchemy import Engine

from lti_app.settings import read_settings
from lti_app.store.engine import writing
from lti_app.store.registrations import add_registration, put_deployment

from ...waiting import eventually
from ..bench import tokens_in
from ..built_courses import build
from ..grades.gradebook import Gradebook, gradebook
from ..platform import Platform, rsa_key, serving
from ..serving import Command, Service, Visitor, free_port, service

EXAMPLES = Path(__file__).parents[3] / "docs" / "production"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed (scripts/setup.sh gets it as root)")

_AROUND = """\
{user}
pid {folder}/nginx.pid;
error_log {folder}/log/main.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/site.conf;
}}
"""


@dataclass
class Site:
    """What runs, and where."""

    folder: Path
    port: int
    plain_port: int
    apps: list[Service]
    platform: Platform
    book: Gradebook
    module: str
    tls: ssl.SSLContext

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.port}"

    def visitor(self) -> Visitor:
        return Visitor(origin=self.origin, port=self.port, tls=self.tls)

    def log(self) -> str:
        return (self.folder / "log" / "lokaltmot.log").read_text()


def _certificate(folder: Path) -> ssl.SSLContext:
    """A certificate that this machine gives itself, and what trusts it."""
    key, name = rsa_key("nginx"), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    at = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(at - datetime.timedelta(hours=1)).not_valid_after(at + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )  # fmt: skip
    (folder / "fullchain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    )
    return ssl.create_default_context(cafile=str(folder / "fullchain.pem"))


def _site(folder: Path, ports: dict[str, int]) -> str:
    """The example with this machine's ports and paths; each must stand in it."""
    text = (EXAMPLES / "nginx.conf").read_text("utf-8")
    changes = {
        "127.0.0.1:8001": f"127.0.0.1:{ports['8001']}", "127.0.0.1:8002": f"127.0.0.1:{ports['8002']}",
        "    listen [::]:80;\n": "", "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{ports['80']};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{ports['443']} ssl http2;",
        "https://kurs.example.no": f"https://localhost:{ports['443']}",
        "/etc/letsencrypt/live/kurs.example.no": str(folder), "/var/cache/nginx": str(folder / "cache"),
        "/var/log/nginx": str(folder / "log"), "server_name kurs.example.no": "server_name localhost",
    }  # fmt: skip
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    return text


@pytest.fixture
def site(postgres_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """All of it, as the examples say."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("log", "cache"):
        (folder / name).mkdir()
    build("courses/eksempel", folder / "modules")
    (module,) = (path.parent.name for path in (folder / "modules").glob("*/module.json"))
    ports = {name: free_port() for name in ("80", "443", "8001", "8002")}
    with serving() as web, gradebook() as book:
        platform = Platform(web=web, client_id="ours")
        known = platform.registration
        known |= {"auth_token_url": f"http://{book.host}/token", "service_hosts": (book.host, web.host)}
        with writing(postgres_database) as connection:
            id_ = add_registration(connection, **known)
            put_deployment(connection, id_, "1", is_active=True)
        url = postgres_database.url.render_as_string(hide_password=False)
        running: list[Any] = []
        try:
            apps = [_app(folder, url, ports["443"], ports[name]) for name in ("8001", "8002")]
            running += [app.start() for app in apps]
            running.append(Command(words=("work",), settings=apps[0].settings, log=folder / "work.log").start())
            tls = _certificate(folder)
            with _nginx(folder, ports):
                yield Site(
                    folder=folder, port=ports["443"], plain_port=ports["80"], apps=apps, platform=platform, book=book,
                    module=module, tls=tls,
                )  # fmt: skip
        finally:
            for one in running:
                if one.process is not None:
                    one.stop()


def _app(folder: Path, url: str, public: int, port: int) -> Service:
    settings = str(EXAMPLES / "gunicorn.conf.py")
    made = service(folder, url, folder / "modules", "--gunicorn", settings, port=port)
    made.settings["LOKALTMOT_PUBLIC_URL"] = f"https://localhost:{public}"
    return made


@contextmanager
def _nginx(folder: Path, ports: dict[str, int]) -> Iterator[None]:
    """nginx on the example, until the block ends."""
    (folder / "site.conf").write_text(_site(folder, ports), "utf-8")
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user))
    words = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tried = subprocess.run([*words, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    with subprocess.Popen([*words, "-g", "daemon off;"]) as process:
        try:
            _until_it_listens(ports["443"])
            yield
        finally:
            process.terminate()


def _until_it_listens(port: int) -> None:
    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    eventually(listens, describe=lambda: "nginx does not listen.")


def _events(folder: Path, module: str) -> list[dict[str, Any]]:
    """All that a learner tells who answers everything right."""
    about = json.loads((folder / "modules" / module / "module.json").read_text("utf-8"))
    answers = json.loads((folder / "modules" / module / "answers.json").read_text("utf-8"))["questions"]
    (quiz,) = about["quizzes"]
    told = [{"kind": "visit", "page": page["id"]} for page in about["pages"]]
    told += [{"kind": "answer", "question": id_, "answer": answers[id_]["right"]} for id_ in quiz["questions"]]
    return [{**event, "id": str(uuid4())} for event in [*told, {"kind": "submit", "quiz": quiz["id"]}]]


@needs_nginx
def test_a_module_is_launched_played_and_graded_and_one_process_may_die(site: Site) -> None:
    learner = site.visitor().launch(site.platform, sub="4", module=site.module, line_item=site.book.line_item).open()
    told = _events(site.folder, site.module)
    for event in told[:-1]:
        assert learner.tell([event])[0] == 200

    site.apps[0].kill()
    passer_by = site.visitor()
    for _ in range(20):  # more than nginx gives the dead one before it leaves it alone, in both directions
        assert learner.tell(told[:2])[0] == 200
        assert learner.ask("GET", f"{learner.path}state")[0] == 200
        assert passer_by.ask("GET", "/healthz")[0] == 200
        passer_by.leave()
    other = site.visitor().launch(site.platform, sub="5", module=site.module).open()
    assert other.tell(_events(site.folder, site.module))[0] == 200

    assert learner.tell(told[-1:])[0] == 200
    eventually(lambda: len(site.book.grades) == 2)
    assert site.book.grades == {"4": 10.0, "5": 10.0}
    for one in (learner, other):
        one.leave()


@needs_nginx
def test_the_proxy_lets_nothing_secret_into_its_log_and_believes_no_header(site: Site) -> None:
    browser = site.visitor()
    hints = {**site.platform.login_hints(site.origin), "login_hint": "a-secret-hint"}
    spoofed = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "Forwarded": "host=evil.example"}
    status, headers, _ = browser.ask("GET", f"/lti/login?{urlencode(hints)}", **spoofed)
    assert status in (302, 303)
    assert "evil.example" not in headers["Location"]
    assert headers["Strict-Transport-Security"] is None  # on localhost; the tool sends it on a real name
    assert "Secure" in headers["Set-Cookie"] and "Partitioned" in headers["Set-Cookie"]
    assert browser.ask("GET", "/lti/register/a-secret-invite")[0] in (403, 404)
    learner = site.visitor().launch(site.platform, sub="4", module=site.module).open()
    learner.tell(_events(site.folder, site.module)[:1])
    assert browser.ask("POST", "/lti/launch", b"x" * 70_000)[0] == 413
    browser.leave()
    assert browser.ask("GET", "/metrics")[0] == 404
    assert browser.ask("GET", "/lti/static/pages.css", **{"Accept-Encoding": "gzip"})[1]["Content-Encoding"] == "gzip"
    browser.leave()
    learner.leave()

    session = learner.path.split("/")[2]
    log = site.log()
    assert "GET /lti/login " in log and "POST /s/- " in log and "/lti/register/- " in log
    for secret in ("a-secret", session, "127.0.0.1", "?"):
        assert secret not in log, secret
    assert tokens_in(log) == []


@needs_nginx
def test_plain_http_is_sent_to_https(site: Site) -> None:
    plain = Visitor(origin=f"http://localhost:{site.plain_port}", port=site.plain_port)
    status, headers, _ = plain.ask("GET", "/healthz?a=b")
    plain.leave()
    assert (status, headers["Location"]) == (301, f"{site.origin}/healthz")


@pytest.mark.external
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_finds_no_fault_with_the_units(tmp_path: Path) -> None:
    program = str(Path(sys.executable).with_name("lokaltmot"))
    for unit in EXAMPLES.glob("lokaltmot-lti*"):
        text = unit.read_text("utf-8")
        if unit.suffix == ".service":
            assert "NoNewPrivileges=yes" in text and "ProtectSystem=strict" in text
        name = unit.name.replace("@.", "@8001.")
        (tmp_path / name).write_text(text.replace("/opt/lokaltmot/bin/lokaltmot", program), "utf-8")
    units = sorted(str(path) for path in tmp_path.iterdir())
    assert len(units) == 6
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in said.stderr.splitlines() if "lokaltmot" in line]
    assert (said.returncode, ours) == (0, [])


def test_the_example_of_the_environment_is_one_that_the_tool_starts_with() -> None:
    lines = (EXAMPLES / "lokaltmot.env").read_text("utf-8").splitlines()
    told = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert read_settings(told).origin == "https://kurs.example.no"
