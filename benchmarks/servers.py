"""What the LTI benchmark runs against: our service, the stock tool and a platform with a gradebook, as processes."""

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lti_app.migrations import upgrade
from lti_app.store.engine import open_engine, writing
from lti_app.store.registrations import add_registration, put_deployment
from tests.lti.built_courses import build
from tests.lti.grades.gradebook import Gradebook, gradebook
from tests.lti.platform import Platform, rsa_key, serving
from tests.lti.serving import Command, Service, free_port, service

_GUNICORN = {"workers": 1, "threads": 4, "worker_class": "gthread"}


@dataclass(frozen=True)
class Known:
    """The platform as the baseline tool is configured for it."""

    issuer: str
    client_id: str
    registration: dict[str, Any]


@dataclass
class Servers:
    """The running servers. module: the slug of the built module. engine: the database of our tool."""

    ours: Service
    sender: Command
    stock: Any
    stock_port: int
    platform: Platform
    book: Gradebook
    engine: Any
    module: str
    registration_id: int
    folder: Path

    @property
    def our_worker(self) -> psutil.Process:
        return worker_of(self.ours.process.pid)

    @property
    def stock_worker(self) -> psutil.Process:
        return worker_of(self.stock.pid)


def worker_of(master: int) -> psutil.Process:
    """Return the one worker of a gunicorn."""
    (worker,) = psutil.Process(master).children()
    return worker


@contextmanager
def start_servers() -> Iterator[Servers]:
    """Start everything, and end it again."""
    with TemporaryDirectory() as name, serving() as web, gradebook() as book:
        folder = Path(name)
        build("courses/eksempel", folder / "modules")
        (module,) = (path.parent.name for path in (folder / "modules").glob("*/module.json"))
        platform = Platform(web=web, client_id="ours")
        known = {**platform.registration, "auth_token_url": f"http://{book.host}/token"}
        known["service_hosts"] = (web.host, book.host)
        url = f"sqlite:///{folder / 'tool.db'}"
        engine = open_engine(url)
        upgrade(engine)
        with writing(engine) as connection:
            registration_id = add_registration(connection, **known)
            put_deployment(connection, registration_id, "1", is_active=True)
        ours = service(folder, url, folder / "modules", "--workers", "1").start()
        sender = Command(words=("work",), settings=ours.settings, log=folder / "sender.log").start()
        port = free_port()
        known_platform = Known(issuer=platform.issuer, client_id=platform.client_id, registration=known)
        stock = _start_stock(port, known_platform, folder / "stock.log")
        yield Servers(
            ours=ours, sender=sender, stock=stock, stock_port=port, platform=platform, book=book, engine=engine,
            module=module, registration_id=registration_id, folder=folder,
        )  # fmt: skip
        for one in (ours, sender):
            one.stop()
        stock.terminate()
        stock.join()
        engine.dispose()


def _start_stock(port: int, known: Known, log: Path) -> Any:
    key = rsa_key("stock").private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    process = multiprocessing.get_context("spawn").Process(target=_stock, args=(port, known, key.decode(), log))
    process.start()
    deadline = time.monotonic() + 30
    while not psutil.Process(process.pid).children() and time.monotonic() < deadline:
        time.sleep(0.05)  # another process starts: there is nothing here to wait on
    time.sleep(1.0)
    return process


def _stock(port: int, known: Known, pem: str, log: Path) -> None:
    from baseline_tool import stock_app
    from gunicorn.app.base import BaseApplication

    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT), 2)

    class Stock(BaseApplication):
        def load_config(self) -> None:
            for name, value in {**_GUNICORN, "bind": f"127.0.0.1:{port}"}.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return stock_app([known], [], pem)

    Stock().run()
