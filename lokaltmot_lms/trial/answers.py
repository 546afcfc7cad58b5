"""Right and wrong answers to the questions of a module, as values of the inputs (docs/hooks.md)."""

from collections.abc import Mapping
from typing import Any

Answer = Any


def right_answer(kind: str, data: Mapping[str, Any]) -> Answer:
    """Return a fully right answer. A scale has none: then the first step for each statement."""
    match kind:
        case "text":
            return data["accepted"][0]
        case "numeric":
            return data["low"]
        case "ordering":
            return list(data["items"])
        case "gaps":
            return {key: gap["right"] if "options" in gap else gap["accepted"][0] for key, gap in data["gaps"].items()}
        case "likert":
            return dict.fromkeys(data["statements"], "1")
        case "hotspot":
            return data["right"] if data["multiple"] else data["right"][0]
        case _:
            return data["right"]


def wrong_answer(kind: str, data: Mapping[str, Any]) -> Answer:
    """Return a complete answer without points; with as few as possible where every answer gives some."""
    match kind:
        case "text":
            return "xyzzy"
        case "numeric":
            return str(int(float(data["high"])) + 1001)
        case "ordering":
            return [*data["items"][1:], data["items"][0]]
        case "matching":
            return {left: _other(data["match"], right) for left, right in data["right"].items()}
        case "gaps":
            return {
                key: _other(gap["options"], gap["right"]) if "options" in gap else "xyzzy"
                for key, gap in data["gaps"].items()
            }
        case "likert":
            return right_answer(kind, data)
        case "multiple":
            return _others(data)
        case "hotspot":
            return _others(data) if data["multiple"] else _others(data)[0]
        case _:
            return _other(data["options"], data["right"])


def is_graded(question: Mapping[str, Any]) -> bool:
    """Return whether a question counts towards the score."""
    return question["type"] != "likert" and bool(question["points"] > 0)


def _other(options: list[str], right: str) -> str:
    return next(option for option in options if option != right)


def _others(data: Mapping[str, Any]) -> list[str]:
    wrong = [option for option in data["options"] if option not in data["right"]]
    return wrong or data["right"][:1]
