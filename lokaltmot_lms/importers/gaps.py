"""Makes questions with gaps from the gaps of other formats."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from lxml import etree

from lokaltmot_lms.errors.imports import ANSWERS_LEFT_OUT, KEPT_AS_TEXT
from lokaltmot_lms.importers.build_questions import QuestionParts, gathered, with_blank, written_answer
from lokaltmot_lms.importers.clean_html import PLACE, place_of, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.model import Gap, Gaps, Option, Question, Text
from lokaltmot_lms.questions.written import letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A gap of another format: a menu when it has options, else typed. feedback: of its answers."""

    accepted: tuple[str, ...] = ()
    options: tuple[tuple[str, bool], ...] = ()
    feedback: tuple[Text | None, ...] = ()

    @property
    def right(self) -> tuple[str, ...]:
        """What is right in it, in words."""
        return self.accepted or tuple(words for words, is_right in self.options if is_right)


def with_gaps(desk: ImportContext, asked: QuestionParts, holes: dict[str, Hole]) -> Question | None:
    """Return a question with gaps. Their keys stand in the text as rich.PLACE, and are counted anew from 1."""
    said = gathered(desk, asked, [one for hole in holes.values() for one in hole.feedback])
    asked = replace(asked, explanation=said)
    order = [found for found in PLACE.findall("".join(asked.root.itertext())) if found in holes]
    if order and (lost := [word for key, hole in holes.items() if key not in order for word in hole.right]):
        desk.say(ANSWERS_LEFT_OUT, asked.at, name=asked.name, what=", ".join(lost))
    if len(order) == 1 and len(holes[order[0]].accepted) > 1:
        return written_answer(replace(asked, root=with_blank(asked.root)), holes[order[0]].accepted)
    made: list[Gap] = []
    for at, name in enumerate(order, start=1):
        gap = _gap(desk, asked, holes[name], str(at))
        if gap is None:
            desk.say(KEPT_AS_TEXT, asked.at, name=asked.name)
            return None
        made.append(gap)
    if not made:
        desk.say(KEPT_AS_TEXT, asked.at, name=asked.name)
        return None
    root = _numbered(asked.root, order)
    common = replace(asked, root=root).common()
    body = common["intro"]
    common["intro"] = None
    return Gaps(**common, type="gaps", body=body, gaps=tuple(made))


def _gap(desk: ImportContext, asked: QuestionParts, hole: Hole, key: str) -> Gap | None:
    if hole.options:
        words = [(_in_gap(text), right) for text, right in hole.options]
        if sum(right for _, right in words) != 1 or len(words) < 2 or not all(text for text, _ in words):
            return None
        options = tuple(
            Option(key=letter(at), text=words_text(text, asked.at), is_right=right, at=asked.at)
            for at, (text, right) in enumerate(words)
        )
        return Gap(key=key, options=options, at=asked.at)
    accepted = [_in_gap(words) for words in hole.accepted if _in_gap(words)]
    if not accepted:
        return None
    if len(accepted) > 1:
        desk.say(ANSWERS_LEFT_OUT, asked.at, name=asked.name, what=", ".join(accepted[1:]))
    return Gap(key=key, accepted=(accepted[0],), at=asked.at)


def _in_gap(words: str) -> str:
    """Return words that can stand between [[ and ]]: a bar, an asterisk and double brackets mean something there."""
    for sign, other in (("|", "/"), ("[[", "("), ("]]", ")")):
        words = words.replace(sign, other)
    return " ".join(words.split())


def _numbered(root: etree._Element, order: Sequence[str]) -> etree._Element:
    """Return a text whose gaps have the keys 1, 2 … in their order."""
    keys = count(1)

    def numbered(found: re.Match[str]) -> str:
        # A text can hold the signs of a place that is none.
        return place_of(next(keys)) if found[1] in order else ""

    source = etree.tostring(root, encoding="unicode", with_tail=False)
    return etree.fromstring(PLACE.sub(numbered, source))
