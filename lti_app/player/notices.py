"""What stands above a module's first words: when it is due, and at the first visit what is kept of the learner."""

from flask import Response

from lti_app.built_modules import BuiltModule
from lti_app.trust.sessions import Session
from lti_app.web.dates import DateNotice, Window
from lti_app.web.pages import fragment, page
from lti_app.web.quick_exit import leaving

_BEFORE = b'<main id="lm-main" tabindex="-1">'  # of templates/pages/module.html.jinja


def with_notice(html: bytes, *, day: str, is_first: bool, language: str) -> bytes:
    """Return a module's page with a calm line in it; as it was when there is nothing to say.

    day: a sentence about the due date. is_first: the learner is here for the first time.
    """
    if not day and not is_first:
        return html
    before, mark, after = html.partition(_BEFORE)
    said = fragment("notice", language=language, day=day, is_first=is_first).encode()
    return before + mark + said + after


def closed(session: Session, built: BuiltModule, window: Window, language: str) -> Response:
    """Answer a learner who comes before the module opens."""
    return page(
        "closed",
        language=language,
        session=session,
        title=str(built.about.get("titles", {}).get(language) or built.about["title"]),
        opens=window.told(DateNotice.NOT_YET, language),
        back=session.claims.get("return_url", ""),
        **leaving(built),
    )
