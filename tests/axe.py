"""Runs axe-core in a page: its rules for WCAG 2.2 AA and for best practice."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page

_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """runOnly => axe.run(document, {resultTypes: ["violations"], runOnly}).then((found) =>
  found.violations.map((one) => [one.id, one.nodes.map((node) => node.html.slice(0, 120))]))"""
_IS_THERE = "() => 'axe' in window"


@cache
def _script() -> str:
    return (Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page | Frame, only: Sequence[str] = _TAGS) -> list[Any]:
    """Return the violations that axe finds, each with its elements. only: tags or rules."""
    if not page.evaluate(_IS_THERE):
        page.evaluate(_script())
    found: list[Any] = page.evaluate(_RUN, list(only))
    return found
