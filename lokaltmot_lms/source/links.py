"""Tells what kind of address a link has: a web page, a place in the module, or a file of the course."""

import re

from lokaltmot_lms.patterns import pattern

_SCHEME = pattern(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ALLOWED = frozenset({"http", "https", "mailto", "tel"})


def is_address(written: str) -> bool:
    """Return whether a link goes to a web page, a mailbox, a telephone or #id; scripts and the like do not."""
    found = _SCHEME.match(written)
    if found:
        return found[1].lower() in _ALLOWED and len(written) > found.end()
    return written.startswith("#") and len(written) > 1


def is_file(written: str) -> bool:
    """Return whether a link names a file beside the module; another module's source is none."""
    return bool(written) and not written.startswith(("#", "//")) and not _SCHEME.match(written) and ".md" not in written
