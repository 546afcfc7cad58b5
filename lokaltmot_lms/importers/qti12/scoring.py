"""Computes the points that a QTI 1.2 item gives for a response, from its conditions.

The elements are those of resprocessing in IMS Question & Test Interoperability: ASI XML Binding 1.2, section 3.5.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from lokaltmot_lms.importers.build_questions import decimal

# What a learner chose or typed, by ident of the response.
Response = Mapping[str, frozenset[str]]
# Returns whether a response passes. The second argument: whether an earlier condition of the item was true.
_Test = Callable[[Response, bool], bool]

_NOTHING = Decimal(0)
_MOST = Decimal(10) ** 15
# SCORE.max and SCORE.min of Blackboard, and the values of Boolean variables.
_WORDS = {"max": Decimal(100), "min": _NOTHING, "true": Decimal(1), "false": _NOTHING}
_RELATIONS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "varlt": lambda given, limit: given < limit,
    "varlte": lambda given, limit: given <= limit,
    "vargt": lambda given, limit: given > limit,
    "vargte": lambda given, limit: given >= limit,
}
_ROUNDS = 3  # of changes to a response in search of a better one
_MOST_CHANGED = 200  # values; for more, only the responses that conditions name are compared


class UnknownRuleError(Exception):
    """An item has a rule that this module does not know. name: of its element."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _PointsChange(NamedTuple):
    """A setvar. action: set, add, subtract, multiply or divide."""

    variable: str
    action: str
    value: Decimal


class _TestedChoice(NamedTuple):
    """The test whether one option is chosen, or is not."""

    response: str
    value: str
    is_chosen: bool


class _Rule(NamedTuple):
    """A respcondition. named: values that it tests for, by response, outside of <not>; only: a test of one option."""

    test: _Test
    changes: tuple[_PointsChange, ...]
    is_last: bool
    named: tuple[tuple[str, str], ...]
    only: _TestedChoice | None


