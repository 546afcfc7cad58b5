"""Reads untrusted JSON: no duplicate keys, finite numbers, no excessive nesting, only text that can be stored."""

import json
import math
from typing import Any


def read_json(data: bytes | str, *, any_text: bool = False) -> Any:
    """Return the value of a JSON text.

    any_text: the caller checks the text itself with is_storable.

    Raises:
        ValueError: it is not JSON or not UTF-8, has a duplicate key, a number that is not finite, text that cannot be
            stored, or is nested too deeply.
    """
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        value = json.loads(text, object_pairs_hook=_without_duplicates, parse_constant=_refused, parse_float=_finite)
        if not any_text and not is_storable(value):
            raise ValueError("text with U+0000 or half of a surrogate pair")
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return value


def is_storable(value: Any) -> bool:
    """Return whether every text in a JSON value can be stored: without U+0000 and without half a surrogate pair.

    PostgreSQL refuses U+0000 (datatype-character), and no UTF-8 encoder takes half a surrogate pair (RFC 3629, 3).
    """
    match value:
        case str():
            return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
        case dict():
            return all(is_storable(key) and is_storable(inner) for key, inner in value.items())
        case list():
            return all(is_storable(inner) for inner in value)
    return True


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("duplicate key")
    return made


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError("a number that is too large")
    return number


def _refused(word: str) -> float:
    raise ValueError(f"{word} is not a JSON number")
