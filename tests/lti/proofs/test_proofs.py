"""The three proofs in a real browser: the tool in a frame of another site, third-party cookies blocked.

`localhost` and `127.0.0.1` are two sites to a browser, and both may do without TLS.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from flask import Flask, request
from playwright.sync_api import BrowserContext, Playwright, expect
from werkzeug.serving import make_server

from lokaltmot_lms.trial.browser import find_browser
from lti_app import create_app
from lti_app.migrations import upgrade
from lti_app.settings import Settings
from lti_app.store.engine import writing
from lti_app.store.registrations import add_registration, put_deployment

from ..platform import CLAIM, DEEP_LINKING, INSTRUCTOR, Platform, serving

_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
]
# The platform's own page: a frame for the tool, and the storage of LTI Client Side postMessages.
_PAGE = """<!doctype html><title>Platform</title><h1>Platform</h1>
<script>
const kept = new Map();
addEventListener("message", (event) => {{
  const {{ subject, key, value, message_id }} = event.data;
  if (!{storage} || !/^lti[.](put|get)_data$/.test(subject)) return;
  if (subject === "lti.put_data") kept.set(key, value);
  event.source.postMessage({{ subject: subject + ".response", message_id, key, value: kept.get(key) }}, event.origin);
}});
</script>
<iframe title="Tool" src="{src}" width="800" height="600"></iframe>"""


@contextmanager
def _served(app: Flask) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _platform_app(platform: Platform, tool: list[str], *, has_storage: bool) -> Flask:
    app = Flask("platform")

    @app.get("/page")
    def page() -> str:
        hints = {
            "iss": platform.issuer,
            "client_id": "ours",
            "login_hint": "4",
            "lti_deployment_id": "1",
            "target_link_uri": f"{tool[0]}/lti/launch",
            **({"lti_storage_target": "_parent"} if has_storage else {}),
        }
        src = f"{tool[0]}/lti/login?{urlencode(hints)}".replace("&", "&amp;")
        return _PAGE.format(src=src, storage="true" if has_storage else "false")

    @app.get("/auth")
    def auth() -> str:
        settings = {
            "accept_types": ["ltiResourceLink"],
            "accept_multiple": True,
            "deep_link_return_url": f"{platform.issuer}/return",
        }
        claims = platform.claims(
            tool[0],
            request.args["nonce"],
            **{
                f"{CLAIM}message_type": "LtiDeepLinkingRequest",
                f"{CLAIM}roles": [INSTRUCTOR],
                f"{CLAIM}resource_link": ...,
                f"{CLAIM}launch_presentation": {"locale": "en"},
                f"{DEEP_LINKING}deep_linking_settings": settings,
            },
        )
        fields = {"id_token": platform.sign(claims), "state": request.args["state"]}
        if has_storage:
            fields["lti_storage_target"] = "_parent"
        inputs = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
        return (
            f'<form method="post" action="{request.args["redirect_uri"]}">{inputs}</form>'
            "<script>document.forms[0].submit()</script>"
        )

    return app


@contextmanager
def _stage(folder: Path, *, has_storage: bool) -> Iterator[tuple[str, str]]:
    """Serve a tool and a platform, and give their origins."""
    with serving() as web:
        platform = Platform(web=web, client_id="ours")
        tool: list[str] = []
        with _served(_platform_app(platform, tool, has_storage=has_storage)) as platform_port:
            platform.issuer = f"http://127.0.0.1:{platform_port}"
            holder: list[Any] = []
            with _served(_Later(holder)) as tool_port:  # type: ignore[arg-type]
                tool.append(f"http://localhost:{tool_port}")
                app = create_app(
                    Settings(
                        public_url=tool[0],
                        database=f"sqlite:///{folder / 'tool.db'}",
                        secret_file=folder / "secret",
                        modules=folder,
                    )
                )
                engine = app.extensions["lokaltmot"].engine
                upgrade(engine)
                with writing(engine) as connection:
                    known = {**platform.registration, "auth_login_url": f"{platform.issuer}/auth"}
                    hosts = (urlsplit(platform.issuer).netloc, web.host)
                    id_ = add_registration(connection, **{**known, "service_hosts": hosts})
                    put_deployment(connection, id_, "1", is_active=True)
                holder.append(app)
                yield tool[0], platform.issuer
                engine.dispose()


class _Later:
    """A WSGI application that is not known yet when its port is taken."""

    def __init__(self, holder: list[Any]) -> None:
        self._holder = holder

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self._holder[0](environ, start_response)


@contextmanager
def _browser(playwright: Playwright, folder: Path, profile: dict[str, Any]) -> Iterator[BrowserContext]:
    """A browser with a person's own settings; Playwright's defaults would switch the partitioning of storage off."""
    preferences = folder / "profile" / "Default" / "Preferences"
    preferences.parent.mkdir(parents=True)
    preferences.write_text(json.dumps({"profile": profile}), encoding="utf-8")
    home = folder / "profile"
    context = playwright.chromium.launch_persistent_context(
        home,
        executable_path=find_browser(),
        args=[*_ARGUMENTS, f"--user-data-dir={home}", "about:blank"],
        ignore_default_args=True,
        chromium_sandbox=False,
    )
    yield context
    context.close()


_BLOCKED = {"cookie_controls_mode": 1, "block_third_party_cookies": True}


def _no_cookies_in_the_frame(tool: str, platform: str) -> dict[str, Any]:
    """Even a partitioned cookie is refused where the platform holds the tool, as some browsers do."""
    exceptions = {"cookies": {f"{tool},{platform}": {"setting": 2}}}
    return {**_BLOCKED, "content_settings": {"exceptions": exceptions}}


def test_the_partitioned_cookie_reaches_the_tool_in_a_frame(playwright: Playwright, tmp_path: Path) -> None:
    with _stage(tmp_path, has_storage=False) as (_, platform), _browser(playwright, tmp_path, _BLOCKED) as context:
        page = context.new_page()
        page.goto(f"{platform}/page")
        expect(page.frame_locator("iframe").get_by_role("heading", name="Add a module")).to_be_visible(timeout=15_000)


def test_the_platforms_storage_proves_what_no_cookie_does(playwright: Playwright, tmp_path: Path) -> None:
    with ExitStack() as stack:
        tool, platform = stack.enter_context(_stage(tmp_path, has_storage=True))
        context = stack.enter_context(_browser(playwright, tmp_path, _no_cookies_in_the_frame(tool, platform)))
        page = context.new_page()
        page.goto(f"{platform}/page")
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("heading", name="Add a module")).to_be_visible(timeout=15_000)
        path = urlsplit(page.frames[1].url).path
        assert "~" in path


def test_with_neither_the_page_offers_a_window_and_it_works(playwright: Playwright, tmp_path: Path) -> None:
    with ExitStack() as stack:
        tool, platform = stack.enter_context(_stage(tmp_path, has_storage=False))
        context = stack.enter_context(_browser(playwright, tmp_path, _no_cookies_in_the_frame(tool, platform)))
        page = context.new_page()
        page.goto(f"{platform}/page")
        link = page.frame_locator("iframe").get_by_role("link", name="new window")
        expect(link).to_be_visible(timeout=15_000)
        with context.expect_page() as opened:
            link.click()
        window = opened.value
        expect(window.get_by_role("heading", name="Add a module")).to_be_visible(timeout=15_000)
        assert "~" not in urlsplit(window.url).path
        assert parse_qs(urlsplit(window.url).query) == {}
