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


def copy_starter(folder: Path) -> tuple[Path, ...]:
    """Copy the example course to a folder, made when missing, and return the files as they lie there, sorted."""
    starter = shipped("starter")
    made = []
    for source in sorted(path for path in starter.rglob("*") if path.is_file()):
        copy = folder / source.relative_to(starter)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
        made.append(copy)
    return tuple(made)
