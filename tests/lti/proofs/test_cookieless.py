"""A browser that keeps no cookie of ours: the proof goes along in a header, and stands in no address a server sees."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, Playwright, expect
from sqlalchemy import select, update

from lti_app.store.engine import reading, writing
from lti_app.store.schema import attempt, attempt_event, launch_session
from lti_app.trust.secrets import hashed

from ...waiting import PATIENCE
from ..bench import TOOL, bench_in
from ..built_courses import build
from ..platform import CLAIM, Platform
from .framed_tool import BLOCKED, Claims, FramedTool, browser, deep_linking, framed_tool, no_cookies_in_the_frame

SLUG = "eksempel-en-trygg-samtale-lti"
# A little later: an answer must have left the page before the page goes away.
_RELOAD = """root => {
  root.dataset.old = "";
  setTimeout(() => location.reload(), 50);
}"""
_ROOT = "html"  # scripts are run through it: a frame between two pages is waited for, and not without end


def a_module(platform: Platform, tool: str, nonce: str) -> dict[str, Any]:
    return platform.claims(tool, nonce, **{f"{CLAIM}custom": {"module": SLUG}})


@contextmanager
def _opened(playwright: Playwright, folder: Path, claims: Claims) -> Iterator[tuple[FramedTool, Page, FrameLocator]]:
    """A platform's page with the tool in its frame, launched by the proof in the platform's storage."""
    build("courses/eksempel", folder)
    with ExitStack() as stack:
        held = stack.enter_context(framed_tool(folder, has_storage=True, claims=claims))
        settings = no_cookies_in_the_frame(held.tool, held.platform)
        page = stack.enter_context(browser(playwright, folder, settings)).new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{held.platform}/page")
        yield held, page, page.frame_locator("iframe")
        assert wrong == []
        with reading(held.engine) as connection:
            proofs = set(connection.execute(select(launch_session.c.proof_hash)).scalars())
        words = {word for line in held.asked for word in re.findall(r"[\w-]{43}", line)}
        assert words, held.asked  # the session's id, at least
        assert not proofs & {hashed(word) for word in words}


def _ready(frame: FrameLocator) -> None:
    expect(frame.locator("html[data-ready]:not([data-old])")).to_be_attached()


def test_a_module_plays_is_saved_and_lives_through_a_reload(playwright: Playwright, tmp_path: Path) -> None:
    with _opened(playwright, tmp_path, a_module) as (held, page, frame):
        _ready(frame)
        with page.expect_response(re.compile("/events$")) as saved:
            frame.locator("[data-page]:visible [data-action=next]").first.click()
        assert saved.value.ok
        about = json.loads((tmp_path / SLUG / "module.json").read_text(encoding="utf-8"))
        second = about["pages"][1]["id"]
        expect(frame.locator(f'[data-page="{second}"]')).to_be_visible()
        with reading(held.engine) as connection:
            (kept,) = connection.execute(select(attempt.c.state)).scalars()
            assert connection.execute(select(attempt_event)).all()
        assert second in kept["visited"]

        frame.locator(_ROOT).evaluate(_RELOAD)
        _ready(frame)
        expect(frame.locator("[data-resume]")).to_be_visible()
        assert "#" not in page.frames[1].url

        # A link within the page makes a history entry of its own, and a reload there finds the proof too.
        frame.locator(_ROOT).evaluate("() => { location.hash = 'lm-main'; }")
        frame.locator(_ROOT).evaluate(_RELOAD)
        _ready(frame)


def test_a_teacher_chooses_a_module_and_the_platform_gets_it(playwright: Playwright, tmp_path: Path) -> None:
    with _opened(playwright, tmp_path, deep_linking) as (held, _, frame):
        frame.get_by_role("checkbox").first.check()
        frame.get_by_role("button", name="Add 1 module").click()
        expect(frame.get_by_role("heading", name="Taken")).to_be_visible()
        assert [list(form) for form in held.returned] == [["JWT"]]


def test_with_a_cookie_a_form_is_taken_too(playwright: Playwright, tmp_path: Path) -> None:
    build("courses/eksempel", tmp_path)
    with framed_tool(tmp_path, has_storage=False) as held, browser(playwright, tmp_path, BLOCKED) as context:
        page = context.new_page()
        page.goto(f"{held.platform}/page")
        frame = page.frame_locator("iframe")
        frame.get_by_role("checkbox").first.check(timeout=PATIENCE * 1000)
        frame.get_by_role("button", name="Add 1 module").click()
        expect(frame.get_by_role("heading", name="Taken")).to_be_visible()
        assert len(held.returned) == 1


def test_when_the_proof_is_lost_a_new_window_leads_back(playwright: Playwright, tmp_path: Path) -> None:
    with _opened(playwright, tmp_path, a_module) as (_, page, frame):
        _ready(frame)
        frame.locator(_ROOT).evaluate("() => history.replaceState(null, '', location.pathname)")
        frame.locator(_ROOT).evaluate(_RELOAD)
        link = frame.get_by_role("link", name="Åpne i nytt vindu")
        expect(link).to_be_visible()
        with page.context.expect_page() as window:
            link.click()
        window.value.locator("html[data-ready]").wait_for()


@pytest.fixture
def carried(tmp_path: Path) -> Iterator[tuple[Any, str, str]]:
    """A tool, and a carried session's path and proof."""
    build("courses/eksempel", tmp_path)
    with bench_in(tmp_path) as bench:
        answer = bench.launch(**{f"{CLAIM}custom": {"module": SLUG}})
        with writing(bench.engine) as connection:
            proof = "p" * 43
            values = {"claims": {"carried": True, "locale": "nb"}, "proof_hash": hashed(proof)}
            connection.execute(update(launch_session).values(**values))
        yield bench.new_browser(), answer.headers["Location"], proof


def test_the_id_alone_gives_the_carrying_page_and_files_but_nothing_of_the_learner(carried: Any) -> None:
    browser, path, proof = carried
    html = {"Accept": "text/html,*/*;q=0.8"}
    page = browser.get(path, headers=html)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert "carry.js" in page.text
    assert "lm-launch" not in page.text
    assert "lm-launch" not in browser.get(f"{path}index.html", headers=html).text
    assert browser.get(f"{path}state").status_code == 401
    assert browser.post(f"{path}events", json={}, headers={"Origin": TOOL}).status_code == 401
    with browser.get(f"{path}player/main.js") as script:
        assert script.status_code == 200
    assert browser.get(path, headers={**html, "X-LM-Proof": "x" * 43}).status_code == 401
    assert browser.get(path, headers={**html, "Cookie": f"__Host-lm-{path[3:11]}={proof}"}).text == page.text
    assert "lm-launch" in browser.get(path, headers={**html, "X-LM-Proof": proof}).text
