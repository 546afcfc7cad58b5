"""Sends the newest text to every open page, as server-sent events."""

import threading
from collections.abc import Iterator

_KEEP_ALIVE = 10.0  # seconds between keep-alive events, which detect closed pages


class LiveEvents:
    """One thread publishes; one thread per page listens."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = 0
        self._text = ""
        self._is_closed = False

    def publish(self, text: str) -> None:
        """Send a text to all listeners, and as the first text to later ones."""
        with self._changed:
            self._number += 1
            self._text = text
            self._changed.notify_all()

    def close(self) -> None:
        """End all listeners."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def listen(self) -> Iterator[str]:
        """Yield the current text and each later one, and "" as a keep-alive."""
        seen = 0
        while True:
            with self._changed:
                if self._number == seen and not self._is_closed:
                    self._changed.wait(timeout=_KEEP_ALIVE)
                if self._is_closed:
                    return
                text = self._text if self._number > seen else ""
                seen = self._number
            yield text
