"""How alike two words or answers are."""

from collections import Counter
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like the given one; "" when nothing is known."""
    from difflib import SequenceMatcher  # only a course with a slip pays for it

    return max(sorted(known), key=lambda other: SequenceMatcher(None, word, other).ratio(), default="")


def distance(left: str, right: str) -> int:
    """Return the Levenshtein distance: how many characters to add, take out or change."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        above, row[0] = row[0], i
        for j, b in enumerate(right, start=1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]


def are_alike(left: str, right: str, share: float) -> bool:
    """Return whether two texts are alike: 1 - distance / the longer one's length is at least `share`.

    The lengths are compared first, then the letters that only one of them has: nearly every pair is told apart by that
    alone.
    """
    allowed = (1 - share) * max(len(left), len(right)) + 1e-9
    if abs(len(left) - len(right)) > allowed:
        return False
    mine, yours = Counter(left), Counter(right)
    at_least = max((mine - yours).total(), (yours - mine).total())
    return at_least <= allowed and distance(left, right) <= allowed
