"""axe-core, someone else's judge, on every page and every question type, with an error and after answering."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from lokaltmot_lms.questions import QUESTION_TYPES

from ..axe import findings
from .conftest import built, served

COURSE = Path(__file__).parents[1] / "player" / "course"
# What colours can change, and what a screen's width can; all else is the same document on all nine screens.
BY_COLOURS = ["color-contrast", "link-in-text-block"]
BY_WIDTH = ["target-size", "scrollable-region-focusable"]
WIDTHS = {320: 700, 390: 844, 1280: 900}
COLOURS: tuple[dict[str, Any], ...] = (
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
)
# Whatever is pressed or chosen is 44 px each way; a word in running text may be smaller (WCAG 2.5.8).
SMALL = """() => [...document.querySelectorAll(
    "button, select, summary, a.button, .exit, .option label, input[type=text]")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest("p:not(.row), li > span"))
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
  .map(([html, box]) => [html, Math.round(box.width), Math.round(box.height)])"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(built(COURSE, "web", tmp_path_factory.mktemp("web"))) as address:
        yield address


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(built(COURSE.parent / "lock" / "lock.md", "web", tmp_path_factory.mktemp("web"))) as address:
        yield address


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(locale="nb-NO", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("() => document.documentElement.dataset.ready !== undefined")
    yield page
    context.close()


def test_axe_finds_nothing_and_all_fits_on_nine_screens(tab: Page) -> None:
    found: list[tuple[str, Any]] = []

    def look(where: str) -> None:
        found.extend((where, finding) for finding in findings(tab))
        for colours in COLOURS:
            tab.emulate_media(**colours)
            found.extend((f"{where} {colours}", finding) for finding in findings(tab, BY_COLOURS))
        tab.emulate_media(**COLOURS[0])
        for width, height in WIDTHS.items():
            tab.set_viewport_size({"width": width, "height": height})
            screen = f"{where} {width} px"
            found.extend((screen, finding) for finding in findings(tab, BY_WIDTH))
            found.extend((screen, small) for small in tab.evaluate(SMALL))
            if tab.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
                found.append((screen, "sideways scroll"))
        tab.set_viewport_size({"width": 390, "height": 844})
        tall = tab.evaluate("() => document.querySelector('header').getBoundingClientRect().height")
        if tall > 64:
            found.append((where, f"a header of {tall} px"))

    seen = _walk(tab, look)
    assert found == []
    assert seen == set(QUESTION_TYPES)


@pytest.mark.heavy
@pytest.mark.parametrize("colours", COLOURS, ids=["light", "dark", "forced"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_this_screen_in_these_colours(tab: Page, width: int, colours: dict[str, Any]) -> None:
    found: list[tuple[str, Any]] = []

    def look(where: str) -> None:
        found.extend((where, finding) for finding in findings(tab))
        found.extend((where, small) for small in tab.evaluate(SMALL))
        if tab.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
            found.append((where, "sideways scroll"))

    tab.set_viewport_size({"width": width, "height": WIDTHS[width]})
    tab.emulate_media(**colours)
    seen = _walk(tab, look)
    assert found == []
    assert seen == set(QUESTION_TYPES)


@pytest.mark.parametrize("colours", COLOURS, ids=["light", "dark", "forced"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_where_a_page_is_locked_nor_at_the_end(
    chromium: Browser, locked: str, width: int, colours: dict[str, Any]
) -> None:
    context = chromium.new_context(locale="nb-NO", viewport={"width": width, "height": WIDTHS[width]}, **colours)
    tab = context.new_page()
    tab.goto(locked)
    tab.locator("html[data-ready]").wait_for()
    tab.locator("[data-goto=slutt]").dispatch_event("click")
    found = [("locked", finding) for finding in findings(tab)]
    tab.locator("[data-action=menu]").click()
    found += [("the menu", finding) for finding in findings(tab)]
    tab.locator("dialog [data-action=finish]").click()
    found += [("the end", finding) for finding in findings(tab)]
    found += [("the end", small) for small in tab.evaluate(SMALL)]
    context.close()
    assert found == []


def _walk(tab: Page, look: Callable[[str], None]) -> set[str]:
    """Look at every page, every question in its three states, the result and the dialogs. Returns the types met."""
    seen: set[str] = set()
    for _ in range(tab.locator("[data-page]").count()):
        look(tab.title())
        if tab.locator("[data-action=start]:visible").count():
            seen |= _take_quiz(tab, look)
        following = tab.locator("[data-action=next]:visible")
        if following.count():
            following.click()
    for dialog in ("menu", "settings"):
        tab.locator(f"[data-action={dialog}]:visible").first.click()
        look(dialog)
    return seen


def _take_quiz(tab: Page, look: Callable[[str], None]) -> set[str]:
    seen = set()
    tab.locator("[data-action=start]:visible").click()
    while tab.locator("[data-question]:visible").count():
        question = tab.locator("[data-question]:visible")
        kind = question.get_attribute("data-type") or ""
        seen.add(kind)
        if kind != "ordering":
            tab.locator("[data-action=check]:visible").click()
        look(f"{kind} without an answer")
        _answer(question, kind)
        tab.locator("[data-action=check]:visible").click()
        look(f"{kind} after it is marked")
        tab.locator("[data-action=next-question]:visible, [data-action=submit]:visible").click()
    look("result")
    return seen


def _answer(question: Locator, kind: str) -> None:
    if kind == "ordering":
        question.locator("[data-move=down]").first.click()
    for field in question.locator("input[type=text]").all():
        field.fill("7")
    for menu in question.locator("select").all():
        menu.select_option(index=1)
    for name in {each.get_attribute("name") for each in question.locator("[type=radio], [type=checkbox]").all()}:
        question.locator(f"[name='{name}']").first.check()