class Scoring:
    """The scoring of one item. is_multiple: more than one option can be chosen, whatever its responses say.

    Raises:
        UnknownRuleError: a rule is not known.
    """

    def __init__(self, item: etree._Element, *, is_multiple: bool = False) -> None:
        lids = list(item.iter("response_lid"))
        self._choices = frozenset(lid.get("ident", "") for lid in lids)
        self._several = frozenset(
            lid.get("ident", "") for lid in lids if is_multiple or lid.get("rcardinality") == "Multiple"
        )
        processing = list(item.iterfind("resprocessing"))
        self._start = {
            _variable(declared): decimal(declared.get("defaultval") or "0") or _NOTHING
            for part in processing
            for declared in part.iterfind("outcomes/decvar")
        }
        self._rules = [self._rule(element) for part in processing for element in part.iterfind("respcondition")]
        self._counted = _counted(change for rule in self._rules for change in rule.changes)
        if item.find(".//other") is None:
            self._rules = [rule for rule in self._rules if rule.changes]
        self._sum = self._independent()
        self._nothing = self.points({})

    def points(self, response: Response) -> Decimal:
        """Return the points for a response."""
        if self._sum is not None:
            added = (self._sum.get((ident, value), _NOTHING) for ident, values in response.items() for value in values)
            return sum(added, self._sum["", ""])
        values = dict(self._start)
        was_true = False
        for rule in self._rules:
            if not rule.test(response, was_true):
                continue
            was_true = True
            for change in rule.changes:
                values[change.variable] = _changed(values.get(change.variable, _NOTHING), change)
            if rule.is_last:
                break
        return values.get(self._counted, _NOTHING)

    def gain(self, response: Response) -> Decimal:
        """Return how many points a response gives more than none at all."""
        return self.points(response) - max(self._nothing, _NOTHING)

    def named(self, response: str = "") -> tuple[str, ...]:
        """Return the values that conditions test a response for ("" for any response), in their order."""
        found = (pair for rule in self._rules for pair in rule.named)
        return tuple(dict.fromkeys(value for ident, value in found if not response or ident in (response, "")))

    def best(self, choices: Mapping[str, Iterable[str]]) -> Response:
        """Return the smallest response that gives the most points; an empty one when none gives any.

        choices: the values of each response. The values that conditions with points name are tried first, together
        and apart, and then each single change to the best of them.
        """
        if self._sum is not None:
            return self._best_sum(choices, self._sum)
        best: Response = {}
        for candidate in self._candidates(choices):
            best = self._better(best, candidate)
        for _ in range(_ROUNDS if sum(len(tuple(values)) for values in choices.values()) <= _MOST_CHANGED else 0):
            before = best
            for ident, values in choices.items():
                for value in values:
                    best = self._better(best, self._with(best, ident, value))
            if best == before:
                break
        return best if self.gain(best) > 0 else {}

    def _independent(self) -> dict[tuple[str, str], Decimal] | None:
        """Return the points that each value adds, under ("", "") those of none; None when a rule depends on several.

        This makes a question with thousands of options a matter of one sum.
        """
        found = {("", ""): self._start.get(self._counted, _NOTHING)}
        for rule in self._rules:
            for change in rule.changes:
                if change.variable != self._counted:
                    continue
                if rule.only is None or change.action not in ("add", "subtract"):
                    return None
                points = change.value if change.action == "add" else -change.value
                key = rule.only[:2]
                if not rule.only.is_chosen:  # the points are there until it is chosen
                    found["", ""] += points
                    points = -points
                found[key] = found.get(key, _NOTHING) + points
        return found

    def _best_sum(self, choices: Mapping[str, Iterable[str]], added: Mapping[tuple[str, str], Decimal]) -> Response:
        found: dict[str, frozenset[str]] = {}
        for ident, values in choices.items():
            gains = {value: gain for value in values if (gain := added.get((ident, value), _NOTHING)) > 0}
            if ident in self._several:
                found[ident] = frozenset(gains)
            elif gains:
                found[ident] = frozenset({max(gains, key=lambda value: gains[value])})
        return found if self.gain(found) > 0 else {}

    def _candidates(self, choices: Mapping[str, Iterable[str]]) -> Iterator[Response]:
        known = {(ident, value) for ident, values in choices.items() for value in values}
        every: Response = {}
        for rule in self._rules:
            if not rule.changes:
                continue
            own: Response = {}
            for ident, value in rule.named:
                for at in [ident] if ident else choices:
                    if (at, value) in known:
                        own, every = self._with(own, at, value), self._with(every, at, value)
            yield own
        yield every

    def _with(self, response: Response, ident: str, value: str) -> Response:
        """Return a response with a value chosen; in a response of several values, taken back when it was chosen."""
        chosen = response.get(ident, frozenset())
        changed = chosen ^ {value} if ident in self._several else frozenset({value})
        return {**response, ident: changed}

    def _better(self, one: Response, other: Response) -> Response:
        left, right = self.points(one), self.points(other)
        if left == right:
            return other if sum(map(len, other.values())) < sum(map(len, one.values())) else one
        return other if right > left else one

    def _rule(self, element: etree._Element) -> _Rule:
        changes = tuple(_change(child) for child in element.iterfind("setvar"))
        test = element.find("conditionvar")
        # "No" is the default. Exporters leave it out where points are added per answer, so only a "set" is final.
        is_last = element.get("continue", "No").lower() != "yes" and any(change.action == "set" for change in changes)
        return _Rule(
            test=self._any_or_all(test) if test is not None else _never,
            changes=changes,
            is_last=is_last,
            named=tuple(_named(test)) if test is not None else (),
            only=self._only(test) if test is not None else None,
        )

    def _only(self, element: etree._Element) -> _TestedChoice | None:
        """Return the test of a conditionvar that is about one option only."""
        is_chosen = True
        while len(element) == 1 and element[0].tag in ("not", "and", "or"):
            is_chosen = is_chosen != (element[0].tag == "not")
            element = element[0]
        if len(element) != 1 or element[0].tag != "varequal" or element[0].get("respident", "") not in self._choices:
            return None
        return _TestedChoice(element[0].get("respident", ""), (element[0].text or "").strip(), is_chosen)

    def _any_or_all(self, element: etree._Element) -> _Test:
        """Return the test of a conditionvar. Values for one response that takes one value are alternatives."""
        tests = [self._test(child) for child in element if isinstance(child.tag, str)]
        idents = {child.get("respident", "") for child in element}
        are_values = all(child.tag in ("varequal", "varsubstring") for child in element)
        is_any = are_values and len(idents) == 1 and not idents & self._several
        return _any(tests) if is_any else _all(tests)

    def _test(self, element: etree._Element) -> _Test:
        name = str(element.tag)
        ident, words = element.get("respident", ""), (element.text or "").strip()
        if name in ("and", "or", "not"):
            tests = [self._test(child) for child in element if isinstance(child.tag, str)]
            return _any(tests) if name == "or" else _all(tests) if name == "and" else _not(_all(tests))
        if name == "other":
            return lambda _response, was_true: not was_true
        if name == "unanswered":
            return lambda response, _was_true: not _given(response, ident)
        if name == "varequal":
            is_exact = element.get("case", "No").lower() == "yes" or ident in self._choices
            wanted = words if is_exact else words.casefold()
            return lambda response, _was_true: any(
                (value if is_exact else value.casefold()) == wanted for value in _given(response, ident)
            )
        if name == "varsubstring":
            return lambda response, _was_true: any(
                words.casefold() in value.casefold() for value in _given(response, ident)
            )
        if name == "varsubset":
            listed = frozenset(part.strip() for part in words.split(",") if part.strip())
            if element.get("setmatch", "Exact").lower() == "partial":
                return lambda response, _was_true: bool(listed & _given(response, ident))
            return lambda response, _was_true: _given(response, ident) == listed
        if name in _RELATIONS and (limit := decimal(words)) is not None:
            return lambda response, _was_true: any(
                number is not None and _RELATIONS[name](number, limit)
                for number in map(decimal, _given(response, ident))
            )
        raise UnknownRuleError(f"<{name}>")


