"""Writes a question as an author would: heading, text, answers, and labels such as the explanation."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import singledispatch
from html import escape

from lokaltmot_lms.importers.markdown.blocks import prose
from lokaltmot_lms.importers.markdown.escape import item, label_value
from lokaltmot_lms.importers.markdown.inline import Hand, Part, inline
from lokaltmot_lms.importers.markdown.keywords import Keywords
from lokaltmot_lms.model import (
    ChoiceQuestion,
    Gap,
    Gaps,
    Hotspot,
    Likert,
    Matching,
    Numeric,
    Option,
    Ordering,
    Question,
    ShortText,
    Text,
)

_HAND = Hand(in_question=True)


def write_question(question: Question, words: Keywords, *, careful: frozenset[Part] = frozenset()) -> str:
    """Return a question as Markdown. careful: the parts with every sign as a numeric character reference.

    The parts of a question are named prompt, intro, body, answer, explanation and hint.
    """
    hand = Hand(in_question=True, owner=question.id, careful=careful)
    parts = [f"## {inline(question.prompt, hand.at('prompt')) or question.id} {{#{question.id}}}"]
    if question.intro is not None:
        parts.append(prose(question.intro, hand, "intro"))
    parts += _answers(question, words, hand)
    labels = [
        f"{words.label(name)}: {label_value(inline(text, hand.at(name)))}"
        for name, text in (("explanation", question.explanation), ("hint", question.hint))
        if text is not None and text.html
    ]
    if question.points != 1 and not isinstance(question, Likert):
        labels.append(f"{words.label('points')}: {number(question.points)}")
    if question.facts:
        labels.append(f"{words.label('facts')}: {', '.join(question.facts)}")
    return "\n\n".join([*parts, "\n".join(labels)] if labels else parts)


def number(value: Decimal) -> str:
    """Return a number as Norwegians write it: decimal comma, no exponent, no trailing zeros."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


@singledispatch
def _answers(question: Question, words: Keywords, hand: Hand) -> Iterator[str]:
    """Yield the parts that say how a question is answered."""
    raise NotImplementedError(question.type)


@_answers.register
def _(question: ChoiceQuestion, _words: Keywords, hand: Hand) -> Iterator[str]:
    yield "\n".join(_options(question.options, hand, brackets="[]" if question.type == "multiple" else "()"))


@_answers.register
def _(question: Hotspot, _words: Keywords, hand: Hand) -> Iterator[str]:
    yield f"![{inline(_plain(question, question.alt), hand)}](<{question.picture}>)"
    places = [" ".join(map(number, (spot.x, spot.y, spot.width, spot.height))) for spot in question.spots]
    yield "\n".join(_options(question.spots, hand, brackets="[]" if question.multiple else "()", places=places))


@_answers.register
def _(question: ShortText, words: Keywords, _hand: Hand) -> Iterator[str]:
    yield f"{words.label('answer')}: {' | '.join(question.accepted)}"


@_answers.register
def _(question: Numeric, words: Keywords, _hand: Hand) -> Iterator[str]:
    yield f"{words.label('answer')}: {_limits(question)}"


def _limits(question: Numeric) -> str:
    if question.low == question.high:
        return number(question.low)
    span = f"{number(question.low)} – {number(question.high)}"
    margin = f"{number((question.low + question.high) / 2)} ± {number((question.high - question.low) / 2)}"
    return margin if "," in span and len(margin) <= len(span) else span


@_answers.register
def _(question: Matching, _words: Keywords, hand: Hand) -> Iterator[str]:
    lines = []
    for at, pair in enumerate(question.pairs):
        own = hand.at("answer", at)
        left = f"{item(inline(pair.left, own))} " if pair.left is not None else ""
        lines.append(f"- {left}=> {inline(pair.right, own)}")
    yield "\n".join(lines)


@_answers.register
def _(question: Ordering, words: Keywords, hand: Hand) -> Iterator[str]:
    yield f"{words.label('order')}:"
    lines: list[str] = []
    for place, step in enumerate(question.items, start=1):
        own = hand.at("answer", place - 1)
        lines += [f"{place}. {item(inline(step.text, own))}", *_feedback(step, own)]
    yield "\n".join(lines)


@_answers.register
def _(question: Likert, words: Keywords, hand: Hand) -> Iterator[str]:
    yield f"{words.label('scale')}: {question.low} … {question.high} ({question.steps})"
    statements = enumerate(question.statements)
    yield "\n".join(f"- {item(inline(statement.text, hand.at('answer', at)))}" for at, statement in statements)


@_answers.register
def _(question: Gaps, _words: Keywords, hand: Hand) -> Iterator[str]:
    gaps = {gap.key: _gap(gap, hand.at("answer", at)) for at, gap in enumerate(question.gaps)}
    yield prose(question.body, replace(hand, gap=gaps.__getitem__), "body")


def _gap(gap: Gap, hand: Hand) -> str:
    if not gap.options:
        return f"[[{gap.accepted[0]}]]"
    shown = ((inline(option.text, hand), option.is_right) for option in gap.options)
    return f"[[ {' | '.join(f'*{text}*' if is_right else text for text, is_right in shown)} ]]"


def _options(
    options: tuple[Option, ...], hand: Hand, *, brackets: str, places: list[str] | None = None
) -> Iterator[str]:
    for index, option in enumerate(options):
        own = hand.at("answer", index)
        place = f" @ {places[index]}" if places else ""
        mark = f"{brackets[0]}{'x' if option.is_right else ' '}{brackets[1]}"
        yield f"- {mark} {item(inline(option.text, own))}{place}"
        yield from _feedback(option, own)


def _feedback(option: Option, hand: Hand) -> Iterator[str]:
    if option.feedback is not None and option.feedback.html:
        line = inline(option.feedback, hand)
        yield f"  > \\{line}" if line.startswith(">") else f"  > {line}"


def _plain(question: Question, words: str) -> Text:
    return Text(html=escape(words, quote=False), plain=words, inline=True, at=question.at)
