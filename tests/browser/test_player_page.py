"""The player on a plain web server: keyboard, languages, settings, quick exit, two tabs, and what is kept where."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from lokaltmot_lms.build import build_course
from lokaltmot_lms.serve import ServedFile, Server, on_disk
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets.base import BuildOptions
from lokaltmot_lms.trial.answers import right_answer

COURSE = Path(__file__).parents[1] / "player" / "course"
READY = "() => document.documentElement.dataset.ready !== undefined"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course of every question type as a folder for a web server."""
    course = read_course(COURSE).course
    assert course is not None
    out = tmp_path_factory.mktemp("web")
    made = list(build_course(course, targets=["web"], out=out, options=BuildOptions()))
    return next(each.path for each in made if each.kind == "package")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where the folder is served."""

    def found(name: str) -> ServedFile | None:
        path = folder / name
        return on_disk(name, path) if path.is_file() else None

    with Server(found) as server:
        yield server.address


@pytest.fixture
def opened(page: Page, address: str) -> Page:
    """The module on a phone, ready for use."""
    page.set_viewport_size({"width": 390, "height": 700})
    return open_module(page, address)


def open_module(page: Page, address: str) -> Page:
    """Open the module and wait until it is ready."""
    page.goto(f"{address}index.html")
    page.wait_for_function(READY)
    return page


def go_to(page: Page, name: str) -> None:
    """Go to a page by the menu."""
    page.locator("[data-action=menu]").click()
    page.locator(f'[data-goto="{name}"]').click()


def data(page: Page) -> dict:
    """Return the module's JSON."""
    return page.evaluate("() => JSON.parse(document.getElementById('lm-module').textContent)")


@pytest.fixture
def keys(opened: Page, by_keyboard: Callable[..., Any]) -> Any:
    """The keyboard of a learner with the module open."""
    return by_keyboard(opened, opened.main_frame)


def test_the_module_is_done_by_keyboard_alone_on_a_phone(opened: Page, keys: Any) -> None:
    page = opened
    for _ in range(2):
        keys.press("[data-page]:not([hidden]) [data-action=next]")
    keys.press("[data-action=start]")
    questions = data(page)["questions"]
    for _ in questions:
        question = str(page.locator("[data-question]:visible").get_attribute("data-question"))
        asked = questions[question]
        keys.answer(question, asked["type"], right_answer(asked["type"], asked["data"]))
        keys.press("[data-action=check]")
        assert keys.has_focus("[data-verdict]")
        assert page.locator(f'[data-question="{question}"] [data-verdict]').inner_text() in {"Riktig", "Takk"}
        keys.press("[data-action=next-question], [data-action=submit]")
    assert keys.has_focus("[data-results-title]")
    assert page.locator("[data-results-title]").inner_text() == "Bestått"
    assert page.locator("[data-results-score]").inner_text() == "11 av 11"


def test_what_is_missing_is_said_at_the_field(opened: Page) -> None:
    page = opened
    go_to(page, "quiz")
    page.locator("[data-action=start]").click()
    page.locator("[data-action=check]").click()
    error = page.locator('[data-question="avverging"] [data-error]')
    assert error.inner_text() == "Velg et svar først."
    described = str(page.evaluate("() => document.activeElement.getAttribute('aria-describedby')")).split()
    assert error.get_attribute("id") in described
    page.get_by_label("Alle").check()
    page.locator("[data-action=check]").click()
    assert error.is_hidden()
    assert page.locator("[aria-invalid]").count() == 0


def test_another_language_keeps_the_page_and_the_answers(opened: Page) -> None:
    page = opened
    go_to(page, "quiz")
    page.locator("[data-action=start]").click()
    page.get_by_label("Alle").check()
    page.locator("[data-action=check]").click()
    page.locator("[data-action=menu]").click()
    page.locator("dialog[open] [data-action=settings]").click()
    page.locator("select[name=language]").select_option("index.en.html")
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    question = page.locator("[data-question]:visible")
    assert question.locator("h2").inner_text() == "Who must avert?"
    assert question.locator("input:checked").get_attribute("value") == "b"
    assert question.locator("[data-verdict]").inner_text() == "Right"
    page.locator("[data-action=next-question]:visible").click()
    page.locator('[name="sant"][value="a"]').check()
    page.locator("[data-action=check]").click()
    assert page.locator('[data-question="sant"] [data-verdict]').inner_text() == "Right"


def test_a_case_can_be_walked_back_and_shows_its_way(opened: Page) -> None:
    page = opened
    go_to(page, "sofia")
    page.get_by_role("link", name="Ringer foreldrene").click()
    assert page.evaluate("() => document.activeElement.textContent") == "Du ringte"
    assert page.locator("[data-path] li").all_inner_texts() == ["Samtalen", "Du ringte"]
    page.locator("[data-action=case-back]:visible").click()
    assert page.locator("[data-step]:visible h2").inner_text() == "Samtalen"
    assert page.locator("[data-path]").is_hidden()


def test_the_short_path_past_a_notice_counts_the_pages_between_as_seen(opened: Page) -> None:
    page = opened
    page.get_by_role("link", name="Ta den korte veien").click()
    assert page.locator("[data-page]:visible").get_attribute("data-page") == "quiz"
    page.locator("[data-action=menu]").click()
    assert page.locator('[data-goto="sofia"] [data-seen]').inner_text() == "lest"


def test_a_glossary_word_opens_where_it_stands_and_escape_closes_it(opened: Page) -> None:
    word = opened.locator("button[data-term]").first
    word.click()
    assert opened.get_by_text("Noe som hindrer at det går galt.").first.is_visible()
    opened.keyboard.press("Escape")
    assert word.get_attribute("aria-expanded") == "false"


