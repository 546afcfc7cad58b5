"""What the tool, or something between, refuses never stops what comes after it; a learner in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route
from sqlalchemy import select

from lti_app.store.engine import reading
from lti_app.store.schema import attempt, resource_link

from ..built_courses import build
from ..served import ServedTool, serve_tool


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedTool]:
    build("tests/player/typed/skriv.md", tmp_path)
    with serve_tool(tmp_path) as made:
        yield made


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="nb-NO")
    yield context.new_page()
    context.close()


def _open(page: Page, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.locator("html[data-ready]").wait_for()


def _start(page: Page) -> None:
    page.locator("[data-page]:visible [data-action=next]").first.click()
    page.get_by_role("button", name="Begynn").click()


def _answer(page: Page, text: str) -> None:
    page.locator("[data-question]:visible input").fill(text)
    page.get_by_role("button", name="Sjekk svaret").click()


def _answers(served: ServedTool) -> dict[str, dict[str, object]]:
    """What is stored, by the platform's id of the link."""
    with reading(served.tool.engine) as connection:
        rows = connection.execute(
            select(resource_link.c.link_id, attempt.c.state).join(attempt, attempt.c.link_id == resource_link.c.id)
        ).all()
    return {row.link_id: {id_: one["answer"] for id_, one in row.state.get("answers", {}).items()} for row in rows}


def _refuse_tags(route: Route) -> None:
    """A firewall that takes markup for an attack."""
    if "<" in (route.request.post_data or ""):
        route.fulfill(status=403, body="<h1>Blocked</h1>", content_type="text/html")
    else:
        route.continue_()


@pytest.mark.parametrize("text", ["я" * 1000, "ع" * 1000, "å" * 1000])
def test_a_long_answer_in_any_alphabet_is_stored(served: ServedTool, page: Page, text: str) -> None:
    _open(page, served.session())
    _start(page)
    _answer(page, text)
    page.locator("[data-question=hvem] [data-verdict]").wait_for(state="visible")
    assert _answers(served) == {"1": {"hvem": text}}


def test_a_field_takes_no_more_than_can_be_stored(served: ServedTool, page: Page) -> None:
    _open(page, served.session())
    _start(page)
    field = page.locator("[data-question=hvem] input")
    field.focus()
    page.keyboard.insert_text("a" * 3000)
    assert len(field.input_value()) == 1000


def test_an_answer_that_something_between_refuses_holds_up_nothing(served: ServedTool, page: Page) -> None:
    page.route("**/events", _refuse_tags)
    _open(page, served.session())
    _start(page)
    _answer(page, "<b>politiet")
    page.get_by_text("Svaret kunne ikke lagres. Endre det, og sjekk på nytt.").wait_for()
    _answer(page, "politiet")
    page.locator("[data-question=hvem] [data-verdict][data-state=right]").wait_for(state="visible")
    page.locator("[data-action=next-question]:visible").click()
    _answer(page, "alle")
    page.locator("[data-question=fyll] [data-verdict][data-state=right]").wait_for(state="visible")
    assert _answers(served) == {"1": {"hvem": "politiet", "fyll": {"1": "alle"}}}
    assert page.locator("[data-save]").get_attribute("data-state") == "saved"


def test_the_answer_is_tried_once_more_when_the_module_is_opened_again(served: ServedTool, page: Page) -> None:
    page.route("**/events", _refuse_tags)
    _open(page, served.session())
    _start(page)
    _answer(page, "<b>politiet")
    page.get_by_text("Svaret kunne ikke lagres. Endre det, og sjekk på nytt.").wait_for()
    assert _answers(served) == {"1": {}}
    page.unroute("**/events")
    with page.expect_response("**/events"):
        _open(page, served.session())
    page.locator("[data-save][data-state=saved]").wait_for(state="attached")
    assert _answers(served) == {"1": {"hvem": "<b>politiet"}}


def test_an_answer_that_is_too_long_for_the_tool_is_said_at_the_question(served: ServedTool, page: Page) -> None:
    _open(page, served.session())
    _start(page)
    page.locator("[data-question=hvem] input").evaluate("field => field.removeAttribute('maxlength')")
    _answer(page, "a" * 9000)
    page.get_by_text("Svaret er for langt. Kort det ned, og sjekk på nytt.").wait_for()
    _answer(page, "politiet")
    page.locator("[data-question=hvem] [data-verdict][data-state=right]").wait_for(state="visible")
    assert _answers(served) == {"1": {"hvem": "politiet"}}


def test_what_one_placement_could_not_send_is_never_sent_to_another(served: ServedTool, page: Page) -> None:
    _open(page, served.session(link="1"))
    _start(page)
    page.locator("[data-save][data-state=saved]").wait_for(state="attached")
    page.route("**/events", lambda route: route.abort())
    _answer(page, "politiet")
    page.locator("[data-bar]").wait_for(state="visible")
    page.goto("about:blank")
    page.unroute("**/events")
    _open(page, served.session(link="2"))
    page.locator("[data-save][data-state=saved]").wait_for(state="attached")
    assert _answers(served)["2"] == {}
    _open(page, served.session(link="1"))
    page.locator("[data-save][data-state=saved]").wait_for(state="attached")
    assert _answers(served) == {"1": {"hvem": "politiet"}, "2": {}}
