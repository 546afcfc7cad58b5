"""The preview: a change on the same page with answers kept, problems in the panel, every call shown."""

import http.client
import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lokaltmot_lms.preview import Preview
from lokaltmot_lms.resources import shipped

from ..waiting import PATIENCE

MODULE = "01-en-trygg-samtale.md"
SECOND = """---
tittel: Den andre modulen
id: den-andre
versjon: 2026.1
---

# Bare en side {#bare-en}

Tekst på den andre.
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped("starter"), tmp_path / "kurs"))


@pytest.fixture
def preview(course: Path, request: pytest.FixtureRequest) -> Iterator[Preview]:
    """A preview as SCORM, or as a test names it. It outlives the page, which would complain of what does not answer."""
    with Preview(course, language="en", target=getattr(request, "param", "scorm12")) as running:
        yield running


def change(course: Path, old: str, new: str) -> None:
    source = course / MODULE
    text = source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, new), encoding="utf-8")


def port_of(preview: Preview) -> int:
    return int(preview.address.rstrip("/").rpartition(":")[2])


def test_a_change_shows_on_the_same_page_with_answers_kept(course: Path, preview: Preview, page: Page) -> None:
    page.goto(preview.address)
    content = page.frame_locator("#content")
    for here in ("rommet", "spor-apent"):
        content.locator(f'[data-page="{here}"] [data-turn] [data-action="next"]').click()
    content.locator('[data-action="start"]').click()
    content.locator('[name="hvor"][value="b"]').check()
    content.locator('[data-action="check"]').click()
    content.locator('[data-action="next-question"]').click()
    content.locator('[name="apne"][value="a"]').check()
    launches = page.evaluate("() => lms.launches")

    change(course, "Hvilke spørsmål er åpne?", "Hvilke av disse er åpne?")

    expect(content.get_by_role("heading", name="Hvilke av disse er åpne?")).to_be_visible()
    expect(content.locator('[name="apne"][value="a"]')).to_be_checked()
    content.locator('[data-action="prev-question"]').click()
    expect(content.locator('[name="hvor"][value="b"]')).to_be_checked()
    assert page.evaluate("() => lms.launches") == launches, "the session goes on"


def test_a_changed_right_answer_begins_a_new_session_on_the_same_page(
    course: Path, preview: Preview, page: Page
) -> None:
    page.goto(preview.address)
    content = page.frame_locator("#content")
    content.locator('[data-page="rommet"] [data-turn] [data-action="next"]').click()
    expect(content.locator('[data-page="spor-apent"]')).to_be_visible()

    change(course, "Svar: 112", "Svar: 110")

    page.wait_for_function("() => lms.launches > 1 && lms.runtime.phase === 'open'")
    expect(content.locator('[data-page="spor-apent"]')).to_be_visible()


def test_a_broken_source_is_told_while_the_last_good_version_stays(course: Path, preview: Preview, page: Page) -> None:
    page.goto(preview.address)
    content = page.frame_locator("#content")
    expect(content.get_by_role("heading", name="Gjør klar rommet")).to_be_visible()

    change(course, "- (x) I et rom", "- ( ) I et rom")

    problem = page.get_by_role("listitem").filter(has_text="LM204")
    expect(problem).to_contain_text(f"{MODULE}:")
    expect(page.get_by_role("status")).to_have_text("The source has errors. You see the last version without errors.")
    expect(content.get_by_role("heading", name="Gjør klar rommet")).to_be_visible()

    change(course, "- ( ) I et rom", "- (x) I et rom")

    expect(page.get_by_role("status")).to_contain_text("Shows your last save")
    expect(problem).to_have_count(0)


def test_the_panel_shows_calls_state_and_what_is_refused(preview: Preview, page: Page) -> None:
    page.goto(preview.address)
    calls = page.get_by_role("list", name="Calls")
    expect(calls.get_by_role("listitem").first).to_contain_text('LMSInitialize("") → "true"')
    expect(page.get_by_text("of 4096 characters")).to_be_visible()
    page.evaluate("() => API.LMSSetValue('cmi.core.exit', 'normal')")
    refused = calls.get_by_role("listitem").last
    expect(refused).to_contain_text("refused: cmi.core.exit: must be one of")
    page.get_by_label("Only what was refused").check()
    expect(calls.get_by_role("listitem")).to_have_count(1)
    expect(refused).to_contain_text("405")


def test_a_platform_that_does_not_answer_can_be_tried(preview: Preview, page: Page) -> None:
    page.goto(preview.address)
    content = page.frame_locator("#content")
    expect(content.locator("[data-bar]")).to_be_hidden()
    page.get_by_label("The platform does not answer").check()
    content.locator('[data-page="rommet"] [data-turn] [data-action="next"]').click()
    expect(content.locator("[data-bar]")).to_be_visible()
    page.get_by_label("The platform does not answer").uncheck()
    expect(content.locator("[data-bar]")).to_be_hidden()


def test_the_panel_folds_away(preview: Preview, page: Page) -> None:
    page.goto(preview.address)
    toggle = page.get_by_role("button", name="Panel")
    toggle.click()
    expect(page.get_by_role("complementary")).to_be_hidden()
    assert toggle.get_attribute("aria-expanded") == "false"


def test_every_module_of_a_course_is_in_the_list(course: Path, preview: Preview, page: Page) -> None:
    page.goto(preview.address)
    (course / "02-den-andre.md").write_text(SECOND, encoding="utf-8")
    listing = course / "course.yaml"
    text = listing.read_text(encoding="utf-8")
    listing.write_text(text.replace(f"  - {MODULE}\n", f"  - {MODULE}\n  - 02-den-andre.md\n"), encoding="utf-8")
    page.get_by_role("link", name="Den andre modulen").click()
    expect(page.frame_locator("#content").get_by_text("Tekst på den andre.")).to_be_visible()


def test_only_the_module_that_changed_is_said_to_have_changed(course: Path, preview: Preview) -> None:
    before = preview.reading
    connection = http.client.HTTPConnection("127.0.0.1", port_of(preview), timeout=PATIENCE)
    connection.request("GET", "/events")
    change(course, "Noen vil snakke med deg", "Noen ønsker å snakke med deg")
    news = json.loads(connection.getresponse().readline().removeprefix(b"data: "))
    connection.close()
    assert news["number"] == before.number + 1
    assert news["versions"] == {"en-trygg-samtale": news["number"]}
    assert news["isShown"] is True


def test_a_file_outside_the_module_is_not_served(preview: Preview) -> None:
    for path in ("course.yaml", "m/en-trygg-samtale/package/../course.yaml", "m/nobody/", "../etc/passwd"):
        with socket.create_connection(("127.0.0.1", port_of(preview)), timeout=PATIENCE) as raw:
            raw.sendall(f"GET /{path} HTTP/1.0\r\nHost: {preview.address[7:-1]}\r\n\r\n".encode())
            assert raw.recv(100).split(b"\r\n")[0] == b"HTTP/1.1 404 Not Found"


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A tab whose requests nobody looks at: what a page sends as it goes is lost while somebody does."""
    context = chromium.new_context(locale="nb-NO")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("preview", ["cmi5"], indirect=True)
def test_as_cmi5_the_panel_shows_what_is_said_and_what_is_kept(course: Path, preview: Preview, tab: Page) -> None:
    tab.goto(preview.address)
    content = tab.frame_locator("#content")
    calls = tab.get_by_role("list", name="Calls")
    expect(calls.get_by_role("listitem").first).to_contain_text('POST fetch() → "200"')
    expect(calls).to_contain_text('("initialized")')
    expect(content.locator("html[data-ready]")).to_be_attached()
    content.locator('[data-page="rommet"] [data-turn] [data-action="next"]').click()
    expect(calls.get_by_role("listitem").last).to_contain_text('PUT activities/state("lokaltmot") → "204"')
    expect(tab.get_by_text("characters", exact=False)).not_to_contain_text("of")

    change(course, "Svar: 112", "Svar: 110")

    expect(calls).to_contain_text('("terminated")')
    tab.wait_for_function("() => lms.launches > 1 && lms.runtime.phase === 'open'")
    expect(content.locator('[data-page="spor-apent"]')).to_be_visible()
    tab.get_by_role("button", name="New learner").click()
    expect(content.locator('[data-page="rommet"]')).to_be_visible()
    assert tab.evaluate("() => lms.calls.filter(call => call.refused)") == []
