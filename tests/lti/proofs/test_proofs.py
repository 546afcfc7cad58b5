"""The three proofs in a real browser: the tool in a frame of another site, third-party cookies blocked.

`localhost` and `127.0.0.1` are two sites to a browser, and both may do without TLS.
"""

import re
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Playwright, expect

from .framed_tool import BLOCKED, browser, framed_tool, no_cookies_in_the_frame


def test_the_partitioned_cookie_reaches_the_tool_in_a_frame(playwright: Playwright, tmp_path: Path) -> None:
    with framed_tool(tmp_path, has_storage=False) as held, browser(playwright, tmp_path, BLOCKED) as context:
        page = context.new_page()
        page.goto(f"{held.platform}/page")
        expect(page.frame_locator("iframe").get_by_role("heading", name="Add a module")).to_be_visible()


def test_the_platforms_storage_proves_what_no_cookie_does(playwright: Playwright, tmp_path: Path) -> None:
    with ExitStack() as stack:
        held = stack.enter_context(framed_tool(tmp_path, has_storage=True))
        context = stack.enter_context(browser(playwright, tmp_path, no_cookies_in_the_frame(held.tool, held.platform)))
        page = context.new_page()
        page.goto(f"{held.platform}/page")
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", name="Add a module")).to_be_visible()
        assert re.fullmatch(r"/s/[\w-]{43}/choose", urlsplit(page.frames[1].url).path)
        assert not urlsplit(page.frames[1].url).fragment


def test_with_neither_the_page_offers_a_window_and_it_works(playwright: Playwright, tmp_path: Path) -> None:
    with ExitStack() as stack:
        held = stack.enter_context(framed_tool(tmp_path, has_storage=False))
        context = stack.enter_context(browser(playwright, tmp_path, no_cookies_in_the_frame(held.tool, held.platform)))
        page = context.new_page()
        page.goto(f"{held.platform}/page")
        link = page.frame_locator("iframe").get_by_role("link", name="new window")
        expect(link).to_be_visible()
        with context.expect_page() as opened:
            link.click()
        window = opened.value
        expect(window.get_by_role("heading", name="Add a module")).to_be_visible()
        assert not urlsplit(window.url).fragment
        assert parse_qs(urlsplit(window.url).query) == {}
