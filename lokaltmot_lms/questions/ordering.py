"""Ordering: a numbered list in the right order, under the line `Order:`."""

from fractions import Fraction
from typing import Any

from lokaltmot_lms.errors.questions import LABEL_NOT_EMPTY, OPTION_EMPTY, ORDER_NUMBERS, TOO_FEW_OPTIONS
from lokaltmot_lms.model import Option, Ordering
from lokaltmot_lms.questions.answers import NONE, bits, chosen
from lokaltmot_lms.questions.base import Answer, Data
from lokaltmot_lms.questions.written import WrittenQuestion, letter


class PutInOrder:
    """Steps to put in order."""

    name = "ordering"
    is_graded = True

    def data(self, question: Ordering) -> dict[str, Any]:
        """Return {"items": ["a", "b", …]} in the right order."""
        return {"items": self.right_answer(question)}

    def score(self, data: Data, answer: Answer) -> Fraction:
        """Return the share of items in their right place. Each must be there once."""
        items = data["items"]
        if not items or chosen(answer, items) is None or len(answer) != len(items):
            return NONE
        return Fraction(sum(one == other for one, other in zip(answer, items, strict=True)), len(items))

    def right_answer(self, question: Ordering) -> Answer:
        """Return the keys in the right order."""
        return [item.key for item in question.items]

    def width(self, question: Ordering) -> int:
        """Return one bit for answered at all, and a place for each item."""
        return 1 + len(question.items) * bits(len(question.items))


def read_ordering(written: WrittenQuestion) -> Ordering:
    """Return the items, which must be numbered 1, 2, 3 … so that place and number can't disagree."""
    label = written.labels["order"]
    if label.text:
        written.report(LABEL_NOT_EMPTY, label.at())
    for index, item in enumerate(written.items):
        if item.mark != str(index + 1):
            written.report(ORDER_NUMBERS, item.at, number=index + 1)
        if not item.words.text:
            written.report(OPTION_EMPTY, item.at)
    if len(written.items) < 2:
        written.report(TOO_FEW_OPTIONS, written.at)
    items = tuple(
        Option(key=letter(index), text=written.reader(item.words), is_right=True, feedback=item.feedback, at=item.at)
        for index, item in enumerate(written.items)
    )
    return Ordering(**written.common, type="ordering", items=items)
