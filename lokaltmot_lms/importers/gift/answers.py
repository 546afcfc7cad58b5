"""Reads the answers between the braces of a GIFT question."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from lokaltmot_lms.errors.imported_questions import ANSWER_UNUSABLE
from lokaltmot_lms.errors.imports import SETTING_LEFT_OUT
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer
from lokaltmot_lms.importers.clean_html import Cleaner, words_text
from lokaltmot_lms.importers.cloze import draft_gap
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.gaps import DraftGap, with_gaps
from lokaltmot_lms.importers.gift.text import Formatted, cloze_source, plain, shown, split_format, to_html
from lokaltmot_lms.importers.markdown.questions import number as written_number
from lokaltmot_lms.model import Question, Text

_SHARE = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
_TRUTH = re.compile(r"(TRUE|FALSE|T|F|[Tt]rue|[Ff]alse)\s*(?:#|$)")
_CLOZE = re.compile(r"\d*:([A-Z_]+):")
# An answer without a sign before it: a word, a number or a few words, on one line.
_ONE_ANSWER = re.compile(r"[^\W_][^\n:]{0,100}|[-+]?\d[^\n:]{0,30}")
_ORDER_SETTING = re.compile(
    r"\d{1,3}|ALL|EXACT|RAND(?:OM)?|REL(?:ATIVE)?|CONTIG(?:UOUS)?|V(?:ERT(?:ICAL)?)?|H(?:ORI(?:ZONTAL)?)?"
    r"|SHOW|HIDE|TRUE|FALSE|YES|NO|(?:ALL|ABSOLUTE|RELATIVE|LONGEST)_[A-Z_]+|ABCD|abcd|IIII|iiii|123|NONE"
)


class _Answer(NamedTuple):
    """An answer before its text is read. share: of the points in per cent."""

    share: Decimal
    words: str
    feedback: str


def question(
    context: ImportContext, parts: QuestionParts, answers: Formatted, clean: Cleaner, *, is_gap: bool
) -> Question | None:
    """Return the question; None, with a reason in the context, when it can't be built."""
    text = answers.text
    if text.startswith("#"):
        return _numeric(context, parts, answers, clean)
    if text.startswith(">"):
        return _ordering(context, _blank(parts), answers, clean)
    if "~" in text:
        return _choice(context, parts, answers, clean, is_gap=is_gap)
    if "=" in text and "->" in text:
        return _matching(context, parts, answers, clean)
    if found := _TRUTH.match(text):
        return _truth(context, parts, answers, clean, is_true=found[1][0] in "Tt")
    if not text.startswith(("=", "%")) and not _ONE_ANSWER.fullmatch(text.partition("#")[0]):
        context.refuse(ANSWER_UNUSABLE, parts.at, name=parts.name, what=shown(text))
        return None
    return _typed(context, parts, answers, clean, is_gap=is_gap)


def is_cloze(text: str) -> bool:
    """Return whether answers are written as a gap of Moodle's cloze questions, such as 1:SHORTANSWER:=196."""
    return _CLOZE.match(text) is not None


def several_gaps(
    context: ImportContext, parts: QuestionParts, groups: Sequence[Formatted], clean: Cleaner
) -> Question | None:
    """Return a text with a gap per group of answers; None, with a reason in the context, when one can't be read.

    Moodle reads only the first group, and shows learners the others. So they are gaps, as their authors meant them.
    """
    gaps: dict[str, DraftGap] = {}
    for number, group in enumerate(groups, start=1):
        gap = _gap(context, parts, group, clean)
        if gap is None:
            context.refuse(ANSWER_UNUSABLE, parts.at, name=parts.name, what=shown(f"{{{group.text}}}"))
            return None
        gaps[str(number)] = gap
    return with_gaps(context, parts, gaps)


