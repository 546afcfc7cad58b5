"""Shows the progress of a long build: only on a terminal, and only after a second."""

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from lokaltmot_lms.cli.console import Console

_PATIENCE = 1.0  # seconds
_ERASE_LINE = "\r\x1b[K"

T = TypeVar("T")


@contextmanager
def live_line() -> Iterator[Callable[[str], None]]:
    """Yield a function that shows what goes on, on one line of standard error; it is gone afterwards."""
    is_terminal = sys.stderr.isatty()

    def show(text: str) -> None:
        if is_terminal:
            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"{_ERASE_LINE}{text[:width]}")
            sys.stderr.flush()

    try:
        yield show
    finally:
        if is_terminal:
            sys.stderr.write(_ERASE_LINE)
            sys.stderr.flush()


def progress(console: Console, steps: Iterable[T]) -> Iterator[T]:
    """Yield the steps, and show their number on standard error."""
    if not sys.stderr.isatty():
        yield from steps
        return
    began, is_shown = time.monotonic(), False
    for count, step in enumerate(steps, start=1):
        if time.monotonic() - began > _PATIENCE:
            is_shown = True
            text = console.ngettext("{count} file made …", "{count} files made …", count)
            sys.stderr.write(f"{_ERASE_LINE}{text}")
            sys.stderr.flush()
        yield step
    if is_shown:
        sys.stderr.write(_ERASE_LINE)
