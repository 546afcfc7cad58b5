"""Reads the parameters of a request strictly: each name once, at most 200 fields, valid UTF-8."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from flask import Request

from lti_app.errors import LaunchError
from lti_app.trust.strictjson import is_storable

_MOST_FIELDS = 200
_LONGEST_QUERY = 16_384
_FORM = "application/x-www-form-urlencoded"


def read_form(request: Request, *, repeated: tuple[str, ...] = ()) -> Mapping[str, str]:
    """Return the fields of a posted form; see _read.

    repeated: fields that may occur more than once; their values are joined by line feeds.
    """
    if request.mimetype != _FORM:
        raise LaunchError(400, "content_type")
    return _read(request.get_data(), repeated)


def read_query(request: Request) -> Mapping[str, str]:
    """Return the parameters of the query string; see _read."""
    if len(request.query_string) > _LONGEST_QUERY:
        raise LaunchError(413, "too_large")
    return _read(request.query_string, ())


def _read(data: bytes, repeated: tuple[str, ...]) -> Mapping[str, str]:
    """Return fields by name.

    Raises:
        LaunchError: 413 for too many fields, 400 for a repeated field, invalid UTF-8 or U+0000.
    """
    if data.count(b"&") >= _MOST_FIELDS:
        raise LaunchError(413, "too_large")
    try:
        pairs = parse_qsl(data.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict")
    except UnicodeError:
        raise LaunchError(400, "not_utf8") from None
    found: dict[str, str] = {}
    for name, value in pairs:
        if not is_storable(name) or not is_storable(value):
            raise LaunchError(400, "text")
        if name in found and name not in repeated:
            raise LaunchError(400, "parameter_twice")
        found[name] = f"{found[name]}\n{value}" if name in found else value
    return found
