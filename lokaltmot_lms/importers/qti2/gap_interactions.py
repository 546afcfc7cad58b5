"""Builds questions with gaps from QTI 2 items: text entry, inline choice and gap match."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from lxml import etree

from lokaltmot_lms.errors.imports import ANSWERS_LEFT_OUT, SETTING_LEFT_OUT, SHARES_LOST, VALUE_CHANGED
from lokaltmot_lms.errors.question_files import ALL_OR_NOTHING, KEY_UNDECIDED, NOT_ONE_ANSWER
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts
from lokaltmot_lms.importers.clean_html import PLACE
from lokaltmot_lms.importers.gaps import DraftGap, with_gaps
from lokaltmot_lms.importers.qti2.item_reading import CannotBuildError, ItemReading
from lokaltmot_lms.importers.qti2.keys import AnswerKey, InteractionKeys
from lokaltmot_lms.importers.qti2.variables import ResponseVariable
from lokaltmot_lms.model import Question, Text

_MOST_SWAPS = 400  # answers in another place that are tried
_NUMBERS = ("float", "integer")
_AFTER_QUESTION = re.compile(rf"[?:]\s*{PLACE.pattern}\s*$")


def inline_gap(reading: ItemReading, element: etree._Element) -> DraftGap:
    """Return a gap or a menu in a text.

    Raises:
        CannotBuildError, KeyMissingError, KeyConflictError, UndecidedError: it is not clear what is right.
    """
    variable = reading.variable(element)
    keys = reading.keys(variable)
    if element.tag == "inlineChoiceInteraction":
        rows = {row.get("identifier", ""): reading.plain(row) for row in element.iterfind("inlineChoice")}
        points = keys.singles(list(rows))
        best = max(points.values())
        if sum(value == best for value in points.values()) != 1 or not all(rows.values()) or len(rows) < 2:
            raise CannotBuildError(NOT_ONE_ANSWER)
        if any(0 < value < best for value in points.values()):
            reading.context.report(SHARES_LOST, reading.body.at, name=reading.name)
        reading.right[variable.identifier] = max(points, key=lambda one: points[one])
        return DraftGap(options=tuple((words, points[one] == best) for one, words in rows.items()))
    if variable.base_type in _NUMBERS:
        found = keys.ranges()
        reading.right[variable.identifier] = (found[0].low + found[0].high) / 2
        if len(found) > 1 or found[0].low != found[0].high:
            what = ", ".join(f"{one.low:f}–{one.high:f}" for one in found)
            reading.context.report(ANSWERS_LEFT_OUT, reading.body.at, name=reading.name, what=what)
        middle = f"{((found[0].low + found[0].high) / 2).normalize():f}".replace(".", ",")
        return DraftGap(accepted=(middle,))
    return DraftGap(accepted=_accepted(reading, variable))


def _accepted(reading: ItemReading, variable: ResponseVariable) -> tuple[str, ...]:
    """Return the written answers that give full points. Those that give fewer are reported."""
    keys = reading.keys(variable)
    points = keys.written()
    best = max(points.values())
    right = [words for words, value in points.items() if value == best]
    if left_out := [words for words, value in points.items() if value < best]:
        reading.context.report(ANSWERS_LEFT_OUT, reading.body.at, name=reading.name, what=", ".join(left_out))
    if patterns := [f"*{words}*" for words in right if keys.takes_more(words)]:
        reading.context.report(ANSWERS_LEFT_OUT, reading.body.at, name=reading.name, what=", ".join(patterns))
    if any(keys.counts_case(words) for words in right):
        reading.context.report(SETTING_LEFT_OUT, reading.body.at, name=reading.name, what="caseSensitive")
    reading.right[variable.identifier] = right[0]
    return tuple(right)


def gap_question(reading: ItemReading, parts: QuestionParts, elements: Mapping[str, etree._Element]) -> Question | None:
    """Return the question of a text with gaps and menus. elements: by the name of their place in the text."""
    if len(elements) == 1 and (alone := _typed(reading, parts, next(iter(elements.values())))) is not None:
        return alone
    gaps = {place: inline_gap(reading, element) for place, element in elements.items()}
    _note_gaps(reading, list(elements.values()))
    return with_gaps(reading.context, parts, gaps)


def _note_gaps(reading: ItemReading, elements: Sequence[etree._Element]) -> None:
    """Report gaps that don't give equal points, and, once per file, that only all of them together give any."""
    names = [element.get("responseIdentifier", "") for element in elements]
    right = {**reading.scoring.others(""), **reading.right}
    whole = reading.scoring.score(right)
    lost = {whole - reading.scoring.score({**right, name: None}) for name in names}
    if len(names) > 1 and lost == {whole}:
        reading.once(ALL_OR_NOTHING, name=reading.name)
    elif len(lost) > 1:
        reading.context.report(SHARES_LOST, reading.body.at, name=reading.name)


