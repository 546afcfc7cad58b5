"""Item analysis: the share of right first answers, the discrimination (point-biserial), and the choices.

Typed text is never shown: for questions with typed answers, only right and wrong are counted.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lokaltmot_lms.questions.answers import is_accepted
from lti_app.store.report import QuestionSums

FEWEST = 5  # fewer answers could identify persons, and mostly show chance
TYPED = ("text", "numeric")
_NEARLY = 1e-9
_Chosen = list[tuple[Any, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceCount:
    """One choice. is_right: None where nothing is right or wrong."""

    text: str
    is_right: bool | None
    count: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPart:
    """The choices in a question, or in one part of it. text: of the part; empty if there is only one."""

    text: str
    choices: tuple[ChoiceCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStatistics:
    """A question's statistics. With fewer than FEWEST answers there are no figures, not even the number of answers.

    discrimination: None also if all or no answers were right.
    """

    id: str
    text: str
    type: str
    source: str
    is_graded: bool
    answers: int | None = None
    right: int = 0
    partly: int = 0
    discrimination: float | None = None
    parts: tuple[QuestionPart, ...] = field(default=(), repr=False)

    @property
    def right_share(self) -> float | None:
        """The share of first answers that were fully right."""
        return self.right / self.answers if self.answers and self.is_graded else None


def read_items(
    questions: Mapping[str, Mapping[str, Any]], sums: Iterable[QuestionSums], counts: Iterable[tuple[str, Any, int]]
) -> tuple[ItemStatistics, ...]:
    """Return the statistics of a module's questions, in order.

    questions: from answers.json. counts: see store.report.answer_counts.
    """
    by_id = {one.question: one for one in sums}
    chosen: dict[str, _Chosen] = {}
    for id_, answer, count in counts:
        chosen.setdefault(id_, []).append((answer, count))
    return tuple(_item(id_, asked, by_id.get(id_), chosen.get(id_, [])) for id_, asked in questions.items())


def chosen_questions(questions: Mapping[str, Mapping[str, Any]]) -> Collection[str]:
    """Return the questions whose answers can be counted by choice: those without typed answers."""
    return [id_ for id_, asked in questions.items() if asked["type"] not in TYPED]


def discrimination(sums: QuestionSums) -> float | None:
    """Return the point-biserial correlation of a right answer with the share of the other points."""
    n = sums.pairs
    if n < FEWEST:
        return None
    spread_x = n * sums.x - sums.x * sums.x  # x is 0 or 1, so its square is itself
    spread_y = n * sums.yy - sums.y * sums.y
    if spread_x < _NEARLY or spread_y < _NEARLY:
        return None
    return (n * sums.xy - sums.x * sums.y) / math.sqrt(spread_x * spread_y)


def _item(id_: str, asked: Mapping[str, Any], sums: QuestionSums | None, chosen: _Chosen) -> ItemStatistics:
    item = ItemStatistics(
        id=id_, text=asked["text"], type=asked["type"], source=asked["source"], is_graded=float(asked["points"]) > 0
    )
    if sums is None or sums.answers < FEWEST:
        return item
    return replace(
        item,
        answers=sums.answers,
        right=sums.right,
        partly=sums.partly,
        discrimination=discrimination(sums) if item.is_graded else None,
        parts=_parts(asked, chosen, sums.answers),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """The choices in one part. right: the ids of the right ones; None where nothing is right or wrong."""

    text: str = ""
    keys: Iterable[str]
    picked: Counter[str]
    right: Collection[str] | None
    labels: Mapping[str, Any]


def _parts(asked: Mapping[str, Any], chosen: _Chosen, answers: int) -> tuple[QuestionPart, ...]:
    reader = _READERS.get(asked["type"])
    return tuple(_part(one, answers) for one in reader(asked, chosen)) if reader else ()


def _part(one: _Counted, answers: int) -> QuestionPart:
    choices = tuple(
        ChoiceCount(
            text=str(one.labels.get(key, key)),
            is_right=None if one.right is None else key in one.right,
            count=one.picked[key],
            share=one.picked[key] / answers,
        )
        for key in one.keys
    )
    return QuestionPart(text=one.text, choices=choices)


def _options(asked: Mapping[str, Any], chosen: _Chosen) -> Iterable[_Counted]:
    picked: Counter[str] = Counter()
    for answer, count in chosen:
        for key in {one for one in (answer if isinstance(answer, list) else [answer]) if isinstance(one, str)}:
            picked[key] += count
    right = asked["data"]["right"]
    yield _Counted(
        keys=asked["data"]["options"],
        picked=picked,
        right=right if isinstance(right, list) else [right],
        labels=asked.get("labels", {}),
    )


def _matching(asked: Mapping[str, Any], chosen: _Chosen) -> Iterable[_Counted]:
    data = asked["data"]
    for left in data["left"]:
        yield _Counted(
            text=_words(asked, left),
            keys=sorted(data["match"]),
            picked=_by_part(left, chosen),
            right=[data["right"][left]],
            labels=asked.get("labels", {}),
        )


def _likert(asked: Mapping[str, Any], chosen: _Chosen) -> Iterable[_Counted]:
    steps = [str(step) for step in range(1, asked["data"]["steps"] + 1)]
    labels = {step: f"{step}: {words}" for step, words in asked.get("labels", {}).items()}
    for statement in asked["data"]["statements"]:
        picked = _by_part(statement, chosen)
        yield _Counted(text=_words(asked, statement), keys=steps, picked=picked, right=None, labels=labels)


def _ordering(asked: Mapping[str, Any], chosen: _Chosen) -> Iterable[_Counted]:
    """Count how often each item was placed correctly."""
    items = asked["data"]["items"]
    picked: Counter[str] = Counter()
    for answer, count in chosen:
        if isinstance(answer, list) and len(answer) == len(items):
            picked.update({key: count for key, given in zip(items, answer, strict=True) if key == given})
    yield _Counted(keys=items, picked=picked, right=items, labels=asked.get("labels", {}))


def _gaps(asked: Mapping[str, Any], chosen: _Chosen) -> Iterable[_Counted]:
    """Count the choices of a menu; for a typed gap only how often it was right, shown as the first accepted answer."""
    for key, gap in asked["data"]["gaps"].items():
        picked = _by_part(key, chosen)
        labels = asked.get("parts", {}).get(key, {}).get("labels", {})
        if "options" in gap:
            yield _Counted(text=key, keys=gap["options"], picked=picked, right=[gap["right"]], labels=labels)
        else:
            word = gap["accepted"][0]
            right = sum(count for typed, count in picked.items() if is_accepted(typed, gap["accepted"]))
            yield _Counted(text=key, keys=[word], picked=Counter({word: right}), right=[word], labels={})


def _by_part(key: str, chosen: _Chosen) -> Counter[str]:
    picked: Counter[str] = Counter()
    for answer, count in chosen:
        given = answer.get(key) if isinstance(answer, dict) else None
        if isinstance(given, str):
            picked[given] += count
    return picked


def _words(asked: Mapping[str, Any], key: str) -> str:
    return str(asked.get("parts", {}).get(key, {}).get("text", key))


_READERS = {
    "single": _options,
    "truefalse": _options,
    "multiple": _options,
    "hotspot": _options,
    "matching": _matching,
    "likert": _likert,
    "ordering": _ordering,
    "gaps": _gaps,
}
