"""Builds questions from the interactions of QTI 2 items (QTI 2.1, Information Model, 7)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from urllib.parse import unquote

from lxml import etree

from lokaltmot_lms.errors import Fault
from lokaltmot_lms.errors.imports import (
    ANSWERS_LEFT_OUT,
    FILE_MISSING,
    FLATTENED,
    SETTING_LEFT_OUT,
    SHARES_LOST,
    VALUE_CHANGED,
)
from lokaltmot_lms.errors.question_files import ALL_OR_NOTHING, KEY_UNDECIDED, NOT_ONE_ANSWER
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer
from lokaltmot_lms.importers.clean_html import PLACE, Cleaner, joined
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.gaps import DraftGap, with_gaps
from lokaltmot_lms.importers.markdown.normalize import GONE, flatten, trim
from lokaltmot_lms.importers.qti2.body import ItemBody, feedback_of
from lokaltmot_lms.importers.qti2.keys import AnswerKey, InteractionKeys, points_of_options
from lokaltmot_lms.importers.qti2.processing import ItemScoring
from lokaltmot_lms.importers.qti2.variables import ResponseVariable, Value
from lokaltmot_lms.model import Question, Text

_MOST_SWAPS = 400
_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "ul", "ol")
_NUMBERS = ("float", "integer")


class CannotBuildError(Exception):
    """An interaction can't become a question. fault: the reason; values: of its message."""

    def __init__(self, fault: Fault, **values: object) -> None:
        super().__init__(fault.code)
        self.fault = fault
        self.values = values


@dataclass(slots=True, kw_only=True)
class ItemReading:
    """An item while its questions are built.

    right: the right responses found so far, by response. option_feedback: to an option, from outside of it.
    noted: codes of what is reported once per file.
    """

    element: etree._Element
    context: ImportContext
    body: ItemBody
    clean: Cleaner
    scoring: ItemScoring
    name: str
    option_feedback: Callable[[str, str], Text | None]
    noted: set[str]
    right: dict[str, Value] = field(default_factory=dict)

    def variable(self, element: etree._Element) -> ResponseVariable:
        """Return the declaration of the response to an interaction.

        Raises:
            CannotBuildError: there is none.
        """
        found = self.scoring.responses.get(element.get("responseIdentifier", ""))
        if found is None or found.cardinality == "record":
            raise CannotBuildError(KEY_UNDECIDED, what="responseDeclaration")
        return found

    def keys(self, variable: ResponseVariable) -> InteractionKeys:
        """Return what finds the right answers to a response."""
        return InteractionKeys(self.element, self.scoring, variable)

    def option(self, element: etree._Element) -> Text:
        """Return the text of an option as one line.

        Raises:
            CannotBuildError: it has none.
        """
        text = self.line(element)
        if text is None:
            image = next(element.iter("img", "object"), None)
            if image is not None:
                raise CannotBuildError(FILE_MISSING, file=unquote(image.get("src") or image.get("data") or "?"))
            raise CannotBuildError(KEY_UNDECIDED, what=str(element.tag))
        return text

    def line(self, element: etree._Element) -> Text | None:
        """Return the text of an option as one line, without the feedback in it."""
        return self.clean.line(self.body.inside(element))

    def plain(self, element: etree._Element) -> str:
        """Return the text of an option without any markup."""
        text = self.line(element)
        return text.plain if text is not None else ""

    def note_points(self, key: AnswerKey) -> None:
        """Report parts that don't give equal points, and, once per file, that only the whole answer gives any."""
        if key.is_whole:
            self.once(ALL_OR_NOTHING, name=self.name)
        elif not key.is_even:
            self.context.report(SHARES_LOST, self.body.at, name=self.name)

    def once(self, fault: Fault, **values: object) -> None:
        """Report what is said once per file."""
        if fault.code not in self.noted:
            self.noted.add(fault.code)
            self.context.report(fault, self.body.at, **values)

    def setting(self, parts: QuestionParts, what: str) -> None:
        """Report a setting that has no like here."""
        self.context.report(SETTING_LEFT_OUT, parts.at, name=self.name, what=what)


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
    return with_gaps(reading.context, with_plain_places(reading, parts), gaps)


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


def with_plain_places(reading: ItemReading, parts: QuestionParts) -> QuestionParts:
    """Return a text whose gaps are in paragraphs and lists. A quote or a table with gaps becomes lines."""
    root = etree.fromstring(etree.tostring(parts.root, with_tail=False))
    for child in list(root):
        if child.tag in ("p", "ul", "ol") or not PLACE.search("".join(child.itertext())):
            continue
        reading.context.report(FLATTENED, parts.at, name=reading.name)
        flatten(child)
        for leftover in child.iter(*_TABLE):
            leftover.tag = GONE
        child.tag = "p"
        etree.strip_tags(child, GONE)
        child.attrib.clear()
        trim(child)
    return replace(parts, root=root)


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
    """Return a text without the paragraph that has only a gap; None when the gap is part of a sentence."""
    copy = etree.fromstring(etree.tostring(root, with_tail=False))
    for child in copy:
        words = "".join(child.itertext())
        if PLACE.search(words):
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
    return with_gaps(reading.context, with_plain_places(reading, parts), drafts)


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


Reader = Callable[[ItemReading, etree._Element, QuestionParts], Question | None]
READERS: Mapping[str, Reader] = {"choiceInteraction": _choice, "orderInteraction": _order, "matchInteraction": _match}
