"""The teacher's page in Chromium: seen by axe on four screens, used by keyboard alone, and without cookies."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from lti_app.store.engine import reading
from lti_app.store.schema import grade_queue

from ...axe import findings
from .classroom import Classroom
from .served_report import ServedReport, fill, serve_report

SCREENS = ((320, 640), (650, 600), (800, 600), (1280, 860))


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A teacher's tab; an error of the page fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, locale="nb-NO")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedReport]:
    with serve_report(tmp_path) as made:
        yield made


@pytest.fixture
def room(served: ServedReport) -> Classroom:
    made = served.classroom()
    fill(made)
    return made


def _open(tab: Page, served: ServedReport, room: Classroom, path: str = "/report", **claims: Any) -> None:
    home, cookie = served.session(room, **claims)
    secure = served.origin.replace("http:", "https:")  # the protocol takes no __Host- cookie for plain http
    whole: Any = {**cookie, "url": secure, "secure": True, "httpOnly": True, "sameSite": "None"}
    tab.context.add_cookies([whole])
    tab.goto(f"{served.origin}{home}{path}")


def _press(tab: Page, name: str) -> None:
    """Tab to a link or button by its name, and press Enter."""
    for _ in range(80):
        tab.keyboard.press("Tab")
        if tab.evaluate("() => document.activeElement.textContent.trim()").startswith(name):
            tab.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reached {name}")


def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    tab: Page, served: ServedReport, room: Classroom
) -> None:
    served.classroom(link="2")
    empty = served.classroom(link="4", course="6")
    unbound = served.classroom(link="3", course="5", module=None)
    roster = served.tell_roster()
    found: list[tuple[str, Any]] = []
    pages: tuple[tuple[Classroom, str, dict[str, Any]], ...] = (
        (room, "/report?names=1", {"roster": roster}),
        (room, "/report/course", {}),
        (empty, "/report", {}),
        (unbound, "/report", {}),
        (room, "/setup", {"role": "admin"}),
    )
    for where, path, claims in pages:
        _open(tab, served, where, path, **claims)
        for one in tab.locator("details").all():
            one.evaluate("one => { one.open = true; }")
        for colours in ("light", "dark"):
            tab.emulate_media(color_scheme=colours)
            found += [(f"{path} {colours}", finding) for finding in findings(tab)]
        for width, height in SCREENS:
            tab.set_viewport_size({"width": width, "height": height})
            found += [(f"{path} {width}", finding) for finding in findings(tab)]
            if tab.evaluate("() => document.documentElement.scrollWidth > innerWidth"):
                found.append((f"{path} {width}", "wider than the screen"))
    assert found == []


def test_by_keyboard_alone_names_are_shown_and_grades_sent_again(
    tab: Page, served: ServedReport, room: Classroom
) -> None:
    _open(tab, served, room, roster=served.tell_roster())
    _press(tab, "Vis navn")
    tab.get_by_text("Navnene er hentet fra læringsplattformen nå.").wait_for()
    assert tab.get_by_role("rowheader", name="Jon Vik").count() == 2  # stuck, and his grade has not arrived
    question = tab.get_by_role("row").filter(has_text="Hvor bør dere sitte?")
    assert question.get_by_text("I gangen, der det er lett å møtes").is_hidden()
    _press(tab, "Hva ble svart: Hvor bør dere sitte?")
    question.get_by_text("I gangen, der det er lett å møtes").wait_for()
    tab.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    _press(tab, "Send 2 resultater på nytt")
    tab.get_by_role("button", name="på nytt").wait_for(state="detached")
    with reading(served.tool.engine) as connection:
        assert sorted(connection.execute(select(grade_queue.c.status)).scalars())[2:] == ["waiting"] * 3


def test_the_module_opens_as_a_preview_that_keeps_nothing(tab: Page, served: ServedReport, room: Classroom) -> None:
    _open(tab, served, room)
    tab.get_by_role("link", name="Se modulen").click()
    tab.locator("html[data-ready]").wait_for()
    assert tab.get_by_role("heading", level=1, name="Gjør klar rommet").is_visible()
    tab.get_by_role("button", name="Innhold").click()
    tab.get_by_role("link", name="Slik går det").click()
    tab.get_by_role("heading", name="Slik går det").wait_for()
    assert "8 deltakere" in tab.locator("header").inner_text()


def test_a_browser_without_cookies_sees_it_all(tab: Page, served: ServedReport, room: Classroom) -> None:
    home, cookie = served.session(room, carried=True, roster=served.tell_roster())
    tab.goto(f"{served.origin}{home}/report#lm={cookie['value']}")
    tab.get_by_role("link", name="Vis navn").click()
    tab.get_by_text("Navnene er hentet fra læringsplattformen nå.").wait_for()
    section = tab.get_by_role("region", name="Deltakere")
    with tab.expect_download() as saved:
        section.get_by_role("link", name="CSV").click()
    assert saved.value.suggested_filename.startswith("learners-")
    rows = list(csv.DictReader(io.StringIO(saved.value.path().read_text("utf-8-sig")), delimiter=";"))
    assert len(rows) == 9
    assert tab.get_by_role("heading", name="Slik går det").is_visible()
    tab.get_by_role("button", name="Send 2 resultater på nytt").click()
    tab.get_by_role("button", name="på nytt").wait_for(state="detached")
    tab.get_by_role("heading", name="Slik går det").wait_for()
    assert cookie["value"] not in tab.url


def test_a_teacher_binds_a_link_by_its_card(tab: Page, served: ServedReport) -> None:
    _open(tab, served, served.classroom(link="3", module=None))
    tab.get_by_role("heading", name="Hvilken modul hører til denne lenken?").wait_for()
    assert tab.locator("#add").is_disabled()
    tab.get_by_label("En trygg samtale").check()
    tab.get_by_role("button", name="Bruk denne modulen").click()
    tab.get_by_text("Ingen har åpnet modulen ennå.").wait_for()
