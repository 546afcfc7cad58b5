"""Options to choose from: nothing but their content shows which is right, and no two are alike."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from lokaltmot_lms.checks.walk import all_modules, questions, quizzes
from lokaltmot_lms.errors import Position, Problem
from lokaltmot_lms.errors.fairness import (
    ABSOLUTE_WORD,
    ALL_OF_THE_ABOVE,
    NOTHING_TO_CHOOSE,
    OPTIONS_ALIKE,
    OPTIONS_IDENTICAL,
    RIGHT_IS_LONGEST,
)
from lokaltmot_lms.model import ChoiceQuestion, Course, Gaps, Hotspot, Matching, Option, Ordering, Question, Quiz, Text
from lokaltmot_lms.questions.matching import choices

HIGHEST_SHARE = 40  # per cent of a quiz's choice questions
FEWEST_CHOICES = 3  # below this a share says nothing
ALIKE = 0.9
_ALL_PAIRS = 100  # answers of one question that are all compared with each other
_NEIGHBOURS = 20

_ABSOLUTE = {
    "nb": ("alltid", "aldri", "bare", "kun", "ingen", "alle"),
    "nn": ("alltid", "aldri", "berre", "ingen", "alle"),
    "en": ("always", "never", "only", "none", "all"),
}
# «ikke bare» and «i alle fall» are not absolute, and text in quotes is what somebody says.
_SOFTENED = re.compile(
    r"\b(ikke|ikkje|not) (alltid|always|bare|berre|only|alle|all|kun)\b"
    r"|\bi alle (fall|høve)\b|\b(at|after) all\b|«[^»]*»|“[^”]*”"
)
_POINTS_BACK = re.compile(
    r"^(alle|all|ingen|none|begge|both)\b.*\b(de|dei|disse|desse|the|these|of)?\s*(ovenfor|over|nevnte|nemnde|above|delene|delane)\b",
)


def check_longest(course: Course, today: date) -> Iterator[Problem]:
    """Yield each quiz where a learner can pass by choosing the longest answer."""
    for module in all_modules(course):
        for _, quiz in quizzes(module):
            longest, choices = longest_share(quiz)
            share = round(100 * longest / choices) if choices else 0
            if choices >= FEWEST_CHOICES and 100 * longest > HIGHEST_SHARE * choices:
                yield RIGHT_IS_LONGEST.at(quiz.at, longest=longest, choices=choices, share=share, limit=HIGHEST_SHARE)


def longest_share(quiz: Quiz) -> tuple[int, int]:
    """Return in how many choice questions every right answer is longer than all wrong ones, and how many there are."""
    asked = [question for question in quiz.questions if _is_choice(question)]
    return sum(_right_is_longest(question.options) for question in asked if isinstance(question, ChoiceQuestion)), len(
        asked
    )


def check_absolutes(course: Course, today: date) -> Iterator[Problem]:
    """Yield each wrong answer that gives itself away by a word such as “always”."""
    for module in all_modules(course):
        words = _ABSOLUTE.get(module.language.split("-")[0], ())
        for _, _, question in questions(module):
            if isinstance(question, ChoiceQuestion) and words:
                yield from _absolutes(question, words)


def check_likeness(course: Course, today: date) -> Iterator[Problem]:
    """Yield options that are the same, or nearly the same."""
    for module in all_modules(course):
        for _, _, question in questions(module):
            for answers in _lists(question):
                yield from _alike(answers)
            if isinstance(question, Matching) and len(question.pairs) > 1 and len(choices(question)) == 1:
                yield NOTHING_TO_CHOOSE.at(question.at, right=question.pairs[0].right.plain)


def check_pointing_back(course: Course, today: date) -> Iterator[Problem]:
    """Yield answers that point at those above them in a quiz that shuffles."""
    for module in all_modules(course):
        for _, quiz in quizzes(module):
            for question in quiz.questions if quiz.shuffle else ():
                if isinstance(question, ChoiceQuestion):
                    for option in question.options:
                        if _POINTS_BACK.match(_folded(option.text.plain)):
                            yield ALL_OF_THE_ABOVE.at(option.at, option=option.text.plain)


def _is_choice(question: Question) -> bool:
    return isinstance(question, ChoiceQuestion) and question.type in {"single", "multiple"}


def _right_is_longest(options: Sequence[Option]) -> bool:
    right = [len(option.text.plain) for option in options if option.is_right]
    wrong = [len(option.text.plain) for option in options if not option.is_right]
    return bool(right and wrong) and min(right) > max(wrong)


def _absolutes(question: ChoiceQuestion, words: Sequence[str]) -> Iterator[Problem]:
    # When a right answer is absolute too («Alle»), the word gives nothing away.
    right = [option for option in question.options if option.is_right]
    if not right or any(_absolute(option.text, words) for option in right):
        return
    for option in question.options:
        word = _absolute(option.text, words)
        if word and not option.is_right:
            yield ABSOLUTE_WORD.at(option.at, word=word)


def _absolute(text: Text, words: Sequence[str]) -> str:
    folded = text.plain.casefold()
    if not any(word in folded for word in words):
        return ""
    said = set(re.findall(r"\w+", _SOFTENED.sub(" ", folded)))
    return next((word for word in words if word in said), "")


def _lists(question: Question) -> Iterator[list[tuple[str, Position]]]:
    match question:
        case ChoiceQuestion(options=options) | Ordering(items=options) | Hotspot(spots=options):
            yield [(option.text.plain, option.at) for option in options]
        case Matching(pairs=pairs):
            yield [(pair.left.plain, pair.at) for pair in pairs if pair.left is not None]
            yield [(pair.right.plain, pair.at) for pair in choices(question)]
        case Gaps(gaps=gaps):
            for gap in gaps:
                yield [(option.text.plain, option.at) for option in gap.options]


def _alike(answers: Sequence[tuple[str, Position]]) -> Iterator[Problem]:
    folded = [(text, _folded(text), at) for text, at in answers]
    for first, second in pairs_to_compare([text for _, text, _ in folded]):
        (one, left, _), (_, right, at) = folded[first], folded[second]
        if left == right:
            yield OPTIONS_IDENTICAL.at(at, other=one)
        elif are_alike(left, right, ALIKE) and _numbers(left) == _numbers(right):
            yield OPTIONS_ALIKE.at(at, other=one)


def pairs_to_compare(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of texts to compare: each with each other, in a long list with the next ones in the alphabet.

    No person writes a question with more than a hundred options. An import can hold thousands, and all their pairs
    would take minutes. Texts that are the same are always next to each other.
    """
    if len(texts) <= _ALL_PAIRS:
        yield from combinations(range(len(texts)), 2)
        return
    order = sorted(range(len(texts)), key=texts.__getitem__)
    for at, one in enumerate(order):
        for other in order[at + 1 : at + 1 + _NEIGHBOURS]:
            yield min(one, other), max(one, other)


def _numbers(text: str) -> list[str]:
    # «§ 13-2» and «§ 23-2» are different answers although one character differs.
    return re.findall(r"\d+", text)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like the given one; "" when none is close."""
    from difflib import get_close_matches  # only needed for a course with a mistake

    return next(iter(get_close_matches(word[:80], sorted(known), n=1)), "")


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

    The lengths are compared first, then the letters that only one of them has: nearly every pair is decided by that
    alone.
    """
    allowed = (1 - share) * max(len(left), len(right)) + 1e-9
    if abs(len(left) - len(right)) > allowed:
        return False
    mine, yours = Counter(left), Counter(right)
    at_least = max((mine - yours).total(), (yours - mine).total())
    return at_least <= allowed and distance(left, right) <= allowed
