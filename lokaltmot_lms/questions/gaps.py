"""Gaps: words to type or choose inside a text, written [[word]] and [[ one | *right* | other ]]."""

from fractions import Fraction
from typing import Any

from lokaltmot_lms.errors.questions import ALTERNATIVE_EMPTY, GAP_EMPTY, GAP_MENU_RIGHT
from lokaltmot_lms.model import Gap, Gaps, Option
from lokaltmot_lms.questions.answers import NONE, bits, is_accepted, parts
from lokaltmot_lms.questions.base import Answer, Data
from lokaltmot_lms.questions.written import SourceText, WrittenGap, WrittenQuestion, letter


class FillIn:
    """A text with gaps."""

    name = "gaps"
    is_graded = True

    def data(self, question: Gaps) -> dict[str, Any]:
        """Return {"gaps": {"1": {"accepted": […]}, "2": {"options": […], "right": "b"}}}."""
        return {"gaps": {gap.key: self._gap_data(gap) for gap in question.gaps}}

    def score(self, data: Data, answer: Answer) -> Fraction:
        """Return the share of gaps that are right."""
        given = parts(answer)
        gaps = data["gaps"]
        hits = sum(_is_right(gap, given.get(key)) for key, gap in gaps.items())
        return Fraction(hits, len(gaps)) if gaps else NONE

    def right_answer(self, question: Gaps) -> Answer:
        """Return {"1": "196", "2": "b"}."""
        return {gap.key: gap.accepted[0] if gap.accepted else _right_key(gap) for gap in question.gaps}

    def width(self, question: Gaps) -> int:
        """Return the bits of the menus; 0 (kept as text) when any gap is typed."""
        if any(gap.accepted for gap in question.gaps):
            return 0
        return sum(bits(len(gap.options) + 1) for gap in question.gaps)

    def _gap_data(self, gap: Gap) -> dict[str, Any]:
        if gap.accepted:
            return {"accepted": list(gap.accepted)}
        return {"options": [option.key for option in gap.options], "right": _right_key(gap)}


def _right_key(gap: Gap) -> str | None:
    return next((option.key for option in gap.options if option.is_right), None)


def _is_right(gap: dict[str, Any], answer: Any) -> bool:
    if "accepted" in gap:
        return is_accepted(answer, gap["accepted"])
    return isinstance(answer, str) and answer == gap["right"]


def read_gaps(written: WrittenQuestion) -> Gaps:
    """Return the gaps of a body; its text already holds their places."""
    common = written.common
    body = written.body or common["prompt"]
    gaps = tuple(_gap(written, gap) for gap in written.gaps)
    common["intro"] = None
    return Gaps(**common, type="gaps", body=body, gaps=gaps)


def _gap(written: WrittenQuestion, gap: WrittenGap) -> Gap:
    words = gap.words
    if "|" in words.text or "｜" in words.text:
        return Gap(key=gap.key, options=_menu(written, words), at=words.at())
    text = " ".join(words.text.split())
    if not text:
        written.report(GAP_EMPTY, words.at())
    if "*" in text:
        written.report(GAP_MENU_RIGHT, words.at())
    return Gap(key=gap.key, accepted=(text,), at=words.at())


def _menu(written: WrittenQuestion, words: SourceText) -> tuple[Option, ...]:
    options: list[Option] = []
    place = 0
    for index, text in enumerate(words.text.replace("｜", "|").split("|")):
        part = words.part(place, place + len(text))
        place += len(text) + 1
        is_right = len(part.text) > 2 and part.text[0] == part.text[-1] == "*"
        choice = part.part(1, len(part.text) - 1) if is_right else part
        if not choice.text.strip("* "):
            written.report(ALTERNATIVE_EMPTY, part.at())
        text_of = written.reader(choice)
        options.append(Option(key=letter(index), text=text_of, is_right=is_right, at=part.at()))
    if sum(option.is_right for option in options) != 1:
        written.report(GAP_MENU_RIGHT, words.at())
    return tuple(options)
