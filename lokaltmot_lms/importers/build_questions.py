"""Makes questions of our model from what other formats say of their answers, and tells what did not fit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imports import ANSWERS_LEFT_OUT, FEEDBACK_MOVED, KEPT_AS_TEXT, SHARES_LOST, VALUE_CHANGED
from lokaltmot_lms.importers.clean_html import PLACE, joined, text_of, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.markdown.blocks import BLOCKS
from lokaltmot_lms.model import ChoiceQuestion, Matching, Numeric, Option, Ordering, Pair, Question, ShortText, Text
from lokaltmot_lms.questions.answers import number
from lokaltmot_lms.questions.options import is_true_or_false
from lokaltmot_lms.questions.written import letter

ALL = Decimal(100)
_LONGEST_PROMPT = 500
_TRUE = {"nb": ("Sant", "Usant"), "nn": ("Sant", "Usant")}
_FILL = {"nb": "Fyll inn.", "nn": "Fyll inn."}
_BLANK = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedAnswer:
    """An answer with its share of the mark in per cent."""

    text: Text
    share: Decimal
    feedback: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionParts:
    """What a question has whatever its type.

    root: its text, gaps as rich.PLACE. name: what people call it; it is asked where the text has no first line to ask.
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
        prompt, intro = divided(self.root, self.name, self.at)
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
        """Return the whole text, for what becomes prose."""
        return text_of(self.root, self.at)


def divided(root: etree._Element, name: str, at: Position) -> tuple[Text, Text | None]:
    """Return what a question asks and the text that goes before the answers.

    The first paragraph is asked; where it is a list, a picture, a gap or too long, the question's name is.
    """
    blocks = [child for child in root if child.tag in BLOCKS]
    loose = (root.text or "").strip() or any((child.tail or "").strip() for child in blocks)
    if not blocks:
        first, rest = root, None
    elif loose or blocks[0] is not root[0] or blocks[0].tag != "p":
        first, rest = None, root
    else:
        first = blocks[0]
        rest = _without_first(root) if len(root) > 1 else None
    asked = text_of(_bare(first), at, inline=True) if first is not None else None
    if asked is None or len(asked.plain) > _LONGEST_PROMPT or "<img" in asked.html or "data-gap" in asked.html:
        return words_text(PLACE.sub("…", name) or "?", at), text_of(root, at)
    return asked, text_of(rest, at) if rest is not None else None


def _bare(element: etree._Element) -> etree._Element:
    made = etree.fromstring(etree.tostring(element, with_tail=False))
    made.tag = "div"
    return made


def _without_first(root: etree._Element) -> etree._Element:
    made = etree.fromstring(etree.tostring(root, with_tail=False))
    made.remove(made[0])
    return made


def choice(
    desk: ImportContext, asked: QuestionParts, answers: Sequence[WeightedAnswer], *, single: bool
) -> Question | None:
    """Return a choice question; None after saying that no answer is right."""
    right = _right(answers, single=single)
    if len(answers) < 2 or not any(right):
        desk.say(KEPT_AS_TEXT, asked.at, name=asked.name)
        return None
    if not _is_plain_share(answers, right, single=single):
        desk.say(SHARES_LOST, asked.at, name=asked.name)
    options = tuple(
        Option(key=letter(at), text=answer.text, is_right=is_right, feedback=answer.feedback, at=asked.at)
        for at, (answer, is_right) in enumerate(zip(answers, right, strict=True))
    )
    is_one = single and sum(right) == 1
    kind = "multiple" if not is_one else "truefalse" if is_true_or_false(options) else "single"
    return ChoiceQuestion(**asked.common(), type=kind, options=options)


def _right(answers: Sequence[WeightedAnswer], *, single: bool) -> list[bool]:
    best = max((answer.share for answer in answers), default=Decimal(0))
    if best <= 0:
        return [False] * len(answers)
    least = best if single else Decimal("0.001")
    return [answer.share >= least for answer in answers]


