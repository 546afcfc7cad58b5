"""The only module that knows where the shipped templates and the starter course are."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent

# Their paths in a wheel and in a checkout (see pyproject.toml, hatch sources).
_PLACES = {
    "templates": (_PACKAGE / "_templates", _CHECKOUT / "templates"),
    "starter": (_PACKAGE / "_starter", _CHECKOUT / "courses" / "eksempel"),
}


# The ids in the starter course. A copy gets its own: platforms tell courses apart by them.
STARTER_COURSE = "eksempel"
STARTER_MODULES = ("en-trygg-samtale",)
_STARTER_ID = re.compile(rb"^id: (\S+)$", re.MULTILINE)


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


def is_from_starter(id_: str, folder: Path) -> bool:
    """Return whether a course in a folder has an id of the starter course, and is not the starter course itself."""
    return id_ in (STARTER_COURSE, *STARTER_MODULES) and folder.resolve() != shipped("starter").resolve()


def theme_names() -> tuple[str, ...]:
    """Return the names of the shipped themes: each folder of templates/themes is one."""
    return tuple(sorted(path.name for path in (shipped("templates") / "themes").iterdir() if path.is_dir()))


def copy_starter(folder: Path, ids: Mapping[str, str]) -> tuple[Path, ...]:
    """Copy the example course to a folder, which is created if missing; return the new files, sorted.

    ids: what to write for STARTER_COURSE and each of STARTER_MODULES.
    """
    starter = shipped("starter")
    made = []
    for source in sorted(path for path in starter.rglob("*") if path.is_file()):
        copy = folder / source.relative_to(starter)
        copy.parent.mkdir(parents=True, exist_ok=True)
        content = source.read_bytes()
        if source.suffix in (".yaml", ".md"):
            content = _STARTER_ID.sub(lambda found: b"id: " + ids[found[1].decode()].encode(), content)
        copy.write_bytes(content)
        made.append(copy)
    return tuple(made)
