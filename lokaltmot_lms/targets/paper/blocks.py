"""The blocks of a page as data for paper: interactive parts are written out, videos become their text."""

from collections.abc import Mapping
from functools import singledispatch

from lokaltmot_lms.model import (
    Block,
    Case,
    Choice,
    Figure,
    Film,
    Glossary,
    Important,
    Notice,
    Prose,
    Quiz,
    Reflection,
)
from lokaltmot_lms.targets.paper.context import PaperContext, Part
from lokaltmot_lms.targets.paper.questions import question_parts
from lokaltmot_lms.targets.paper.text import inline, parts
from lokaltmot_lms.texts import N_

_LINES_TO_WRITE = 5


@singledispatch
def block_parts(block: Block, context: PaperContext) -> list[Part]:
    """Return a block as parts.

    Raises:
        NotImplementedError: this kind of block has no form on paper.
    """
    raise NotImplementedError(type(block).__name__)


@block_parts.register
def _(block: Prose, context: PaperContext) -> list[Part]:
    return parts(block.text, context)


@block_parts.register
def _(block: Figure, context: PaperContext) -> list[Part]:
    name = context.picture(block.path)
    caption = parts(block.caption, context)
    return [{"t": "figure", "src": name, "alt": block.alt, "caption": caption}] if name else caption


@block_parts.register
def _(block: Important, context: PaperContext) -> list[Part]:
    return [_panel("important", "", parts(block.text, context))]


@block_parts.register
def _(block: Notice, context: PaperContext) -> list[Part]:
    inside = parts(block.text, context)
    titles = {page.id: page.title.plain for page in context.module.pages}
    if block.skip in titles:
        line = context.words.say(N_("The short path goes on at “{title}”."), title=titles[block.skip])
        inside.append({"t": "p", "c": [line]})
    return [_panel("quiet", context.words.say(N_("Before you read")), inside)]


@block_parts.register
def _(block: Reflection, context: PaperContext) -> list[Part]:
    inside = [*parts(block.text, context), {"t": "lines", "count": _LINES_TO_WRITE}]
    return [_panel("quiet", context.words.say(N_("Something to think about")), inside)]


@block_parts.register
def _(block: Glossary, context: PaperContext) -> list[Part]:
    return [{"t": "terms", "items": [{"word": [term.word], "c": parts(term.meaning, context)} for term in block.terms]}]


@block_parts.register
def _(block: Film, context: PaperContext) -> list[Part]:
    name = N_("The video as text") if block.kind == "video" else N_("The sound as text")
    about = [block.title, block.length, block.speaker, block.credit]
    line = {"t": "small", "c": [" · ".join(text for text in about if text)]}
    return [_panel("plain", context.words.say(name), [line, *parts(block.transcript, context)])]


@block_parts.register
def _(block: Case, context: PaperContext) -> list[Part]:
    numbers = {step.id: str(number) for number, step in enumerate(block.steps, 1)}
    made: list[Part] = []
    for step in block.steps:
        title = [f"{numbers[step.id]}. ", *inline(step.title, context)]
        made += [{"t": "heading", "level": 2, "c": title}, *parts(step.text, context)]
        if not step.choices:
            made.append({"t": "small", "c": [context.words.say(N_("The story ends here."))]})
            continue
        made.append({"t": "ul", "start": 1, "items": [_way(choice, numbers, context) for choice in step.choices]})
    return made


@block_parts.register
def _(block: Quiz, context: PaperContext) -> list[Part]:
    return [{"t": "whole", "c": question_parts(question, context)} for question in block.questions]


def _way(choice: Choice, numbers: Mapping[str, str], context: PaperContext) -> list[Part]:
    there = context.words.say(N_("Go to {number}."), number=numbers[choice.to])
    return [{"t": "p", "c": [*inline(choice.text, context), " ", {"t": "strong", "c": [there]}]}]


def _panel(tone: str, label: str, inside: list[Part]) -> Part:
    return {"t": "panel", "tone": tone, "label": label, "c": inside}
