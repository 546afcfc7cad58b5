"""Rate limits: one token bucket per name, in the memory of this process. The callers set the rates."""

import threading
import time
from dataclasses import dataclass, field

from lti_app.errors import Advice, LaunchError

_MOST_NAMES = 10_000


@dataclass(slots=True)
class Limits:
    """The rate limiter. Its state is lost with the process, which is harmless."""

    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, name: str, *, burst: int, per_second: float) -> bool:
        """Take a token from the bucket of a name, and return whether there was one.

        burst: the size of the bucket. per_second: how fast it refills.
        """
        now = time.monotonic()
        with self._lock:
            if len(self._buckets) > _MOST_NAMES:
                self._buckets.clear()  # start over instead of filling the memory with invented names
            left, at = self._buckets.get(name, (float(burst), now))
            left = min(float(burst), left + (now - at) * per_second)
            allowed = left >= 1
            self._buckets[name] = (left - 1 if allowed else left, now)
            return allowed

    def rest(self, name: str, *, seconds: float, per_second: float) -> None:
        """Let the bucket of a name stay empty for a while. per_second: how fast it refills."""
        with self._lock:
            self._buckets[name] = (-seconds * per_second, time.monotonic())

    def demand(self, name: str, *, burst: int, per_second: float) -> None:
        """Take a token from the bucket of a name.

        Raises:
            LaunchError: 429, the rate limit is exceeded.
        """
        if not self.spend(name, burst=burst, per_second=per_second):
            raise LaunchError(429, "too_many_requests", advice=Advice.TRY_LATER)
