"""The picker as a teacher meets it, in the platform's frame: by keyboard, and with a look at a module first."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, FrameLocator, Page, Playwright, expect
from sqlalchemy import func, select

from lti_app.store.engine import reading
from lti_app.store.schema import attempt, attempt_event

from ...axe import findings
from ..built_courses import build
from ..platform import DEEP_LINKING
from ..proofs.framed_tool import BLOCKED, FramedTool, browser, framed_tool, no_cookies_in_the_frame

SLUG = "eksempel-en-trygg-samtale-lti"
SCREENS = [(800, 600, "light"), (800, 600, "dark"), (320, 700, "light")]


@contextmanager
def _opened(
    playwright: Playwright, folder: Path, *, has_cookie: bool
) -> Iterator[tuple[FramedTool, Page, FrameLocator]]:
    """The picker in a frame of another site; without a cookie the proof of the session is carried by script."""
    build("courses/eksempel", folder)
    with framed_tool(folder, has_storage=not has_cookie) as held:
        settings = BLOCKED if has_cookie else no_cookies_in_the_frame(held.tool, held.platform)
        with browser(playwright, folder, settings) as context:
            page = context.new_page()
            page.goto(f"{held.platform}/page")
            frame = page.frame_locator("iframe")
            expect(frame.get_by_role("checkbox")).to_be_visible()
            yield held, page, frame


def _items(held: FramedTool) -> list[dict[str, Any]]:
    """What the platform got, read without a look at the signature, which test_deep_linking checks."""
    body = held.returned[0]["JWT"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    items: list[dict[str, Any]] = claims[f"{DEEP_LINKING}content_items"]
    return items


def _inner(page: Page) -> Frame:
    """The frame of the tool in the platform's page."""
    return page.frames[1]


def test_a_module_is_chosen_by_keyboard_in_two_presses(playwright: Playwright, tmp_path: Path) -> None:
    with _opened(playwright, tmp_path, has_cookie=True) as (held, page, frame):
        frame.get_by_role("checkbox").focus()
        page.keyboard.press("Space")
        add = frame.get_by_role("button", name="Add 1 module")
        for _ in range(12):  # the summary, the pass mark, two dates of three parts each with a button, the language
            if add.evaluate("button => document.activeElement === button"):
                break
            page.keyboard.press("Tab")
        expect(add).to_be_focused()
        page.keyboard.press("Enter")
        expect(frame.get_by_role("heading", name="Taken")).to_be_visible()
        assert [item["custom"]["module"] for item in _items(held)] == [SLUG]


@pytest.mark.parametrize("has_cookie", [True, False], ids=["cookie", "carried"])
def test_a_module_is_looked_at_in_place_and_nothing_is_kept(
    playwright: Playwright, tmp_path: Path, has_cookie: bool
) -> None:
    with _opened(playwright, tmp_path, has_cookie=has_cookie) as (held, _, frame):
        frame.get_by_text("What it covers").click()
        frame.get_by_role("link", name="See the module").click()
        module = frame.frame_locator("iframe[name=preview]")
        expect(module.locator("html[data-ready]")).to_be_attached()
        about = json.loads((tmp_path / SLUG / "module.json").read_text(encoding="utf-8"))
        for one in about["pages"][1:]:
            module.locator("[data-page]:visible [data-action=next]").first.click()
            expect(module.locator(f'[data-page="{one["id"]}"]')).to_be_visible()
        module.locator("[data-action=start]:visible").click()
        asked = module.locator("[data-question]:visible")
        asked.locator("input").first.check()
        module.locator("[data-action=check]:visible").click()
        expect(asked.locator("[data-verdict]")).to_be_visible()  # marked by the tool, as for a learner

        frame.get_by_role("button", name="Close").click()
        expect(frame.get_by_role("dialog")).to_be_hidden()
        expect(frame.get_by_role("link", name="See the module")).to_be_focused()
        with reading(held.engine) as connection:
            for table in (attempt, attempt_event):
                assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_axe_finds_nothing_and_all_fits(playwright: Playwright, tmp_path: Path) -> None:
    found: list[Any] = []
    with _opened(playwright, tmp_path, has_cookie=True) as (_, page, _frame):
        for width, height, colours in SCREENS:
            page.locator("iframe").evaluate(
                "(frame, [w, h]) => Object.assign(frame, {width: w, height: h})", [width, height]
            )
            page.set_viewport_size({"width": width + 60, "height": height + 200})
            page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
            inner = _inner(page)
            inner.evaluate("() => document.querySelector('details').toggleAttribute('open', true)")
            found += [((width, colours), finding) for finding in findings(inner)]
            assert inner.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), width
    assert found == []
