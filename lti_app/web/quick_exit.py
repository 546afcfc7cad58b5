"""The quick exit of the tool's own pages for learners: the same place and rule as in the module that they came from."""

from typing import Any

from lti_app.built_modules import BuiltModule


def leaving(built: BuiltModule | None) -> dict[str, Any]:
    """Return what a page with templates/lti/learner.html.jinja needs. built: None where there is no module."""
    has_exit = built is not None and bool(built.about.get("quickExit"))
    return {"exit_to": str(built.about["exitTo"]) if built is not None and has_exit else ""}
