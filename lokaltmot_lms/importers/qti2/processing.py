"""Scores a response as an item's own response processing does (QTI 2.1, Information Model, 10)."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from lxml import etree

from lokaltmot_lms.importers.qti2.expressions import Expressions, UndecidedError, is_same
from lokaltmot_lms.importers.qti2.variables import ResponseVariable, Value, read_responses, read_values

_SCORE = "SCORE"
_MOST_STEPS = 200_000  # evaluated expressions per item: far above any real item, and about a second
# Their values differ from learner to learner.
_CALCULATED = ("setTemplateValue", "setCorrectResponse", "printedVariable")
_BRANCHES = frozenset({"responseIf", "responseElseIf", "responseElse"})


class ItemScoring:
    """The scoring of an item. responses: its declared ones; kind: "match", "map", "own" or "unknown"."""

    def __init__(self, item: etree._Element) -> None:
        self.responses: Mapping[str, ResponseVariable] = read_responses(item)
        self._processing = item.find("responseProcessing")
        self._defaults = dict(_defaults(item))
        self._score_name = _score_name(item)
        self._budget = [_MOST_STEPS]
        self._calculated = "adaptive" if item.get("adaptive") == "true" else ""
        self._calculated = next((str(element.tag) for element in item.iter(*_CALCULATED)), self._calculated)
        self.kind = self._kind()

    def _kind(self) -> str:
        """Return how the item is scored: by a standard template, or by processing of its own."""
        element = self._processing
        template = (element.get("template") or element.get("templateLocation") or "") if element is not None else ""
        name = re.sub(r"\.xml$", "", template.rstrip("/").rpartition("/")[2].lower())
        if element is not None and any(self._sets_score(child) for child in element):
            return "own"
        if name:
            if "match_correct" in name or name == "cc2_match" or name == "cc2_match_basic":
                return "match"
            return "map" if name in ("map_response", "cc2_map_response") else "unknown"
        if element is not None and any(child.tag not in ("responseCondition", "setOutcomeValue") for child in element):
            return "own"  # an element that we don't know may set the score
        return "default"

    def _sets_score(self, element: etree._Element) -> bool:
        return any(rule.get("identifier") == self._score_name for rule in element.iter("setOutcomeValue"))

    @property
    def standard_points(self) -> bool:
        """Whether the score says nothing about the points: a standard template gives 1 for a right answer."""
        return self.kind in ("match", "default")

    def others(self, identifier: str) -> dict[str, Value]:
        """Return the right responses of all other interactions."""
        return {name: variable.likely for name, variable in self.responses.items() if name != identifier}

    def score(self, responses: Mapping[str, Value]) -> Decimal:
        """Return the score of the responses.

        Raises:
            UndecidedError: the score depends on something that can't be evaluated here.
        """
        if self._calculated:
            raise UndecidedError(self._calculated)
        if self.kind == "unknown":
            raise UndecidedError("responseProcessing template")
        if self.kind != "own":
            return sum((self._standard(name, responses.get(name)) for name in self.responses), Decimal(0))
        found = self._run(responses)
        if self._score_name in found.unknown:
            raise UndecidedError(found.unknown[self._score_name])
        value = found.values.get(self._score_name)
        return value if isinstance(value, Decimal) else Decimal(0)

    def shown(self, responses: Mapping[str, Value], outcome: str) -> tuple[str, ...]:
        """Return the identifiers that an outcome variable has for the responses: of the feedback that is shown."""
        found = self._run(responses)
        value = found.values.get(outcome)
        if outcome in found.unknown or value is None:
            return ()
        return tuple(str(one) for one in (value if isinstance(value, tuple) else (value,)))

    def _standard(self, name: str, value: Value) -> Decimal:
        variable = self.responses[name]
        if self.kind == "map" or (not variable.correct and self.kind == "default"):
            if variable.mapping is None:
                return self._matched(variable, value)
            return variable.mapping.of(value) if value is not None else Decimal(0)
        return self._matched(variable, value)

    def _matched(self, variable: ResponseVariable, value: Value) -> Decimal:
        if value is None or not variable.correct:
            return Decimal(0)
        return Decimal(is_same(value, variable.correct if variable.is_single else variable.right))

    def _run(self, responses: Mapping[str, Value]) -> Expressions:
        """Run the processing for one set of responses."""
        state = Expressions(self.responses, {**self._defaults, **responses}, {}, self._budget)
        if self._processing is not None:
            for rule in self._processing:
                if not self._rule(rule, state):
                    break
        return state

    def _rule(self, rule: etree._Element, state: Expressions) -> bool:
        """Run a rule. Return False when the processing ends with it."""
        if rule.tag == "exitResponse":
            return False
        if rule.tag == "setOutcomeValue" and len(rule) == 1:
            name = rule.get("identifier", "")
            try:
                state.values[name] = state.evaluate(rule[0])
                state.unknown.pop(name, None)
            except UndecidedError as error:
                self._lose(name, state, error)
            return True
        if rule.tag == "responseProcessingFragment":
            return all(self._rule(child, state) for child in rule)
        if rule.tag == "responseCondition":
            return self._condition(rule, state)
        self._lose_all(rule, state, UndecidedError(str(rule.tag)))
        return True

    def _condition(self, rule: etree._Element, state: Expressions) -> bool:
        for branch in rule:
            if branch.tag not in _BRANCHES:
                self._lose_all(rule, state, UndecidedError(str(branch.tag)))
                return True
            rules = list(branch)
            if branch.tag != "responseElse":
                if not rules:
                    return True
                try:
                    if state.evaluate(rules[0]) is not True:
                        continue
                except UndecidedError as error:
                    self._lose_all(rule, state, error)
                    return True
                rules = rules[1:]
            return all(self._rule(child, state) for child in rules)
        return True

    def _lose_all(self, rule: etree._Element, state: Expressions, error: UndecidedError) -> None:
        """Mark all outcomes that a rule can set as unknown; of an unknown rule, the score too."""
        for inner in rule.iter("setOutcomeValue", "lookupOutcomeValue"):
            self._lose(inner.get("identifier", ""), state, error)
        if rule.tag not in ("responseCondition", "setOutcomeValue", "lookupOutcomeValue"):
            self._lose(self._score_name, state, error)

    def _lose(self, name: str, state: Expressions, error: UndecidedError) -> None:
        state.unknown.setdefault(name, str(error))


def _score_name(item: etree._Element) -> str:
    """Return the name of the outcome that is the score."""
    names = [element.get("identifier", "") for element in item.iterfind("outcomeDeclaration")]
    return next((name for name in names if name.upper() == _SCORE), _SCORE)


def _defaults(item: etree._Element) -> Iterator[tuple[str, Value]]:
    """Yield the values before processing. A template variable that nothing sets is a constant (Inspera has many)."""
    for element in item.iterfind("outcomeDeclaration"):
        base_type = element.get("baseType", "identifier")
        values = read_values(element.find("defaultValue"), base_type)
        is_number = base_type in ("float", "integer") and element.get("cardinality", "single") == "single"
        yield element.get("identifier", ""), values[0] if values else Decimal(0) if is_number else None
    for element in item.iterfind("templateDeclaration"):
        values = read_values(element.find("defaultValue"), element.get("baseType", "identifier"))
        yield element.get("identifier", ""), values[0] if values else None
