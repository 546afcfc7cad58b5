"""A theme: the colours of a municipality and its logo, a folder of templates/themes (docs/adding-a-theme.md)."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lokaltmot_lms.resources import shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """tokens: its theme.css. logo: a picture in its folder, or None; logo_alt is what it says."""

    name: str
    title: str
    tokens: str
    logo: Path | None = None
    logo_alt: str = ""


def read_theme(name: str) -> Theme:
    """Return a shipped theme.

    Raises:
        FileNotFoundError: there is no theme of that name (the checks have said so before).
    """
    folder = shipped("templates") / "themes" / name
    facts = json.loads((folder / "theme.json").read_text(encoding="utf-8"))
    logo = facts.get("logo", "")
    return Theme(
        name=name,
        title=facts["title"],
        tokens=(folder / "theme.css").read_text(encoding="utf-8"),
        logo=folder / logo if logo else None,
        logo_alt=facts.get("logo-alt", ""),
    )


def style_sheets(theme: Theme) -> dict[str, bytes]:
    """Return style.css (the theme's tokens, then the layout of the first page) and later.css by name."""
    folder = shipped("templates") / "player"
    first, later = ((folder / name).read_text(encoding="utf-8") for name in ("style.css", "later.css"))
    return {"style.css": squeezed(f"{theme.tokens}\n{first}").encode(), "later.css": squeezed(later).encode()}


@cache
def squeezed(css: str) -> str:
    """Return a style sheet of ours without comments and needless space."""
    # A fifth less to fetch on a bad line. Our own style sheets hold no such marks inside a text.
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for mark in "{};,":
        css = mark.join(part.strip() for part in css.split(mark))
    return css.replace(": ", ":")
