"""Decides when a page has come to rest: no request is under way, every frame is loaded, and no timer is pending.

What a package does is waited for, never how long a machine takes for it. A wait is counted in turns of the page, which
take longer on a busy machine; time is only measured, for the report.
"""

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request

TURN = 100  # ms of the page's own time
TURNS_AT_REST = 3
MOST_TURNS = 300  # without a request under way: 30 s, and more on a busy machine
MOST_TURNS_LOADING = 6000
TURNS_FOR_AN_ANSWER = 20

# Counts what a page of the package still has planned. Content keeps its timers; only their number is looked at. A
# timer for later than the longest wait, such as one that ends a session after 20 minutes, does not count.
COUNT_TIMERS = """(() => {
  const longest = TURNS;
  if (window === window.top) {
    return;
  }
  const pending = new Map();
  const { setTimeout: later, setInterval: often, clearTimeout: never } = window;
  const run = (task, args) => (typeof task === "function" ? task.apply(window, args) : (0, eval)(String(task)));
  window.setTimeout = (task, ms = 0, ...args) => {
    const id = later(() => { pending.delete(id); run(task, args); }, ms);
    if (!(ms > longest)) {
      pending.set(id, "once");
    }
    return id;
  };
  window.setInterval = (task, ms = 0, ...args) => {
    const id = often(() => run(task, args), ms);
    pending.set(id, "often");
    return id;
  };
  window.clearTimeout = window.clearInterval = id => {
    pending.delete(Number(id));
    never(id);
  };
  Object.defineProperty(window, "lokaltmotTimers", { value: () => pending.size });
})()""".replace("TURNS", str(TURN * MOST_TURNS))

# One turn of the page of the test LMS: it ends at once when the session begins. Tells what the frames are up to.
_TURN = """async ([ms, wanted]) => {
  const until = performance.now() + ms;
  const phase = () => lms.runtime?.phase ?? "before";
  while (!wanted.includes(phase()) && performance.now() < until) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  const frames = [];
  const collect = outer => {
    for (let index = 0; index < outer.length; index += 1) {
      frames.push(outer[index]);
      collect(outer[index]);
    }
  };
  collect(window);
  const ask = question => frames.some(inner => {
    try {
      return question(inner);
    } catch {
      return false;  // of another origin: only its requests can be seen
    }
  });
  return {
    phase: phase(),
    calls: lms.calls.length,
    loading: ask(inner => inner.document.readyState !== "complete"),
    timers: ask(inner => (inner.lokaltmotTimers?.() ?? 0) > 0),
  };
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """The end of a wait. seconds: measured. is_quiet: whether page and network came to rest."""

    has_begun: bool
    is_quiet: bool
    seconds: int


@dataclass(kw_only=True)
class Requests:
    """The requests of a browser that are under way. Streams, which never end, don't count.

    A script may leave the answer to its request unread, and then Chromium never reports its end. So an answered one
    counts for a number of turns only.
    """

    _under_way: dict["Request", int] = field(default_factory=dict)
    _answered: set["Request"] = field(default_factory=set)

    def watch(self, context: "BrowserContext") -> None:
        """Follow the requests of a context from now on."""
        context.on("request", self._began)
        context.on("response", lambda response: self._answered.add(response.request))
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._ended)

    def forget(self) -> None:
        """Forget the requests of a tab that is gone."""
        self._under_way.clear()
        self._answered.clear()

    def count(self) -> int:
        """Return how many are under way in this turn."""
        for request in self._answered & self._under_way.keys():
            self._under_way[request] += 1
            if self._under_way[request] > TURNS_FOR_AN_ANSWER:
                self._ended(request)
        return len(self._under_way)

    def _began(self, request: "Request") -> None:
        if request.resource_type not in {"eventsource", "websocket", "media"}:
            self._under_way[request] = 0

    def _ended(self, request: "Request") -> None:
        self._under_way.pop(request, None)
        self._answered.discard(request)


def wait_for(page: "Page", requests: Requests, *phases: str, timers: bool = True) -> Waited:
    """Wait until the session is in one of the phases, or until page and network are quiet.

    page: of the test LMS. timers: whether a pending timer is a sign of unrest.
    """
    began = time.monotonic()
    at_rest, counted, calls = 0, 0, -1
    for _ in range(MOST_TURNS_LOADING):
        state: dict[str, Any] = page.evaluate(_TURN, [TURN, phases])
        if state["phase"] in phases:
            return _waited(began, has_begun=True)
        is_loading = state["loading"] or requests.count() > 0
        is_busy = is_loading or state["calls"] != calls or (timers and state["timers"])
        calls = state["calls"]
        at_rest = 0 if is_busy else at_rest + 1
        counted += not is_loading
        if at_rest == TURNS_AT_REST:
            return _waited(began, is_quiet=True)
        if counted == MOST_TURNS:
            break
    return _waited(began)


def _waited(began: float, *, has_begun: bool = False, is_quiet: bool = False) -> Waited:
    return Waited(has_begun=has_begun, is_quiet=is_quiet, seconds=max(1, round(time.monotonic() - began)))
