"""Single choice, true or false, and multiple choice: options with a mark, right ones with x."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from lokaltmot_lms.errors.questions import (
    MARKER_MISSING,
    MARKERS_MIXED,
    NO_RIGHT_ANSWER,
    OPTION_EMPTY,
    TOO_FEW_OPTIONS,
    TWO_RIGHT_ANSWERS,
)
from lokaltmot_lms.model import ChoiceQuestion, Option
from lokaltmot_lms.questions.answers import ALL, NONE, bits, chosen
from lokaltmot_lms.questions.base import Answer, Data
from lokaltmot_lms.questions.written import ListItem, WrittenQuestion, letter

# Two options with these texts make a true-or-false question (bokmål, nynorsk, English). The first says that it is so.
_OPPOSITES = (
    ("sant", "usant"),
    ("riktig", "galt"),
    ("rett", "gale"),
    ("rett", "galt"),
    ("ja", "nei"),
    ("true", "false"),
    ("yes", "no"),
)
_PAIRS = frozenset(frozenset(pair) for pair in _OPPOSITES)
_TRUE = frozenset(pair[0] for pair in _OPPOSITES)


class SingleChoice:
    """One right answer among several."""

    name = "single"
    is_graded = True

    def data(self, question: ChoiceQuestion) -> dict[str, Any]:
        """Return {"options": ["a", …], "right": "b"}."""
        return {"options": [option.key for option in question.options], "right": self.right_answer(question)}

    def score(self, data: Data, answer: Answer) -> Fraction:
        """Return 1 for the right key, 0 for all else."""
        return ALL if isinstance(answer, str) and answer == data["right"] else NONE

    def right_answer(self, question: ChoiceQuestion) -> Answer:
        """Return the right option's key."""
        return next((option.key for option in question.options if option.is_right), None)

    def width(self, question: ChoiceQuestion) -> int:
        """Return the bits for one of the options or none."""
        return bits(len(question.options) + 1)


class TrueFalse(SingleChoice):
    """One right answer of two that are each other's opposite."""

    name = "truefalse"

    def data(self, question: ChoiceQuestion) -> dict[str, Any]:
        """Return {"options": ["a", "b"], "right": "b", "true": "a"}; true: the key that says "true" to a platform."""
        key = next(option.key for option in question.options if _bare(option.text.plain) in _TRUE)
        return {**super().data(question), "true": key}


class MultipleChoice:
    """Several options, each right or wrong."""

    name = "multiple"
    is_graded = True

    def data(self, question: ChoiceQuestion) -> dict[str, Any]:
        """Return {"options": ["a", …], "right": ["a", "c"]}."""
        return {"options": [option.key for option in question.options], "right": self.right_answer(question)}

    def score(self, data: Data, answer: Answer) -> Fraction:
        """Return (right ones chosen - wrong ones chosen) / right ones, never below 0."""
        keys = chosen(answer, data["options"])
        right = frozenset(data["right"])
        if not keys or not right:
            return NONE
        return max(NONE, Fraction(len(keys & right) - len(keys - right), len(right)))

    def right_answer(self, question: ChoiceQuestion) -> Answer:
        """Return the right options' keys."""
        return [option.key for option in question.options if option.is_right]

    def width(self, question: ChoiceQuestion) -> int:
        """Return one bit for answered at all, and one an option."""
        return len(question.options) + 1


def read_options(written: WrittenQuestion) -> ChoiceQuestion:
    """Return a choice question. Its marks say which kind: ( ) for one right answer, [ ] for several."""
    options = tuple(_option(written, item, index) for index, item in enumerate(written.items))
    is_multiple = report_marks(written)
    kind = "multiple" if is_multiple else "truefalse" if is_true_or_false(options) else "single"
    return ChoiceQuestion(**written.common, type=kind, options=options)


def report_marks(written: WrittenQuestion) -> bool:
    """Report what is wrong with the marks of the options; return whether several may be right."""
    marked = [item for item in written.items if item.is_marked]
    first = marked[0].mark[0] if marked else "("
    for item in written.items:
        if not item.is_marked:
            written.report(MARKER_MISSING, item.at, good=f"- {first} {')' if first == '(' else ']'} …")
        elif item.mark[0] != first:
            written.report(MARKERS_MIXED, item.at)
    _report_right(written, [item for item in marked if item.is_right], is_single=first == "(")
    if len(written.items) < 2:
        written.report(TOO_FEW_OPTIONS, written.items[0].at)
    return first == "["


def _report_right(written: WrittenQuestion, right: Sequence[ListItem], *, is_single: bool) -> None:
    if not right:
        written.report(NO_RIGHT_ANSWER, written.at, mark="(x)" if is_single else "[x]")
    elif is_single:
        for item in right[1:]:
            written.report(TWO_RIGHT_ANSWERS, item.at)


def _option(written: WrittenQuestion, item: ListItem, index: int) -> Option:
    if not item.words.text:
        written.report(OPTION_EMPTY, item.at)
    text = written.reader(item.words)
    return Option(key=letter(index), text=text, is_right=item.is_right, feedback=item.feedback, at=item.at)


def is_true_or_false(options: Sequence[Option]) -> bool:
    """Return whether two options are each other's opposite, such as true and false."""
    return are_opposites([option.text.plain for option in options])


def are_opposites(texts: Sequence[str]) -> bool:
    """Return whether two texts are each other's opposite, such as true and false."""
    return len(texts) == 2 and frozenset(map(_bare, texts)) in _PAIRS


def _bare(text: str) -> str:
    return text.casefold().rstrip(".!")