def _is_plain_share(answers: Sequence[WeightedAnswer], right: Sequence[bool], *, single: bool) -> bool:
    """Return whether the answers gave what they will give here."""
    given = {answer.share for answer, is_right in zip(answers, right, strict=True) if is_right}
    taken = {answer.share for answer, is_right in zip(answers, right, strict=True) if not is_right}
    if single:
        return sum(right) == 1 and given == {ALL} and taken <= {Decimal(0)}
    each = ALL / sum(right)
    return all(abs(share - each) < Decimal("0.1") for share in given) and all(
        abs(share + each) < Decimal("0.1") for share in taken
    )


def true_or_false(
    desk: ImportContext,
    asked: QuestionParts,
    *,
    is_true: bool,
    on_true: Text | None,
    on_false: Text | None,
    false_first: bool = False,
) -> Question:
    """Return a true-or-false question in the words of the course's language."""
    words = truths(desk)
    rows = [(words[0], is_true, on_true), (words[1], not is_true, on_false)]
    options = tuple(
        Option(key=letter(at), text=words_text(word, asked.at), is_right=right, feedback=feedback, at=asked.at)
        for at, (word, right, feedback) in enumerate(reversed(rows) if false_first else rows)
    )
    return ChoiceQuestion(**asked.common(), type="truefalse", options=options)


def truths(desk: ImportContext) -> tuple[str, str]:
    """Return the words for true and false in the language of the course."""
    return _TRUE.get(desk.language, ("True", "False"))


def typed(
    desk: ImportContext, asked: QuestionParts, answers: Sequence[tuple[str, Decimal, Text | None]]
) -> Question | None:
    """Return a question with a typed answer. An asterisk that stands for anything is not taken over."""
    said = gathered(desk, asked, [feedback for _, _, feedback in answers])
    accepted, left = [], []
    for words, share, _ in answers:
        plain = " ".join(words.replace("\\*", "\ue002").split())
        if plain == "*" and share < ALL:
            continue  # what is said to all the rest
        if share < ALL or "*" in plain or "|" in plain:
            left.append(plain.replace("\ue002", "*"))
        elif plain:
            accepted.append(plain.replace("\ue002", "*"))
    if left:
        desk.say(ANSWERS_LEFT_OUT, asked.at, name=asked.name, what=", ".join(left))
    if not accepted:
        desk.say(KEPT_AS_TEXT, asked.at, name=asked.name)
        return None
    return written_answer(replace(asked, explanation=said), tuple(dict.fromkeys(accepted)))


def written_answer(asked: QuestionParts, accepted: tuple[str, ...]) -> Question:
    """Return a question with a typed answer; one whose answer is a number is a question with a number to our reader."""
    value = decimal(accepted[0]) if len(accepted) == 1 else None
    if value is not None and not (len(accepted[0].lstrip("+-")) > 1 and accepted[0].lstrip("+-")[0:2].isdigit()
                                  and accepted[0].lstrip("+-")[0] == "0"):  # fmt: skip
        return Numeric(**asked.common(), type="numeric", low=value, high=value)
    return ShortText(**asked.common(), type="text", accepted=accepted)


def decimal(words: str) -> Decimal | None:
    """Return a number as our format holds it; None for anything else."""
    found = number(words.strip())
    if found is None or abs(found) >= Decimal(10) ** 15:
        return None
    return found


def numeric(
    desk: ImportContext, asked: QuestionParts, ranges: Sequence[tuple[Decimal, Decimal, Decimal, Text | None]]
) -> Question | None:
    """Return a question with a number. ranges: lowest, highest, share, feedback."""
    said = gathered(desk, asked, [feedback for *_, feedback in ranges])
    asked = replace(asked, explanation=said)
    right = [(low, high) for low, high, share, _ in ranges if share >= ALL]
    if not right:
        desk.say(KEPT_AS_TEXT, asked.at, name=asked.name)
        return None
    others = [(low, high) for low, high, share, _ in ranges if 0 < share < ALL]
    if len(right) > 1 and all(low == high for low, high in right):
        accepted = tuple(f"{low:f}".replace(".", ",") for low, _ in right)
        others_said = others
        question: Question = ShortText(**asked.common(), type="text", accepted=accepted)
    else:
        low, high = (_held(desk, asked, limit) for limit in right[0])
        others_said = [*right[1:], *others]
        question = Numeric(**asked.common(), type="numeric", low=low, high=high)
    if others_said:
        what = ", ".join(f"{low:f}–{high:f}" if low != high else f"{low:f}" for low, high in others_said)
        desk.say(ANSWERS_LEFT_OUT, asked.at, name=asked.name, what=what)
    return question


