"""Builds questions from QTI 1.2 items: the eleven classic types of Canvas, and the profile of Common Cartridge.

The forms are those of Canvas's own converter (gems/plugins/qti_exporter).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from html import escape, unescape
from re import escape as literal
from re import sub

from lxml import etree

from lokaltmot_lms.errors.imports import ANSWERS_LEFT_OUT, BECAME_REFLECTION, FEEDBACK_MOVED, QUESTION_LEFT_OUT
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer
from lokaltmot_lms.importers.clean_html import Cleaner, Find, joined, place_of, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import prose, reflection
from lokaltmot_lms.importers.gaps import DraftGap, with_gaps
from lokaltmot_lms.importers.qti12 import reader
from lokaltmot_lms.importers.qti12.reader import Condition, ResponseLabel
from lokaltmot_lms.model import Block, ChoiceQuestion, Question, Text
from lokaltmot_lms.source.headings import is_id

_TRUE = {"true": 0, "false": 1}
_WHOLE = ("correct_fb", "general_incorrect_fb", "incorrect_fb")


@dataclass(frozen=True, slots=True, kw_only=True)
class _QtiItem:
    """An item with what is needed to read it. feedback: one line each, by ident."""

    element: etree._Element
    context: ImportContext
    parts: QuestionParts
    clean: Cleaner
    conditions: list[Condition]
    feedback: Mapping[str, Text | None]
    kind: str


def things(context: ImportContext, element: etree._Element, find: Find) -> Iterator[Block | Question | None]:
    """Yield what an item becomes: a question, or text and reflection in its place."""
    at = context.at(element.sourceline)
    metadata = reader.fields(element)
    kind = reader.kind_of(element, metadata)
    name = " ".join((element.get("title") or "").split()) or "?"
    clean = Cleaner(context, name, at, find)
    words = reader.text_of(element.find("presentation"))
    if kind == "text_only_question":
        yield prose(clean.text(words))
    elif kind == "essay_question":
        context.report(BECAME_REFLECTION, at, name=name)
        yield reflection(context, _own_id(element), name, clean.text(words), at)
        yield prose(clean.text(reader.feedback(element).get("general_fb", "")))
    elif kind not in _READERS:
        context.report(QUESTION_LEFT_OUT, at, name=name, kind=kind.removesuffix("_question"))
        yield prose(clean.text(words))
    else:
        lines = {ident: clean.line(text) for ident, text in reader.feedback(element).items()}
        parts = QuestionParts(
            id=context.take_id(_own_id(element), name, at),
            name=name,
            root=clean.root(words, in_question=True),
            explanation=lines.get("general_fb"),
            points=build_questions.points_of(context, name, metadata.get("points_possible", ""), at),
            at=at,
        )
        conditions = reader.conditions(element)
        item = _QtiItem(
            element=element, context=context, parts=parts, clean=clean, conditions=conditions, feedback=lines, kind=kind
        )
        question = _READERS[kind](item)
        if question is not None:
            yield _with_whole(item, question)
            return
        yield prose(parts.all())
        rows = (label.html for response in element.iter("response_lid") for label in reader.labels(response))
        yield prose(clean.text("".join(f"<p>{row}</p>" for row in dict.fromkeys(rows))))
        yield prose(parts.explanation)


def _own_id(element: etree._Element) -> str:
    """Return the id of an item. In our own exports it follows the id of the quiz."""
    ident = element.get("ident", "")
    tail = ident.rpartition("_")[2]
    return tail if "_quiz_" in ident and is_id(tail) else ident


def _right(item: _QtiItem) -> set[str]:
    """Return the idents that give points."""
    return {value for condition in item.conditions if condition.score for _, value in condition.equal}


def _option_feedback(item: _QtiItem, ident: str) -> Text | None:
    for condition in item.conditions:
        if [value for _, value in condition.equal] == [ident] and condition.feedback and not condition.unequal:
            own = [name for name in condition.feedback if name not in (*_WHOLE, "general_fb")]
            if own:
                return item.feedback.get(own[0])
    return item.feedback.get(f"{ident}_fb")


def _choice(item: _QtiItem) -> Question | None:
    response = item.element.find(".//response_lid")
    rows = reader.labels(response) if response is not None else []
    right = _right(item)
    single = item.kind != "multiple_answers_question"
    each = ALL if single else ALL / max(1, len(right))
    answers = []
    for label in rows:
        text = item.clean.line(_in_language(item, label))
        if text is not None:
            share = each if label.ident in right else Decimal(0) if single else -each
            answers.append(WeightedAnswer(text=text, share=share, feedback=_option_feedback(item, label.ident)))
    return build_questions.choice(item.context, item.parts, answers, single=single)


def _in_language(item: _QtiItem, label: ResponseLabel) -> str:
    """Return the text of an option; True and False in the language of the course."""
    place = _TRUE.get(label.html.strip().casefold())
    if item.kind != "true_false_question" or place is None:
        return label.html
    return build_questions.true_false_words(item.context)[place]


def _typed(item: _QtiItem) -> Question | None:
    accepted: list[tuple[str, Decimal, Text | None]] = []
    patterns: list[str] = []
    for condition in item.conditions:
        values = [value for _, value in condition.equal if value]
        if condition.score and condition.is_pattern:
            patterns += values
        elif condition.score:
            accepted += [(value.replace("*", "\\*"), ALL, None) for value in values]
    if patterns and not accepted:
        accepted = [(value.replace("*", "\\*"), ALL, None) for value in patterns]
    if patterns:
        item.context.report(
            ANSWERS_LEFT_OUT, item.parts.at, name=item.parts.name, what=", ".join(f"*{p}*" for p in patterns)
        )
    specific = [text for ident, text in item.feedback.items() if ident not in (*_WHOLE, "general_fb")]
    accepted += [("*", Decimal(0), text) for text in specific]
    return build_questions.typed(item.context, item.parts, accepted)


def _numeric(item: _QtiItem) -> Question | None:
    ranges: list[tuple[Decimal, Decimal, Decimal, Text | None]] = []
    for condition in item.conditions:
        if not condition.score:
            continue
        lows = [value for kind, value in condition.limits if kind == "vargt"]
        highs = [value for kind, value in condition.limits if kind == "varlt"]
        if lows and highs:
            ranges.append((min(lows), max(highs), ALL, None))
            continue
        for _, words in condition.equal:
            value = build_questions.decimal(words)
            if value is not None:
                ranges.append((value, value, ALL, None))
    return build_questions.numeric(item.context, item.parts, ranges)


def _matching(item: _QtiItem) -> Question | None:
    goes = {response: value for condition in item.conditions if condition.score for response, value in condition.equal}
    responses = list(item.element.iter("response_lid"))
    rights = {label.ident: _words(label.html) for response in responses for label in reader.labels(response)}
    pairs: list[tuple[Text | None, Text]] = []
    used = []
    for response in responses:
        ident = goes.get(response.get("ident", ""), "")
        left = item.clean.line(reader.text_of(response))
        if left is not None and ident in rights:
            pairs.append((left, words_text(rights[ident], item.parts.at)))
            used.append(ident)
    pairs += [
        (None, words_text(words, item.parts.at)) for ident, words in rights.items() if ident not in used and words
    ]
    return build_questions.matching(item.context, item.parts, pairs)


def _words(html: str) -> str:
    return " ".join(unescape(sub(r"<[^<>]*>", "", html)).split())


def _blanks(item: _QtiItem) -> Question | None:
    """Read a text with [names] in it, each a typed gap or a menu."""
    right = {pair for condition in item.conditions if condition.score for pair in condition.equal}
    is_menu = item.kind == "multiple_dropdowns_question"
    source = reader.text_of(item.element.find("presentation"))
    gaps: dict[str, DraftGap] = {}
    for response in item.element.iter("response_lid"):
        name = _words(reader.text_of(response)) or response.get("ident", "").removeprefix("response_")
        rows = [(label.ident, _words(label.html)) for label in reader.labels(response)]
        ident = response.get("ident", "")
        key = str(len(gaps) + 1)
        gaps[key] = (
            DraftGap(options=tuple((words, (ident, label) in right) for label, words in rows))
            if is_menu
            else DraftGap(accepted=tuple(dict.fromkeys(words for _, words in rows if words)))
        )
        if f"[{name}]" in source:
            source = sub(literal(f"[{name}]"), place_of(key), source, count=1)
        else:  # the text has no place for it; keep the answer
            source += f"<p>{escape(name, quote=False)}: {place_of(key)}</p>"
    root = item.clean.root(source, in_question=True)
    return with_gaps(item.context, replace(item.parts, root=root), gaps)


def _with_whole(item: _QtiItem, question: Question) -> Question:
    """Return a question with Canvas's feedback to the whole answer, right or wrong, in it."""
    right = item.feedback.get("correct_fb")
    wrong = item.feedback.get("general_incorrect_fb") or item.feedback.get("incorrect_fb")
    if right is None and wrong is None:
        return question
    if isinstance(question, ChoiceQuestion) and question.type != "multiple":
        options = tuple(
            replace(option, feedback=option.feedback or (right if option.is_right else wrong))
            for option in question.options
        )
        return replace(question, options=options)
    item.context.report(FEEDBACK_MOVED, question.at, name=item.parts.name)
    return replace(question, explanation=joined(joined(question.explanation, right), wrong))


_READERS: Mapping[str, Callable[[_QtiItem], Question | None]] = {
    "multiple_choice_question": _choice,
    "true_false_question": _choice,
    "multiple_answers_question": _choice,
    "short_answer_question": _typed,
    "numerical_question": _numeric,
    "matching_question": _matching,
    "fill_in_multiple_blanks_question": _blanks,
    "multiple_dropdowns_question": _blanks,
}
