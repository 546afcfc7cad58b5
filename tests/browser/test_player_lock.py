"""A page that waits for answers: only where an author wants it, with the reason in sight, and open once answered."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, Route, expect

from .conftest import Launchable, built, served

COURSE = Path(__file__).parents[1] / "player" / "lock" / "lock.md"
READY = "() => document.documentElement.dataset.ready !== undefined"
REASON = "Resten av modulen bygger på det du svarer her."
HEARD = "() => document.activeElement.textContent"


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Iterator[Page]:
    """The module on a phone."""
    with served(built(COURSE, "web", tmp_path)) as address:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(address)
        page.wait_for_function(READY)
        yield page


def menu(page: Page | FrameLocator) -> Locator:
    """Open the contents."""
    page.get_by_role("button", name="Innhold").click()
    return page.get_by_role("dialog")


def answer_all(page: Page | FrameLocator) -> None:
    """Go through the locked quiz; one answer is wrong, which is as good as a right one here."""
    page.get_by_role("button", name="Begynn på spørsmålene").click()
    page.get_by_role("radio", name="Bare politiet").check()
    page.get_by_role("button", name="Sjekk svaret").click()
    page.get_by_role("button", name="Neste spørsmål").click()
    page.get_by_role("radio", name="Sant", exact=True).check()
    page.get_by_role("button", name="Sjekk svaret").click()


def test_the_reason_is_seen_heard_and_in_the_menu_until_all_is_answered(opened: Page) -> None:
    page = opened
    page.get_by_role("link", name="Neste: Prøv først").focus()
    page.keyboard.press("Enter")
    assert page.get_by_text(REASON).is_visible()
    following = page.get_by_role("link", name="Neste: Videre")
    expect(following).to_have_accessible_description(f"Neste side åpner når du har svart på spørsmålene her. {REASON}")
    assert following.get_attribute("aria-disabled") == "true"
    # It can be reached and pressed by keyboard, and then says why: the focus goes to the reason.
    following.focus()
    page.keyboard.press("Enter")
    assert REASON in page.evaluate(HEARD)
    assert page.get_by_role("heading", name="Prøv først").is_visible()

    dialog = menu(page)
    assert [row.inner_text().split("\n")[-1] for row in dialog.get_by_role("listitem").all()] == [
        "lest", "lest", "låst", "låst",
    ]  # fmt: skip
    dialog.get_by_role("link", name="Slutt").press("Enter")
    assert REASON in page.evaluate(HEARD)

    answer_all(page)
    expect(page.locator("[data-say]")).to_have_text("Neste side er åpen.")
    assert page.get_by_text(REASON).is_hidden()
    page.get_by_role("button", name="Se resultatet").click()
    # A new try closes nothing.
    page.get_by_role("button", name="Øv på").click()
    dialog = menu(page)
    assert dialog.get_by_text("låst").count() == 0
    dialog.get_by_role("link", name="Slutt").click()
    assert page.get_by_role("heading", name="Slutt").is_visible()


def test_a_page_before_the_lock_leads_to_where_the_reason_stands(opened: Page) -> None:
    page = opened
    menu(page).get_by_role("link", name="Videre").press("Enter")
    assert page.get_by_role("heading", name="Prøv først").is_visible()
    assert REASON in page.evaluate(HEARD)
    # The way out is open from a locked page as from any.
    assert page.get_by_role("link", name="Forlat siden", exact=True).is_visible()


def test_the_lock_holds_before_the_rest_of_the_player_has_come(opened: Page) -> None:
    page = opened
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/player/later.js", hold)
    page.reload()
    page.wait_for_function("() => document.documentElement.dataset.script === undefined")
    page.get_by_role("link", name="Neste: Prøv først").click()
    assert page.get_by_role("heading", name="Prøv først").is_visible()
    page.get_by_role("link", name="Neste: Videre").click()
    assert page.get_by_role("heading", name="Prøv først").is_visible()
    page.get_by_role("link", name="Forrige").click()
    assert page.get_by_role("heading", name="Start").is_visible()
    for route in held:
        route.continue_()
    page.wait_for_function(READY)
    menu(page).get_by_role("link", name="Videre").press("Enter")
    assert REASON in page.evaluate(HEARD)


def test_without_script_nothing_is_locked(opened: Page, chromium: Browser) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(opened.url)
    assert page.get_by_role("heading", name="Slutt").is_visible()
    assert page.get_by_text(REASON).is_hidden()
    page.close()


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_the_lock_holds_and_opens_over_a_killed_tab(
    on_strict_lms: Callable[[Path], Launchable], tmp_path: Path, standard: str
) -> None:
    launchable = on_strict_lms(built(COURSE, standard, tmp_path))
    launchable.start()
    stage = launchable.stage
    menu(stage.content).get_by_role("link", name="Slutt").press("Enter")
    assert stage.content.get_by_text(REASON).is_visible()
    stage.kill()
    stage.open()
    launchable.start()
    menu(stage.content).get_by_role("link", name="Slutt").press("Enter")
    assert stage.content.get_by_text(REASON).is_visible()
    answer_all(stage.content)
    stage.settle()
    stage.kill()
    stage.open()
    launchable.start()
    menu(stage.content).get_by_role("link", name="Slutt").click()
    assert stage.content.get_by_role("heading", name="Slutt").is_visible()


@pytest.mark.parametrize(("standard", "mode"), [("scorm12", "review"), ("scorm12", "browse"), ("scorm2004", "review")])
def test_one_who_looks_through_is_never_locked_out(
    on_strict_lms: Callable[[Path], Launchable], tmp_path: Path, standard: str, mode: str
) -> None:
    launchable = on_strict_lms(built(COURSE, standard, tmp_path))
    launchable.stage.begin(mode=mode)
    content = launchable.stage.content
    content.locator("html[data-ready]").wait_for()
    assert menu(content).get_by_text("låst").count() == 0
    content.get_by_role("dialog").get_by_role("link", name="Slutt").click()
    assert content.get_by_role("heading", name="Slutt").is_visible()