def _held(desk: ImportContext, asked: QuestionParts, value: Decimal) -> Decimal:
    """Return a number with no more digits than our reader takes."""
    whole = min(max(value, -(Decimal(10) ** 15) + 1), Decimal(10) ** 15 - 1)
    exponent = whole.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -15:
        whole = round(whole, 15)
    if whole != value:
        desk.say(VALUE_CHANGED, asked.at, name=asked.name, old=f"{value:f}", new=f"{whole:f}")
    return whole


def matching(desk: ImportContext, asked: QuestionParts, pairs: Sequence[tuple[Text | None, Text]]) -> Question | None:
    """Return a matching question; a right side alone is a distractor."""
    whole = [pair for pair in pairs if pair[0] is not None]
    alone = [pair for pair in pairs if pair[0] is None]
    if len(whole) < 2:
        desk.say(KEPT_AS_TEXT, asked.at, name=asked.name)
        return None
    made = tuple(
        Pair(key=str(at + 1) if left is not None else "", left=left, match=letter(at), right=right, at=asked.at)
        for at, (left, right) in enumerate([*whole, *alone])
    )
    return Matching(**asked.common(), type="matching", pairs=made)


def ordering(desk: ImportContext, asked: QuestionParts, items: Sequence[Text]) -> Question | None:
    """Return an ordering question. items: in the right order."""
    if len(items) < 2:
        desk.say(KEPT_AS_TEXT, asked.at, name=asked.name)
        return None
    made = tuple(Option(key=letter(at), text=text, is_right=True, at=asked.at) for at, text in enumerate(items))
    return Ordering(**asked.common(), type="ordering", items=made)


def with_blank(root: etree._Element) -> etree._Element:
    """Return a text with a line where its gap was."""
    source = etree.tostring(root, encoding="unicode", with_tail=False)
    return etree.fromstring(PLACE.sub(_BLANK, source))


def gathered(desk: ImportContext, asked: QuestionParts, feedback: Sequence[Text | None]) -> Text | None:
    """Return the explanation with what was said of single answers after it."""
    said = asked.explanation
    found = {text.html: text for text in feedback if text is not None}
    if found:
        desk.say(FEEDBACK_MOVED, asked.at, name=asked.name)
    for text in found.values():
        if said is None or text.html not in said.html:
            said = joined(said, text)
    return said


def with_said(
    desk: ImportContext, question: Question | None, said: Sequence[Text | None], name: str
) -> Question | None:
    """Return a question whose explanation ends with what is said to the whole answer."""
    found = [text for text in said if text is not None]
    if question is None or not found:
        return question
    desk.say(FEEDBACK_MOVED, question.at, name=name)
    explanation = question.explanation
    for text in found:
        explanation = joined(explanation, text)
    return replace(question, explanation=explanation)


def points(desk: ImportContext, name: str, written: str, at: Position) -> Decimal:
    """Return a question's points from 0 to 100, with two decimals at most."""
    value = decimal(written) if written.strip() else Decimal(1)
    if value is None:
        value = Decimal(1)
    held = min(max(round(value, 2), Decimal(0)), Decimal(100)).normalize()
    held = held.quantize(Decimal(1)) if held == held.to_integral() else held
    if held != value:
        desk.say(VALUE_CHANGED, at, name=name, old=written.strip(), new=f"{held:f}")
    return held


def fill(desk: ImportContext) -> str:
    """Return what a text with a gap and no name asks."""
    return _FILL.get(desk.language, "Fill in.")
