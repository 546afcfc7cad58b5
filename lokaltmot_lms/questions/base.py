"""What a question type must be able to do. One file a type; the registry is in lokaltmot_lms.questions."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Protocol

from lokaltmot_lms.model import Question

# What marking needs to know of a question, and a learner's answer, as plain JSON values. The player's
# JavaScript, the key files and the LTI tool use the same two shapes; tests/scoring holds their cases.
Data = Mapping[str, Any]
Answer = Any


class QuestionType(Protocol):
    """One question type.

    name: as in `data-type` and the key files. is_graded: whether it can have a right answer at all.
    """

    name: str
    is_graded: bool

    def data(self, question: Any) -> dict[str, Any]:
        """Return what `score` needs, as JSON. It holds the right answer, so the LTI tool keeps it from the page."""

    def score(self, data: Data, answer: Answer) -> Fraction:
        """Return how right an answer is, 0 to 1. Any JSON value may come in; a hostile or empty one gives 0."""

    def right_answer(self, question: Any) -> Answer:
        """Return the right answer in the inputs' own values (None if there is no right answer)."""

    def width(self, question: Any) -> int:
        """Return how many bits an answer takes in the stored state (0: kept as text after the bits)."""


def is_graded(question: Question) -> bool:
    """Return whether a question counts towards the score."""
    return question.points > 0
