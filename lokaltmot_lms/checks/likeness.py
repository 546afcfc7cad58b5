"""How alike two words or answers are."""

from collections.abc import Iterable
from difflib import SequenceMatcher


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like the given one; "" when nothing is known."""
    return max(sorted(known), key=lambda other: SequenceMatcher(None, word, other).ratio(), default="")


def distance(left: str, right: str) -> int:
    """Return the Levenshtein distance: how many characters to add, take out or change."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        above, row[0] = row[0], i
        for j, b in enumerate(right, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]


def similarity(left: str, right: str) -> float:
    """Return 1 for equal texts and 0 for texts with nothing in common: 1 - distance / the longer one's length."""
    longest = max(len(left), len(right))
    return 1.0 if not longest else 1 - distance(left, right) / longest
