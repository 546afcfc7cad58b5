"""What marking does to answers from outside: any JSON value may come in, and only well-formed ones count."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any
from unicodedata import normalize

NONE = Fraction(0)
ALL = Fraction(1)

# Nobody types more than this; a longer answer is no answer, and is not worth the time to look at.
LONGEST_ANSWER = 1000

_SPACES = re.compile(r"[ \t\n\r\f\v\u00a0\u2007\u2009\u202f]+")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,30}(?:[.,][0-9]{0,30})?|[.,][0-9]{1,30})")


def chosen(answer: Any, keys: Sequence[str]) -> frozenset[str] | None:
    """Return the keys in a list of keys; None when it holds anything else, or the same key twice."""
    if not isinstance(answer, list) or not all(isinstance(key, str) and key in keys for key in answer):
        return None
    return frozenset(answer) if len(set(answer)) == len(answer) else None


def parts(answer: Any) -> Mapping[str, Any]:
    """Return an answer of several parts; an empty one for any other value."""
    return answer if isinstance(answer, dict) else {}


def folded(text: str) -> str:
    """Return a short text as it is compared: case, spaces and how æ, ø and å are spelt make no difference."""
    plain = _SPACES.sub(" ", normalize("NFC", text)).strip(" ").lower()
    for spelt, letter in (("aa", "å"), ("ae", "æ"), ("oe", "ø"), ("ö", "ø"), ("ä", "æ")):
        plain = plain.replace(spelt, letter)
    return plain


def is_accepted(answer: Any, accepted: Sequence[str]) -> bool:
    """Return whether a typed answer is one of the accepted ones."""
    if not isinstance(answer, str) or len(answer) > LONGEST_ANSWER:
        return False
    typed = folded(answer)
    return bool(typed) and any(typed == folded(text) for text in accepted)


def number(answer: Any) -> Decimal | None:
    """Return a typed number: comma or point, spaces between thousands, one sign; None for anything else."""
    if not isinstance(answer, str) or len(answer) > LONGEST_ANSWER:
        return None
    typed = _SPACES.sub("", answer).replace("\u2212", "-")
    return Decimal(typed.replace(",", ".")) if _NUMBER.fullmatch(typed) else None


def bits(values: int) -> int:
    """Return how many bits hold a number below `values`."""
    return max(values - 1, 0).bit_length()
