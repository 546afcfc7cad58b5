"""A real Chromium for the browser tests. A test fails when its page writes an error or asks another host."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from lokaltmot_lms.trial.browser import ARGUMENTS, find_browser

SCO = Path(__file__).parent / "sco"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process; each test opens its own context in it."""
    program = find_browser()
    assert program is not None, "No Chromium was found. Set CHROMIUM, or run: playwright install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh learner's tab. Errors on the console, and requests that leave 127.0.0.1, fail the test at its end."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
    wrong: list[str] = []

    def stay(route: Any, request: Any) -> None:
        if request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            route.continue_()
            return
        wrong.append(f"request to {request.url}")
        route.abort()

    context.route("**/*", stay)
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    yield tab
    context.close()
    assert wrong == []


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[[str], Path]:
    """Make a package of one of the small contents in tests/browser/sco."""

    def make(name: str) -> Path:
        path = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(path, "w") as package:
            for file in sorted((SCO / name).rglob("*")):
                package.write(file, file.relative_to(SCO / name).as_posix())
        return path

    return make
