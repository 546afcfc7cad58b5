"""The notice at the top of a module: its due date and, on the first visit, what is stored about the learner."""

from flask import Response

from lti_app.built_modules import BuiltModule
from lti_app.trust.sessions import Session
from lti_app.web.dates import DateNotice, Window
from lti_app.web.pages import fragment, page
from lti_app.web.quick_exit import quick_exit

_BEFORE = b'<main id="lm-main" tabindex="-1">'  # of templates/pages/module.html.jinja


def with_notice(html: bytes, *, day: str, is_first: bool, language: str) -> bytes:
    """Return a module's page with the notice inserted, or unchanged when there is nothing to say.

    day: a sentence about the due date. is_first: this is the learner's first visit.
    """
    if not day and not is_first:
        return html
    before, mark, after = html.partition(_BEFORE)
    notice = fragment("notice", language=language, day=day, is_first=is_first).encode()
    return before + mark + notice + after


def closed(session: Session, built: BuiltModule, window: Window, language: str) -> Response:
    """Answer a learner who arrives before the module opens."""
    return page(
        "closed",
        language=language,
        session=session,
        title=str(built.about.get("titles", {}).get(language) or built.about["title"]),
        opens=window.text(DateNotice.NOT_YET, language),
        back=session.claims.get("return_url", ""),
        **quick_exit(built),
    )
