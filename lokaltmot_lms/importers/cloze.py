"""Reads the gaps in the text of a Moodle cloze question: {1:SHORTANSWER:=196}, {1:MULTICHOICE:=right~wrong}.

The rules are those of question/type/multianswer in Moodle 4.5.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from html import unescape

from lxml import etree

from lokaltmot_lms.errors.imported_questions import ANSWER_UNUSABLE, GAP_LEFT_OUT, WILDCARD_LOST
from lokaltmot_lms.errors.imports import ANSWERS_LEFT_OUT, SHARES_LOST
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts
from lokaltmot_lms.importers.clean_html import place_of, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.gaps import DraftGap, with_gaps
from lokaltmot_lms.importers.markdown.questions import number as written_number
from lokaltmot_lms.model import Question, Text

_TYPED = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC"})
_NUMBER = frozenset({"NUMERICAL", "NM"})
_MENU = frozenset({"MULTICHOICE", "MC"}) | {
    f"{long}_{end}" for long in ("MULTICHOICE",) for end in ("V", "H", "S", "VS", "HS")
} | {"MCV", "MCH", "MCS", "MCVS", "MCHS"}  # fmt: skip
GAP = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^\\{}])*)\}", re.DOTALL)
_BEGINNING = re.compile(r"\{\d*:[A-Za-z_]+:")
LEFT_OUT = "…"
_STAR = "\ue002"
_TAG = re.compile(r"<(?:/?[a-zA-Z]|!)[^<>]*>")
_SHARE = re.compile(r"(?:%(-?\d{1,3}(?:\.\d*)?)%|(=))")


def cloze(
    context: ImportContext, parts: QuestionParts, source: str, root: Callable[[str], etree._Element]
) -> Question | None:
    """Return a text with gaps; None, with a reason in the context, when it can't be built.

    A gap of an unknown kind is reported, and "…" in the text. source: its HTML; root: cleans HTML.
    """
    gaps: dict[str, DraftGap] = {}
    unknown: list[str] = []
    weights: set[str] = set()

    def gap(found: re.Match[str]) -> str:
        draft = draft_gap(context, parts, found[2], found[3])
        if draft is None:
            unknown.append(found[0])
            return LEFT_OUT
        weights.add(found[1] or "1")
        gaps[key := str(len(gaps) + 1)] = draft
        return place_of(key)

    source = GAP.sub(gap, source)
    if rest := _BEGINNING.search(source):  # a gap that is not closed, or has braces in it
        context.refuse(ANSWER_UNUSABLE, parts.at, name=parts.name, what=source[rest.start() :])
        return None
    parts = replace(parts, root=root(source))
    if not gaps and unknown:
        context.refuse(ANSWER_UNUSABLE, parts.at, name=parts.name, what=", ".join(unknown))
        return None
    if len(weights) > 1:
        context.report(SHARES_LOST, parts.at, name=parts.name)
    return with_left_out(context, parts, with_gaps(context, parts, gaps), unknown)


def with_left_out(
    context: ImportContext, parts: QuestionParts, question: Question | None, unknown: Sequence[str]
) -> Question | None:
    """Return a question, and report the gaps that its text has LEFT_OUT for. unknown: the gaps as written."""
    for written in unknown if question is not None else ():
        context.report(GAP_LEFT_OUT, parts.at, name=parts.name, kind=written)
    return question


def draft_gap(context: ImportContext, parts: QuestionParts, kind: str, written: str) -> DraftGap | None:
    """Return a gap; None for one that our format can't hold. kind: such as MULTICHOICE; written: its answers."""
    plain = _plain if kind in _MENU else _typed
    answers = [_answer(part, plain) for part in re.split(r"(?<!\\)~", written) if part.strip()]
    feedback = tuple(feedback for _, _, feedback in answers)
    texts = tuple(words_text(words, parts.at) if words else None for words in feedback)
    if kind in _MENU:
        best = max((share for _, share, _ in answers), default=Decimal(0))
        options = tuple((words, share == best and best > 0) for words, share, _ in answers)
        is_clear = sum(is_right for _, is_right in options) == 1 and len(options) > 1
        return DraftGap(options=options, feedback=texts) if is_clear else None
    if kind in _NUMBER:
        return _number(context, parts, answers, texts)
    if kind not in _TYPED:
        return None
    return _typed_gap(context, parts, answers, texts)


def _typed_gap(
    context: ImportContext,
    parts: QuestionParts,
    answers: list[tuple[str, Decimal, str]],
    feedback: tuple[Text | None, ...],
) -> DraftGap | None:
    """Return a typed gap. A wildcard goes when no other answer is right."""
    full = [words.replace("\\*", _STAR) for words, share, _ in answers if share == ALL]
    right = [words for words in full if "*" not in words]
    patterns = [words for words in full if "*" in words]
    others = [words for words, share, _ in answers if 0 < share < ALL and words != "*"]
    if not right:
        right = [bare for words in patterns if (bare := " ".join(words.replace("*", "").split()))]
        if right:
            context.report(WILDCARD_LOST, parts.at, name=parts.name, what=", ".join(patterns), new=", ".join(right))
    else:
        others += patterns
    if others:
        context.report(ANSWERS_LEFT_OUT, parts.at, name=parts.name, what=", ".join(others))
    return DraftGap(accepted=tuple(words.replace(_STAR, "*") for words in right), feedback=feedback) if right else None


def _number(
    context: ImportContext,
    parts: QuestionParts,
    answers: list[tuple[str, Decimal, str]],
    feedback: tuple[Text | None, ...],
) -> DraftGap | None:
    """Return a numeric gap as a typed one. Our format has no tolerance in gaps."""
    right = [words.partition(":") for words, share, _ in answers if share == ALL and words != "*"]
    values = [build_questions.decimal(value) for value, _, _ in right]
    if not right or None in values:
        return None
    if any(build_questions.decimal(margin or "0") != 0 for _, _, margin in right):
        context.report(
            ANSWERS_LEFT_OUT, parts.at, name=parts.name, what=", ".join(":".join((v, m)) for v, _, m in right)
        )
    accepted = tuple(written_number(value) for value in values if value is not None)
    return DraftGap(accepted=accepted, feedback=feedback)


def _answer(part: str, plain: Callable[[str], str]) -> tuple[str, Decimal, str]:
    """Return an answer, its share in per cent, and its feedback. plain: decodes the answer."""
    part = part.strip()
    found = _SHARE.match(part)
    share = Decimal(0)
    if found:
        share = ALL if found[2] else Decimal(found[1].rstrip("."))
        part = part[found.end() :]
    words, _, feedback = _split(part)
    return plain(words), share, _plain(feedback)


def _split(part: str) -> tuple[str, str, str]:
    found = re.search(r"(?<![\\&])#", part)  # not the one of an entity such as &#61;
    return (part[: found.start()], "#", part[found.end() :]) if found else (part, "", "")


def _typed(words: str) -> str:
    """Return a typed answer. Moodle decodes it once. Tags from the editor are dropped."""
    return " ".join(unescape(_TAG.sub("", _bare(words))).split())


def _plain(words: str) -> str:
    """Return a text that Moodle decodes and shows as HTML, without tags."""
    return " ".join(unescape(_TAG.sub("", unescape(_bare(words)))).split())


def _bare(words: str) -> str:
    """Return a text without the escapes of Moodle's own signs."""
    return re.sub(r"\\([}~#/\"\\=])", r"\1", words)
