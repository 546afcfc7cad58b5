"""The only place that knows where the shipped templates and the starter course lie."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent

# What a wheel calls them, and where they stand in a checkout (see pyproject.toml, hatch sources).
_PLACES = {
    "templates": (_PACKAGE / "_templates", _CHECKOUT / "templates"),
    "starter": (_PACKAGE / "_starter", _CHECKOUT / "courses" / "eksempel"),
}


@cache
def shipped(name: str) -> Path:
    """Return the folder `templates` or `starter`, from the installed package or else the checkout.

    Raises:
        FileNotFoundError: neither has it, so the installation is broken.
    """
    for place in _PLACES[name]:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"The folder of shipped {name} is missing. Install lokaltmot again.")


def theme_names() -> tuple[str, ...]:
    """Return the names of the themes that are shipped: each folder of templates/themes is one."""
    return tuple(sorted(path.name for path in (shipped("templates") / "themes").iterdir() if path.is_dir()))
