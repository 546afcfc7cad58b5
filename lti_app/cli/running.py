"""`serve`, `work` and `upgrade`: the service, the sender of grades, and the database they need."""

import signal
import threading
from typing import Any

import click
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from lokaltmot_lms.texts import N_
from lti_app import create_app
from lti_app.cli.command import Console, command, option
from lti_app.cli.opening import open_settings, open_tool
from lti_app.migrations import upgrade as upgrade_schema
from lti_app.outbox import work as send_grades


@command("upgrade", N_("Make the database, or bring it to this version."), has_json=False)
def upgrade(console: Console) -> None:
    """Run the migrations."""
    tool = open_tool(wants_schema=False)
    upgrade_schema(tool.engine)
    console.say(console.gettext("The database is at this version."))


@command("serve", N_("Serve the tool; a proxy with TLS stands before it."), has_json=False)
@option("--host", default="127.0.0.1", help=N_("The address to listen on."))
@option("--port", default=8000, type=click.IntRange(1, 65535), help=N_("The port to listen on."))
@option("--workers", default=2, type=click.IntRange(1, 64), help=N_("How many processes share the work."))
def serve(_: Console, host: str, port: int, workers: int) -> None:
    """Run gunicorn with threads, so that a slow reader does not keep a worker."""
    settings = open_settings()
    if settings.database.startswith("sqlite"):
        # The embedded database belongs to this service alone; a server's is upgraded by hand, once for all processes.
        upgrade_schema(open_tool(wants_schema=False).engine)
    else:
        open_tool()
    _Service({"bind": f"{host}:{port}", "workers": workers, "threads": 4, "worker_class": "gthread"}).run()


@command(
    "work", N_("Send grades to the platforms, until stopped. Runs beside `serve`; once is enough."), has_json=False
)
def work(_: Console) -> None:
    """Run the sender. Stopped by SIGTERM it finishes the grade in hand; killed, the next one begins where it was."""
    tool = open_tool()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    send_grades(tool, stop)


class _Service(BaseApplication):  # type: ignore[misc]
    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app()  # in each worker: a database connection must not be shared over a fork
