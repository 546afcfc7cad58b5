"""Builds questions from the interactions of QTI 2 items (QTI 2.1, Information Model, 7)."""

from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from lokaltmot_lms.errors.imports import SHARES_LOST
from lokaltmot_lms.errors.question_files import KEY_UNDECIDED, NOT_ONE_ANSWER
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer
from lokaltmot_lms.importers.clean_html import joined
from lokaltmot_lms.importers.qti2.body import feedback_of
from lokaltmot_lms.importers.qti2.item_reading import CannotBuildError, ItemReading
from lokaltmot_lms.importers.qti2.keys import AnswerKey, InteractionKeys, points_of_options
from lokaltmot_lms.importers.qti2.variables import ResponseVariable
from lokaltmot_lms.model import Question, Text

_MOST_SWAPS = 400


def _choice(reading: ItemReading, element: etree._Element, parts: QuestionParts) -> Question | None:
    variable = reading.variable(element)
    rows = {row.get("identifier", ""): row for row in element.iterfind("simpleChoice")}
    keys, most = list(rows), _most(element, len(rows))
    is_single = variable.is_single or most == 1
    _note_settings(reading, element, parts, len(rows), is_single=is_single)
    if is_single:
        points = reading.keys(variable).singles(keys)
        shares = points_of_options(points)
        reading.right[variable.identifier] = variable.value((max(points, key=lambda key: points[key]),))
    else:
        found = reading.keys(variable).several(keys, most)
        reading.right[variable.identifier] = variable.value(found.right)
        reading.note_points(found)
        each = ALL / len(found.right)
        shares = {key: each if key in found.right else -each for key in keys}
        if _has_other_shares(variable, found, keys, reading):
            reading.context.report(SHARES_LOST, parts.at, name=reading.name)
    answers = [
        WeightedAnswer(
            text=reading.option(row), share=shares[key], feedback=_feedback(reading, variable.identifier, row)
        )
        for key, row in rows.items()
    ]
    return build_questions.choice(reading.context, parts, answers, single=is_single)


def _most(element: etree._Element, count: int) -> int:
    written = element.get("maxChoices", "1")
    return int(written) if written.isdigit() and 0 < int(written) < count else 1 if written == "1" else max(count, 1)


def _note_settings(
    reading: ItemReading, element: etree._Element, parts: QuestionParts, count: int, *, is_single: bool
) -> None:
    if element.get("shuffle") == "true" and any(row.get("fixed") == "true" for row in element):
        reading.setting(parts, "fixed")
    written = element.get("maxChoices", "1")
    if not is_single and written.isdigit() and 1 < int(written) < count:
        reading.setting(parts, f"maxChoices = {written}")
    least = element.get("minChoices", "0")
    if least.isdigit() and int(least) > 1:
        reading.setting(parts, f"minChoices = {least}")


def _has_other_shares(variable: ResponseVariable, key: AnswerKey, keys: Sequence[str], reading: ItemReading) -> bool:
    """Return whether the right options give different points, or a wrong one does not subtract what they add."""
    if key.is_whole or reading.scoring.kind == "match":
        return False
    found = reading.keys(variable)
    alone = {one: found.score(variable.value((one,))) - found.base() for one in keys}
    wrong = [found.score(variable.value((*key.right, one))) for one in keys if one not in key.right]
    each = key.points / len(key.right)
    return any(alone[str(one)] != each for one in key.right) or any(
        found.score(variable.value(key.right)) - points != each for points in wrong
    )


def _feedback(reading: ItemReading, response: str, row: etree._Element) -> Text | None:
    own: Text | None = None
    for element in feedback_of(row):
        own = joined(own, reading.line(element))
    return joined(own, reading.option_feedback(response, row.get("identifier", "")))


def _order(reading: ItemReading, element: etree._Element, parts: QuestionParts) -> Question | None:
    variable = reading.variable(element)
    rows = {row.get("identifier", ""): row for row in element.iterfind("simpleChoice")}
    keys = reading.keys(variable)
    key = keys.declared()
    if sorted(map(str, key.right)) != sorted(rows) or keys.is_better(tuple(reversed(key.right)), key):
        raise CannotBuildError(NOT_ONE_ANSWER)
    reading.right[variable.identifier] = variable.value(key.right)
    reading.note_points(key)
    items = [reading.option(rows[str(one)]) for one in key.right]
    return build_questions.ordering(reading.context, parts, items)


def _match(reading: ItemReading, element: etree._Element, parts: QuestionParts) -> Question | None:
    variable = reading.variable(element)
    sets = [
        {row.get("identifier", ""): row for row in side.iterfind("simpleAssociableChoice")}
        for side in element.iterfind("simpleMatchSet")
    ]
    if len(sets) != 2:
        raise CannotBuildError(KEY_UNDECIDED, what="simpleMatchSet")
    keys = reading.keys(variable)
    key = keys.declared()
    pairs = [(words[0], words[-1]) for pair in key.right if len(words := str(pair).split()) == 2]
    if len(pairs) != len(key.right) or any(left not in sets[0] or right not in sets[1] for left, right in pairs):
        raise CannotBuildError(KEY_UNDECIDED, what="correctResponse")
    lefts, rights = sets
    if not _is_one_each(pairs, lefts):  # categories may be on the left
        pairs, lefts, rights = [(right, left) for left, right in pairs], rights, lefts
        if not _is_one_each(pairs, lefts):
            raise CannotBuildError(NOT_ONE_ANSWER)
    elif _has_equal_swap(keys, key, pairs, list(rights)):
        raise CannotBuildError(NOT_ONE_ANSWER)
    reading.right[variable.identifier] = variable.value(key.right)
    reading.note_points(key)
    goes = dict(pairs)
    texts = {name: reading.option(row) for name, row in (*lefts.items(), *rights.items())}
    built: list[tuple[Text | None, Text]]
    built = [(texts[name], texts[goes[name]]) for name in lefts]
    built += [(None, texts[name]) for name in rights if name not in goes.values()]
    return build_questions.matching(reading.context, parts, built)


def _is_one_each(pairs: Sequence[tuple[str, ...]], lefts: Mapping[str, object]) -> bool:
    return sorted(pair[0] for pair in pairs) == sorted(lefts)


def _has_equal_swap(
    keys: InteractionKeys, key: AnswerKey, pairs: Sequence[tuple[str, str]], rights: Sequence[str]
) -> bool:
    """Return whether another right side for one left side gives as many points."""
    if len(pairs) * len(rights) > _MOST_SWAPS:
        return False
    for at, (left, right) in enumerate(pairs):
        for other in rights:
            if other != right:
                swapped = [f"{one} {two}" for one, two in pairs]
                swapped[at] = f"{left} {other}"
                if keys.is_better(tuple(swapped), key):
                    return True
    return False


Reader = Callable[[ItemReading, etree._Element, QuestionParts], Question | None]
READERS: Mapping[str, Reader] = {"choiceInteraction": _choice, "orderInteraction": _order, "matchInteraction": _match}
