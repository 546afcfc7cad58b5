"""The target_link_uris that a platform may use: exactly our origin, and a known path."""

import re
from typing import TypeGuard
from urllib.parse import urlsplit

_UNSAFE = frozenset('\\@\r\n\t <>"')
PATHS = frozenset({"/", "/lti/launch"})
# A cartridge's link has its module in the URL: Moodle 4.5.6 loses the custom parameters of imported links.
_MODULE = re.compile(r"/lti/module/([a-z0-9][a-z0-9-]{0,120})")


def is_ours(url: object, origin: str) -> TypeGuard[str]:
    """Return whether a target_link_uri is ours. We never redirect to it; the check detects misconfigured platforms."""
    if not isinstance(url, str) or len(url) > 2000 or not url.isascii() or _UNSAFE & set(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    path = parts.path or "/"
    return f"{parts.scheme}://{parts.netloc}" == origin and (path in PATHS or _MODULE.fullmatch(path) is not None)


def module_in(url: str) -> str | None:
    """Return the module in one of our target_link_uris; None if it has none."""
    found = _MODULE.fullmatch(urlsplit(url).path)
    return found.group(1) if found else None
