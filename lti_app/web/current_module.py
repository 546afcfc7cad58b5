"""The built modules of the tool that answers this request, and the module of a session."""

from functools import lru_cache
from typing import Any

from flask import current_app

from lti_app.built_modules import BuiltModule, BuiltModules
from lti_app.errors import Advice, LaunchError
from lti_app.progress import Rules, rules_of
from lti_app.store.attempts import Link
from lti_app.trust.sessions import Session
from lti_app.trust.tool import current_tool

_NAME = "lokaltmot-modules"


def current_modules() -> BuiltModules:
    """Return the modules in the folder that the settings name."""
    modules: Any = current_app.extensions.setdefault(_NAME, BuiltModules(current_tool().settings.modules))
    return modules if isinstance(modules, BuiltModules) else BuiltModules(current_tool().settings.modules)


def module_of(session: Session) -> tuple[BuiltModule, Link, Rules]:
    """Return the module of a session as built now, its link, and the rules with the teacher's pass mark.

    Raises:
        LaunchError: 404, the link has no module, or the module is not there.
    """
    link = None if session.is_deep_linking else session.link
    built = current_modules().module(link.module) if link else None
    if link is None or built is None:
        raise LaunchError(404, "module_unknown", advice=Advice.NOTHING_HERE, registration_id=session.registration_id)
    share = link.settings.get("pass_share")
    return built, link, _rules(built, float(share) if share is not None else None)


@lru_cache(maxsize=200)
def _rules(built: BuiltModule, pass_share: float | None) -> Rules:
    return rules_of(built.about, built.questions, pass_share=pass_share)
