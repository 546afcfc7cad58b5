"""Waits for what another process or thread does."""

import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds; long, so that a busy machine fails no test


def eventually(
    condition: Callable[[], object],
    seconds: float = PATIENCE,
    *,
    describe: Callable[[], str] = str,
    pause: float = 0.02,
) -> None:
    """Wait until a condition is true; ask again after each pause. Fails after `seconds` with the text of `describe`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"Not true after {seconds:.0f} seconds. {describe()}".rstrip()
        time.sleep(pause)
