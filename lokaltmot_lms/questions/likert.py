"""Likert: how much one agrees with some statements. There is no right answer, so it is never graded."""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lokaltmot_lms.errors.questions import LIKERT_POINTS, OPTION_EMPTY, SCALE_BAD, STATEMENTS_MISSING
from lokaltmot_lms.model import Likert, Statement
from lokaltmot_lms.questions.answers import NONE, bits
from lokaltmot_lms.questions.base import Answer, Data
from lokaltmot_lms.questions.written import WrittenQuestion

_SCALE = re.compile(r"(\S.*?)\s*(?:…|\.\.\.)\s*(\S.*?)\s*\(\s*(\d{1,2})\s*\)")
_FEWEST, _MOST = 2, 11


class Agree:
    """Statements on a scale."""

    name = "likert"
    is_graded = False

    def data(self, question: Likert) -> dict[str, Any]:
        """Return {"statements": ["1", …], "steps": 5}."""
        return {"statements": [statement.key for statement in question.statements], "steps": question.steps}

    def score(self, data: Data, answer: Answer) -> Fraction:  # noqa: ARG002  # every type is asked the same way
        """Return 0, whatever one thinks."""
        return NONE

    def right_answer(self, question: Likert) -> Answer:  # noqa: ARG002  # every type is asked the same way
        """Return None: a scale has no right answer."""
        return None

    def width(self, question: Likert) -> int:
        """Return a step or none for each statement."""
        return len(question.statements) * bits(question.steps + 1)


def read_likert(written: WrittenQuestion) -> Likert:
    """Return the scale and its statements."""
    words = written.labels["scale"]
    found = _SCALE.fullmatch(words.text)
    steps = int(found[3]) if found else 0
    if not found or not _FEWEST <= steps <= _MOST:
        written.report(SCALE_BAD, words.at())
    if not written.items:
        written.report(STATEMENTS_MISSING, written.at)
    if written.common["points"] not in (0, 1):
        written.report(LIKERT_POINTS, written.at)
    for item in written.items:
        if not item.words.text:
            written.report(OPTION_EMPTY, item.at)
    written.common["points"] = Decimal(0)
    return Likert(
        **written.common,
        type="likert",
        low=found[1] if found else "",
        high=found[2] if found else "",
        steps=steps or _FEWEST,
        statements=tuple(
            Statement(key=str(index + 1), text=written.reader(item.words), at=item.at)
            for index, item in enumerate(written.items)
        ),
    )
