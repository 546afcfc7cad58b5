"""What every test may ask for: --heavy, --update-golden, and the one Playwright of a process."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from lokaltmot_lms.trial.browser import ARGUMENTS, find_browser

_HEAVY_SECONDS = 3600


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--heavy", action="store_true", help="run the long suites too (before a release)")
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden from what is built now")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-golden") and os.environ.get("CI"):
        raise pytest.UsageError("CI compares golden files, it never rewrites them.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave heavy tests out unless asked for: deselected, so that the closing line counts them."""
    heavy = [item for item in items if item.get_closest_marker("heavy")]
    if config.getoption("--heavy"):
        for item in heavy:
            item.add_marker(pytest.mark.timeout(_HEAVY_SECONDS))
    elif heavy:
        config.hook.pytest_deselected(items=heavy)
        items[:] = [item for item in items if item not in heavy]


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the golden files are to be rewritten rather than compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of browsers: its synchronous form can be started only once in a thread."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests of a process; each test opens its own context in it."""
    program = find_browser()
    assert program is not None, "No Chromium was found. Set CHROMIUM, or run: playwright install chromium"
    browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
    yield browser
    browser.close()
