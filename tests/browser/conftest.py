"""Chromium for the browser tests. A test fails when its page logs an error or sends a request to another host."""

import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page

from lokaltmot_lms import trial
from lokaltmot_lms.build import build_course
from lokaltmot_lms.inspect import modules_in
from lokaltmot_lms.serve import ServedFile, Server, on_disk
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets.base import BuildOptions
from lokaltmot_lms.trial import TrialResult, browser_lms
from lokaltmot_lms.trial.browser_lms import LRS, LearnerBrowser, stage
from lokaltmot_lms.trial.learner import ScriptedLearner
from lokaltmot_lms.trial.manifest import read_scos
from lokaltmot_lms.trial.play import open_package, serve_package

from ..waiting import PATIENCE

PLAYER_COURSE = Path(__file__).parents[1] / "player" / "course"
SCO = Path(__file__).parent / "sco"


def built(source: Path, target: str, out: Path) -> Path:
    """Build a course, or a single module, for a target; return the package."""
    course = read_course(source).course
    assert course is not None
    made = build_course(course, targets=[target], out=out, options=BuildOptions())
    return next(each.path for each in made if each.kind == "package")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; yield the address of its index.html."""

    def found(name: str) -> ServedFile | None:
        return on_disk(name, folder / name) if (folder / name).is_file() else None

    with Server(found) as server:
        yield f"{server.address}index.html"


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the trial wait longer for a package than it does for authors: the machine may be busy."""
    monkeypatch.setattr(browser_lms, "PATIENCE", int(PATIENCE * 1000))


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A new learner's tab. Errors on the console, and requests to other hosts than 127.0.0.1, fail the test."""
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

    def hear(message: Any) -> None:
        # The browser logs an error for each document that the record store does not have yet.
        if message.type == "error" and LRS not in message.location["url"]:
            wrong.append(message.text)

    tab.on("console", hear)
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    yield tab
    context.close()
    assert wrong == []


@pytest.fixture
def try_package() -> Callable[..., TrialResult]:
    """`trial.try_package` in another thread: Playwright allows one event loop per thread."""

    def call(*arguments: Any, **named: Any) -> TrialResult:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(trial.try_package, *arguments, **named).result()

    return call


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Launchable:
    """A package in the test LMS, not launched yet. `start()` launches it and returns the learner."""

    stage: LearnerBrowser
    module: dict[str, Any]

    def start(self) -> ScriptedLearner:
        """Launch, and wait until the player is ready."""
        self.stage.begin()
        learner = ScriptedLearner(stage=self.stage, module=self.module)
        learner.wait_until_ready()
        return learner


@pytest.fixture(scope="session")
def every_type(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build the course of every question type for a target, once per session: a zip, or a folder for the web."""
    made: dict[str, Path] = {}

    def build(target: str) -> Path:
        if target not in made:
            made[target] = built(PLAYER_COURSE, target, tmp_path_factory.mktemp(target))
        return made[target]

    return build


@pytest.fixture
def on_strict_lms(chromium: Browser) -> Iterator[Callable[[Path], Launchable]]:
    """Put a package in the test LMS. A refused call or an error of the page fails the test."""
    with ExitStack() as stack:

        def put(path: Path) -> Launchable:
            package = stack.enter_context(open_package(path))
            scos = read_scos(package)
            server = stack.enter_context(serve_package(package, path.name, scos))
            opened = stack.enter_context(stage(chromium, f"{server.address}0/", scos[0]))
            (held,) = modules_in(path).values()
            stages.append(opened)
            return Launchable(stage=opened, module=dict(held.data))

        stages: list[LearnerBrowser] = []
        yield put
        for opened in stages:
            assert opened.errors == []
            assert [call for call in opened.calls() if call.refused or call.type != "string"] == []


@pytest.fixture
def launchable(
    on_strict_lms: Callable[[Path], Launchable], every_type: Callable[[str], Path]
) -> Callable[[str], Launchable]:
    """Put the course of every question type in the test LMS, as a package of a standard."""
    return lambda standard: on_strict_lms(every_type(standard))


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyboard:
    """A learner without a mouse. frame: the frame of the module."""

    page: Page
    frame: Frame

    def go_to(self, selector: str, key: str = "Tab") -> None:
        """Press Tab (or Shift+Tab) until an element that matches the selector has the focus."""
        for _ in range(80):
            if self.has_focus(selector):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} never reached {selector}")

    def has_focus(self, selector: str) -> bool:
        """Return whether an element that matches the selector has the focus."""
        found = "selector => document.hasFocus() && document.activeElement.matches(selector)"
        return bool(self.frame.evaluate(found, selector))

    def press(self, selector: str) -> None:
        """Go to an element and press Enter."""
        self.go_to(selector)
        self.page.keyboard.press("Enter")

    def answer(self, question: str, kind: str, right: Any) -> None:
        """Answer the question on the screen. right: as in the answer key."""
        inside = f'[data-question="{question}"]'
        if kind == "ordering":
            items = self.frame.locator(f"{inside} [data-item]")
            for place, key in enumerate(right):
                for _ in range(items.evaluate_all("all => all.map(one => one.dataset.item)").index(key) - place):
                    self.press(f'{inside} [data-item="{key}"] [data-move=up]')
            return
        rows = {f"{question}.{row}": value for row, value in right.items()} if isinstance(right, dict) else {}
        for name, values in (rows or {question: right}).items():
            for value in values if isinstance(values, list) else [values]:
                self._put(f'[name="{name}"]', str(value))

    def _put(self, field: str, value: str) -> None:
        kind = self.frame.locator(field).first.evaluate("field => field.type")
        self.go_to(field + (f'[value="{value}"]' if kind == "checkbox" else ""))
        if kind == "text":
            self.page.keyboard.type(value)
            return
        if kind != "select-one":
            self.page.keyboard.press("Space")
        if kind == "checkbox":
            return
        chosen = self.frame.locator(field + (":checked" if kind == "radio" else ""))
        for _ in range(8):
            if chosen.evaluate_all("([field]) => field?.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never reached {value} of {field}")


@pytest.fixture(scope="session")
def by_keyboard() -> Callable[[Page, Frame], Keyboard]:
    """Return the keyboard of a page."""
    return lambda page, frame: Keyboard(page=page, frame=frame)
