"""Tells every open page at once that something is new: the newest text, as server-sent events."""

import threading
from collections.abc import Iterator

_BREATH = 10.0  # seconds between signs of life, so that a page that is gone is noticed


class Bell:
    """Rung by one thread, listened to by one thread a page."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = 0
        self._text = ""
        self._is_closed = False

    def ring(self, text: str) -> None:
        """Send a text to everyone who listens, and as the first one to those who come later."""
        with self._changed:
            self._number += 1
            self._text = text
            self._changed.notify_all()

    def close(self) -> None:
        """Let every listener go."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def listen(self) -> Iterator[str]:
        """Yield the text there is and each later one, and "" as a sign of life when nothing happens."""
        heard = 0
        while True:
            with self._changed:
                if self._number == heard and not self._is_closed:
                    self._changed.wait(timeout=_BREATH)
                if self._is_closed:
                    return
                text = self._text if self._number > heard else ""
                heard = self._number
            yield text
