"""Reads the answers between the braces of a GIFT question."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html import escape

from lokaltmot_lms.errors.imports import KEPT_AS_TEXT
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer
from lokaltmot_lms.importers.clean_html import Cleaner, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.gaps import DraftGap, with_gaps
from lokaltmot_lms.importers.gift.text import Formatted, plain, shown, split_format, to_html
from lokaltmot_lms.model import Question, Text

_SHARE = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
_TRUTH = re.compile(r"(TRUE|FALSE|T|F)\s*(?:#|$)")


def question(
    context: ImportContext, parts: QuestionParts, answers: Formatted, clean: Cleaner, *, is_gap: bool
) -> Question | None:
    """Return the question; None, with a report, when it can't be built."""
    text = answers.text
    if text.startswith("#"):
        return _numeric(context, parts, answers, clean)
    if "~" in text:
        return _choice(context, parts, answers, clean, is_gap=is_gap)
    if "=" in text and "->" in text:
        return _matching(context, parts, answers, clean)
    if found := _TRUTH.match(text):
        return _truth(context, parts, answers, clean, is_true=found[1].startswith("T"))
    return _typed(context, parts, answers, clean, is_gap=is_gap)


def lines(answers: str) -> Iterator[str]:
    """Yield the answers of a question that can't be built, as HTML, so that no text is lost."""
    for part in re.split(r"[=~\n]", answers):
        if answer := " ".join(shown(part).split()):
            yield escape(answer, quote=False)


def feedback_text(clean: Cleaner, text: str, form: str) -> Text | None:
    """Return feedback; None when it is empty."""
    own, words = split_format(text, form)
    return clean.line(to_html(words, own)) if words.strip() else None


def _line(clean: Cleaner, text: str, form: str) -> Text | None:
    own, words = split_format(text, form)
    return clean.line(to_html(words, own))


def _share(answer: str, default: Decimal) -> tuple[Decimal, str]:
    found = _SHARE.match(answer)
    return (Decimal(found[1].rstrip(".")), answer[found.end() :]) if found else (default, answer)


def _parts(text: str, sign: str) -> list[str]:
    return [part.strip() for part in text.split(sign) if part.strip()]


def _choice(
    context: ImportContext, parts: QuestionParts, answers: Formatted, clean: Cleaner, *, is_gap: bool
) -> Question | None:
    single = "=" in answers.text
    made: list[WeightedAnswer] = []
    for part in _parts(answers.text.replace("=", "~="), "~"):
        share, words = (ALL, part[1:]) if part[0] == "=" else _share(part, Decimal(0))
        words, _, feedback = words.partition("#")
        text = _line(clean, words, answers.form)
        if text is not None:
            made.append(WeightedAnswer(text=text, share=share, feedback=feedback_text(clean, feedback, answers.form)))
    right = [answer.share == ALL for answer in made]
    is_menu = single and sum(right) == 1 and not any(answer.feedback for answer in made)
    if is_gap and is_menu and not any("<" in answer.text.html for answer in made):
        options = tuple((answer.text.plain, is_right) for answer, is_right in zip(made, right, strict=True))
        return with_gaps(context, parts, {"1": DraftGap(options=options)})
    return build_questions.choice(context, _blank(parts), made, single=single)


def _blank(parts: QuestionParts) -> QuestionParts:
    """Return a question with an ellipsis in place of its gap, for answers below the text."""
    return replace(parts, root=build_questions.with_blank(parts.root))


def _matching(context: ImportContext, parts: QuestionParts, answers: Formatted, clean: Cleaner) -> Question | None:
    pairs: list[tuple[Text | None, Text]] = []
    for part in _parts(answers.text, "="):
        left, arrow, right = part.partition("->")
        if arrow and plain(right):
            pairs.append((_line(clean, left, answers.form), words_text(plain(right), parts.at)))
    return build_questions.matching(context, _blank(parts), pairs)


def _truth(
    context: ImportContext, parts: QuestionParts, answers: Formatted, clean: Cleaner, *, is_true: bool
) -> Question:
    """Return a true-or-false question. GIFT has the feedback to the wrong answer first."""
    _, wrong, right = [*answers.text.split("#", 2), "", ""][:3]
    on_right, on_wrong = feedback_text(clean, right, answers.form), feedback_text(clean, wrong, answers.form)
    return build_questions.true_or_false(
        context,
        _blank(parts),
        is_true=is_true,
        on_true=on_right if is_true else on_wrong,
        on_false=on_wrong if is_true else on_right,
    )


def _typed(
    context: ImportContext, parts: QuestionParts, answers: Formatted, clean: Cleaner, *, is_gap: bool
) -> Question | None:
    made: list[tuple[str, Decimal, Text | None]] = []
    for part in _parts(answers.text, "="):
        share, words = _share(part, ALL)
        words, _, feedback = words.partition("#")
        made.append((plain(split_format(words, "")[1]), share, feedback_text(clean, feedback, answers.form)))
    right = [
        words.replace("\\*", "*") for words, share, _ in made if share == ALL and not re.search(r"(?<!\\)\*", words)
    ]
    if is_gap and len(right) == len(made) == 1:
        return with_gaps(context, parts, {"1": DraftGap(accepted=tuple(right), feedback=(made[0][2],))})
    return build_questions.typed(context, _blank(parts), made)


def _numeric(context: ImportContext, parts: QuestionParts, answers: Formatted, clean: Cleaner) -> Question | None:
    text, _, wrong = answers.text[1:].partition("~")
    ranges: list[tuple[Decimal, Decimal, Decimal, Text | None]] = []
    for part in _parts(text, "="):
        share, words = _share(part, ALL)
        words, _, feedback = words.partition("#")
        limits = _limits(plain(words))
        if limits is None:
            context.report(KEPT_AS_TEXT, parts.at, name=parts.name)
            return None
        ranges.append((*limits, share, feedback_text(clean, feedback, answers.form)))
    if wrong:
        ranges.append((Decimal(0), Decimal(0), Decimal(0), feedback_text(clean, wrong.partition("#")[2], answers.form)))
    return build_questions.numeric(context, _blank(parts), ranges)


def _limits(words: str) -> tuple[Decimal, Decimal] | None:
    if ".." in words:
        low, high = (build_questions.decimal(part) for part in words.split("..", 1))
        return (low, high) if low is not None and high is not None else None
    middle, _, margin = words.partition(":")
    value, off = build_questions.decimal(middle), build_questions.decimal(margin or "0")
    return (value - abs(off), value + abs(off)) if value is not None and off is not None else None
