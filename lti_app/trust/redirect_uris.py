"""Which addresses of ours a platform may ask for: our origin, exactly, and a path that there is."""

import re
from typing import TypeGuard
from urllib.parse import urlsplit

_UNSAFE = frozenset('\\@\r\n\t <>"')
PATHS = frozenset({"/", "/lti/launch"})
# A cartridge's link names its module in the address: Moodle loses the custom parameters of one it imports (4.5.6).
_MODULE = re.compile(r"/lti/module/([a-z0-9][a-z0-9-]{0,120})")


def is_ours(url: object, origin: str) -> TypeGuard[str]:
    """Return whether a target_link_uri leads to us. We never redirect there; it tells a slip from a launch."""
    if not isinstance(url, str) or len(url) > 2000 or not url.isascii() or _UNSAFE & set(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    path = parts.path or "/"
    return f"{parts.scheme}://{parts.netloc}" == origin and (path in PATHS or _MODULE.fullmatch(path) is not None)


def module_in(url: str) -> str | None:
    """Return the module that a target_link_uri of ours names; None when it names none."""
    found = _MODULE.fullmatch(urlsplit(url).path)
    return found.group(1) if found else None
