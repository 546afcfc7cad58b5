"""A process that sends what waits, and ends when it is told to: `lti work`, or the service of a small site."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lti_app.migrations import upgrade
from lti_app.store.engine import open_engine

from ...waiting import PATIENCE, eventually
from ..serving import free_port
from .delivery import Delivery, tool_on
from .gradebook import gradebook

pytestmark = pytest.mark.external


@pytest.mark.parametrize("words", [("work",), ("serve", "--with-sender", "--workers", "2", "--port")])
def test_the_command_sends_what_waits_and_ends_when_told(
    sqlite_url: str, tmp_path: Path, words: tuple[str, ...]
) -> None:
    if words[0] == "serve":
        words = (*words, str(free_port()))
    engine = open_engine(sqlite_url)
    upgrade(engine)
    with gradebook() as book:
        delivery = Delivery(tool=tool_on(engine, tmp_path), book=book).open()
        delivery.grade(0.7)
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("LOKALTMOT_")},
            "LOKALTMOT_PUBLIC_URL": "http://localhost",
            "LOKALTMOT_DATABASE": sqlite_url,
            "LOKALTMOT_SECRET_FILE": str(tmp_path / "secret"),
        }
        sender = subprocess.Popen([sys.executable, "-m", "lokaltmot_lms", "lti", *words], env=environment)
        eventually(lambda: delivery.status == [("done", None)] or sender.poll() is not None)
        sender.send_signal(signal.SIGTERM)
        assert sender.wait(timeout=PATIENCE) == 0
        assert book.grades == {"4": 7.0}
    engine.dispose()
