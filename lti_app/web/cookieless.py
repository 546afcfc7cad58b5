"""For a browser that blocks our cookies: a page whose script fetches the real page with the proof in a header.

The proof is never in a URL that a server sees, nor in a Referer. It arrives in the URL's fragment and stays in the
memory of the page and in the browser's history entry (templates/lti/static/carry.js).
"""

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Response, g, request

from lti_app.trust.sessions import ProofWanted
from lti_app.trust.tool import current_tool
from lti_app.web.pages import language_of, page

FRAGMENT = "#lm="


def seal_hints(hints: Mapping[str, str]) -> str:
    """Return the encrypted hints of a login, to start it again in a new window; only the tool can make or read them."""
    return current_tool().secret.seal(json.dumps(dict(hints)))


def carry(error: ProofWanted) -> Response:
    """Answer with the cookieless page. It shows nothing of the session, and offers a new login if the proof is lost."""
    claims = error.row.claims
    g.framed_by = error.row
    g.has_drawings = True  # the fetched page replaces this one's content but runs under this one's policy
    if "deep_linking" in claims:
        parts = urlsplit(claims["deep_linking"]["return_url"])
        g.form_action = f"'self' {parts.scheme}://{parts.netloc}"
    return page(
        "carry",
        language=language_of(request, claims.get("locale", "")),
        again=seal_hints(claims["hints"]) if claims.get("hints") else "",
        back=_without_secret(claims.get("return_url", "")),
    )


def _without_secret(url: str) -> str:
    """Return a return URL if it is safe to show without a proof; Moodle's has its user's key in the query."""
    return "" if urlsplit(url).query else url
