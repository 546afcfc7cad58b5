"""Which addresses of ours a platform may ask for: our origin, exactly, and a path that there is."""

from typing import TypeGuard
from urllib.parse import urlsplit

_UNSAFE = frozenset('\\@\r\n\t <>"')
PATHS = frozenset({"/", "/lti/launch", "/lti/deep"})


def is_ours(url: object, origin: str) -> TypeGuard[str]:
    """Return whether a target_link_uri leads to us. We never redirect there; it tells a slip from a launch."""
    if not isinstance(url, str) or len(url) > 2000 or not url.isascii() or any(sign in url for sign in '\\@\r\n\t <>"'):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return f"{parts.scheme}://{parts.netloc}" == origin and (parts.path or "/") in PATHS
