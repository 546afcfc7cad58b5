"""HTTP interface of the test LMS's page: it launches units, simulates failures, and follows the requests of a unit."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lokaltmot_lms.serve.cmi5 import lrs
from lokaltmot_lms.serve.cmi5.platform import Cmi5Platform, RequestRecord
from lokaltmot_lms.serve.resource import Reply, Request, Stream

_HARMLESS = {404}  # a document that does not exist yet


class Cmi5Server:
    """Serves one platform. base: where the units' files are served, from the server's root."""

    def __init__(self, platform: Cmi5Platform, *, base: str) -> None:
        self.platform = platform
        self._base = base

    def talk(self, request: Request, path: str) -> Reply | None:
        """Answer a unit or the platform's own page (templates/lms/cmi5.js); None for other requests."""
        if path.startswith("platform/") and request.method == "POST":
            return self._order(path.removeprefix("platform/"), json.loads(request.body or b"{}"))
        return lrs.answer(self.platform, request, path)

    def route(self, path: str) -> Stream | None:
        """Return the stream of events of a unit: "platform/events/NUMBER"."""
        number = path.removeprefix("platform/events/")
        if number == path or not number.isdecimal() or int(number) >= len(self.platform.units):
            return None
        return Stream(events=lambda: self._events(int(number)))

    def _order(self, what: str, order: Any) -> Reply | None:
        platform, unit, href = self.platform, int(order.get("unit", 0)), ""
        match what:
            case "launch":
                base = urljoin(platform.address, self._base)
                href = platform.launch(unit, mode=order.get("mode", "Normal"), base=base)
            case "fails":
                platform.fails = int(order["status"])
            case "state":
                platform.replace_state(order["state"], unit)
            case "forget":
                platform.forget()
            case _:
                return None
        return Reply(body=self._news(unit, [], href=href).encode())

    def _events(self, unit: int) -> Iterator[str]:
        platform = self.platform
        yield self._news(unit, [])
        for fresh in platform.watch(len(platform.entries)):
            yield self._news(unit, fresh) if fresh else ""

    def _news(self, unit: int, entries: list[RequestRecord], *, href: str = "") -> str:
        news = {
            "href": href,
            "calls": [_call(entry) for entry in entries],
            "stored": self.platform.outcome(unit),
            "phase": self.platform.phase(unit),
        }
        return json.dumps(news, ensure_ascii=False)


def _call(entry: RequestRecord) -> dict[str, Any]:
    """Return a request as a call of templates/lms/trace.js."""
    is_wrong = entry.status >= 400 and entry.status not in _HARMLESS
    return {
        "launch": entry.launch,
        "at": round(entry.at),
        "name": entry.name,
        "args": list(entry.about),
        "result": "false" if is_wrong else str(entry.status),
        "error": entry.status if is_wrong else 0,
        "why": f"cmi5 {entry.requirement}: {entry.why}" if entry.requirement else entry.why,
        "ms": 0,
        "refused": bool(entry.requirement),
        "caution": "",
    }
