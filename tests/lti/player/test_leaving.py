"""A session ends at once: by the quick exit, and when the page is left on a shared computer."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from lti_app.store.engine import reading
from lti_app.store.schema import attempt, attempt_event, launch_session

from ...waiting import eventually
from ..bench import TOOL, Bench, bench_in
from ..built_courses import build, every_type
from ..platform import INSTRUCTOR
from ..playing import Learner, enter
from ..served import ServedTool, serve_tool


@pytest.fixture
def bench(tmp_path: Path, database_url: str) -> Iterator[Bench]:
    with bench_in(tmp_path, database_url) as made:
        shutil.copytree(every_type(), tmp_path, dirs_exist_ok=True)
        yield made


def _end(learner: Learner, json: object = None, **headers: str) -> int:
    own = {"X-LM-Token": learner.token, "Origin": TOOL, **headers}
    return int(learner.browser.post(learner.launch["end"], json=json, headers=own).status_code)


def test_the_cookie_of_a_session_goes_when_the_browser_is_closed(bench: Bench) -> None:
    cookie = bench.launch().headers.getlist("Set-Cookie")[-1]
    assert re.match(r"__Host-lm-[\w-]{8}=[\w-]{43}; ", cookie)
    assert "max-age" not in cookie.lower()
    assert "expires" not in cookie.lower()


@pytest.mark.parametrize("role", ["learner", "teacher"])
def test_a_session_that_was_ended_opens_nothing(bench: Bench, role: str) -> None:
    learner = enter(bench, **({"role": INSTRUCTOR} if role == "teacher" else {}))
    other = enter(bench, sub="5")
    proof = learner.browser.get_cookie(f"__Host-lm-{learner.path.split('/')[2][:8]}")
    assert proof is not None
    assert _end(learner) == 204
    assert learner.browser.get_cookie(proof.key) is None
    # A browser that restores its tabs restores its cookies too.
    learner.browser.set_cookie(proof.key, proof.value, secure=True)
    for name in ("", "state", "home", "data", "data/file"):
        assert learner.browser.get(f"{learner.path}{name}").status_code == 401
    assert other.browser.get(other.path).status_code == 200


def test_the_last_events_are_stored_with_the_end(bench: Bench) -> None:
    learner = enter(bench)
    good = {"id": str(uuid4()), "kind": "visit", "page": learner.launch["state"]["place"]}
    assert _end(learner, {"language": "nb", "events": [good, {"id": str(uuid4()), "kind": "score"}]}) == 200
    with reading(bench.engine) as connection:
        assert connection.execute(select(attempt_event.c.id)).scalars().all() == [good["id"]]
    assert learner.browser.get(learner.path).status_code == 401


def test_what_is_no_batch_ends_the_session_too(bench: Bench) -> None:
    learner = enter(bench)
    assert _end(learner, {"events": "all"}) == 400
    assert learner.browser.get(learner.path).status_code == 401


@pytest.mark.parametrize("headers", [{"X-LM-Token": "0" * 64}, {"Origin": "https://evil.example"}])
def test_nobody_else_can_end_a_session(bench: Bench, headers: dict[str, str]) -> None:
    learner = enter(bench)
    assert _end(learner, **headers) == 403
    assert bench.new_browser().post(learner.launch["end"]).status_code == 401
    assert learner.browser.get(learner.path).status_code == 200


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedTool]:
    build("tests/player/typed/skriv.md", tmp_path)
    with serve_tool(tmp_path) as made:
        yield made


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="nb-NO")
    context.route(
        "https://www.yr.no/**", lambda route: route.fulfill(body="<title>Vær</title>", content_type="text/html")
    )
    context.set_default_timeout(20000)
    yield context.new_page()
    context.close()


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("html[data-ready]").wait_for()


def _share(page: Page) -> None:
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("button", name="Innstillinger").click()
    page.get_by_label(re.compile("^Delt PC")).check()
    page.keyboard.press("Escape")


def _is_over(chromium: Browser, address: str) -> bool:
    """Whether a browser that restored its tabs finds nothing at an address."""
    restored = chromium.new_context(locale="nb-NO")
    answer = restored.request.get(address, headers={"Accept": "text/html"})
    restored.close()
    return answer.status == 401


def _open_sessions(served: ServedTool) -> int:
    with reading(served.tool.engine) as connection:
        query = select(launch_session.c.id_hash).where(launch_session.c.ended_at.is_(None))
        return len(connection.execute(query).all())


def test_the_quick_exit_ends_the_session(served: ServedTool, page: Page, chromium: Browser) -> None:
    address = served.session()
    _open(page, address)
    page.get_by_role("link", name="Forlat siden", exact=True).click()
    eventually(lambda: _open_sessions(served) == 0)
    assert _is_over(chromium, address)


def test_the_quick_exit_of_the_tools_own_pages_ends_the_session(
    served: ServedTool, page: Page, chromium: Browser
) -> None:
    address = served.session()
    _open(page, address)
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("link", name="Mine moduler").click()
    page.get_by_role("heading", name="Mine moduler").wait_for()
    page.get_by_role("link", name="Forlat siden", exact=True).click()
    eventually(lambda: _open_sessions(served) == 0)
    assert _is_over(chromium, address)


def test_leaving_the_page_on_a_shared_computer_ends_the_session_and_keeps_what_was_answered(
    served: ServedTool, page: Page, chromium: Browser
) -> None:
    address = served.session()
    _open(page, address)
    _share(page)
    assert page.title() == "Side"
    page.get_by_role("button", name="Innhold").click()
    page.get_by_role("link", name="Mine moduler").click()  # this leaves the page, but not the tool
    page.get_by_role("heading", name="Mine moduler").wait_for()
    assert page.title() == "Side"
    page.go_back()
    page.locator("html[data-ready]").wait_for()
    assert _open_sessions(served) == 1
    page.locator("[data-page]:visible [data-action=next]").first.click()
    page.get_by_role("button", name="Begynn").click()
    page.locator("[data-question]:visible input").fill("politiet")
    page.get_by_role("button", name="Sjekk svaret").click()
    page.locator("[data-question=hvem] [data-verdict]").wait_for(state="visible")
    page.goto("about:blank")
    eventually(lambda: _open_sessions(served) == 0)
    assert _is_over(chromium, address)
    with reading(served.tool.engine) as connection:
        (state,) = connection.execute(select(attempt.c.state)).scalars()
    assert state["answers"]["hvem"]["answer"] == "politiet"
    page.goto(served.origin)
    assert page.evaluate("() => Object.keys(localStorage)") == []


def test_leaving_an_own_computer_ends_nothing(served: ServedTool, page: Page, chromium: Browser) -> None:
    address = served.session()
    _open(page, address)
    page.goto("about:blank")
    assert not _is_over(chromium, address)
    assert _open_sessions(served) == 1