def _counted(changes: Iterable[_PointsChange]) -> str:
    """Return the variable with the points: SCORE, or the one whose name says so, if anything raises it.

    Some platforms count right and wrong answers in variables of their own, such as D2L_Correct and D2L_Incorrect.
    """
    names = list(
        dict.fromkeys(change.variable for change in changes if change.action != "subtract" and change.value > 0)
    )
    named = [name for word in ("score", "correct", "") for name in names if word in name]
    points = [name for name in named if not re.search("^max|^min|incorrect|wrong", name)]
    return "score" if "score" in names else next(iter(points), "score")


def _given(response: Response, ident: str) -> frozenset[str]:
    return response.get(ident, frozenset()) if ident else frozenset[str]().union(*response.values())


def _any(tests: list[_Test]) -> _Test:
    return lambda response, was_true: any(test(response, was_true) for test in tests)


def _all(tests: list[_Test]) -> _Test:
    return lambda response, was_true: bool(tests) and all(test(response, was_true) for test in tests)


def _not(test: _Test) -> _Test:
    return lambda response, was_true: not test(response, was_true)


def _never(_response: Response, _was_true: bool) -> bool:
    return False


def _named(element: etree._Element) -> Iterator[tuple[str, str]]:
    for test in element.iter("varequal", "varsubset"):
        if not any(parent.tag == "not" for parent in test.iterancestors()):
            words = (test.text or "").strip()
            for value in words.split(",") if test.tag == "varsubset" else [words]:
                yield test.get("respident", ""), value.strip()


def _variable(element: etree._Element) -> str:
    # Blackboard calls the attribute variablename.
    return (element.get("varname") or element.get("variablename") or "SCORE").casefold()


def _change(element: etree._Element) -> _PointsChange:
    words = (element.text or "").strip()
    name = words.rpartition(".")[2].casefold()
    value = _WORDS[name] if name in _WORDS else decimal(words or "0")
    action = element.get("action", "Set").casefold()
    if value is None or action not in ("set", "add", "subtract", "multiply", "divide"):
        raise UnknownRuleError(f"<setvar>{words}")
    return _PointsChange(_variable(element), action, value)


def _changed(before: Decimal, change: _PointsChange) -> Decimal:
    return min(max(_computed(before, change), -_MOST), _MOST)


def _computed(before: Decimal, change: _PointsChange) -> Decimal:
    match change.action:
        case "set":
            return change.value
        case "add":
            return before + change.value
        case "subtract":
            return before - change.value
        case "multiply":
            return before * change.value
    return before / change.value if change.value else before
