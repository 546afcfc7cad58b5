"""A learner in a real browser: the whole module, through a connection that is lost on the way."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request
from sqlalchemy import select

from lti_app.store.engine import reading
from lti_app.store.schema import attempt, grade_queue

from ..built_courses import build
from ..served import ServedTool, serve_tool


@pytest.fixture
def served(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[ServedTool]:
    """The starter course, or another one that a test names, served on a free port."""
    build(getattr(request, "param", "courses/eksempel"), tmp_path)
    with serve_tool(tmp_path) as made:
        yield made


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A learner's tab; an error of the page fails the test."""
    wrong: list[str] = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
    tab = context.new_page()
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield tab
    context.close()
    # The browser itself says so of each request without a connection.
    assert [text for text in wrong if "ERR_INTERNET_DISCONNECTED" not in text] == []


def _ready(page: Page, address: str) -> None:
    page.goto("about:blank")  # the same address with a fragment would not load again
    page.goto(address)
    page.locator("html[data-ready]").wait_for()


def _fill(page: Page, id_: str, question: dict[str, object]) -> None:
    """Give the right answer by the fields of the page."""
    box = page.locator(f'[data-question="{id_}"]')
    right = question["right"]
    if question["type"] == "numeric":
        box.locator("input").fill(str(right))
    elif question["type"] == "ordering":
        assert isinstance(right, list)
        for key in reversed(right):
            while box.locator("[data-item]").first.get_attribute("data-item") != key:
                box.locator(f'[data-item="{key}"] [data-move="up"]').click()
    else:
        for key in right if isinstance(right, list) else [right]:
            box.locator(f'input[value="{key}"]').check()


def test_a_module_is_passed_through_a_lost_connection(served: ServedTool, page: Page) -> None:
    address = served.session()
    about = json.loads((served.module / "module.json").read_text(encoding="utf-8"))
    answers = json.loads((served.module / "answers.json").read_text(encoding="utf-8"))["questions"]
    _ready(page, address)
    for _ in about["pages"][1:]:
        page.locator("[data-page]:visible [data-action=next]").first.click()
    page.locator("[data-action=start]:visible").click()
    (quiz,) = about["quizzes"]
    for number, id_ in enumerate(quiz["questions"]):
        assert page.locator(f'[data-question="{id_}"] [data-verdict]').is_hidden()
        _fill(page, id_, answers[id_])
        if number == 1:
            page.context.set_offline(True)
        page.locator("[data-action=check]:visible").click()
        if number == 1:
            page.locator("[data-bar]").wait_for(state="visible")
            assert page.locator(f'[data-question="{id_}"] [data-verdict]').is_hidden()
            page.context.set_offline(False)
        page.locator(f'[data-question="{id_}"] [data-verdict][data-state="right"]').wait_for(state="visible")
        if number == 0:
            _come_back(page, address, id_)
        if id_ != quiz["questions"][-1]:
            page.locator("[data-action=next-question]:visible").click()
    # Not the save light: it may still say that the last answer was saved.
    with page.expect_response(lambda response: _hands_in(response.request)) as taken:
        page.locator("[data-action=submit]:visible").click()
    page.locator("[data-results-title]:visible").wait_for()
    assert taken.value.ok

    with reading(served.tool.engine) as connection:
        (kept,) = connection.execute(select(attempt)).all()
        (grade,) = connection.execute(select(grade_queue)).all()
    assert (kept.completion, kept.success, kept.score_got) == ("completed", "passed", 100.0)
    assert (grade.status, grade.score_given) == ("waiting", 100.0)


def _hands_in(request: Request) -> bool:
    return request.url.endswith("/events") and '"submit"' in (request.post_data or "")


def _come_back(page: Page, address: str, answered: str) -> None:
    """Open the module anew: the answer, its mark and the words about it stand there again."""
    words = page.locator(f'[data-question="{answered}"] [data-explanation]')
    said = words.text_content() if words.count() else ""
    _ready(page, address)
    page.locator("[data-action=resume]:visible").click()
    assert page.locator(f'[data-question="{answered}"] [data-verdict]').get_attribute("data-state") == "right"
    assert (words.text_content() if words.count() else "") == said
    page.locator("[data-action=prev-question]:visible").click()


@pytest.mark.parametrize("served", ["tests/player/lock/lock.md"], indirect=True)
def test_a_lock_holds_until_it_is_answered_and_the_way_out_leads_to_the_platform(
    served: ServedTool, page: Page
) -> None:
    course = "https://moodle.example/course/view.php?id=2"
    page.route(course, lambda route: route.fulfill(body="<h1>Moodle</h1>", content_type="text/html"))
    _ready(page, served.session(return_url=course))
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("dialog").get_by_role("link", name="Slutt").press("Enter")
    assert page.get_by_text("Resten av modulen bygger på").is_visible()
    page.get_by_role("button", name="Begynn på spørsmålene").click()
    for name in ("Bare politiet", "Sant"):
        page.get_by_role("radio", name=name, exact=True).check()
        page.get_by_role("button", name="Sjekk svaret").click()
        page.get_by_role("button", name=re.compile("Neste spørsmål|Se resultatet")).click()
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("dialog").get_by_role("link", name="Slutt").click()
    assert page.get_by_role("heading", name="Slutt").is_visible()
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("dialog").get_by_role("button", name="Avslutt").click()
    page.wait_for_url(course)
    with reading(served.tool.engine) as connection:
        kept = connection.execute(select(attempt)).one()
    assert set(kept.state["visited"]) == {"start", "prov", "slutt"}


@pytest.mark.parametrize("served", ["tests/player/film/film.md"], indirect=True)
def test_what_was_seen_of_a_film_is_there_on_another_device(served: ServedTool, page: Page) -> None:
    _ready(page, served.session())
    with page.expect_response(lambda answer: _seen(answer.request) >= 0b111111):
        page.locator("video").evaluate("video => { video.playbackRate = 4; return video.play(); }")
    page.evaluate("() => localStorage.clear()")
    page.reload()
    page.locator("html[data-ready]").wait_for()
    told = page.locator("[data-watched]").inner_text()
    assert re.fullmatch(r"Du har sett ([5-9]|10) av 11 sekunder\. Den fortsetter der du stoppet\.", told)


def _seen(request: Request) -> int:
    events = json.loads(request.post_data or "{}").get("events", ()) if request.url.endswith("/events") else ()
    return max((event.get("seen", 0) for event in events), default=0)
