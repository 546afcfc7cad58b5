"""Matching: a left side goes with a right side, which others may share; a right side alone is a distractor."""

from collections.abc import Sequence
from dataclasses import replace
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
            "match": [pair.match for pair in choices(question)],
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
        return 1 + lefts * bits(len(choices(question)) + 1)


def choices(question: Matching) -> tuple[Pair, ...]:
    """Return what can be chosen, in source order: the first pair of each right side."""
    first = {pair.match: pair for pair in reversed(question.pairs)}
    return tuple(pair for pair in question.pairs if first[pair.match] is pair)


def match_keys(rights: Sequence[str], whole: int) -> list[str]:
    """Return the key of each right side: its letter, or that of the first pair with the same text.

    whole: how many of them belong to a left side. Distractors come after them, and share nothing.
    """
    first: dict[str, int] = {}
    places = [first.setdefault(right, at) if at < whole else at for at, right in enumerate(rights)]
    return [letter(place) for place in places]


def read_matching(written: WrittenQuestion) -> Matching:
    """Return the pairs, keyed in source order: distractors continue the letters of the pairs.

    Pairs with the same text on the right have the same right side, as in “nurse => Health” and “doctor => Health”.
    """
    whole = [item for item in written.items if _left(item)]
    alone = [item for item in written.items if not _left(item)]
    pairs = [_pair(written, item, str(index + 1)) for index, item in enumerate(whole)]
    pairs += [_pair(written, item, "") for item in alone]
    keys = match_keys([pair.right.plain for pair in pairs], len(whole))
    pairs = [replace(pair, match=key) for pair, key in zip(pairs, keys, strict=True)]
    if len(whole) < 2:
        written.report(TOO_FEW_PAIRS, written.at)
    return Matching(**written.common, type="matching", pairs=tuple(pairs))


def _left(item: ListItem) -> str:
    return item.words.text.partition(ARROW)[0].strip()


def _pair(written: WrittenQuestion, item: ListItem, key: str) -> Pair:
    text = item.words.text
    arrow = text.find(ARROW)
    if arrow < 0 or text.count(ARROW) > 1 or not text[arrow + 2 :].strip():
        written.report(PAIR_BROKEN, item.at)
    left = item.words.part(0, max(arrow, 0)) if key else None
    right = item.words.part(arrow + 2 if arrow >= 0 else 0)
    return Pair(
        key=key,
        left=written.reader(left) if left is not None else None,
        match="",
        right=written.reader(right),
        at=item.at,
    )
