"""The quick exit on the tool's own pages for learners: the same address and rule as in their module."""

from typing import Any

from lti_app.built_modules import BuiltModule


def quick_exit(built: BuiltModule | None) -> dict[str, Any]:
    """Return the variables for a page that extends templates/lti/learner.html.jinja. built: None without a module."""
    has_exit = built is not None and bool(built.about.get("quickExit"))
    return {"exit_to": str(built.about["exitTo"]) if built is not None and has_exit else ""}
