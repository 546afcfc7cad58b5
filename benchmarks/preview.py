"""Measures the time from saving a change until the preview shows it."""

import shutil
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from lokaltmot_lms.preview import Preview
from lokaltmot_lms.resources import shipped
from lokaltmot_lms.trial import find_browser
from lokaltmot_lms.trial.browser import ARGUMENTS

MODULE = "01-en-trygg-samtale.md"
OLD = "Noen vil snakke med deg"
ROUNDS = 15
BAR = 150  # ms

# Looks for the text in every frame, and records when it is laid out.
WATCH = """marker => { window.seen = new Promise(resolve => {
  const look = () => {
    const page = document.getElementById("content").contentDocument?.querySelector("[data-page]:not([hidden])");
    const isThere = page?.textContent.includes(marker) && page.getBoundingClientRect().height > 0;
    isThere ? resolve(Date.now()) : requestAnimationFrame(look);
  };
  look();
}); }"""


def measured(page: Page, source: Path, text: str, number: int) -> float:
    """Save a change and return the milliseconds until it is visible."""
    marker = f"Runde {number}:"
    page.evaluate(WATCH, marker)
    began = time.time()
    source.write_text(text.replace(OLD, f"{marker} {OLD}"), encoding="utf-8")
    return float(page.evaluate("() => window.seen")) - began * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        course = Path(shutil.copytree(shipped("starter"), Path(folder) / "kurs"))
        source = course / MODULE
        text = source.read_text(encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
        with Preview(course) as preview:
            page = browser.new_page()
            page.goto(preview.address)
            page.frame_locator("#content").locator("html[data-ready]").wait_for(state="attached")
            times = [measured(page, source, text, number) for number in range(ROUNDS)]
        browser.close()
    middle, worst = statistics.median(times), max(times)
    print(
        f"preview: a saved change is visible after {middle:.0f} ms (median of {ROUNDS}, worst {worst:.0f}; aim {BAR})"
    )


if __name__ == "__main__":
    main()
