"""Writes a question as an author would: heading, text, answers, and what the learner is told."""

from collections.abc import Iterator
from decimal import Decimal
from functools import singledispatch
from html import escape

from lokaltmot_lms.importers.markdown.blocks import prose
from lokaltmot_lms.importers.markdown.escape import item, label_value
from lokaltmot_lms.importers.markdown.inline import Hand, inline
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


def question(asked: Question, words: Keywords, *, is_careful: bool = False) -> str:
    """Return a question as Markdown. is_careful: with every sign by its number, where the plain spelling went wrong."""
    hand = Hand(in_question=True, is_careful=is_careful)
    parts = [f"## {inline(asked.prompt, hand) or asked.id} {{#{asked.id}}}"]
    if asked.intro is not None:
        parts.append(prose(asked.intro, hand))
    parts += _answers(asked, words, hand)
    said = [
        f"{words.label(name)}: {label_value(inline(text, hand))}"
        for name, text in (("explanation", asked.explanation), ("hint", asked.hint))
        if text is not None and text.html
    ]
    if asked.points != 1 and not isinstance(asked, Likert):
        said.append(f"{words.label('points')}: {number(asked.points)}")
    if asked.facts:
        said.append(f"{words.label('facts')}: {', '.join(asked.facts)}")
    return "\n\n".join([*parts, "\n".join(said)] if said else parts)


def number(value: Decimal) -> str:
    """Return a number as it is written in Norwegian: a comma, no exponent, no needless noughts."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


@singledispatch
def _answers(asked: Question, words: Keywords, hand: Hand) -> Iterator[str]:
    """Yield the parts that say how a question is answered."""
    raise NotImplementedError(asked.type)


@_answers.register
def _(asked: ChoiceQuestion, _words: Keywords, hand: Hand) -> Iterator[str]:
    yield "\n".join(_options(asked.options, hand, brackets="[]" if asked.type == "multiple" else "()"))


@_answers.register
def _(asked: Hotspot, _words: Keywords, hand: Hand) -> Iterator[str]:
    yield f"![{inline(_plain(asked, asked.alt), hand)}](<{asked.picture}>)"
    places = [" ".join(map(number, (spot.x, spot.y, spot.width, spot.height))) for spot in asked.spots]
    yield "\n".join(_options(asked.spots, hand, brackets="[]" if asked.multiple else "()", places=places))


@_answers.register
def _(asked: ShortText, words: Keywords, _hand: Hand) -> Iterator[str]:
    yield f"{words.label('answer')}: {' | '.join(asked.accepted)}"


@_answers.register
def _(asked: Numeric, words: Keywords, _hand: Hand) -> Iterator[str]:
    yield f"{words.label('answer')}: {_limits(asked)}"


def _limits(asked: Numeric) -> str:
    if asked.low == asked.high:
        return number(asked.low)
    span = f"{number(asked.low)} – {number(asked.high)}"
    margin = f"{number((asked.low + asked.high) / 2)} ± {number((asked.high - asked.low) / 2)}"
    return margin if "," in span and len(margin) <= len(span) else span


@_answers.register
def _(asked: Matching, _words: Keywords, hand: Hand) -> Iterator[str]:
    lines = []
    for pair in asked.pairs:
        left = f"{item(inline(pair.left, hand))} " if pair.left is not None else ""
        lines.append(f"- {left}=> {inline(pair.right, hand)}")
    yield "\n".join(lines)


@_answers.register
def _(asked: Ordering, words: Keywords, hand: Hand) -> Iterator[str]:
    yield f"{words.label('order')}:"
    lines: list[str] = []
    for place, step in enumerate(asked.items, start=1):
        lines += [f"{place}. {item(inline(step.text, hand))}", *_feedback(step, hand)]
    yield "\n".join(lines)


@_answers.register
def _(asked: Likert, words: Keywords, hand: Hand) -> Iterator[str]:
    yield f"{words.label('scale')}: {asked.low} … {asked.high} ({asked.steps})"
    yield "\n".join(f"- {item(inline(statement.text, hand))}" for statement in asked.statements)


@_answers.register
def _(asked: Gaps, _words: Keywords, hand: Hand) -> Iterator[str]:
    gaps = {gap.key: gap for gap in asked.gaps}
    body = Hand(in_question=True, is_careful=hand.is_careful, gap=lambda key: _gap(gaps[key], hand))
    yield prose(asked.body, body)


def _gap(gap: Gap, hand: Hand) -> str:
    if not gap.options:
        return f"[[{gap.accepted[0]}]]"
    shown = ((inline(option.text, hand), option.is_right) for option in gap.options)
    return f"[[ {' | '.join(f'*{text}*' if is_right else text for text, is_right in shown)} ]]"


def _options(
    options: tuple[Option, ...], hand: Hand, *, brackets: str, places: list[str] | None = None
) -> Iterator[str]:
    for index, option in enumerate(options):
        place = f" @ {places[index]}" if places else ""
        mark = f"{brackets[0]}{'x' if option.is_right else ' '}{brackets[1]}"
        yield f"- {mark} {item(inline(option.text, hand))}{place}"
        yield from _feedback(option, hand)


def _feedback(option: Option, hand: Hand) -> Iterator[str]:
    if option.feedback is not None and option.feedback.html:
        line = inline(option.feedback, hand)
        yield f"  > \\{line}" if line.startswith(">") else f"  > {line}"


def _plain(asked: Question, words: str) -> Text:
    return Text(html=escape(words, quote=False), plain=words, inline=True, at=asked.at)
