"""Runs the tool, the demo platform and the grade sender in one process, on two host names of this machine."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from lti_app import create_app
from lti_app.grade_sender import work_once
from lti_app.migrations import upgrade
from lti_app.sandbox import pages, services
from lti_app.sandbox.platform import CLIENT, DEPLOYMENT, SandboxPlatform
from lti_app.settings import Settings
from lti_app.site.views import static
from lti_app.store.engine import writing
from lti_app.store.registrations import add_registration, put_deployment
from lti_app.trust.egress import host_of
from lti_app.trust.tool import Tool

_PAUSE = 0.3  # seconds; short, since somebody watches the gradebook


@contextmanager
def demonstration(folder: Path, modules: Path, *, port: int) -> Iterator[str]:
    """Run everything until the block ends, and yield the platform's address.

    folder: for the temporary database. modules: the built modules. port: of the platform; the tool uses the next one.

    Raises:
        OSError: a port is in use.
    """
    # Two host names of one machine are two sites to a browser, like a real platform and tool.
    origin, tool_origin = f"http://127.0.0.1:{port}", f"http://localhost:{port + 1}"
    settings = Settings(
        public_url=tool_origin, database=f"sqlite:///{folder / 'demo.db'}", secret_file=folder / "demo.secret",
        modules=modules, log_level="ERROR",
    )  # fmt: skip
    app = create_app(settings)
    tool: Tool = app.extensions["lokaltmot"]
    upgrade(tool.engine)
    platform = SandboxPlatform(origin=origin, tool=tool_origin)
    _register(tool, platform)
    stop = threading.Event()
    with ExitStack() as running:
        running.callback(tool.engine.dispose)
        for one, number in ((app, port + 1), (_application(tool, platform), port)):
            running.enter_context(_served(one, number))
        sender = threading.Thread(target=_send, args=(tool, stop))
        sender.start()
        running.callback(sender.join)
        running.callback(stop.set)
        yield origin


def _register(tool: Tool, platform: SandboxPlatform) -> None:
    """Register the platform with the tool, like `lokaltmot lti platform add`."""
    with writing(tool.engine) as connection:
        id_ = add_registration(
            connection, issuer=platform.origin, client_id=CLIENT, auth_login_url=f"{platform.origin}/auth",
            auth_token_url=f"{platform.origin}/token", jwks_url=f"{platform.origin}/jwks",
            service_hosts=(host_of(platform.origin),), deployment_policy="listed", name="Demo",
        )  # fmt: skip
        put_deployment(connection, id_, DEPLOYMENT, is_active=True)


def _application(tool: Tool, platform: SandboxPlatform) -> Flask:
    app = Flask("lti_app.sandbox", static_folder=None)
    app.extensions.update({"lokaltmot": tool, services.NAME: platform})
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(services.blueprint)
    app.add_url_rule("/lti/static/<name>", view_func=static)

    @app.after_request
    def _add_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            f"base-uri 'none'; frame-src 'self' {platform.tool}; form-action 'self' {platform.tool}; "
            "frame-ancestors 'self'"
        )
        return response

    return app


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: ARG002  # the parent's names
        return


@contextmanager
def _served(app: Flask, port: int) -> Iterator[None]:
    with socket.socket() as probe:  # werkzeug would exit the program if the port is in use
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _send(tool: Tool, stop: threading.Event) -> None:
    while not stop.is_set():
        if not work_once(tool):
            stop.wait(_PAUSE)
