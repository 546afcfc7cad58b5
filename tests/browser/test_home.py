"""The start page of an open course in Chromium: seen by axe on four screens, searched by keyboard, without cookies."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lokaltmot_lms.build import build_course
from lokaltmot_lms.serve import ServedFile, Server, on_disk
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets.base import BuildOptions

from ..axe import findings

SCREENS = {
    "phone-light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "desktop-dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "forced-colours": {"viewport": {"width": 390, "height": 844}, "forced_colors": "active"},
    "narrow-dark": {"viewport": {"width": 320, "height": 700}, "color_scheme": "dark"},
}
COURSE = Path(__file__).parents[2] / "courses" / "lokalt-mot"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site of the course is served."""
    course = read_course(COURSE).course
    assert course is not None
    out = tmp_path_factory.mktemp("site")
    made = list(build_course(course, targets=["web"], out=out, options=BuildOptions()))
    folder = next(each.path for each in made if each.kind == "package")

    def found(name: str) -> ServedFile | None:
        path = folder / name
        return on_disk(name, path) if path.is_file() else None

    with Server(found) as server:
        yield server.address


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    chromium: Browser, address: str, screen: dict[str, object]
) -> None:
    context = chromium.new_context(locale="nb-NO", **screen)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}index.html")
    for details in page.locator("details").all():
        details.locator("summary").click()
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert context.cookies() == []
    context.close()


def test_a_search_by_keyboard_leads_to_the_page_that_was_looked_for(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}index.html")
    page.get_by_role("searchbox").focus()
    page.keyboard.type("taushetsplikt")
    shown = page.locator("[data-entry]:visible")
    expect(shown.first).to_contain_text("aushetsplikt")
    expect(page.get_by_role("status")).to_contain_text(str(shown.count()))
    shown.first.get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/m-*/index.html#*")
    assert all(url.startswith(address) for url in asked)

    page.goto(f"{address}index.html")
    page.get_by_role("searchbox").fill("zzz")
    expect(page.get_by_role("status")).to_have_text("Fant ingenting. Prøv et annet ord.")
    assert page.locator("[data-theme]:visible").count() == 0
