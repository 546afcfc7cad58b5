"""Reads JSON that came from outside: no key twice, no NaN, no depth without end."""

import json
from typing import Any


def read_json(data: bytes | str) -> Any:
    """Return what a JSON text says.

    Raises:
        ValueError: it is not JSON, not UTF-8, has a key twice, a number that JSON has not, or is nested too deep.
    """
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        return json.loads(text, object_pairs_hook=_without_twins, parse_constant=_refused)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key twice")
    return made


def _refused(word: str) -> float:
    raise ValueError(f"{word} is no JSON number")
