"""Short text and numbers: the learner types, `Answer:` says what is right."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lokaltmot_lms.errors.questions import (
    ALTERNATIVE_EMPTY,
    ALTERNATIVE_SLASH,
    LABEL_EMPTY,
    NUMBER_AMBIGUOUS,
    NUMBER_UNREADABLE,
    RANGE_BACKWARDS,
)
from lokaltmot_lms.model import Numeric, Question, ShortText
from lokaltmot_lms.questions.answers import ALL, NONE, is_accepted, number
from lokaltmot_lms.questions.base import Answer, Data
from lokaltmot_lms.questions.written import SourceText, WrittenQuestion

_SIGNS = "+-−"
_N = r"[+\-−]?(?:\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d{1,15})(?:[.,]\d{1,15})?"
# A number, a number and a margin, or a range.
_NUMBERS = re.compile(rf"({_N})(?:\s*(?:(±|\+/-|\+-)|[-–—])\s*({_N}))?")
_DIGITS_ONLY = re.compile(r"[\d\s.,±+−–—-]*\d[\d\s.,±+−–—-]*")
_POINT_OR_THOUSAND = re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])")


class TypedText:
    """A few words."""

    name = "text"
    is_graded = True

    def data(self, question: ShortText) -> dict[str, Any]:
        """Return {"accepted": […]}."""
        return {"accepted": list(question.accepted)}

    def score(self, data: Data, answer: Answer) -> Fraction:
        """Return 1 when the answer is one of the accepted, however it is spaced or spelt with æ, ø and å."""
        return ALL if is_accepted(answer, data["accepted"]) else NONE

    def right_answer(self, question: ShortText) -> Answer:
        """Return the first accepted answer."""
        return question.accepted[0] if question.accepted else None

    def width(self, question: ShortText) -> int:  # noqa: ARG002  # every type is asked the same way
        """Return 0: what is typed is kept as text."""
        return 0


class TypedNumber:
    """A number, or one between two."""

    name = "numeric"
    is_graded = True

    def data(self, question: Numeric) -> dict[str, Any]:
        """Return {"low": "9.9", "high": "10.1"}: decimal points, whatever the author wrote."""
        return {"low": format(question.low, "f"), "high": format(question.high, "f")}

    def score(self, data: Data, answer: Answer) -> Fraction:
        """Return 1 when low <= answer <= high."""
        typed = number(answer)
        if typed is None:
            return NONE
        return ALL if Decimal(data["low"]) <= typed <= Decimal(data["high"]) else NONE

    def right_answer(self, question: Numeric) -> Answer:
        """Return the number, or the lowest that is right, with a comma."""
        return format(question.low, "f").replace(".", ",")

    def width(self, question: Numeric) -> int:  # noqa: ARG002  # every type is asked the same way
        """Return 0: what is typed is kept as text."""
        return 0


def read_typed(written: WrittenQuestion) -> Question:
    """Return a number question when the answer is a number, a margin or a range; else a text question."""
    words = written.labels["answer"]
    if not words.text:
        written.report(LABEL_EMPTY, words.at())
    limits = _limits(written, words)
    if limits:
        return Numeric(**written.common, type="numeric", low=limits[0], high=limits[1])
    return ShortText(**written.common, type="text", accepted=_accepted(written, words))


def _limits(written: WrittenQuestion, words: SourceText) -> tuple[Decimal, Decimal] | None:
    text = words.text
    if not text[:1].isdecimal() and text[:1] not in _SIGNS:
        return None  # as most answers in words are
    if _is_code(text):
        return None
    found = _NUMBERS.fullmatch(text)
    if not found:
        return None
    first, sign, second = found.groups()
    if sign:
        middle, margin = _decimal(first), abs(_decimal(second))
        limits = (middle - margin, middle + margin)
    else:
        limits = (_decimal(first), _decimal(second or first))
        if limits[0] > limits[1]:
            written.report(RANGE_BACKWARDS, words.at(), low=first, high=second)
    if "." in text and (doubt := _POINT_OR_THOUSAND.search(text)):
        whole, comma = doubt[0].replace(".", " "), doubt[0].replace(".", ",")
        written.report(NUMBER_AMBIGUOUS, words.at(doubt.start()), number=doubt[0], whole=whole, comma=comma)
    return limits


def _is_code(text: str) -> bool:
    # 02800 is a telephone number or a code, not 2800.
    digits = text[1:] if text[:1] in _SIGNS else text
    return digits.startswith("0") and digits[1:2].isdecimal()


def _decimal(text: str) -> Decimal:
    found = number(text)
    return found if found is not None else Decimal(0)


def _accepted(written: WrittenQuestion, words: SourceText) -> tuple[str, ...]:
    accepted = [" ".join(part.split()) for part in words.text.replace("\\|", "|").replace("｜", "|").split("|")]
    if words.text and not all(accepted):
        written.report(ALTERNATIVE_EMPTY, words.at(words.text.find("|")))
    if " / " in words.text:
        written.report(ALTERNATIVE_SLASH, words.at(words.text.find(" / ") + 1))
    if _DIGITS_ONLY.fullmatch(words.text) and not _is_code(words.text):
        written.report(NUMBER_UNREADABLE, words.at(), answer=words.text[:60])
    return tuple(part for part in accepted if part)
