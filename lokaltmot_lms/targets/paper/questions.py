"""The questions on paper: boxes to tick, lines to write on, letters to write; and the answer key."""

from collections.abc import Iterable
from functools import singledispatch

from lokaltmot_lms.model import (
    ChoiceQuestion,
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
from lokaltmot_lms.pages.view import match_choices, start_order
from lokaltmot_lms.targets.keys import questions, right_text
from lokaltmot_lms.targets.paper.context import PaperContext, Part
from lokaltmot_lms.targets.paper.text import inline, parts
from lokaltmot_lms.texts import N_

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def question_parts(question: Question, context: PaperContext) -> list[Part]:
    """Return a question with room to answer. Questions are numbered through the module, for the answer key."""
    number = next(number for number, each in enumerate(questions(context.module), 1) if each.id == question.id)
    heading = {"t": "heading", "level": 2, "c": [f"{number}. ", *inline(question.prompt, context)]}
    return [heading, *parts(question.intro, context), *_answers(question, context)]


def key_parts(context: PaperContext) -> list[Part]:
    """Return the right answers with their explanations; empty when no question has a right answer."""
    items = [
        {"word": [f"{number}. {_on_paper(question)}"], "c": parts(question.explanation, context)}
        for number, question in enumerate(questions(context.module), 1)
        if right_text(question)
    ]
    return [{"t": "terms", "items": items}] if items else []


@singledispatch
def _answers(question: Question, context: PaperContext) -> list[Part]:
    """Return the part of a question that the learner fills in.

    Raises:
        NotImplementedError: this type of question has no form on paper.
    """
    raise NotImplementedError(question.type)


@_answers.register
def _(question: ChoiceQuestion, context: PaperContext) -> list[Part]:
    several = [_small(context.words.say(N_("More than one may be right.")))] if question.type == "multiple" else []
    return [*several, _choices(question.options, context, is_round=question.type != "multiple")]


@_answers.register
def _(_question: ShortText | Numeric, _context: PaperContext) -> list[Part]:
    return [{"t": "lines", "count": 1}]


@_answers.register
def _(question: Matching, context: PaperContext) -> list[Part]:
    rights = {pair.match: letter for letter, pair in zip(_LETTERS, match_choices(question), strict=False)}
    right = [{"mark": rights[pair.match], "c": inline(pair.right, context)} for pair in match_choices(question)]
    hint = _small(context.words.say(N_("Write the letter of what belongs together.")))
    return [hint, _to_fill_in((pair.left for pair in question.pairs if pair.left), context), _marked(right)]


@_answers.register
def _(question: Ordering, context: PaperContext) -> list[Part]:
    hint = _small(context.words.say(N_("Number them in the right order.")))
    lines = [
        [{"t": "p", "c": [{"t": "blank", "c": []}, " ", *inline(item.text, context)]}] for item in start_order(question)
    ]
    return [hint, {"t": "ul", "start": 1, "items": lines}]


@_answers.register
def _(question: Gaps, context: PaperContext) -> list[Part]:
    menus = [
        {"mark": gap.key, "c": [" / ".join(option.text.plain for option in gap.options)]}
        for gap in question.gaps
        if gap.options
    ]
    return [*parts(question.body, context), *([_marked(menus)] if menus else [])]


@_answers.register
def _(question: Hotspot, context: PaperContext) -> list[Part]:
    name = context.picture(question.picture)
    spots = [
        {"key": spot.key, "x": float(spot.x), "y": float(spot.y), "w": float(spot.width), "h": float(spot.height)}
        for spot in question.spots
    ]
    shown = [{"t": "figure", "src": name, "alt": question.alt, "caption": [], "spots": spots}] if name else []
    return [*shown, _choices(question.spots, context, is_round=not question.multiple)]


@_answers.register
def _(question: Likert, context: PaperContext) -> list[Part]:
    steps = [str(step) for step in range(1, question.steps + 1)]
    head = [[{"t": "p", "c": [text]}] for text in ("", *steps)]
    rows = [
        [[{"t": "p", "c": inline(each.text, context)}], *([{"t": "box"}] for _ in steps)]
        for each in question.statements
    ]
    ends = _small(f"1 = {question.low}, {question.steps} = {question.high}")
    return [ends, {"t": "table", "head": head, "rows": rows, "widths": ["1fr", *("narrow" for _ in steps)]}]


def _choices(options: Iterable[Option], context: PaperContext, *, is_round: bool) -> Part:
    items = [{"mark": option.key, "c": inline(option.text, context)} for option in options]
    return {"t": "choices", "round": is_round, "items": items}


def _to_fill_in(texts: Iterable[Text], context: PaperContext) -> Part:
    lines = [[{"t": "p", "c": [{"t": "blank", "c": []}, " ", *inline(text, context)]}] for text in texts]
    return {"t": "ul", "start": 1, "items": lines}


def _marked(items: list[Part]) -> Part:
    return {"t": "marked", "items": items}


def _small(text: str) -> Part:
    return {"t": "small", "c": [text]}


@singledispatch
def _on_paper(question: Question) -> str:
    """Return the right answer as text, with the letters of the options."""
    return right_text(question).replace(" | ", "; ")


@_on_paper.register
def _(question: ChoiceQuestion) -> str:
    return "; ".join(f"{option.key}) {option.text.plain}" for option in question.options if option.is_right)


@_on_paper.register
def _(question: Hotspot) -> str:
    return "; ".join(f"{spot.key}) {spot.text.plain}" for spot in question.spots if spot.is_right)


@_on_paper.register
def _(question: Ordering) -> str:
    return " → ".join(item.text.plain for item in question.items)
