"""Leaving a module by its own button: all is saved first, the session ends once, and a calm page comes after."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Launchable, built, served
from .test_player_lock import COURSE, READY, answer_all, menu

ENDS = {"scorm12": "LMSFinish", "scorm2004": "Terminate"}
OTHER = "---\ntitle: Etter\nid: etter\nversion: 1\nlanguage: nb\n---\n\n# Etterpå {#etterpa}\n\nMer.\n"
YAML = "title: Kurset\nid: kurset\nlanguages: [nb]\nmodules:\n  - lock.md\n  - etter.md\n"


@pytest.fixture
def home(page: Page, tmp_path: Path) -> Iterator[str]:
    """A course with a start page; its address."""
    course = tmp_path / "course"
    course.mkdir()
    shutil.copy(COURSE, course)
    (course / "etter.md").write_text(OTHER, encoding="utf-8")
    (course / "course.yaml").write_text(YAML, encoding="utf-8")
    with served(built(course, "web", tmp_path / "out")) as address:
        yield address


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_the_session_ends_once_and_a_calm_page_says_so(
    on_strict_lms: Callable[[Path], Launchable], tmp_path: Path, standard: str
) -> None:
    launchable = on_strict_lms(built(COURSE, standard, tmp_path))
    launchable.start()
    stage, content = launchable.stage, launchable.stage.content
    menu(content).get_by_role("link", name="Prøv først").click()
    answer_all(content)
    content.get_by_role("button", name="Se resultatet").click()
    content.get_by_role("button", name="Avslutt").last.click()
    heading = content.get_by_role("heading", name="Alt er lagret.")
    expect(heading).to_be_focused()
    assert content.get_by_text("Du kan lukke vinduet.").is_visible()
    # Nothing is left to press but the way out; who one can talk to stands there still.
    assert content.get_by_role("button").count() == 0
    assert content.get_by_role("link", name="Forlat siden", exact=True).is_visible()
    assert stage.phase() == "ended"
    stage.leave()
    assert [call.name for call in stage.calls()].count(ENDS[standard]) == 1


def test_nothing_is_left_before_it_is_saved(on_strict_lms: Callable[[Path], Launchable], tmp_path: Path) -> None:
    launchable = on_strict_lms(built(COURSE, "scorm12", tmp_path))
    launchable.start()
    stage, content = launchable.stage, launchable.stage.content
    stage.settle()
    stage.break_with(commit="false")
    content.get_by_role("link", name="Neste: Prøv først").click()
    content.get_by_text("Ikke lagret ennå").first.wait_for()
    menu(content).get_by_role("button", name="Avslutt").click()
    content.get_by_role("dialog").get_by_role("button", name="Lukk").click()
    assert content.get_by_role("heading", name="Prøv først").is_visible()
    assert stage.phase() == "open"
    stage.break_with(commit="")
    menu(content).get_by_role("button", name="Avslutt").click()
    expect(content.get_by_role("heading", name="Alt er lagret.")).to_be_visible()


def test_one_who_looks_through_is_told_that_nothing_is_saved(
    on_strict_lms: Callable[[Path], Launchable], tmp_path: Path
) -> None:
    launchable = on_strict_lms(built(COURSE, "scorm2004", tmp_path))
    launchable.stage.begin(mode="browse")
    content = launchable.stage.content
    content.locator("html[data-ready]").wait_for()
    menu(content).get_by_role("button", name="Avslutt").click()
    expect(content.get_by_role("heading", name="Ingenting lagres her.")).to_be_visible()


def test_an_open_course_leads_back_to_its_start_page(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_role("link", name="Lås", exact=True).click()
    page.wait_for_function(READY)
    menu(page).get_by_role("link", name="Prøv først").click()
    answer_all(page)
    page.get_by_role("button", name="Se resultatet").click()
    page.get_by_role("link", name="Avslutt").click()
    page.wait_for_url(home)


def test_the_list_of_pages_leads_to_the_very_page(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_text("Hva du lærer, og sidene").first.click()
    page.get_by_role("link", name="Prøv først").click()
    page.wait_for_function(READY)
    assert page.get_by_role("heading", name="Prøv først").is_visible()
    assert page.get_by_role("heading", name="Start").is_hidden()
