"""A browser with the test LMS: launches a package, causes faults, and observes the page."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from lokaltmot_lms.texts import N_
from lokaltmot_lms.trial.browser import ARGUMENTS, NOWHERE_ELSE, find_browser
from lokaltmot_lms.trial.manifest import Sco
from lokaltmot_lms.trial.quiet import COUNT_TIMERS, Requests, Waited, wait_for
from lokaltmot_lms.trial.verdict import Call, Finding, TrialError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FrameLocator, Page, Request, Route

# How long to wait for our own player, in milliseconds: it is slow only on a busy machine.
PATIENCE = 60_000
_OUR_PATIENCE = 60_000  # for our own page, which is slow only on a busy machine
LRS = "/cmi5/"  # in the URL of every request to our record store
_LOCAL = {"data", "blob", "about", "chrome-error"}

NO_PLAYWRIGHT = N_("`try` needs Playwright to drive a browser. Install it: pip install 'lokaltmot[try]'")
NO_BROWSER = N_(
    "No Chromium or Chrome was found. Set CHROMIUM to the program file, or run: playwright install chromium"
)
NO_START = N_("The browser {path} did not start. Set CHROMIUM to another one, or run: playwright install chromium")
NEVER_INITIALISED = N_(
    "The content never started a session with the platform, so nothing would be recorded. After {seconds} s, the page "
    "and the network were quiet."
)
STILL_BUSY = N_(
    "The content had not started a session with the platform after {seconds} s. The page was still working when the "
    "wait ended."
)
_CONSOLE = N_("The page wrote an error to the console: {text}")
_ELSEWHERE = N_("The page requested {url} from another host. The request was blocked.")


class StuckError(Exception):
    """The scenario can't continue, since something did not happen. message: what, as a gettext message."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.finding = Finding(message=message, values=values)


