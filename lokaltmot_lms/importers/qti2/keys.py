"""Finds the right answers of an interaction: it gives the possible answers, and sees which of them score best."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from lxml import etree

from lokaltmot_lms.importers.qti2.expressions import UndecidedError, limits_of
from lokaltmot_lms.importers.qti2.processing import ItemScoring
from lokaltmot_lms.importers.qti2.variables import ResponseVariable, Scalar, Value, scalar

_MOST_SUBSETS = 10  # options of which every combination is tried
_MOST_PARTS = 30  # of a right answer that are left out one at a time
_MOST_ANSWERS = 300  # written answers of one item that are tried
_UNLIKELY = "\ue01a"


class KeyMissingError(Exception):
    """No answer gives points, and none is declared as right."""


class KeyConflictError(Exception):
    """The answer that is declared as right is not the one that gives the most points."""


class KeySeveralError(Exception):
    """Several different responses give the most points."""


class AnswerKey(NamedTuple):
    """What is right. points: of the right answer; is_whole: whether only the whole right answer gives points.

    is_even: whether each part of it gives the same.
    """

    right: tuple[Scalar, ...]
    points: Decimal
    is_whole: bool = False
    is_even: bool = True


class NumberRange(NamedTuple):
    """Numbers that are right. is_open: whether one of the limits itself is wrong."""

    low: Decimal
    high: Decimal
    is_open: bool


class InteractionKeys:
    """Finds the right answers to one response of an item."""

    def __init__(self, item: etree._Element, scoring: ItemScoring, variable: ResponseVariable) -> None:
        self._item = item
        self._scoring = scoring
        self._variable = variable
        self._others = scoring.others(variable.identifier)

    def score(self, value: Value) -> Decimal:
        """Return the item's score for a response. All other responses are right.

        Raises:
            UndecidedError: the score can't be evaluated here.
        """
        return self._scoring.score({**self._others, self._variable.identifier: value})

    def base(self) -> Decimal:
        """Return the score when this response is empty and all others are right."""
        return self.score(None)

    def _nothing(self) -> Exception:
        """Return the reason why no answer gives points."""
        mapping = self._variable.mapping
        if self._variable.correct:
            return KeyConflictError()
        if self._scoring.kind == "own" and mapping is not None and any(value > 0 for value in mapping.points.values()):
            return UndecidedError("responseProcessing")
        return KeyMissingError()

    def singles(self, keys: Sequence[str]) -> dict[str, Decimal]:
        """Return the points of each option, where one can be chosen.

        Raises:
            KeyMissingError, KeyConflictError, UndecidedError: it is not clear what is right.
        """
        base = self.base()
        points = {key: self.score(self._variable.value((key,))) - base for key in keys}
        best = max(points.values(), default=Decimal(0))
        declared = [key for key in self._variable.correct if key in points]
        if best <= 0:
            raise self._nothing()
        if declared and not any(points[str(key)] == best for key in declared):
            raise KeyConflictError
        return points

    def several(self, keys: Sequence[str], most: int) -> AnswerKey:
        """Return the options that are right together. most: how many can be chosen.

        Raises:
            KeyMissingError, KeyConflictError, KeySeveralError, UndecidedError: it is not clear what is right.
        """
        declared = tuple(key for key in keys if key in self._variable.correct)
        if len(keys) <= _MOST_SUBSETS and self._scoring.kind == "own":
            right: tuple[Scalar, ...] = self._best_subset(keys, most, declared)
        else:
            right = declared or self._mapped(keys)
            for key in keys:
                other = tuple(one for one in keys if (one in right) != (one == key))
                if len(other) <= most and self._points(other) > self._points(right):
                    raise KeyConflictError
        return self._key(right)

    def _best_subset(self, keys: Sequence[str], most: int, declared: tuple[str, ...]) -> tuple[str, ...]:
        points = {
            subset: self._points(subset)
            for size in range(1, min(most, len(keys)) + 1)
            for subset in combinations(keys, size)
        }
        best = max(points.values(), default=Decimal(0))
        if declared and points.get(declared) == best:
            return declared
        if declared:
            raise KeyConflictError
        top = [subset for subset, value in points.items() if value == best]
        shared = tuple(key for key in keys if all(key in subset for subset in top))
        if best > 0 and shared not in top:
            raise KeySeveralError
        return shared

    def declared(self) -> AnswerKey:
        """Return the pairs or the order that are right: the declared ones, else those with points in the mapping.

        Raises:
            KeyMissingError, KeyConflictError, UndecidedError: it is not clear what is right.
        """
        mapping = self._variable.mapping
        right = self._variable.correct or self._mapped(tuple(mapping.points) if mapping is not None else ())
        return self._key(right)

    def _key(self, right: tuple[Scalar, ...]) -> AnswerKey:
        if not right:
            raise KeyMissingError
        points = self._points(right)
        if points <= 0:
            raise KeyConflictError
        if len(right) == 1:
            return AnswerKey(right, points)
        without = [self._points(tuple(one for one in right if one is not left)) for left in right[:_MOST_PARTS]]
        return AnswerKey(right, points, all(value <= 0 for value in without), len(set(without)) == 1)

    def is_better(self, other: tuple[Scalar, ...], key: AnswerKey) -> bool:
        """Return whether another response gives as many points as the right one."""
        return self._points(other) >= key.points

    def _points(self, values: tuple[Scalar, ...]) -> Decimal:
        return self.score(self._variable.value(values)) - self.base()

    def _mapped(self, keys: Iterable[Scalar]) -> tuple[Scalar, ...]:
        mapping = self._variable.mapping
        return tuple(key for key in keys if mapping is not None and mapping.points.get(key, Decimal(0)) > 0)

    def written(self) -> dict[str, Decimal]:
        """Return the written answers with their points.

        Raises:
            KeyMissingError, KeyConflictError, UndecidedError: it is not clear what is right.
        """
        base = self.base()
        points = {words: self.score(words) - base for words in self._written()}
        best = max(points.values(), default=Decimal(0))
        if best <= 0:
            raise self._nothing()
        if self.score(_UNLIKELY) - base >= best:
            raise KeyMissingError  # every answer is right
        return {words: value for words, value in points.items() if value > 0}

    def _written(self) -> list[str]:
        mapping = self._variable.mapping
        found = [*self._variable.correct, *(mapping.points if mapping is not None else ()), *self._constants("string")]
        return list(dict.fromkeys(str(value) for value in found))[:_MOST_ANSWERS]

    def takes_more(self, words: str) -> bool:
        """Return whether a written answer with something before or after it is also right."""
        least = self.score(words)
        return self.score(f"{_UNLIKELY}{words}") >= least or self.score(f"{words}{_UNLIKELY}") >= least

    def counts_case(self, words: str) -> bool:
        """Return whether a written answer in other letters (large or small) gives fewer points."""
        other = words.swapcase()
        return other != words and self.score(other) < self.score(words)

    def ranges(self) -> list[NumberRange]:
        """Return the numbers that are right.

        Raises:
            KeyMissingError, KeyConflictError, UndecidedError: it is not clear what is right.
        """
        limits = sorted(set(self._numbers()))[:_MOST_ANSWERS]
        base = self.base()
        # The score can change only at these numbers: try each, and one between each two.
        probes = [limit for at, limit in enumerate(limits) for limit in (limit, *_between(limits, at))]
        points = [self.score(probe) - base for probe in probes]
        best = max(points, default=Decimal(0))
        if best <= 0:
            raise self._nothing()
        outside = (limits[0] - 1, limits[-1] + 1)
        if any(self.score(probe) - base >= best for probe in outside):
            raise KeyMissingError
        return list(_runs(probes, [value == best for value in points]))

    def _numbers(self) -> Iterator[Decimal]:
        mapping = self._variable.mapping
        values = [*self._variable.correct, *(mapping.points if mapping is not None else ()), *self._constants("float")]
        numbers = [value for value in values if isinstance(value, Decimal)]
        yield from numbers
        processing = self._item.find("responseProcessing")
        if processing is not None:
            for element in list(processing.iter("equal"))[:20]:
                for number in numbers[:20]:
                    yield from limits_of(element, number)

    def _constants(self, base_type: str) -> Iterator[Scalar]:
        """Yield the values written in the processing."""
        processing = self._item.find("responseProcessing")
        for element in processing.iter("baseValue") if processing is not None else ():
            value = scalar(base_type, element.text or "")
            is_number = element.get("baseType") in ("float", "integer")
            if value is not None and is_number == (base_type == "float"):
                yield value


def _between(limits: Sequence[Decimal], at: int) -> tuple[Decimal, ...]:
    return ((limits[at] + limits[at + 1]) / 2,) if at + 1 < len(limits) else ()


def _runs(probes: Sequence[Decimal], right: Sequence[bool]) -> Iterator[NumberRange]:
    """Yield the ranges of numbers that are right. Each second probe is between two limits."""
    at = 0
    while at < len(probes):
        if not right[at]:
            at += 1
            continue
        end = at
        while end + 1 < len(probes) and right[end + 1]:
            end += 1
        low, high = at - at % 2, end + end % 2
        yield NumberRange(probes[low], probes[high], is_open=low != at or high != end)
        at = end + 1


def points_of_options(points: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return points as shares of the best, in per cent."""
    best = max(points.values())
    return {key: value * 100 / best for key, value in points.items()}


__all__ = [
    "AnswerKey",
    "InteractionKeys",
    "KeyConflictError",
    "KeyMissingError",
    "KeySeveralError",
    "NumberRange",
    "UndecidedError",
    "points_of_options",
]