def _gap(context: ImportContext, parts: QuestionParts, group: Formatted, clean: Cleaner) -> DraftGap | None:
    text = group.text
    if found := _CLOZE.match(text):
        return draft_gap(context, parts, found[1], cloze_source(text[found.end() :]))
    if found := _TRUTH.match(text):
        words = build_questions.true_false_words(context)
        return DraftGap(options=tuple((word, at == (found[1][0] not in "Tt")) for at, word in enumerate(words)))
    if text.startswith("#") and (limits := _limits(plain(text[1:].partition("#")[0].lstrip("=")))) is not None:
        is_exact = limits[0] == limits[1]
        return DraftGap(accepted=(written_number(limits[0]),)) if is_exact else None
    if not text.startswith(("=", "~")):
        return None
    made = list(_weighted(text)) if "~" in text else [_typed_answer(part) for part in _parts(text, "=")]
    feedback = tuple(feedback_text(clean, answer.feedback, group.form) for answer in made)
    words_of = [plain(split_format(answer.words, "")[1]) for answer in made]
    right = [answer.share == ALL for answer in made]
    if "~" not in text:
        accepted = tuple(
            words for words, is_right in zip(words_of, right, strict=True) if is_right and "*" not in words
        )
        return DraftGap(accepted=accepted, feedback=feedback) if accepted else None
    options = tuple(zip(words_of, right, strict=True))
    return DraftGap(options=options, feedback=feedback) if sum(right) == 1 else None


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


def _weighted(text: str) -> Iterator[_Answer]:
    """Yield the answers of a choice."""
    for part in _parts(text.replace("=", "~="), "~"):
        share, words = _share(part[1:].lstrip(), ALL) if part[0] == "=" else _share(part, Decimal(0))
        words, _, feedback = words.partition("#")
        yield _Answer(share, words, feedback)


def _typed_answer(part: str) -> _Answer:
    share, words = _share(part, ALL)
    words, _, feedback = words.partition("#")
    return _Answer(share, words, feedback)


def _choice(
    context: ImportContext, parts: QuestionParts, answers: Formatted, clean: Cleaner, *, is_gap: bool
) -> Question | None:
    single = "=" in answers.text
    made: list[WeightedAnswer] = []
    for share, words, feedback in _weighted(answers.text):
        text = _line(clean, words, answers.form)
        if text is not None:
            made.append(WeightedAnswer(text=text, share=share, feedback=feedback_text(clean, feedback, answers.form)))
    right = [answer.share == ALL for answer in made]
    is_menu = single and sum(right) == 1 and not any(answer.feedback for answer in made)
    if is_gap and is_menu and not any("<" in answer.text.html for answer in made):
        options = tuple((answer.text.plain, is_right) for answer, is_right in zip(made, right, strict=True))
        return with_gaps(context, parts, {"1": DraftGap(options=options)})
    return build_questions.choice(context, _blank(parts), made, single=single)


def _ordering(context: ImportContext, parts: QuestionParts, answers: Formatted, clean: Cleaner) -> Question | None:
    """Return an ordering question, {>ALL EXACT VERTICAL and an item per line}, as Moodle's question/type/ordering."""
    lines = answers.text[1:].split("\n")
    words = lines[0].split()
    settings = list(takewhile(_ORDER_SETTING.fullmatch, words))
    items = [" ".join(words[len(settings) :]), *lines[1:]]
    if any(setting.isdigit() for setting in settings):
        context.report(SETTING_LEFT_OUT, parts.at, name=parts.name, what=" ".join(settings))
    texts = (_line(clean, item, answers.form) for item in items if item.strip())
    return build_questions.ordering(context, parts, [text for text in texts if text is not None])


def _blank(parts: QuestionParts) -> QuestionParts:
    """Return a question with an ellipsis in place of its gap, for answers below the text."""
    return replace(parts, root=build_questions.with_blank(parts.root))


def _matching(context: ImportContext, parts: QuestionParts, answers: Formatted, clean: Cleaner) -> Question | None:
    pairs: list[tuple[Text | None, Text]] = []
    for part in _parts(answers.text, "="):
        left, arrow, right = part.partition("->")
        if not arrow or not plain(right):
            context.refuse(ANSWER_UNUSABLE, parts.at, name=parts.name, what=plain(part))
            return None
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
        share, words, feedback = _typed_answer(part)
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
            context.refuse(ANSWER_UNUSABLE, parts.at, name=parts.name, what=plain(words))
            return None
        ranges.append((*limits, share, feedback_text(clean, feedback, answers.form)))
    if wrong:
        ranges.append((Decimal(0), Decimal(0), Decimal(0), feedback_text(clean, wrong.partition("#")[2], answers.form)))
    return build_questions.numeric(context, _blank(parts), ranges)


def _limits(words: str) -> tuple[Decimal, Decimal] | None:
    if ".." in words:
        low, high = (build_questions.decimal(part) for part in words.split("..", 1))
        return (min(low, high), max(low, high)) if low is not None and high is not None else None
    middle, _, margin = words.partition(":")
    value, off = build_questions.decimal(middle), build_questions.decimal(margin or "0")
    return (value - abs(off), value + abs(off)) if value is not None and off is not None else None
