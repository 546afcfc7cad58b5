"""For a browser that keeps no cookie of ours: a page whose script fetches the real one, with the proof in a header.

The proof is never in an address that a server sees, nor in a Referer: it comes in a fragment, and stays in the memory
of the page and in the browser's history entry (templates/lti/static/carry.js).
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
    """Return the hints of a login, to begin it again in a new window; only we can read or make it."""
    return current_tool().secret.seal(json.dumps(dict(hints)))


def carry(error: ProofWanted) -> Response:
    """Answer with the page that carries. It says nothing of the session, and offers a way on when the proof is lost."""
    claims = error.row.claims
    g.framed_by = error.row
    g.has_drawings = True  # the page that is put in this one's place lives under this one's policy
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
    """Return an address that anybody may see who has the session's id; Moodle's holds a key of its user."""
    return "" if urlsplit(url).query else url
