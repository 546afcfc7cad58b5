"""Finds a Chromium to drive: one that the user names, an installed one, or one from Playwright."""

import os
import shutil
import sys
from pathlib import Path

# Chromium keeps only the last --disable-features, so Playwright's list is repeated here. The last two are ours: without
# them, each new window also loads two pages for its address bar, which costs more than most tests.
_FEATURES_OFF = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
)
# The browser itself makes no requests.
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(_FEATURES_OFF)}",
)
# No other host resolves, by name or by address.
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge", "msedge")
_PLACES = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
}
# Where `playwright install chromium` puts it: a cache per system, with one folder per build.
_CACHES = {"darwin": "~/Library/Caches/ms-playwright", "win32": "~/AppData/Local/ms-playwright"}
_IN_CACHE = (
    "chromium-*/chrome-*/chrome",
    "chromium-*/chrome-*/chrome.exe",
    "chromium-*/chrome-*/*.app/Contents/MacOS/*",
)


def find_browser() -> Path | None:
    """Return the program file of a Chromium or Chrome; None when none is found.

    The environment variable CHROMIUM comes first. When it names a missing file, nothing else is tried.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(named)
        return Path(path) if path else None
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    for place in _PLACES.get(sys.platform, ()):
        if Path(place).is_file():
            return Path(place)
    return _from_playwright()


def _from_playwright() -> Path | None:
    cache = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or _CACHES.get(sys.platform, "~/.cache/ms-playwright")
    folder = Path(cache).expanduser()
    found = sorted(path for pattern in _IN_CACHE for path in folder.glob(pattern) if path.is_file())
    return found[-1] if found else None
