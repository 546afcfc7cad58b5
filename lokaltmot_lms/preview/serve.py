"""Runs the preview: a server for the page, and a watcher that reports every change of the source to the page."""

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from watchfiles import watch

from lokaltmot_lms.preview.live_events import LiveEvents
from lokaltmot_lms.preview.rebuild import PreviewBuilder, SourceSnapshot
from lokaltmot_lms.preview.site import Site
from lokaltmot_lms.serve import Server

# An editor writes a file in several steps; all within this many milliseconds are one change.
_ONE_CHANGE = 8
_TEXT_ENDINGS = {".md", ".yaml", ".yml", ".lock"}


class Preview:
    """A preview that runs until it is closed. address: its URL."""

    def __init__(
        self, path: Path, *, port: int = 0, local: Path | None = None, target: str = "scorm12", language: str = "en"
    ) -> None:
        """Listen on a port of 127.0.0.1; 0 finds a free one.

        Raises:
            OSError: the port is in use.
        """
        self._folder = path if path.is_dir() else path.parent
        self._builder = PreviewBuilder(path=path, target=target, local=local)
        self._reading: SourceSnapshot = self._builder.read(None)
        self._events = LiveEvents()
        self._site = Site(self._builder, self._events, lambda: self._reading, language)
        self._server = Server(self._site.route, port=port, talk=self._site.cmi5.talk)
        self._site.cmi5.address = self._server.address
        self._stop = threading.Event()
        self._is_watching = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    @property
    def address(self) -> str:
        """The page's address, with a trailing slash."""
        return self._server.address

    @property
    def reading(self) -> SourceSnapshot:
        """The source as it was last read."""
        return self._reading

    def __enter__(self) -> Self:
        self._server.__enter__()
        self._watcher.start()
        self._is_watching.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._watcher.join()
        self._events.close()
        self._server.__exit__(kind, error, trace)

    def wait(self) -> None:
        """Wait until the watcher ends or Ctrl-C."""
        while self._watcher.is_alive():
            self._watcher.join(timeout=0.5)

    def _watch(self) -> None:
        self._check()
        watched = watch(
            *self._places(),
            stop_event=self._stop,
            step=_ONE_CHANGE,
            debounce=10 * _ONE_CHANGE,
            rust_timeout=200,
            yield_on_timeout=True,
            raise_interrupt=False,
        )
        for changes in watched:
            # The first timeout shows that the system's watch is active: from now on no change is missed.
            self._is_watching.set()
            if changes:
                self._follow({Path(name) for _, name in changes})

    def _places(self) -> Iterable[Path]:
        local = self._builder.local
        return (self._folder, local.parent) if local and self._folder not in local.parents else (self._folder,)

    def _follow(self, paths: set[Path]) -> None:
        media_changed = any(path.suffix not in _TEXT_ENDINGS for path in paths)
        self._reading = self._builder.read(self._reading, media_changed=media_changed)
        self._site.publish()
        self._check()

    def _check(self) -> None:
        # The page shows the change first; the checks of the whole course may take longer.
        checked = self._builder.check(self._reading)
        if checked.problems != self._reading.problems:
            self._reading = checked
            self._site.publish()


def serve(
    path: Path,
    *,
    port: int = 0,
    local: Path | None = None,
    target: str = "scorm12",
    language: str = "en",
    ready: Callable[[str], None],
) -> None:
    """Serve a preview of a course until Ctrl-C. ready: called with the address once a browser can open it.

    path: a course folder or a single .md file. target: "scorm12", "scorm2004" or "cmi5".

    Raises:
        OSError: the port is in use.
    """
    with (
        Preview(path, port=port, local=local, target=target, language=language) as preview,
        suppress(KeyboardInterrupt),
    ):
        ready(preview.address)
        preview.wait()
