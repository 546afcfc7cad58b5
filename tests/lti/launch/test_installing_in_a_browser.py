"""The pages of whoever installs the tool: by keyboard, in the platform's frame, and as axe sees them."""

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from lti_app import create_app
from lti_app.migrations import upgrade
from lti_app.settings import Settings
from lti_app.store.engine import writing
from lti_app.store.keys import add_invite
from lti_app.store.registrations import add_registration, put_deployment
from lti_app.store.types import now
from lti_app.trust.secrets import check_hashed, hashed

from ...axe import findings
from ..platform import Platform, Web, serving

INVITE, LINK = "an-invite-that-is-good-once", "a-link-that-is-good-once"
# The administrator's page of a platform: it holds the tool's, and keeps what the tool tells it.
ADMIN = """<!doctype html><title>Admin</title><script>
addEventListener("message", (event) => {{ document.title = event.origin + " " + event.data.subject; }});
</script><iframe title="Tool" src="{src}" width="800" height="600"></iframe>"""


@pytest.fixture
def tool(tmp_path: Path) -> Iterator[tuple[str, Web]]:
    """A tool that is served, a platform that it knows, an invite and a link to test with. Gives its address."""
    server = make_server("127.0.0.1", 0, Flask("later"), threaded=True)
    origin = f"http://localhost:{server.server_port}"
    settings = Settings(
        public_url=origin, database=f"sqlite:///{tmp_path / 'tool.db'}", secret_file=tmp_path / "s", modules=tmp_path
    )
    server.app = create_app(settings)
    engine = server.app.extensions["lokaltmot"].engine
    upgrade(engine)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with serving() as web:
            web.answer("/token", {"error": "invalid_scope"}, 400)
            with writing(engine) as connection:
                id_ = add_registration(connection, **Platform(web=web, client_id="ours").registration)
                put_deployment(connection, id_, "1", is_active=True)
                soon = now() + timedelta(hours=1)
                add_invite(connection, token_hash=hashed(INVITE), expires_at=soon)
                add_invite(connection, token_hash=check_hashed(LINK, id_), expires_at=soon)
            yield origin, web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        engine.dispose()


def _page(chromium: Browser, **settings: Any) -> Page:
    return chromium.new_context(**{"locale": "nb-NO", **settings}).new_page()


def _offer(web: Web, **changed: Any) -> str:
    origin = web.origin
    web.answer("/openid", {
        "issuer": origin, "authorization_endpoint": f"{origin}/a", "token_endpoint": f"{origin}/t",
        "jwks_uri": f"{origin}/k", "registration_endpoint": f"{origin}/register", **changed,
    })  # fmt: skip
    web.answer("/register", {"client_id": "made"})
    return f"openid_configuration={origin}/openid"


def test_the_connection_is_tested_by_keyboard(chromium: Browser, tool: tuple[str, Web]) -> None:
    page = _page(chromium)
    page.goto(f"{tool[0]}/lti/check/1/{LINK}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Prøv forbindelsen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 ting er galt.")
    expect(page.get_by_text("Våre egne offentlige nøkler kan leses utenfra.")).to_be_visible()
    page.get_by_role("button", name="Prøv igjen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Verktøyet får ikke sende resultater.")).to_be_visible()


def test_an_address_is_copied(chromium: Browser, tool: tuple[str, Web]) -> None:
    page = _page(chromium, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{tool[0]}/lti/install")
    page.get_by_role("button", name=re.compile("Kopier ?: Offentlige nøkler")).press("Enter")
    expect(page.get_by_role("button", name="Kopiert")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{tool[0]}/lti/jwks.json"


def test_a_platform_registers_in_its_frame_and_is_told_that_it_may_close(
    chromium: Browser, tool: tuple[str, Web]
) -> None:
    origin, web = tool
    src = f"{origin}/lti/register/{INVITE}?{_offer(web)}"
    web.answer("/admin", ADMIN.format(src=src).encode(), 200, **{"Content-Type": "text/html"})
    page = _page(chromium)
    page.goto(f"{web.origin}/admin")
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Koble til").click()
    expect(frame.get_by_role("heading", name="Koblet til")).to_be_visible()
    frame.get_by_role("button", name="Lukk").click()
    page.wait_for_function("document.title !== 'Admin'")
    assert page.title() == f"{origin} org.imsglobal.lti.close"


def test_another_site_can_not_hold_the_registration(chromium: Browser, tool: tuple[str, Web]) -> None:
    origin, web = tool
    src = f"{origin}/lti/register/{INVITE}?openid_configuration=https://moodle.example/openid"
    web.answer("/admin", ADMIN.format(src=src).encode(), 200, **{"Content-Type": "text/html"})
    page = _page(chromium)
    with page.expect_event("console", lambda said: "frame-ancestors" in said.text):
        page.goto(f"{web.origin}/admin")
    expect(page.frame_locator("iframe").get_by_role("button", name="Koble til")).to_have_count(0)


def test_axe_finds_nothing(chromium: Browser, tool: tuple[str, Web]) -> None:
    origin, web = tool
    query = _offer(web, issuer="https://canvas.instructure.com")
    found: list[Any] = []
    for width, colours in ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")):
        page = _page(chromium, viewport={"width": width, "height": 800}, color_scheme=colours)

        def look(page: Page = page, width: int = width, colours: str = colours) -> None:
            found.extend((page.url, width, colours, one) for one in findings(page))
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        for path in ("/lti/install", f"/lti/register/{INVITE}?{query}", "/nowhere", f"/lti/check/1/{LINK}"):
            page.goto(f"{origin}{path}")
            if page.get_by_role("heading", level=1).count():
                look()
        if width == 1280 and colours == "dark":
            page.get_by_role("button").click()
            expect(page.get_by_role("status")).to_be_visible()
            look()
            page.goto(f"{origin}/lti/register/{INVITE}?{query}")
            page.get_by_role("button").click()
            expect(page.get_by_role("heading", name="Venter på godkjenning")).to_be_visible()
            look()
    assert found == []
