"""Each module of Lokalt mot on a phone in the strict LMS: read and passed by keyboard alone, every page axe-clean."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from lokaltmot_lms.build import build_course
from lokaltmot_lms.model import Case, Course, Module
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets import BuildOptions
from lokaltmot_lms.trial.outcome import ReportedOutcome, outcome

from ..axe import findings

ROOT = Path(__file__).parents[2]
SEEN = "all => all.map(one => [one.dataset.goto, one.querySelector('[data-seen]').textContent.trim()])"
HERE = "[data-page]:not([hidden])"
FOLDER = ROOT / "courses" / "lokalt-mot"
NAMES = sorted(path.name for path in FOLDER.glob("0*.md") if path.name.count(".") == 1)


@pytest.fixture(scope="session")
def course() -> Course:
    course = read_course(FOLDER).course
    assert course is not None
    return course


def test_every_module_is_tried(course: Course) -> None:
    assert [Path(module.at.path).name for module in course.modules] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_module_is_passed_by_keyboard_alone_and_axe_finds_nothing(
    on_strict_lms: Callable[[Path], Any], by_keyboard: Callable[..., Any], tmp_path: Path, course: Course, name: str
) -> None:
    module = course.modules[NAMES.index(name)]
    package, key = build(course, module, tmp_path)
    opened = on_strict_lms(package)
    stage = opened.stage
    stage.page.set_viewport_size({"width": 390, "height": 844})
    opened.start()
    frame = stage.page.locator("#content").element_handle().content_frame()
    keys = by_keyboard(stage.page, frame)
    found: list[Any] = []

    def look(where: str, *only: str) -> None:
        found.extend((where, finding) for finding in (findings(frame, only) if only else findings(frame)))

    stage.page.emulate_media(color_scheme="dark")
    look("the first page, dark", "color-contrast", "link-in-text-block")
    stage.page.emulate_media(color_scheme="light")
    for page in module.pages:
        assert frame.locator(HERE).get_attribute("data-page") == page.id
        look(page.id)
        for case in (block for block in page.blocks if isinstance(block, Case)):
            walk(keys, case)
            look(f"{page.id}, the end of the case")
        if page != module.pages[-1]:
            go_through(keys)
            keys.press(f"{HERE} [data-action=next]")
    take_quiz(keys, key)
    look("the result")

    assert found == []
    assert frame.locator("[data-results-title]").inner_text() == "Bestått"
    assert frame.locator("[data-results-score]").inner_text() == f"{len(key)} av {len(key)}"
    seen = frame.locator("[data-goto]").evaluate_all(SEEN)
    assert seen == [[page.id, "lest"] for page in module.pages]
    stage.leave()
    assert outcome(stage) == ReportedOutcome(completion="completed", success="passed", raw=100)


def build(course: Course, module: Module, out: Path) -> tuple[Path, dict[str, Any]]:
    """Build one module for SCORM 1.2; return the package, and the questions of its key file by id."""
    one = replace(course, modules=(module,))
    made = [each.path for each in build_course(one, targets=["scorm12"], out=out, options=BuildOptions())]
    (package,) = (path for path in made if path.suffix == ".zip")
    (key,) = (path for path in made if path.suffix == ".json")
    return package, {each["id"]: each for each in json.loads(key.read_text(encoding="utf-8"))["questions"]}


def go_through(keys: Any) -> None:
    """Tab down the whole page, and back up: nothing on it keeps the focus (WCAG 2.1.2)."""
    keys.go_to(f"{HERE} [data-action=next]")
    keys.go_to("header [data-action=menu]", "Shift+Tab")


def walk(keys: Any, case: Case) -> None:
    """Take a wrong turn in a case, go back, and take the shortest way to an ending."""
    aside, *_ = (choice.to for choice in case.steps[0].choices if choice.to != ending(case)[1])
    keys.press(f'[data-step="{case.steps[0].id}"] [data-to="{aside}"]')
    keys.press(f'[data-step="{aside}"] [data-action=case-back]')
    way = ending(case)
    for here, there in pairwise(way):
        assert keys.frame.locator(f'[data-case="{case.id}"] [data-step]:visible').get_attribute("data-step") == here
        keys.press(f'[data-step="{here}"] [data-to="{there}"]')
        assert keys.has_focus(f'[data-step="{there}"] h2')


def ending(case: Case) -> list[str]:
    """Return the shortest way from the start of a case to a step without choices."""
    steps = {step.id: step for step in case.steps}
    ways = [[case.steps[0].id]]
    for way in ways:
        if not steps[way[-1]].choices:
            return way
        ways += [[*way, choice.to] for choice in steps[way[-1]].choices if choice.to not in way]
    raise AssertionError(f"{case.id} has no ending")


def take_quiz(keys: Any, key: dict[str, Any]) -> None:
    """Answer every question as the key says, and hand in."""
    keys.press("[data-action=start]")
    shown = keys.frame.locator("[data-question]:visible")
    for _ in key:
        question = str(shown.get_attribute("data-question"))
        keys.answer(question, key[question]["type"], key[question]["right"])
        keys.press("[data-action=check]")
        assert keys.has_focus(f'[data-question="{question}"] [data-verdict]')
        assert shown.locator("[data-verdict]").inner_text() == "Riktig", question
        keys.press("[data-action=next-question], [data-action=submit]")
    assert keys.has_focus("[data-results-title]")
