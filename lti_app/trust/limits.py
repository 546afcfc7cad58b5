"""How often somebody may ask: a bucket a name, in this process's memory."""

import threading
import time
from dataclasses import dataclass, field

from lti_app.errors import Advice, LaunchError

_MOST_NAMES = 10_000


@dataclass(slots=True)
class Limits:
    """Counts requests. The only state of the trust room that changes; it is lost, harmlessly, with the process."""

    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, name: str, *, burst: int, per_second: float) -> bool:
        """Take one from the bucket of a name, and return whether there was one."""
        now = time.monotonic()
        with self._lock:
            if len(self._buckets) > _MOST_NAMES:
                self._buckets.clear()  # somebody makes up names; start over rather than fill the memory
            left, at = self._buckets.get(name, (float(burst), now))
            left = min(float(burst), left + (now - at) * per_second)
            allowed = left >= 1
            self._buckets[name] = (left - 1 if allowed else left, now)
            return allowed

    def demand(self, name: str, *, burst: int, per_second: float) -> None:
        """Take one from the bucket of a name.

        Raises:
            LaunchError: 429, the bucket is empty.
        """
        if not self.spend(name, burst=burst, per_second=per_second):
            raise LaunchError(429, "too_many_requests", advice=Advice.TRY_LATER)
