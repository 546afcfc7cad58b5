"""Shows the progress of a long build: only on a terminal, and only after a second."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from lokaltmot_lms.cli.console import Console

_PATIENCE = 1.0  # seconds
_ERASE_LINE = "\r\x1b[K"

T = TypeVar("T")


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
