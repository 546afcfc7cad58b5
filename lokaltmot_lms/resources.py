"""The only module that knows where the shipped templates and the starter course are."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent

# Their paths in a wheel and in a checkout (see pyproject.toml, hatch sources).
_PLACES = {
    "templates": (_PACKAGE / "_templates", _CHECKOUT / "templates"),
    "starter": (_PACKAGE / "_starter", _CHECKOUT / "courses" / "eksempel"),
}


@cache
def shipped(name: str) -> Path:
    """Return the folder `templates` or `starter`, from the installed package or from the checkout.

    Raises:
        FileNotFoundError: neither has it: the installation is broken.
    """
    for place in _PLACES[name]:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"The folder of shipped {name} is missing. Install lokaltmot again.")


def theme_names() -> tuple[str, ...]:
    """Return the names of the shipped themes: each folder of templates/themes is one."""
    return tuple(sorted(path.name for path in (shipped("templates") / "themes").iterdir() if path.is_dir()))


def copy_starter(folder: Path) -> tuple[Path, ...]:
    """Copy the example course to a folder, which is created if missing; return the new files, sorted."""
    starter = shipped("starter")
    made = []
    for source in sorted(path for path in starter.rglob("*") if path.is_file()):
        copy = folder / source.relative_to(starter)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
        made.append(copy)
    return tuple(made)
