"""Takes the pictures of docs/player.md: each question type, answered, and the result, on a phone and a desktop.

`python scripts/pictures.py` writes docs/pictures/player-*.png from the course of every question type in tests/player.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lokaltmot_lms.build import build_course  # noqa: E402  # the checkout of this script, not an installed copy
from lokaltmot_lms.serve import ServedFile, Server, on_disk  # noqa: E402
from lokaltmot_lms.source import read_course  # noqa: E402
from lokaltmot_lms.targets.base import BuildOptions  # noqa: E402
from lokaltmot_lms.trial.browser_lms import open_browser  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

COURSE = ROOT / "tests" / "player" / "course"
PICTURES = ROOT / "docs" / "pictures"
SCREENS = {"phone": {"width": 390, "height": 760}, "desktop": {"width": 1000, "height": 720}}


def built(folder: Path) -> Path:
    """Build the course for a web server and return its folder."""
    course = read_course(COURSE).course
    if course is None:
        raise SystemExit(f"{COURSE} can not be read.")
    made = build_course(course, targets=["web"], out=folder, options=BuildOptions())
    return next(each.path for each in made if each.kind == "package")


def shots(page: "Page", address: str) -> Iterator[str]:
    """Go through the quiz; yield a name each time the screen is worth a picture."""
    page.goto(f"{address}index.html")
    page.wait_for_function("() => document.documentElement.dataset.ready !== undefined")
    page.locator("[data-action=menu]").click()
    page.locator('[data-goto="quiz"]').click()
    page.locator("[data-action=start]").click()
    seen: set[str] = set()
    while page.locator("[data-question]:visible").count():
        question = page.locator("[data-question]:visible")
        kind = question.get_attribute("data-type") or ""
        fill(question)
        page.locator("[data-action=check]").click()
        page.evaluate("() => scrollTo(0, 0)")
        if kind not in seen:
            yield kind
        seen.add(kind)
        page.locator("[data-action=next-question]:visible, [data-action=submit]:visible").click()
    yield "result"


def fill(question: "Locator") -> None:
    """Answer so that there is something right and something to learn."""
    for field in question.locator("input[type=text]").all():
        field.fill("18")
    for menu in question.locator("select").all():
        menu.select_option(index=1)
    for name in {each.get_attribute("name") for each in question.locator("[type=radio], [type=checkbox]").all()}:
        question.locator(f"[name='{name}']").first.check()


def main() -> None:
    """Write all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        web = built(Path(folder))

        def found(name: str) -> ServedFile | None:
            return on_disk(name, web / name) if (web / name).is_file() else None

        with Server(found) as server, open_browser() as browser:
            for screen, size in SCREENS.items():
                page = browser.new_page(viewport=size, locale="nb-NO")  # type: ignore[arg-type]
                for name in shots(page, server.address):
                    page.screenshot(path=PICTURES / f"player-{name}-{screen}.png")
                page.close()


if __name__ == "__main__":
    main()