@contextmanager
def open_browser(program: Path | None = None) -> "Iterator[Browser]":
    """Start a Chromium, and close it afterwards.

    Raises:
        TrialError: Playwright or a browser is missing, or the browser does not start.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError as error:
        raise TrialError(NO_PLAYWRIGHT) from error
    found = program or find_browser()
    if found is None:
        raise TrialError(NO_BROWSER)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=[*ARGUMENTS, NOWHERE_ELSE])
        except Error as error:
            raise TrialError(NO_START, path=str(found)) from error
        try:
            yield browser
        finally:
            browser.close()


@dataclass(kw_only=True)
class LearnerBrowser:
    """The browser of a learner. Tabs share their storage, and no request leaves this machine.

    address: of the test LMS, with a slash at the end. is_ours: whether lokaltmot built the package. limits: of the test
    LMS, where they differ from the standard's.
    """

    context: "BrowserContext"
    address: str
    sco: Sco
    is_ours: bool = True
    limits: Mapping[str, int] = field(default_factory=dict)
    requests: Requests = field(default_factory=Requests)
    errors: list[Finding] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    _page: "Page | None" = None
    _earlier: list[Call] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """The origin of the test LMS and the package."""
        return urljoin(self.address, "/")

    def open(self) -> None:
        """Open the page of the test LMS in a new tab, without a launch."""
        self.requests.forget()
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._note(_CONSOLE, text=str(error)))
        page.goto(f"{self.address}lms.html?wait", timeout=_OUR_PATIENCE)
        page.wait_for_function("() => window.lms", timeout=_OUR_PATIENCE)
        self._page = page

    @property
    def page(self) -> "Page":
        """The open tab."""
        if self._page is None:
            raise RuntimeError("open() comes first")
        return self._page

    @property
    def content(self) -> "FrameLocator":
        """The frame with the package."""
        return self.page.frame_locator("#content")

    def launch(self, **settings: object) -> None:
        """Launch the package. settings: instead of those from its manifest (attempt.js, Settings)."""
        self.page.evaluate("settings => lms.launch(settings)", {"limits": dict(self.limits), **settings})

    def begin(self, **settings: object) -> None:
        """Launch, and wait until the content has started its session.

        Raises:
            StuckError: the content does not start one.
        """
        self.launch(**settings)
        # Content may also end its session at once. The cmi5 platform is in the server, and may still show the last one.
        phases = ("open",) if self.sco.standard == "cmi5" else ("open", "ended")
        waited = self._wait(*phases)
        if not waited.has_begun:
            message = NEVER_INITIALISED if waited.is_quiet else STILL_BUSY
            raise StuckError(message, seconds=waited.seconds)

    def rest(self) -> None:
        """Wait until page and network are quiet. Timers don't count: many packages always have one."""
        self._wait(timers=False)

    def _wait(self, *phases: str, timers: bool = True) -> Waited:
        return wait_for(self.page, self.requests, *phases, timers=timers)

    def settle(self) -> None:
        """Wait until the content makes no more calls."""
        self.page.evaluate("() => lms.quiet(80)")

    def waits(self, condition: str, argument: object = None, *, patience: int | None = None) -> bool:
        """Wait for a JavaScript condition in the page of the test LMS. Return False on a timeout."""
        from playwright.sync_api import TimeoutError as TooLate

        try:
            self.page.wait_for_function(condition, arg=argument, timeout=patience or PATIENCE)
        except TooLate:
            return False
        return True

    def leave(self) -> None:
        """Close the content as a platform does."""
        self.page.evaluate("() => lms.leave()")

    def kill(self) -> None:
        """Kill the process of the tab, so that the page gets no unload events."""
        from playwright.sync_api import Error

        self._earlier += self._calls_here()
        with self.page.expect_event("crash"), suppress(Error):
            self.page.goto("chrome://crash")  # raises, since the process is gone
        self.page.close()
        self._page = None

    def break_with(self, **faults: object) -> None:
        """Set faults (host.js, Faults); `commit=""` removes that one."""
        self.page.evaluate("faults => Object.assign(lms.faults, faults)", faults)

    def stored(self) -> Mapping[str, str]:
        """Return what the platform stored for the attempt."""
        return dict(self.page.evaluate("() => lms.stored()"))

    def phase(self) -> str:
        """Return the phase of the session: "before", "open" or "ended"."""
        return str(self.page.evaluate("() => lms.runtime.phase"))

    def calls(self) -> tuple[Call, ...]:
        """Return all calls, those of closed tabs first."""
        return (*self._earlier, *self._calls_here())

    def count(self) -> int:
        """Return the number of calls in the open tab."""
        return int(self.page.evaluate("() => lms.calls.length"))

    def _calls_here(self) -> list[Call]:
        return [as_call(each) for each in self.page.evaluate("() => lms.calls")]

    def allow(self, route: "Route", request: "Request") -> None:
        """Allow a request to this machine; block and note any other."""
        if self._is_local(request):
            route.continue_()
            return
        self._note(_ELSEWHERE, url=request.url)
        route.abort()

    def watch(self, request: "Request") -> None:
        """Note a request to another machine. The browser can't resolve other hosts anyway."""
        if not self._is_local(request):
            self._note(_ELSEWHERE, url=request.url)

    def _is_local(self, request: "Request") -> bool:
        return urlsplit(request.url).scheme in _LOCAL or request.url.startswith(self.origin)

    def _on_console(self, message: "ConsoleMessage") -> None:
        # A blocked request is noted once, with its URL. Requests to an LRS are among the calls.
        url = message.location["url"]
        is_noted = LRS in url or ("ERR_FAILED" in message.text and not url.startswith(self.origin))
        if message.type == "error" and not is_noted:
            self._note(_CONSOLE, text=message.text)

    def _note(self, message: str, **values: object) -> None:
        # On a platform nothing is blocked, and nobody reads the console: with a package of others it is a remark.
        finding = Finding(message=message, values=values, is_remark=not self.is_ours)
        if finding not in self.errors:
            self.errors.append(finding)


@contextmanager
def stage(
    browser: "Browser", address: str, sco: Sco, *, is_ours: bool = True, limits: Mapping[str, int] | None = None
) -> Iterator[LearnerBrowser]:
    """Open a browser with empty storage for one scenario."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
    try:
        learner = LearnerBrowser(context=context, address=address, sco=sco, is_ours=is_ours, limits=limits or {})
        learner.requests.watch(context)
        context.add_init_script(COUNT_TIMERS)
        if sco.standard == "cmi5":
            # A closing unit sends its last statements; with a route on every request they would not arrive.
            context.on("request", learner.watch)
        else:
            context.route("**/*", learner.allow)
        learner.open()
        learner.page.evaluate(
            "() => lms.attempt.forget()"
        )  # the cmi5 platform is in the server and outlives the browser
        yield learner
    finally:
        context.close()


def as_call(data: Mapping[str, Any]) -> Call:
    """Return a call from the record of trace.js."""
    return Call(
        launch=data["launch"],
        at=data["at"],
        name=data["name"],
        args=tuple(data["args"]),
        result=data["result"],
        error=data["error"],
        why=data["why"],
        ms=data["ms"],
        refused=data["refused"],
        caution=data["caution"],
        type=data.get("type", "string"),
        phase=data.get("phase", ""),
    )
