"""The two minutes of `lokaltmot lti demo` in a browser: add a module, launch it, answer, and see the grade."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page

from lti_app.sandbox import demonstration

from ...axe import findings
from ..built_courses import build
from ..serving import free_port


@dataclass
class Demo:
    """What runs, and the module's own answers."""

    origin: str
    about: dict[str, Any]
    answers: dict[str, Any]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """Tool and platform with the starter course among its modules."""
    build("courses/eksempel", tmp_path / "modules")
    (module,) = (path.parent for path in (tmp_path / "modules").glob("*/module.json"))
    about = json.loads((module / "module.json").read_text("utf-8"))
    answers = json.loads((module / "answers.json").read_text("utf-8"))["questions"]
    with demonstration(tmp_path, tmp_path / "modules", port=_two_ports()) as origin:
        yield Demo(origin=origin, about=about, answers=answers)


def _two_ports() -> int:
    """The first of two ports in a row that are free."""
    while True:
        port = free_port()
        if port < 65535 and _is_free(port + 1):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A newcomer's tab; an error of any page fails the test."""
    wrong: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO", bypass_csp=True)
    tab = context.new_page()
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield tab
    context.close()
    assert wrong == []


def _judge(page: Page) -> None:
    assert findings(page) == []
    assert not page.evaluate("() => document.documentElement.scrollWidth > innerWidth")


def _press(page: Page, name: str) -> None:
    """Follow a link by the keyboard alone."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.textContent.trim()").startswith(name):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"No way to {name!r} with Tab")


def _answer(module: FrameLocator, demo: Demo) -> None:
    """Go through the module's pages and answer everything right."""
    for _ in demo.about["pages"][1:]:
        module.locator("[data-page]:visible [data-action=next]").first.click()
    module.locator("[data-action=start]:visible").click()
    (quiz,) = demo.about["quizzes"]
    for id_ in quiz["questions"]:
        box, question = module.locator(f'[data-question="{id_}"]'), demo.answers[id_]
        right = question["right"]
        if question["type"] == "numeric":
            box.locator("input").fill(str(right))
        elif question["type"] == "ordering":
            for key in reversed(right):
                while box.locator("[data-item]").first.get_attribute("data-item") != key:
                    box.locator(f'[data-item="{key}"] [data-move="up"]').click()
        else:
            for key in right if isinstance(right, list) else [right]:
                box.locator(f'input[value="{key}"]').check()
        module.locator("[data-action=check]:visible").click()
        box.locator('[data-verdict][data-state="right"]').wait_for(state="visible")
        if id_ != quiz["questions"][-1]:
            module.locator("[data-action=next-question]:visible").click()
    module.locator("[data-action=submit]:visible").click()
    module.locator("[data-results-title]:visible").wait_for()


def test_a_newcomer_sees_all_of_it(demo: Demo, page: Page) -> None:
    page.goto(demo.origin)
    _judge(page)
    _press(page, "Kari Fjord")
    page.get_by_role("heading", name="Kurset").wait_for()
    _judge(page)
    _press(page, "Legg til en modul")
    tool = page.frame_locator("iframe")
    tool.get_by_role("checkbox").check()
    tool.locator("#add").click()
    page.wait_for_url("**/as/kari")
    title = demo.about["title"]
    page.get_by_role("link", name=title).wait_for()
    _judge(page)

    page.goto(f"{demo.origin}/as/amal")
    _press(page, title)
    page.get_by_role("heading", name=title).wait_for()
    module = page.frame_locator("iframe")
    module.locator("html[data-ready]").wait_for()
    _judge(page)
    page.get_by_role("link", name="Karakterliste").wait_for()
    _answer(module, demo)

    page.get_by_role("link", name="Karakterliste").click()
    page.get_by_role("row", name="Amal Ali").get_by_text("4 / 4").wait_for()
    assert "–" in (page.get_by_role("row", name="Jonas Lie").text_content() or "")
    _judge(page)
    page.set_viewport_size({"width": 390, "height": 844})
    _judge(page)


def test_what_nobody_signed_is_not_taken(demo: Demo, page: Page) -> None:
    ask = page.request
    assert ask.post(f"{demo.origin}/return", form={"JWT": "e30.e30."}).status == 400
    assert ask.post(f"{demo.origin}/token", form={"client_assertion": "e30.e30.", "scope": "x"}).status == 400
    assert ask.get(f"{demo.origin}/members").status == 401
    assert ask.get(f"{demo.origin}/as/amal/add").status == 403
    assert ask.get(f"{demo.origin}/as/nobody").status == 404
    assert ask.get(f"{demo.origin}/auth?client_id=lokalt-mot&redirect_uri=https://evil.example/").status == 400


@pytest.mark.external
def test_the_command_starts_and_ends_with_ctrl_c() -> None:
    port = _two_ports()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LOKALTMOT_")}
    words = [sys.executable, "-u", "-m", "lokaltmot_lms", "lti", "demo", "--port", str(port), "--no-browser"]
    with subprocess.Popen(
        [*words, "--lang", "en"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        assert running.stdout is not None
        line = ""
        while f"http://127.0.0.1:{port}" not in line:
            line = running.stdout.readline()
            assert line, "the demo ended by itself"
        taken = subprocess.run([*words, "--lang", "en"], env=environment, capture_output=True, text=True, check=False)
        assert (taken.returncode, "is in use" in taken.stderr) == (2, True)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=120) == 0
