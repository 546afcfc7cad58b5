"""Figures that `check` adds to the problems: readability, media per page, and missing local texts."""

from itertools import groupby

from lokaltmot_lms.checks.reading import missing_local, reading
from lokaltmot_lms.checks.walk import all_modules
from lokaltmot_lms.checks.weight import page_weight
from lokaltmot_lms.cli.console import Console
from lokaltmot_lms.model import Course


def figures(course: Course) -> dict[str, object]:
    """Return the figures as JSON. lix is null if a page is too short or its language has no LIX."""
    pages = [page for module in all_modules(course) for page in module.pages]
    rows = []
    for found, page in zip(reading(course), pages, strict=True):
        weight = page_weight(course, page)
        rows.append({
            "module": found.module, "language": found.language, "page": found.page, "words": found.words,
            "lix": found.lix, "pictures": weight.pictures, "films": weight.films,
        })  # fmt: skip
    return {"pages": rows, "missingLocal": list(missing_local(course))}


def print_figures(console: Console, course: Course) -> None:
    """Print one line per module with the LIX of its pages, and one line with the missing local texts."""
    for (module, language), pages in groupby(reading(course), key=lambda found: (found.module, found.language)):
        shown = [f"{found.page} {found.lix}" for found in pages if found.lix is not None]
        if shown:
            console.say(f"LIX {module} ({language}): {', '.join(shown)}")
    missing = missing_local(course)
    if missing:
        console.say(_missing(console, missing))


def _missing(console: Console, keys: tuple[str, ...]) -> str:
    return console.gettext(
        "A municipality can fill in (--local): {keys}. Until then, neutral sentences are shown.", keys=", ".join(keys)
    )
