"""A browser with the strict LMS in it: launches a package, breaks things, and watches what the page does."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from lokaltmot_lms.texts import N_
from lokaltmot_lms.trial.browser import ARGUMENTS, NOWHERE_ELSE, find_browser
from lokaltmot_lms.trial.manifest import Sco
from lokaltmot_lms.trial.verdict import Call, Finding, TrialError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, FrameLocator, Page, Request, Route

# How long a package may take before it counts as one that never does it, in milliseconds.
PATIENCE = 10_000
_OUR_PATIENCE = 60_000  # for our own page, which is slow only when the machine is
LRS = "/cmi5/"  # in the address of every request to a record store of ours
_LOCAL = {"data", "blob", "about", "chrome-error"}

NO_PLAYWRIGHT = N_("`try` needs Playwright to drive a browser. Install it: pip install 'lokaltmot[try]'")
NO_BROWSER = N_(
    "No Chromium or Chrome was found. Set CHROMIUM to the program file, or run: playwright install chromium"
)
NO_START = N_("The browser {path} did not start. Set CHROMIUM to another one, or run: playwright install chromium")
NEVER_INITIALISED = N_("The content never started a session with the platform, so nothing would be recorded. Waited {seconds} s.")
_CONSOLE = N_("The page wrote an error to the console: {text}")
_ELSEWHERE = N_("The page requested {url} from another host. The request was blocked.")


class StuckError(Exception):
    """The scenario can't go on, since what should have happened did not. message: what, a key of the catalogues."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.finding = Finding(message=message, values=values)


@contextmanager
def open_browser(program: Path | None = None) -> "Iterator[Browser]":
    """Start a Chromium and end it afterwards.

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
    """A learner's browser: the windows share what is stored, and nothing leaves this machine.

    address: where the strict LMS is served, with a slash at the end.
    """

    context: "BrowserContext"
    address: str
    sco: Sco
    errors: list[Finding] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    _page: "Page | None" = None
    _earlier: list[Call] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """The server that all of it comes from."""
        return urljoin(self.address, "/")

    def open(self) -> None:
        """Open the platform's page in a new tab; nothing is launched yet."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._note(_CONSOLE, text=str(error)))
        page.goto(f"{self.address}lms.html?wait", timeout=_OUR_PATIENCE)
        page.wait_for_function("() => window.lms", timeout=_OUR_PATIENCE)
        self._page = page

    @property
    def page(self) -> "Page":
        """The tab that is open."""
        if self._page is None:
            raise RuntimeError("open() comes first")
        return self._page

    @property
    def content(self) -> "FrameLocator":
        """What the package shows."""
        return self.page.frame_locator("#content")

    def launch(self, **settings: object) -> None:
        """Launch the package. settings: what differs from its manifest (attempt.js, Settings)."""
        self.page.evaluate("settings => lms.launch(settings)", settings)

    def begin(self, **settings: object) -> None:
        """Launch, and wait until the content has begun its session.

        Raises:
            StuckError: it does not.
        """
        self.launch(**settings)
        if not self.waits("() => lms.runtime.phase === 'open'"):
            raise StuckError(NEVER_INITIALISED, seconds=PATIENCE // 1000)

    def settle(self) -> None:
        """Wait until the content has stopped talking to the platform."""
        self.page.evaluate("() => lms.quiet(80)")

    def waits(self, condition: str, argument: object = None, *, patience: int = PATIENCE) -> bool:
        """Wait until a JavaScript condition holds in the platform's page; say whether it came to."""
        from playwright.sync_api import TimeoutError as TooLate

        try:
            self.page.wait_for_function(condition, arg=argument, timeout=patience)
        except TooLate:
            return False
        return True

    def leave(self) -> None:
        """Take the content away as a platform does."""
        self.page.evaluate("() => lms.leave()")

    def kill(self) -> None:
        """End the tab's process in the middle of what it does: no event of leaving reaches the page."""
        from playwright.sync_api import Error

        self._earlier += self._calls_here()
        with self.page.expect_event("crash"), suppress(Error):
            self.page.goto("chrome://crash")  # answered by an error, since the process is gone
        self.page.close()
        self._page = None

    def break_with(self, **faults: object) -> None:
        """Set faults (host.js, Faults); `commit=""` mends it."""
        self.page.evaluate("faults => Object.assign(lms.faults, faults)", faults)

    def stored(self) -> Mapping[str, str]:
        """Return what the platform has kept of the attempt."""
        return dict(self.page.evaluate("() => lms.stored()"))

    def phase(self) -> str:
        """Return where the session stands: "before", "open" or "ended"."""
        return str(self.page.evaluate("() => lms.runtime.phase"))

    def calls(self) -> tuple[Call, ...]:
        """Return every call so far, those of closed tabs first."""
        return (*self._earlier, *self._calls_here())

    def count(self) -> int:
        """Return how many calls were made in the tab that is open."""
        return int(self.page.evaluate("() => lms.calls.length"))

    def _calls_here(self) -> list[Call]:
        return [as_call(each) for each in self.page.evaluate("() => lms.calls")]

    def allow(self, route: "Route", request: "Request") -> None:
        """Let a request through when it stays on this machine, else stop it and note it."""
        if self._stays(request):
            route.continue_()
            return
        self._note(_ELSEWHERE, url=request.url)
        route.abort()

    def watch(self, request: "Request") -> None:
        """Note a request that does not stay on this machine; the browser itself finds no other host."""
        if not self._stays(request):
            self._note(_ELSEWHERE, url=request.url)

    def _stays(self, request: "Request") -> bool:
        return urlsplit(request.url).scheme in _LOCAL or request.url.startswith(self.origin)

    def _hear(self, message: "ConsoleMessage") -> None:
        # A request we stopped is told once, by what it asked for; those to an LRS are in the calls.
        url = message.location["url"]
        is_told = LRS in url or ("ERR_FAILED" in message.text and not url.startswith(self.origin))
        if message.type == "error" and not is_told:
            self._note(_CONSOLE, text=message.text)

    def _note(self, message: str, **values: object) -> None:
        finding = Finding(message=message, values=values)
        if finding not in self.errors:
            self.errors.append(finding)


@contextmanager
def stage(browser: "Browser", address: str, sco: Sco) -> Iterator[LearnerBrowser]:
    """Open a fresh learner's browser for one scenario."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
    try:
        made = LearnerBrowser(context=context, address=address, sco=sco)
        if sco.standard == "cmi5":
            # A unit that goes away sends its last words, and none of them come through while each request is held up.
            context.on("request", made.watch)
        else:
            context.route("**/*", made.allow)
        made.open()
        made.page.evaluate("() => lms.attempt.forget()")  # a platform on the server outlives the browser
        yield made
    finally:
        context.close()


def as_call(data: Mapping[str, Any]) -> Call:
    """Return a call as trace.js wrote it down."""
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
    )
