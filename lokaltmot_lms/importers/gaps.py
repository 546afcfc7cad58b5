"""Builds questions with gaps from the gaps of other formats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from lxml import etree

from lokaltmot_lms.errors.imported_questions import MENU_UNCLEAR
from lokaltmot_lms.errors.imports import ANSWERS_LEFT_OUT, NO_RIGHT_ANSWER_GIVEN
from lokaltmot_lms.importers.build_questions import QuestionParts, merged_explanation, with_blank, written_answer
from lokaltmot_lms.importers.clean_html import PLACE, place_of, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.model import Gap, Gaps, Option, Question, Text
from lokaltmot_lms.questions.written import letter


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftGap:
    """A gap of another format: a menu when it has options, else typed. feedback: to its answers."""

    accepted: tuple[str, ...] = ()
    options: tuple[tuple[str, bool], ...] = ()
    feedback: tuple[Text | None, ...] = ()

    @property
    def right(self) -> tuple[str, ...]:
        """The right answers."""
        return self.accepted or tuple(words for words, is_right in self.options if is_right)


def with_gaps(context: ImportContext, parts: QuestionParts, gaps: dict[str, DraftGap]) -> Question | None:
    """Return a question with gaps. In the text they are clean_html.PLACE; the question numbers them from 1."""
    explanation = merged_explanation(context, parts, [text for gap in gaps.values() for text in gap.feedback])
    parts = replace(parts, explanation=explanation)
    order = [found for found in PLACE.findall("".join(parts.root.itertext())) if found in gaps]
    if order and (lost := [word for key, gap in gaps.items() if key not in order for word in gap.right]):
        context.report(ANSWERS_LEFT_OUT, parts.at, name=parts.name, what=", ".join(lost))
    if len(order) == 1 and len(gaps[order[0]].accepted) > 1:
        return written_answer(replace(parts, root=with_blank(parts.root)), gaps[order[0]].accepted)
    built: list[Gap] = []
    for at, name in enumerate(order, start=1):
        gap = _gap(context, parts, gaps[name], str(at))
        if gap is None:
            fault = MENU_UNCLEAR if gaps[name].options else NO_RIGHT_ANSWER_GIVEN
            context.refuse(fault, parts.at, name=parts.name)
            return None
        built.append(gap)
    if not built:
        context.refuse(NO_RIGHT_ANSWER_GIVEN, parts.at, name=parts.name)
        return None
    root = _numbered(parts.root, order)
    common = replace(parts, root=root).common()
    body = common["intro"]
    common["intro"] = None
    return Gaps(**common, type="gaps", body=body, gaps=tuple(built))


def _gap(context: ImportContext, parts: QuestionParts, draft: DraftGap, key: str) -> Gap | None:
    if draft.options:
        words = [(_in_gap(text), right) for text, right in draft.options]
        if sum(right for _, right in words) != 1 or len(words) < 2 or not all(text for text, _ in words):
            return None
        options = tuple(
            Option(key=letter(at), text=words_text(text, parts.at), is_right=right, at=parts.at)
            for at, (text, right) in enumerate(words)
        )
        return Gap(key=key, options=options, at=parts.at)
    accepted = [_in_gap(words) for words in draft.accepted if _in_gap(words)]
    if not accepted:
        return None
    if len(accepted) > 1:
        context.report(ANSWERS_LEFT_OUT, parts.at, name=parts.name, what=", ".join(accepted[1:]))
    return Gap(key=key, accepted=(accepted[0],), at=parts.at)


def _in_gap(words: str) -> str:
    """Return an answer without the signs that have a meaning between [[ and ]]: bar and double brackets."""
    for sign, other in (("|", "/"), ("[[", "("), ("]]", ")")):
        words = words.replace(sign, other)
    return " ".join(words.split())


def _numbered(root: etree._Element, order: Sequence[str]) -> etree._Element:
    """Return a text whose gaps have the keys 1, 2 … in their order."""
    keys = count(1)

    def numbered(found: re.Match[str]) -> str:
        # The text of a source may contain these signs without meaning a gap.
        return place_of(next(keys)) if found[1] in order else ""

    source = etree.tostring(root, encoding="unicode", with_tail=False)
    return etree.fromstring(PLACE.sub(numbered, source))
