"""A theme: the colours and the logo of a municipality, a folder of templates/themes (docs/adding-a-theme.md)."""

import json
from dataclasses import dataclass
from pathlib import Path

from lokaltmot_lms.resources import shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """tokens: its theme.css. logo: an image in its folder, or None. logo_alt: its text alternative."""

    name: str
    title: str
    tokens: str
    logo: Path | None = None
    logo_alt: str = ""


def read_theme(name: str) -> Theme:
    """Return a shipped theme.

    Raises:
        FileNotFoundError: there is no theme of that name (the checks report this earlier).
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
    return {"style.css": f"{theme.tokens}\n{first}".encode(), "later.css": later.encode()}
