"""Reads untrusted JSON: no duplicate keys, no NaN, no excessive nesting."""

import json
from typing import Any


def read_json(data: bytes | str) -> Any:
    """Return the value of a JSON text.

    Raises:
        ValueError: it is not JSON or not UTF-8, has a duplicate key, NaN or Infinity, or is nested too deeply.
    """
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        return json.loads(text, object_pairs_hook=_without_duplicates, parse_constant=_refused)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("duplicate key")
    return made


def _refused(word: str) -> float:
    raise ValueError(f"{word} is not a JSON number")
