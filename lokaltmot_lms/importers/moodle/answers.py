"""Reads the answers of each Moodle question type, and the feedback to the whole answer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from lxml import etree

from lokaltmot_lms.errors.imported_questions import ANSWER_UNUSABLE
from lokaltmot_lms.errors.imports import ANSWERS_LEFT_OUT, NO_RIGHT_ANSWER_GIVEN, SETTING_LEFT_OUT
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer
from lokaltmot_lms.importers.clean_html import place_of, words_text
from lokaltmot_lms.importers.cloze import LEFT_OUT, cloze, with_left_out
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.gaps import DraftGap, with_gaps
from lokaltmot_lms.importers.moodle.text import QuestionTexts, html, text_in
from lokaltmot_lms.model import Question, Text

_Read = Callable[[ImportContext, etree._Element, QuestionTexts, QuestionParts], Question | None]
_SLOT = re.compile(r"\[\[(\d{1,3})\]\]")
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
# Moodle's default feedback in the languages of our users. Our player says the same.
_DEFAULT_FEEDBACK = frozenset(
    {
        "your answer is correct",
        "your answer is partially correct",
        "your answer is incorrect",
        "svaret ditt er riktig",
        "svaret ditt er rett",
        "svaret er riktig",
        "svaret ditt er delvis riktig",
        "svaret ditt er delvis rett",
        "svaret er delvis riktig",
        "svaret ditt er feil",
        "svaret ditt er galt",
        "svaret er feil",
    }
)


def _share(element: etree._Element) -> Decimal:
    """Return the share of the points that an answer gives, in per cent."""
    return build_questions.decimal(element.get("fraction", "0")) or Decimal(0)


def _feedback(reader: QuestionTexts, element: etree._Element) -> Text | None:
    """Return the feedback to an answer."""
    child = element.find("feedback")
    return reader.line_of(child) if child is not None else None


def _choice(
    context: ImportContext, element: etree._Element, reader: QuestionTexts, parts: QuestionParts
) -> Question | None:
    answers = []
    for child in element.iterfind("answer"):
        text = reader.line_of(child)
        if text is not None:
            answers.append(WeightedAnswer(text=text, share=_share(child), feedback=_feedback(reader, child)))
    single = (element.findtext("single") or "true").strip().lower() in ("true", "1")
    return build_questions.choice(context, parts, answers, single=single)


def _each_right(
    context: ImportContext, element: etree._Element, reader: QuestionTexts, parts: QuestionParts
) -> Question | None:
    """Read the types of The Open University and others in which every right answer has the fraction 100."""
    rows = [(text, _share(child) > 0, child) for child in element.iterfind("answer") if (text := reader.line_of(child))]
    each = ALL / max(1, sum(is_right for _, is_right, _ in rows))
    answers = [
        WeightedAnswer(text=text, share=each if is_right else -each, feedback=_feedback(reader, child))
        for text, is_right, child in rows
    ]
    if element.get("type") == "multichoiceset":
        context.report(SETTING_LEFT_OUT, parts.at, name=parts.name, what="all or nothing")
    return build_questions.choice(context, parts, answers, single=False)


def _truth(
    context: ImportContext, element: etree._Element, reader: QuestionTexts, parts: QuestionParts
) -> Question | None:
    rows = {_one_word(child): child for child in element.iterfind("answer")}
    right = next((word for word, child in rows.items() if _share(child) == ALL), None)
    if right not in ("true", "false"):
        context.refuse(NO_RIGHT_ANSWER_GIVEN, parts.at, name=parts.name)
        return None
    on = {word: _feedback(reader, child) for word, child in rows.items()}
    first = next(iter(rows))
    return build_questions.true_or_false(
        context,
        parts,
        is_true=right == "true",
        on_true=on.get("true"),
        on_false=on.get("false"),
        false_first=first == "false" and _is_ours(element),
    )


def _is_ours(element: etree._Element) -> bool:
    # Moodle writes the right answer first. Our own export keeps the order of the author, and has our ids.
    return element.find("idnumber") is not None


def _one_word(element: etree._Element) -> str:
    """Return a one-word answer."""
    return (element.findtext("text") or "").strip().lower()


def _typed(
    context: ImportContext, element: etree._Element, reader: QuestionTexts, parts: QuestionParts
) -> Question | None:
    answers = [
        (child.findtext("text") or "", _share(child), _feedback(reader, child)) for child in element.iterfind("answer")
    ]
    return build_questions.typed(context, parts, answers)


def _numeric(
    context: ImportContext, element: etree._Element, reader: QuestionTexts, parts: QuestionParts
) -> Question | None:
    ranges: list[tuple[Decimal, Decimal, Decimal, Text | None]] = []
    unreadable: list[str] = []
    for child in element.iterfind("answer"):
        words = (child.findtext("text") or "").strip()
        value = build_questions.decimal(words)
        margin = abs(build_questions.decimal(child.findtext("tolerance") or "0") or Decimal(0))
        if words == "*":
            ranges.append((Decimal(0), Decimal(0), Decimal(0), _feedback(reader, child)))
        elif value is not None:
            ranges.append((value - margin, value + margin, _share(child), _feedback(reader, child)))
        elif _share(child) > 0:
            unreadable.append(words)
    if unreadable and not any(share >= ALL for _, _, share, _ in ranges):
        context.refuse(ANSWER_UNUSABLE, parts.at, name=parts.name, what=", ".join(unreadable))
        return None
    if unreadable:
        context.report(ANSWERS_LEFT_OUT, parts.at, name=parts.name, what=", ".join(unreadable))
    return build_questions.numeric(context, parts, ranges)


def _matching(
    context: ImportContext, element: etree._Element, reader: QuestionTexts, parts: QuestionParts
) -> Question | None:
    pairs = [
        (reader.line_of(child), words_text(text_in(child, "answer"), parts.at))
        for child in element.iterfind("subquestion")
        if text_in(child, "answer")
    ]
    return build_questions.matching(context, parts, pairs)


def _ordering(
    context: ImportContext, element: etree._Element, reader: QuestionTexts, parts: QuestionParts
) -> Question | None:
    rows = sorted(element.iterfind("answer"), key=_share)
    items = [text for text in map(reader.line_of, rows) if text is not None]
    return build_questions.ordering(context, parts, items)


def _slots(
    context: ImportContext, element: etree._Element, reader: QuestionTexts, parts: QuestionParts
) -> Question | None:
    """Read a text with slots such as [[1]], which are filled from groups of choices."""
    words = [
        (" ".join((child.findtext("text") or "").split()), (child.findtext("group") or "1").strip())
        for kind in ("selectoption", "dragbox")
        for child in element.iterfind(kind)
    ]
    child = element.find("questiontext")
    gaps: dict[str, DraftGap] = {}
    unknown: list[str] = []

    def slot(found: re.Match[str]) -> str:
        number = int(found[1])
        if not 0 < number <= len(words):
            unknown.append(found[0])
            return LEFT_OUT
        key = f"{len(gaps) + 1}"
        group = words[number - 1][1]
        options = tuple((word, at == number - 1) for at, (word, own) in enumerate(words) if own == group and word)
        gaps[key] = DraftGap(options=options)
        return place_of(key)

    source = _SLOT.sub(slot, html(child)) if child is not None else ""
    root = reader.root_of(child, source) if child is not None else parts.root
    return with_left_out(context, parts, with_gaps(context, replace(parts, root=root), gaps), unknown)


def _cloze(
    context: ImportContext, element: etree._Element, reader: QuestionTexts, parts: QuestionParts
) -> Question | None:
    child = element.find("questiontext")
    if child is None:
        return None
    return cloze(context, parts, html(child), lambda source: reader.root_of(child, source))


READERS: Mapping[str, _Read] = {
    "multichoice": _choice,
    "oumultiresponse": _each_right,
    "multichoiceset": _each_right,
    "truefalse": _truth,
    "shortanswer": _typed,
    "numerical": _numeric,
    "matching": _matching,
    "ordering": _ordering,
    "gapselect": _slots,
    "ddwtos": _slots,
    "cloze": _cloze,
    "multianswer": _cloze,
}


def with_combined(context: ImportContext, reader: QuestionTexts, question: Question) -> Question:
    """Return a question with Moodle's combined feedback (to the whole answer) in it."""
    right, partly, wrong = (_unless_default(reader.line(name)) for name in _COMBINED)
    name = question.prompt.plain
    return build_questions.with_whole_feedback(context, question, name, right=right, partly=partly, wrong=wrong)


def _unless_default(text: Text | None) -> Text | None:
    return None if text is None or text.plain.casefold().strip(" .!") in _DEFAULT_FEEDBACK else text
