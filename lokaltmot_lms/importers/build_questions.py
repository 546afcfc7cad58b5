"""Builds questions of our model from the answers of other formats, and reports what does not fit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imported_questions import (
    ANSWER_UNUSABLE,
    EITHER_IS_RIGHT,
    TOO_FEW_ANSWERS,
    WILDCARD_LOST,
    WRONG_ACCEPTED,
)
from lokaltmot_lms.errors.imports import (
    ANSWERS_LEFT_OUT,
    FEEDBACK_MOVED,
    NO_RIGHT_ANSWER_GIVEN,
    SHARES_LOST,
    VALUE_CHANGED,
)
from lokaltmot_lms.importers.clean_html import PLACE, joined, text_of, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.prompts import split_prompt
from lokaltmot_lms.model import ChoiceQuestion, Matching, Numeric, Option, Ordering, Pair, Question, ShortText, Text
from lokaltmot_lms.questions.answers import folded, number
from lokaltmot_lms.questions.matching import match_keys
from lokaltmot_lms.questions.options import is_true_or_false
from lokaltmot_lms.questions.written import letter

ALL = Decimal(100)
_TRUE = {"nb": ("Sant", "Usant"), "nn": ("Sant", "Usant")}
_FILL_IN = {"nb": "Fyll inn.", "nn": "Fyll inn."}
_BLANK = "…"
_THOUSANDS = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")  # a thousand to some, a decimal number to others
_TOO_LARGE = Decimal(10) ** 15
_STAR = "\ue002"  # a star that is no wildcard
_SCIENTIFIC = re.compile(r"[+-]?(?:\d{1,30}(?:[.,]\d{0,30})?|[.,]\d{1,30})[eE][+-]?\d{1,2}")
_RIGHT_PARTLY_WRONG = {
    "nb": ("Riktig svar", "Delvis riktig svar", "Feil svar"),
    "nn": ("Rett svar", "Delvis rett svar", "Feil svar"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedAnswer:
    """An answer with its share of the points in per cent."""

    text: Text
    share: Decimal
    feedback: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionParts:
    """What a question has whatever its type.

    root: its text, with gaps as clean_html.PLACE. name: the prompt when the text has no first line that can be one.
    """

    id: str
    name: str
    root: etree._Element
    explanation: Text | None = None
    hint: Text | None = None
    points: Decimal = Decimal(1)
    at: Position

    def common(self) -> dict[str, Any]:
        """Return the fields of a question."""
        prompt, intro = split_prompt(self.root, self.name, self.at)
        return {
            "id": self.id,
            "prompt": prompt,
            "intro": intro,
            "explanation": self.explanation,
            "hint": self.hint,
            "points": self.points,
            "at": self.at,
        }

    def all(self) -> Text | None:
        """Return the whole text, for a question that becomes prose."""
        return text_of(self.root, self.at)


def choice(
    context: ImportContext, parts: QuestionParts, answers: Sequence[WeightedAnswer], *, single: bool
) -> Question | None:
    """Return a choice question; None, with a reason in the context, when no answer is right.

    single: one answer is chosen. When several of them give all points, all must be chosen here, with a report.
    """
    right = _right(answers, single=single)
    if len(answers) < 2 or not any(right):
        context.refuse(NO_RIGHT_ANSWER_GIVEN if len(answers) > 1 else TOO_FEW_ANSWERS, parts.at, name=parts.name)
        return None
    if single and sum(right) > 1:
        context.report(EITHER_IS_RIGHT, parts.at, name=parts.name, count=sum(right))
    elif not _is_plain_share(answers, right, single=single):
        context.report(SHARES_LOST, parts.at, name=parts.name)
    options = tuple(
        Option(key=letter(at), text=answer.text, is_right=is_right, feedback=answer.feedback, at=parts.at)
        for at, (answer, is_right) in enumerate(zip(answers, right, strict=True))
    )
    is_one = single and sum(right) == 1
    kind = "multiple" if not is_one else "truefalse" if is_true_or_false(options) else "single"
    return ChoiceQuestion(**parts.common(), type=kind, options=options)


def _right(answers: Sequence[WeightedAnswer], *, single: bool) -> list[bool]:
    best = max((answer.share for answer in answers), default=Decimal(0))
    if best <= 0:
        return [False] * len(answers)
    least = best if single else Decimal("0.001")
    return [answer.share >= least for answer in answers]


def _is_plain_share(answers: Sequence[WeightedAnswer], right: Sequence[bool], *, single: bool) -> bool:
    """Return whether the answers give the same points here as in the source."""
    of_right = {answer.share for answer, is_right in zip(answers, right, strict=True) if is_right}
    of_wrong = {answer.share for answer, is_right in zip(answers, right, strict=True) if not is_right}
    if single:
        return of_right == {ALL} and of_wrong <= {Decimal(0)}
    each = ALL / sum(right)
    return all(abs(share - each) < Decimal("0.1") for share in of_right) and all(
        abs(share + each) < Decimal("0.1") for share in of_wrong
    )


def true_or_false(
    context: ImportContext,
    parts: QuestionParts,
    *,
    is_true: bool,
    on_true: Text | None,
    on_false: Text | None,
    false_first: bool = False,
) -> Question:
    """Return a true-or-false question, with its options in the language of the course."""
    words = true_false_words(context)
    rows = [(words[0], is_true, on_true), (words[1], not is_true, on_false)]
    options = tuple(
        Option(key=letter(at), text=words_text(word, parts.at), is_right=right, feedback=feedback, at=parts.at)
        for at, (word, right, feedback) in enumerate(reversed(rows) if false_first else rows)
    )
    return ChoiceQuestion(**parts.common(), type="truefalse", options=options)


def true_false_words(context: ImportContext) -> tuple[str, str]:
    """Return the labels of true and false in the language of the course."""
    return _TRUE.get(context.language, ("True", "False"))


def typed(
    context: ImportContext, parts: QuestionParts, answers: Sequence[tuple[str, Decimal, Text | None]]
) -> Question | None:
    """Return a question with a typed answer; None, with a reason in the context, when there is none.

    answers: words, share in per cent, feedback. A * in the words is any text, and \\* a star. An answer with a
    wildcard is reported, and imported without it when no other answer is right.
    """
    explanation = merged_explanation(context, parts, [feedback for _, _, feedback in answers])
    accepted, patterns, left_out = [], [], []
    for words, share, _ in answers:
        plain = " ".join(words.replace("\\*", _STAR).split())
        if share <= 0 or (plain == "*" and share < ALL):
            continue  # a wrong answer, or every other one, which is there for its feedback
        if share < ALL or "|" in plain:
            left_out.append(plain)
        elif "*" in plain:
            patterns.append(plain)
        elif plain:
            accepted.append(plain)
    if not accepted and patterns:
        accepted = [bare for pattern in patterns if (bare := " ".join(pattern.replace("*", "").split()))]
        if accepted:
            context.report(WILDCARD_LOST, parts.at, name=parts.name, what=_listed(patterns), new=_listed(accepted))
    else:
        left_out += patterns
    if left_out:
        context.report(ANSWERS_LEFT_OUT, parts.at, name=parts.name, what=_listed(left_out))
    if not accepted:
        unusable = _listed([*patterns, *left_out])
        if unusable:
            context.refuse(ANSWER_UNUSABLE, parts.at, name=parts.name, what=unusable)
        else:
            context.refuse(NO_RIGHT_ANSWER_GIVEN, parts.at, name=parts.name)
        return None
    words_of = tuple(dict.fromkeys(words.replace(_STAR, "*") for words in accepted))
    right = {folded(words) for words in words_of}
    if wrong := [words for words, share, _ in answers if share <= 0 and folded(words) in right]:
        context.report(WRONG_ACCEPTED, parts.at, name=parts.name, what=_listed(wrong))
    question = written_answer(replace(parts, explanation=explanation), words_of)
    if isinstance(question, Numeric) and _THOUSANDS.fullmatch(words_of[0]):
        context.report(VALUE_CHANGED, parts.at, name=parts.name, old=words_of[0], new=f"{question.low.normalize():f}")
    return question


def _listed(answers: Sequence[str]) -> str:
    return ", ".join(answer.replace(_STAR, "*") for answer in answers)


def written_answer(parts: QuestionParts, accepted: tuple[str, ...]) -> Question:
    """Return a question with a typed answer. With one answer that is a number it is numeric, as our reader reads it."""
    value = number(accepted[0]) if len(accepted) == 1 else None
    if value is not None and abs(value) >= _TOO_LARGE:
        value = None
    if value is not None and not (len(accepted[0].lstrip("+-")) > 1 and accepted[0].lstrip("+-")[0:2].isdigit()
                                  and accepted[0].lstrip("+-")[0] == "0"):  # fmt: skip
        return Numeric(**parts.common(), type="numeric", low=value, high=value)
    return ShortText(**parts.common(), type="text", accepted=accepted)


def decimal(words: str) -> Decimal | None:
    """Return a number that our format can hold; None for anything else."""
    words = words.strip()
    found = Decimal(words.replace(",", ".")) if _SCIENTIFIC.fullmatch(words) else number(words)
    return found if found is not None and abs(found) < _TOO_LARGE else None


def numeric(
    context: ImportContext, parts: QuestionParts, ranges: Sequence[tuple[Decimal, Decimal, Decimal, Text | None]]
) -> Question | None:
    """Return a numeric question. ranges: lowest, highest, share in per cent, feedback."""
    explanation = merged_explanation(context, parts, [feedback for *_, feedback in ranges])
    parts = replace(parts, explanation=explanation)
    right = [(low, high) for low, high, share, _ in ranges if share >= ALL]
    if not right:
        context.refuse(NO_RIGHT_ANSWER_GIVEN, parts.at, name=parts.name)
        return None
    others = [(low, high) for low, high, share, _ in ranges if 0 < share < ALL]
    if len(right) > 1 and all(low == high for low, high in right):
        accepted = tuple(f"{low:f}".replace(".", ",") for low, _ in right)
        left_out = others
        question: Question = ShortText(**parts.common(), type="text", accepted=accepted)
    else:
        low, high = (_within_limits(context, parts, limit) for limit in right[0])
        if low == high == 0 and any(right[0]):  # smaller than our format can hold
            context.refuse(ANSWER_UNUSABLE, parts.at, name=parts.name, what=f"{right[0][0]}")
            return None
        left_out = [*right[1:], *others]
        question = Numeric(**parts.common(), type="numeric", low=low, high=high)
    if left_out:
        what = ", ".join(f"{low:f}–{high:f}" if low != high else f"{low:f}" for low, high in left_out)
        context.report(ANSWERS_LEFT_OUT, parts.at, name=parts.name, what=what)
    return question


def _within_limits(context: ImportContext, parts: QuestionParts, value: Decimal) -> Decimal:
    """Return a number with no more digits than our reader accepts."""
    whole = min(max(value, -(Decimal(10) ** 15) + 1), Decimal(10) ** 15 - 1)
    exponent = whole.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -15:
        whole = round(whole, 15)
    if whole != value:
        context.report(VALUE_CHANGED, parts.at, name=parts.name, old=f"{value:f}", new=f"{whole:f}")
    return whole


def matching(
    context: ImportContext, parts: QuestionParts, pairs: Sequence[tuple[Text | None, Text]]
) -> Question | None:
    """Return a matching question; None, with a reason in the context, when there is nothing to choose.

    A pair without a left side is a distractor. Pairs with the same text on the right share a right side.
    """
    whole = [pair for pair in pairs if pair[0] is not None]
    used = {right.plain for _, right in whole}
    alone = {right.plain: (None, right) for left, right in pairs if left is None and right.plain not in used}
    if len(whole) < 2 or len(used) + len(alone) < 2:
        context.refuse(TOO_FEW_ANSWERS, parts.at, name=parts.name)
        return None
    rows = [*whole, *alone.values()]
    keys = match_keys([right.plain for _, right in rows], len(whole))
    numbered = tuple(
        Pair(key=str(at) if left is not None else "", left=left, match=key, right=right, at=parts.at)
        for at, ((left, right), key) in enumerate(zip(rows, keys, strict=True), start=1)
    )
    return Matching(**parts.common(), type="matching", pairs=numbered)


def ordering(context: ImportContext, parts: QuestionParts, items: Sequence[Text]) -> Question | None:
    """Return an ordering question. items: in the right order."""
    if len(items) < 2:
        context.refuse(TOO_FEW_ANSWERS, parts.at, name=parts.name)
        return None
    options = tuple(Option(key=letter(at), text=text, is_right=True, at=parts.at) for at, text in enumerate(items))
    return Ordering(**parts.common(), type="ordering", items=options)


def with_blank(root: etree._Element) -> etree._Element:
    """Return a text with an ellipsis in place of its gap."""
    source = etree.tostring(root, encoding="unicode", with_tail=False)
    return etree.fromstring(PLACE.sub(_BLANK, source))


def merged_explanation(context: ImportContext, parts: QuestionParts, feedback: Sequence[Text | None]) -> Text | None:
    """Return the explanation, followed by the feedback to single answers."""
    explanation = parts.explanation
    found = {text.html: text for text in feedback if text is not None}
    if found:
        context.report(FEEDBACK_MOVED, parts.at, name=parts.name)
    for text in found.values():
        if explanation is None or text.html not in explanation.html:
            explanation = joined(explanation, text)
    return explanation


def with_feedback(
    context: ImportContext, question: Question | None, feedback: Sequence[Text | None], name: str
) -> Question | None:
    """Return a question whose explanation ends with the feedback to the whole answer."""
    found = [text for text in feedback if text is not None]
    if question is None or not found:
        return question
    context.report(FEEDBACK_MOVED, question.at, name=name)
    explanation = question.explanation
    for text in found:
        explanation = joined(explanation, text)
    return replace(question, explanation=explanation)


def with_whole_feedback(
    context: ImportContext,
    question: Question,
    name: str,
    *,
    right: Text | None,
    partly: Text | None = None,
    wrong: Text | None,
) -> Question:
    """Return a question with the feedback to the whole answer in it.

    With one right option it becomes the feedback of the options without any, else parts of the explanation, each with
    the answer that it belongs to.
    """
    if isinstance(question, ChoiceQuestion) and question.type != "multiple":
        options = tuple(
            replace(option, feedback=option.feedback or (right if option.is_right else wrong))
            for option in question.options
        )
        return replace(question, options=options)
    explanation = question.explanation
    labels = _RIGHT_PARTLY_WRONG.get(context.language, ("Right answer", "Partly right answer", "Wrong answer"))
    for label, text in zip(labels, (right, partly, wrong), strict=True):
        if text is not None:
            context.report(FEEDBACK_MOVED, question.at, name=name)
            labelled = replace(text, html=f"{label}: {text.html}", plain=f"{label}: {text.plain}")
            explanation = joined(explanation, labelled)
    return replace(question, explanation=explanation)


def points_of(context: ImportContext, name: str, written: str, at: Position) -> Decimal:
    """Return a question's points from 0 to 100, with two decimals at most."""
    value = decimal(written) if written.strip() else Decimal(1)
    if value is None:
        value = Decimal(1)
    points = min(max(round(value, 2), Decimal(0)), Decimal(100)).normalize()
    points = points.quantize(Decimal(1)) if points == points.to_integral() else points
    if points != value:
        context.report(VALUE_CHANGED, at, name=name, old=written.strip(), new=f"{points:f}")
    return points


def fill_in_prompt(context: ImportContext) -> str:
    """Return the prompt of a text with gaps that has no name."""
    return _FILL_IN.get(context.language, "Fill in.")
