"""The learner's own pages in a browser that keeps no cookie of ours: by keyboard, judged by axe, on every width."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from lti_app.store.engine import reading
from lti_app.store.schema import person

from ...axe import findings
from ..built_courses import build
from ..served import ServedTool, serve_tool

WIDTHS = {320: 640, 390: 844, 650: 666, 1280: 900}
OTHER = "alle-typer-lti"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedTool]:
    """A tool with two modules."""
    build("courses/eksempel", tmp_path)
    build("tests/courses/alle-typer", tmp_path)
    with serve_tool(tmp_path) as made:
        made.module = tmp_path / "eksempel-en-trygg-samtale-lti"
        yield made


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A learner's phone; an error of the page fails the test."""
    wrong: list[str] = []
    tab = chromium.new_page(viewport={"width": 390, "height": 844}, locale="nb-NO")
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield tab
    tab.close()  # with its context
    assert wrong == []


def _enter(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.locator("html[data-ready]").wait_for()


def _press(page: Page, words: str) -> None:
    """Go on with the tab key to what is named so, and press Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate("() => document.activeElement.textContent.trim()")
        if words in focused:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"The tab key did not reach {words!r}.")


def test_from_the_module_to_my_modules_and_into_another_by_keyboard(served: ServedTool, page: Page) -> None:
    _enter(page, served.session(link="2", module=OTHER, settings={"due": "2097-03-01"}))
    expect(page.locator("[data-due]")).to_have_text("Frist 1. mars 2097.")
    _enter(page, served.session())
    _press(page, "Innhold")
    _press(page, "Mine moduler")
    expect(page.get_by_role("heading", name="Mine moduler")).to_be_visible()
    expect(page.get_by_text("Frist 1. mars 2097.")).to_be_visible()
    _press(page, "Fortsett: Alle typer")
    page.locator("html[data-ready]").wait_for()
    expect(page.locator("[data-resume]")).to_be_hidden()
    assert page.title().endswith("Alle typer: en prøve")
    assert "#" not in page.url


def test_a_link_to_another_page_and_the_way_back_keep_the_session(served: ServedTool, page: Page) -> None:
    _enter(page, served.session())
    page.get_by_role("link", name="Tilgjengelighet").click()
    expect(page.get_by_role("heading", name="Tilgjengelighet")).to_be_visible()
    page.go_back()
    page.locator("html[data-ready]").wait_for()


def test_my_data_are_seen_taken_along_and_deleted_by_keyboard(served: ServedTool, page: Page) -> None:
    address = served.session()
    _enter(page, address)
    with reading(served.tool.engine) as connection:
        (known,) = connection.execute(select(person)).all()
    page.get_by_role("link", name="Se hva, og hvordan du sletter det").click()
    expect(page.get_by_text(known.pseudonym)).to_be_visible()
    with page.expect_download() as begun:
        page.get_by_role("link", name="Last ned dataene mine").click()
    assert begun.value.suggested_filename == "lokalt-mot-data.json"
    told = json.loads(Path(begun.value.path()).read_text(encoding="utf-8"))
    assert [one["pseudonym"] for one in told["person"]] == [known.pseudonym]
    page.evaluate("() => localStorage.setItem('lokaltmot:lti:left', '[]')")

    _press(page, "Slett dataene mine")
    expect(page.get_by_role("heading", name="Slette alt sammen?")).to_be_visible()
    _press(page, "Slett alt sammen")
    expect(page.get_by_role("heading", name="Det er slettet")).to_be_visible()
    with reading(served.tool.engine) as connection:
        assert connection.execute(select(person)).all() == []
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('lokaltmot:lti:'))")


def _pages(served: ServedTool) -> dict[str, str]:
    closed = served.session(link="3", module=OTHER, settings={"available": "2097-03-01"})
    address = served.session()
    return {
        "home": address.replace("/#", "/home#"),
        "data": address.replace("/#", "/data#"),
        "delete": address.replace("/#", "/data/delete#"),
        "closed": closed,
    }


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    served: ServedTool, chromium: Browser, colours: Any
) -> None:
    context = chromium.new_context(locale="nb-NO", color_scheme=colours)
    page = context.new_page()
    _enter(page, served.session(link="2", module=OTHER, settings={"due": "2026-03-01"}))
    _enter(page, served.session(link="4", module=OTHER, course="Et annet kurs"))
    _enter(page, served.session())
    for name, address in _pages(served).items():
        page.goto("about:blank")
        page.goto(address)
        page.locator("main.learner").wait_for()
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            assert (name, width, findings(page)) == (name, width, [])
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), (name, width)


def test_leaving_empties_the_page_and_goes_to_a_neutral_place(served: ServedTool, page: Page) -> None:
    address = served.session(module=OTHER)
    _enter(page, address)
    page.route("https://www.yr.no/**", lambda route: route.fulfill(body="weather"))
    page.goto("about:blank")
    page.goto(address.replace("/#", "/home#"))
    page.locator("#leave").wait_for()
    page.wait_for_load_state("networkidle")  # the script of the page stands
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.yr.no/**")