def test_settings_are_kept_on_the_device_and_a_shared_computer_keeps_nothing(opened: Page, address: str) -> None:
    page = opened
    page.locator("[data-action=menu]").click()
    page.locator("dialog[open] [data-action=settings]").click()
    page.locator('[name="text"][value="150"]').check(force=True)
    open_module(page, address)
    assert page.evaluate("() => document.documentElement.dataset.text") == "150"
    page.locator("[data-action=menu]").click()
    page.locator("dialog[open] [data-action=settings]").click()
    page.locator('[name="shared"]').check(force=True)
    page.locator("dialog[open] [data-action=close]").click()
    page.locator("[data-action=next]:visible").click()
    page.wait_for_function("() => Object.keys(sessionStorage).some(key => key.includes('state'))")
    assert page.evaluate("() => Object.keys(localStorage)") == []


def test_a_learner_who_comes_back_is_told_where(opened: Page, address: str) -> None:
    page = opened
    go_to(page, "quiz")
    page.locator("[data-action=start]").click()
    page.get_by_label("Alle").check()
    page.locator("[data-action=check]").click()
    page.wait_for_function("() => document.querySelector('[data-save]').dataset.state === 'saved'")
    open_module(page, address)
    assert page.locator("[data-resume-text]").inner_text() == "Du er på side 3 av 3 (Quiz), spørsmål 2."
    page.locator("[data-action=resume]").click()
    assert page.locator("[data-question]:visible").get_attribute("data-question") == "sant"


def test_two_tabs_do_not_overwrite_each_other(opened: Page, address: str) -> None:
    first, second = opened, opened.context.new_page()
    open_module(second, address)
    for page in (first, second):
        go_to(page, "quiz")
    first.locator("[data-action=start]").click()
    first.get_by_label("Alle").check()
    first.locator("[data-action=check]").click()
    second.wait_for_function("() => document.querySelector('[name=avverging][value=b]').checked")
    assert second.get_by_text("åpen i en annen fane").is_visible()
    second.locator("[data-action=start]").click()
    assert second.locator("[data-question]:visible").get_attribute("data-question") == "sant"
    second.locator('[name="sant"][value="a"]').check()
    second.locator("[data-action=check]").click()
    first.wait_for_function("() => document.querySelector('[name=sant][value=a]').checked")
    third = opened.context.new_page()
    second.close()
    first.close()
    open_module(third, address)
    third.locator("[data-action=resume]").click()
    assert third.locator('[name="avverging"]:checked').get_attribute("value") == "b"
    assert third.locator('[name="sant"]:checked').get_attribute("value") == "a"


def test_a_browser_that_refuses_storage_still_plays(page: Page, address: str) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    open_module(page, address)
    page.locator("[data-action=next]:visible").click()
    page.get_by_text("Ikke lagret ennå").wait_for()
    assert page.locator("[data-page]:visible").get_attribute("data-page") == "sofia"


@pytest.fixture
def leaving(chromium: Browser, address: str) -> Iterator[Callable[[], Page]]:
    """A learner who may leave for the neutral site, which is answered here."""
    context: BrowserContext = chromium.new_context(locale="nb-NO")

    def neutral(route: Route) -> None:
        route.fulfill(body="<title>Været</title>", content_type="text/html")

    context.route("https://www.yr.no/**", neutral)
    yield lambda: open_module(context.new_page(), address)
    context.close()


@pytest.mark.parametrize("way", ["button", "skip link", "shift three times"])
def test_quick_exit_leaves_for_a_neutral_site_and_back_does_not_return(
    leaving: Callable[[], Page], by_keyboard: Callable[..., Any], address: str, way: str
) -> None:
    page = leaving()
    page.locator("[data-action=next]:visible").click()
    if way == "button":
        page.locator("header [data-action=exit]").click()
    elif way == "skip link":
        by_keyboard(page, page.main_frame).press("a.skip[data-action=exit]")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("https://www.yr.no/**")
    page.go_back()
    assert not page.url.startswith(address)


def test_opened_from_disk_the_page_reads_and_says_how_to_preview(chromium: Browser, folder: Path) -> None:
    page = chromium.new_page(locale="nb-NO")
    page.goto((folder / "index.html").as_uri())
    page.get_by_text("lokaltmot vis").wait_for()
    assert page.locator('[data-page="quiz"]').is_visible()
    page.close()


WRITTEN = """async (language) => {
  document.documentElement.lang = language;
  const { locales, written } = await import(new URL("player/dom.js", document.baseURI));
  const at = new Date(2026, 11, 1, 21, 24);
  return [written(66.66), at.toLocaleTimeString(locales(), { timeStyle: "short" }), at.toLocaleDateString(locales())];
}"""


# The Norwegian forms are those of CLDR 46 for nb: comma, 24 hours, day before month.
@pytest.mark.parametrize("language", ["nb", "nn", "no", "nn-NO", "se", "smj", "sma"])
def test_numbers_and_times_are_norwegian_in_an_english_browser(chromium: Browser, address: str, language: str) -> None:
    context = chromium.new_context(locale="en-US")
    try:
        page = open_module(context.new_page(), address)
        number, time, day = page.evaluate(WRITTEN, language)
    finally:
        context.close()
    assert number == "66,66"
    assert time in ("21:24", "21.24")
    assert day.split(".")[:2] == ["1", "12"]


def test_numbers_and_times_of_other_languages_keep_their_own_form(chromium: Browser, address: str) -> None:
    context = chromium.new_context(locale="nb-NO")
    try:
        number, time, _ = open_module(context.new_page(), address).evaluate(WRITTEN, "en")
    finally:
        context.close()
    assert (number, re.sub(r"\s", " ", time)) == ("66.66", "9:24 PM")
