"""Takes the picture in docs/production.md: the demo's small platform with the tool's picker in its frame.

`python scripts/demo_pictures.py` writes docs/pictures/lti-demo.png: the demo of the tool, with all our modules in it.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lokaltmot_lms.trial.browser import ARGUMENTS, find_browser  # noqa: E402  # the checkout of this script
from lti_app.sandbox import demonstration  # noqa: E402
from tests.lti.built_courses import build  # noqa: E402

PICTURE = ROOT / "docs" / "pictures" / "lti-demo.png"
SCREEN = {"width": 1280, "height": 900}


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        modules = Path(folder) / "modules"
        for course in ("eksempel", "lokalt-mot"):
            build(f"courses/{course}", modules)
        with demonstration(Path(folder), modules, port=8770) as origin, sync_playwright() as playwright:
            # Not the browser of the trials: it knows one address, and the tool has another name than the platform.
            browser = playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
            page = browser.new_page(viewport=SCREEN, locale="nb-NO", color_scheme="light")  # type: ignore[arg-type]
            page.goto(origin)
            page.get_by_role("link", name="Kari Fjord").click()
            page.get_by_role("link", name="Legg til en modul").click()
            page.frame_locator("iframe").get_by_role("heading", name="Legg en modul til i kurset").wait_for()
            page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
