"""The shelf of the tool that answers this request, and the module that a session is about."""

from functools import lru_cache
from typing import Any

from flask import current_app

from lti_app.built_modules import Built, BuiltModules
from lti_app.errors import Advice, LaunchError
from lti_app.progress import Rules, rules_of
from lti_app.store.attempts import Link
from lti_app.trust.sessions import Session
from lti_app.trust.tool import current_tool

_NAME = "lokaltmot-shelf"


def current_shelf() -> BuiltModules:
    """Return the shelf that the settings name."""
    shelf: Any = current_app.extensions.setdefault(_NAME, BuiltModules(current_tool().settings.modules))
    return shelf if isinstance(shelf, BuiltModules) else BuiltModules(current_tool().settings.modules)


def module_of(session: Session) -> tuple[Built, Link, Rules]:
    """Return what a session plays: the module as built now, its link, and the rules with the teacher's pass mark.

    Raises:
        LaunchError: 404, the link has no module, or it is not on the shelf.
    """
    link = None if session.is_deep_linking else session.link
    built = current_shelf().module(link.module) if link else None
    if link is None or built is None:
        raise LaunchError(404, "module_unknown", advice=Advice.NOTHING_HERE, registration_id=session.registration_id)
    share = link.settings.get("pass_share")
    return built, link, _rules(built, float(share) if share is not None else None)


@lru_cache(maxsize=200)
def _rules(built: Built, pass_share: float | None) -> Rules:
    return rules_of(built.about, built.questions, pass_share=pass_share)
