"""The files of the strict LMS (templates/lms), by the address its page asks for them."""

from collections.abc import Mapping
from functools import cache

from lokaltmot_lms.resources import shipped
from lokaltmot_lms.serve.resource import Resource, on_disk


@cache
def strict_lms() -> Mapping[str, Resource]:
    """Return `lms.html` and, under `lms/`, its scripts and style."""
    folder = shipped("templates") / "lms"
    scripts = {
        f"lms/{path.name}": on_disk(path.name, path) for path in folder.iterdir() if path.suffix in {".js", ".css"}
    }
    return {"lms.html": on_disk("lms.html", folder / "lms.html"), **scripts}
