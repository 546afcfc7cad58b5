"""A platform that holds the tool in a frame of another site, and a browser with a person's own settings."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, request
from playwright.sync_api import BrowserContext, Playwright
from sqlalchemy import Engine
from werkzeug.serving import make_server

from lokaltmot_lms.trial.browser import find_browser
from lti_app import create_app
from lti_app.migrations import upgrade
from lti_app.settings import Settings
from lti_app.store.engine import writing
from lti_app.store.registrations import add_registration, put_deployment

from ..platform import CLAIM, DEEP_LINKING, INSTRUCTOR, Platform, serving

Claims = Callable[[Platform, str, str], dict[str, Any]]

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
    # The frame in the process of its page: of one in another process, whose document is written anew, Playwright at
    # times sees nothing more, though it plays. What a browser keeps apart for a site does not depend on processes.
    "--disable-features=IsolateOrigins,site-per-process",
    "--disable-site-isolation-trials",
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
def served(app: Flask) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class FramedTool:
    """What is served. asked: each request that the tool got, as it stood on the line, with its Referer."""

    tool: str
    platform: str
    app: Flask
    engine: Engine
    asked: list[str]
    returned: list[dict[str, str]]


def deep_linking(platform: Platform, tool: str, nonce: str) -> dict[str, Any]:
    """A teacher chooses modules; the platform speaks English."""
    settings = {
        "accept_types": ["ltiResourceLink"],
        "accept_multiple": True,
        "deep_link_return_url": f"{platform.issuer}/return",
    }
    return platform.claims(
        tool,
        nonce,
        **{
            f"{CLAIM}message_type": "LtiDeepLinkingRequest",
            f"{CLAIM}roles": [INSTRUCTOR],
            f"{CLAIM}resource_link": ...,
            f"{CLAIM}launch_presentation": {"locale": "en"},
            f"{DEEP_LINKING}deep_linking_settings": settings,
        },
    )


def _platform_app(
    platform: Platform, tool: list[str], claims: Claims, returned: list[dict[str, str]], *, has_storage: bool
) -> Flask:
    app = Flask("platform")

    @app.post("/return")
    def take() -> str:
        returned.append(request.form.to_dict())
        return "<h1>Taken</h1>"

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
        fields = {
            "id_token": platform.sign(claims(platform, tool[0], request.args["nonce"])),
            "state": request.args["state"],
        }
        if has_storage:
            fields["lti_storage_target"] = "_parent"
        inputs = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
        return (
            f'<form method="post" action="{request.args["redirect_uri"]}">{inputs}</form>'
            "<script>document.forms[0].submit()</script>"
        )

    return app


@contextmanager
def framed_tool(folder: Path, *, has_storage: bool, claims: Claims = deep_linking) -> Iterator[FramedTool]:
    """Serve a tool, whose modules are in the folder, and a platform that launches it."""
    with serving() as web:
        platform = Platform(web=web, client_id="ours")
        tool: list[str] = []
        returned: list[dict[str, str]] = []
        with served(_platform_app(platform, tool, claims, returned, has_storage=has_storage)) as platform_port:
            platform.issuer = f"http://127.0.0.1:{platform_port}"
            later = _Later()
            with served(later) as tool_port:  # type: ignore[arg-type]
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
                later.app = app
                yield FramedTool(tool[0], platform.issuer, app, engine, later.asked, returned)
                engine.dispose()


@dataclass
class _Later:
    """A WSGI application that is not known yet when its port is taken."""

    app: Any = None
    asked: list[str] = field(default_factory=list)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        line = f"{environ['REQUEST_METHOD']} {environ['REQUEST_URI']} {environ.get('HTTP_REFERER', '')}"
        self.asked.append(line)
        return self.app(environ, start_response)


@contextmanager
def browser(playwright: Playwright, folder: Path, profile: dict[str, Any]) -> Iterator[BrowserContext]:
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


BLOCKED = {"cookie_controls_mode": 1, "block_third_party_cookies": True}


def no_cookies_in_the_frame(tool: str, platform: str) -> dict[str, Any]:
    """Even a partitioned cookie is refused where the platform holds the tool, as some browsers do."""
    exceptions = {"cookies": {f"{tool},{platform}": {"setting": 2}}}
    return {**BLOCKED, "content_settings": {"exceptions": exceptions}}
