"""Matching: a left side goes with a right side; a right side alone is a distractor."""

from fractions import Fraction
from typing import Any

from lokaltmot_lms.errors.questions import PAIR_BROKEN, TOO_FEW_PAIRS
from lokaltmot_lms.model import Matching, Pair
from lokaltmot_lms.questions.answers import NONE, bits, parts
from lokaltmot_lms.questions.base import Answer, Data
from lokaltmot_lms.questions.written import ListItem, WrittenQuestion, letter

ARROW = "=>"


class MatchPairs:
    """What belongs together."""

    name = "matching"
    is_graded = True

    def data(self, question: Matching) -> dict[str, Any]:
        """Return {"left": ["1", …], "match": ["a", …], "right": {"1": "a", …}}."""
        return {
            "left": [pair.key for pair in question.pairs if pair.key],
            "match": [pair.match for pair in question.pairs],
            "right": self.right_answer(question),
        }

    def score(self, data: Data, answer: Answer) -> Fraction:
        """Return the share of left sides that got their own right side."""
        given = parts(answer)
        hits = sum(given.get(left) == data["right"][left] for left in data["left"])
        return Fraction(hits, len(data["left"])) if data["left"] else NONE

    def right_answer(self, question: Matching) -> Answer:
        """Return {"1": "a", …}."""
        return {pair.key: pair.match for pair in question.pairs if pair.key}

    def width(self, question: Matching) -> int:
        """Return one bit for answered at all, and a right side or none for each left side."""
        lefts = sum(1 for pair in question.pairs if pair.key)
        return 1 + lefts * bits(len(question.pairs) + 1)


def read_matching(written: WrittenQuestion) -> Matching:
    """Return the pairs, keyed in source order: distractors continue the letters of the pairs."""
    whole = [item for item in written.items if _left(item)]
    alone = [item for item in written.items if not _left(item)]
    pairs = [_pair(written, item, str(index + 1), index) for index, item in enumerate(whole)]
    pairs += [_pair(written, item, "", len(whole) + index) for index, item in enumerate(alone)]
    if len(whole) < 2:
        written.report(TOO_FEW_PAIRS, written.at)
    return Matching(**written.common, type="matching", pairs=tuple(pairs))


def _left(item: ListItem) -> str:
    return item.words.text.partition(ARROW)[0].strip()


def _pair(written: WrittenQuestion, item: ListItem, key: str, index: int) -> Pair:
    text = item.words.text
    arrow = text.find(ARROW)
    if arrow < 0 or text.count(ARROW) > 1 or not text[arrow + 2 :].strip():
        written.report(PAIR_BROKEN, item.at)
    left = item.words.part(0, max(arrow, 0)) if key else None
    right = item.words.part(arrow + 2 if arrow >= 0 else 0)
    return Pair(
        key=key,
        left=written.reader(left) if left is not None else None,
        match=letter(index),
        right=written.reader(right),
        at=item.at,
    )
