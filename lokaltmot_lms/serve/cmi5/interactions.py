"""Checks answers by the rules of xAPI: a known interaction type, and a response in the format of that type."""

import re
from collections.abc import Iterator

from lokaltmot_lms.serve.cmi5.attempt import Json

_TYPE = "http://adlnet.gov/expapi/activities/cmi.interaction"
# Component lists that each type may have (xAPI 1.0.3, part 2, 2.4.4.1).
_LISTS = {
    "choice": {"choices"}, "sequencing": {"choices"}, "likert": {"scale"}, "matching": {"source", "target"},
    "performance": {"steps"}, "true-false": set(), "fill-in": set(), "long-fill-in": set(), "numeric": set(),
    "other": set(),
}  # fmt: skip
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def interaction_faults(statement: Json) -> Iterator[tuple[str, str]]:
    """Yield the errors in the definition or the response of an answer; nothing for other statements."""
    thing = statement.get("object")
    definition = thing.get("definition") if isinstance(thing, dict) else None
    if not isinstance(definition, dict) or definition.get("type") != _TYPE:
        return
    kind = definition.get("interactionType")
    if kind not in _LISTS:
        yield "xAPI", f"{kind} is not an interaction type"
        return
    lists = {name: definition[name] for name in ("choices", "scale", "source", "target", "steps") if name in definition}
    for name, components in lists.items():
        ids = [component.get("id") for component in components]
        if name not in _LISTS[kind]:
            yield "xAPI", f"{kind} has {name}"
        if len(set(ids)) != len(ids) or not all(isinstance(each, str) and each for each in ids):
            yield "xAPI", f"the ids of {name} are missing or not unique"
    patterns = definition.get("correctResponsesPattern", [])
    response = (statement.get("result") or {}).get("response")
    for text in [*patterns, response]:
        if not isinstance(text, str) or not _fits(kind, text, lists):
            yield "xAPI", f"{text!r} is not a response of type {kind}"


def _fits(kind: str, text: str, lists: Json) -> bool:
    def ids(name: str) -> set[str]:
        return {component["id"] for component in lists.get(name, [])}

    if kind in {"choice", "sequencing"}:
        given = text.split("[,]")
        return len(set(given)) == len(given) and (not ids("choices") or set(given) <= ids("choices"))
    if kind == "likert":
        return not ids("scale") or text in ids("scale")
    if kind == "matching":
        pairs = [pair.partition("[.]")[::2] for pair in text.split("[,]")]
        return all(left in ids("source") and right in ids("target") for left, right in pairs)
    if kind == "true-false":
        return text in {"true", "false"}
    if kind == "numeric":
        return all(not part or _NUMBER.fullmatch(part) for part in text.split("[:]"))
    return True
