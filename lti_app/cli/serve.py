"""`serve`, `work` and `upgrade`: the service, the grade sender, and the database."""

import gc
import signal
import threading
from typing import Any

import click
from gunicorn.app.base import Application  # type: ignore[import-untyped]

from lokaltmot_lms.texts import N_
from lti_app import create_app
from lti_app.cli.command import Console, command, option
from lti_app.cli.open_tool import open_settings, open_tool
from lti_app.grade_sender import work as send_grades
from lti_app.migrations import upgrade as upgrade_schema
from lti_app.trust.egress import DEADLINE


@command("upgrade", N_("Create the database, or upgrade it to the current version."), has_json=False)
def upgrade(console: Console) -> None:
    """Run the migrations."""
    tool = open_tool(wants_schema=False)
    upgrade_schema(tool.engine)
    console.say(console.gettext("The database is at the current version."))


@command("serve", N_("Serve the tool, behind a TLS proxy."), has_json=False)
@option("--host", default="127.0.0.1", help=N_("The address to listen on."))
@option("--port", default=8000, type=click.IntRange(1, 65535), help=N_("The port to listen on."))
@option("--workers", default=2, type=click.IntRange(1, 64), help=N_("Number of worker processes."))
@option("--with-sender", is_flag=True, help=N_("Send grades too, for a small site, instead of running `work`."))
@option(
    "--gunicorn",
    "file",
    type=click.Path(exists=True, dir_okay=False),
    help=N_("A file with more settings for gunicorn."),
)
def serve(_: Console, host: str, port: int, workers: int, with_sender: bool, file: str | None) -> None:
    """Run gunicorn with threads, so that a slow client does not block a worker."""
    settings = open_settings()
    # SQLite belongs to this service alone, so it is upgraded here. PostgreSQL is upgraded with `upgrade`, once.
    is_embedded = settings.database.startswith("sqlite")
    tool = open_tool(wants_schema=not is_embedded)
    if is_embedded:
        upgrade_schema(tool.engine)
    tool.engine.dispose()  # before the workers start: a connection must not be shared across a fork
    options: dict[str, Any] = {"bind": f"{host}:{port}", "workers": workers, "threads": 4, "worker_class": "gthread"}
    if with_sender:
        options |= {"post_worker_init": _start_sender, "worker_exit": _end_sender}
    _Service(options, file).run()


@command("work", N_("Run the grade sender until stopped, next to `serve`. One is enough."), has_json=False)
def work(_: Console) -> None:
    """Run the grade sender. On SIGTERM it finishes the current grade. If it is killed, the next sender continues."""
    tool = open_tool()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    send_grades(tool, stop)


def _start_sender(worker: Any) -> None:
    """Start a grade sender in a worker. There may be several: each grade is claimed by one of them."""
    stop = threading.Event()
    thread = threading.Thread(target=send_grades, args=(worker.wsgi.extensions["lokaltmot"], stop), daemon=True)
    worker.sender = (thread, stop)
    thread.start()


def _end_sender(_server: Any, worker: Any) -> None:
    """Let the grade sender finish its current grade. The grade of a killed worker is sent after its lease expires."""
    if hasattr(worker, "sender"):
        thread, stop = worker.sender
        stop.set()
        thread.join(timeout=DEADLINE)


class _Service(Application):  # type: ignore[misc]
    """gunicorn with our settings, which a file can override."""

    def __init__(self, options: dict[str, Any], file: str | None) -> None:
        self._options, self._file = options, file
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)
        if self._file:
            self.load_config_from_file(self._file)

    def load(self) -> Any:
        app = create_app()  # in each worker: a database connection must not be shared across a fork
        gc.freeze()  # the objects of the app live as long as the worker, so the garbage collector can skip them
        return app