def _typed(reading: ItemReading, parts: QuestionParts, element: etree._Element) -> Question | None:
    """Return a question with one typed answer; None when it is a gap in a sentence or a menu."""
    if element.tag != "textEntryInteraction":
        return None
    variable = reading.variable(element)
    root = _without_lonely_place(parts.root)
    if variable.base_type in _NUMBERS:
        parts = replace(parts, root=root if root is not None else build_questions.with_blank(parts.root))
        return _number(reading, variable, parts)
    if root is None:
        return None
    return build_questions.written_answer(replace(parts, root=root), _accepted(reading, variable))


def _without_lonely_place(root: etree._Element) -> etree._Element | None:
    """Return a text without a gap that is alone in its paragraph or comes after a question; None for other gaps."""
    copy = etree.fromstring(etree.tostring(root, with_tail=False))
    for child in copy:
        words = "".join(child.itertext())
        if PLACE.search(words):
            if _AFTER_QUESTION.search(words) and child.find(".//img") is None:
                source = PLACE.sub("", etree.tostring(copy, encoding="unicode"))
                return etree.fromstring(source)
            if PLACE.sub("", words).strip() or child.find(".//img") is not None or len(copy) < 2:
                return None
            copy.remove(child)
            return copy
    return None


def _number(reading: ItemReading, variable: ResponseVariable, parts: QuestionParts) -> Question | None:
    found = reading.keys(variable).ranges()
    reading.right[variable.identifier] = (found[0].low + found[0].high) / 2
    for one in found:
        if one.is_open:
            old, new = f"{one.low:f} < x < {one.high:f}", f"{one.low:f} ≤ x ≤ {one.high:f}"
            reading.context.report(VALUE_CHANGED, parts.at, name=reading.name, old=old, new=new)
    ranges: list[tuple[Decimal, Decimal, Decimal, Text | None]] = [(one.low, one.high, ALL, None) for one in found]
    return build_questions.numeric(reading.context, parts, ranges)


def gap_match(
    reading: ItemReading, element: etree._Element, parts: QuestionParts, places: Mapping[str, etree._Element]
) -> Question | None:
    """Return a text into whose gaps words are dragged, as a text with menus."""
    variable = reading.variable(element)
    words = {row.get("identifier", ""): reading.plain(row) for row in element.iterfind("gapText")}
    if element.find("gapImg") is not None or not all(words.values()):
        raise CannotBuildError(KEY_UNDECIDED, what="gapImg")
    keys = reading.keys(variable)
    key = keys.declared()
    pairs = [tuple(str(pair).split()) for pair in key.right]
    goes = {pair[1]: pair[0] for pair in pairs if len(pair) == 2 and pair[0] in words}
    gaps = {gap.get("identifier", ""): place for place, gap in places.items()}
    if len(goes) != len(pairs) or set(goes) != set(gaps) or len(words) < 2:
        raise CannotBuildError(NOT_ONE_ANSWER)
    if _has_equal_gap(keys, key, goes, list(words)):
        raise CannotBuildError(NOT_ONE_ANSWER)
    reading.right[variable.identifier] = variable.value(key.right)
    reading.note_points(key)
    drafts = {
        place: DraftGap(options=tuple((text, name == goes[gap]) for name, text in words.items()))
        for gap, place in gaps.items()
    }
    return with_gaps(reading.context, parts, drafts)


def _has_equal_gap(keys: InteractionKeys, key: AnswerKey, goes: Mapping[str, str], words: Sequence[str]) -> bool:
    """Return whether another word in one gap gives as many points."""
    if len(goes) * len(words) > _MOST_SWAPS:
        return False
    for gap, word in goes.items():
        rest = [f"{one} {place}" for place, one in goes.items() if place != gap]
        for other in words:
            if other != word and keys.is_better((*rest, f"{other} {gap}"), key):
                return True
    return False
