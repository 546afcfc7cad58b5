"""Compares the meaning of questions and pages: markup, positions and the amount of white space do not count."""

import re
from decimal import Decimal
from html import escape
from typing import Any

from lxml import etree

from lokaltmot_lms.importers.markdown.blocks import BLOCKS
from lokaltmot_lms.model import (
    Block,
    ChoiceQuestion,
    Figure,
    Film,
    Gaps,
    Hotspot,
    Likert,
    Matching,
    Module,
    Numeric,
    Ordering,
    Page,
    Prose,
    Question,
    Quiz,
    Reflection,
    ShortText,
    Text,
    Unfinished,
)

_SPACE = re.compile(r"\s+")
_EDGE = re.compile(rf"\s*(</?(?:{'|'.join(sorted(BLOCKS))}|br)\b[^>]*>)\s*")
# Markup without any effect.
_NEEDLESS = re.compile(r"</?tbody>|<(em|strong)></\1>")


def canonical(text: Text | None) -> str:
    """Return the HTML of a text in its canonical form."""
    if text is None or not text.html:
        return ""
    root = etree.fromstring(f"<div>{text.html.replace('&nbsp;', ' ')}</div>")
    parts: list[str] = []
    _put(root, parts)
    return _EDGE.sub(r"\1", _NEEDLESS.sub("", _SPACE.sub(" ", "".join(parts)))).strip()


def _put(element: etree._Element, parts: list[str]) -> None:
    parts.append(escape(element.text or "", quote=False))
    for child in element:
        attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in sorted(child.attrib.items()) if value)
        parts.append(f"<{child.tag!s}{attributes}>")
        _put(child, parts)
        parts.append(f"</{child.tag!s}>")
        parts.append(escape(child.tail or "", quote=False))


def meaning(question: Question) -> tuple[Any, ...]:
    """Return the content of a question; it is equal for two questions with the same meaning."""
    common = (
        question.type,
        canonical(question.prompt),
        canonical(question.intro),
        canonical(question.explanation),
        canonical(question.hint),
        Decimal(question.points),
        question.facts,
    )
    return (*common, _answers(question))


def _answers(question: Question) -> Any:
    match question:
        case Hotspot():
            spots = [(spot.x, spot.y, spot.width, spot.height) for spot in question.spots]
            return question.picture, _SPACE.sub(" ", question.alt).strip(), spots, _options(question.spots)
        case ChoiceQuestion(options=options) | Ordering(items=options):
            return _options(options)
        case ShortText():
            return tuple(" ".join(words.split()) for words in question.accepted)
        case Numeric():
            return question.low, question.high
        case Matching():
            return [(pair.key, canonical(pair.left), pair.match, canonical(pair.right)) for pair in question.pairs]
        case Gaps():
            gaps = [
                (gap.key, tuple(" ".join(w.split()) for w in gap.accepted), _options(gap.options))
                for gap in question.gaps
            ]
            return canonical(question.body), gaps
        case Likert():
            return question.low, question.high, question.steps, [canonical(one.text) for one in question.statements]
    raise NotImplementedError(question.type)


def _options(options: Any) -> list[tuple[str, str, bool, str]]:
    return [(option.key, canonical(option.text), option.is_right, canonical(option.feedback)) for option in options]


def _block(block: Block) -> Any:
    match block:
        case Prose():
            return "prose", canonical(block.text)
        case Figure():
            return "figure", block.path, _SPACE.sub(" ", block.alt).strip(), canonical(block.caption)
        case Film():
            return "film", block.kind, block.path, block.title, block.captions, block.description, block.poster
        case Reflection():
            return "reflection", block.id, canonical(block.text)
        case Unfinished():
            return "unfinished", block.reason, block.text
        case Quiz():
            settings = (block.draw, block.attempts, block.retry_wrong, block.shuffle, block.test_out, block.pass_share)
            return "quiz", block.id, settings, block.locked_because, [question.id for question in block.questions]
    return "", *_rest(block)


def _rest(block: Block) -> tuple[Any, ...]:
    """Return the content of a block of a kind that no import makes."""
    found: list[Any] = [type(block).__name__]
    found += [getattr(block, name, None) for name in ("id", "skip")]
    found.append(canonical(getattr(block, "text", None)))
    found += [(term.word, canonical(term.meaning)) for term in getattr(block, "terms", ())]
    for step in getattr(block, "steps", ()):
        choices = [(canonical(choice.text), choice.to) for choice in step.choices]
        found.append((step.id, canonical(step.title), canonical(step.text), choices, step.facts))
    return tuple(found)


def page_meaning(page: Page) -> tuple[Any, ...]:
    """Return the content of a page without its questions."""
    blocks: list[Any] = []
    for block in map(_block, page.blocks):
        # Our reader joins prose that follows prose.
        if blocks and block[0] == blocks[-1][0] == "prose":
            blocks[-1] = ("prose", blocks[-1][1] + block[1])
        else:
            blocks.append(block)
    return page.id, canonical(page.title), blocks


def differing(one: Module, other: Module) -> frozenset[str]:
    """Return the ids of the pages and questions whose meaning differs between two modules."""
    found = {page.id for page in one.pages} ^ {page.id for page in other.pages}
    pages = {page.id: page for page in other.pages}
    found |= {page.id for page in one.pages if page.id in pages and page_meaning(page) != page_meaning(pages[page.id])}
    left, right = _questions(one), _questions(other)
    found |= left.keys() ^ right.keys()
    found |= {id_ for id_ in left.keys() & right.keys() if meaning(left[id_]) != meaning(right[id_])}
    notes = [(note.page, note.minutes, canonical(note.text)) for note in one.facilitator]
    if notes != [(note.page, note.minutes, canonical(note.text)) for note in other.facilitator]:
        found |= {note.page for note in one.facilitator}
    return frozenset(found)


def _questions(module: Module) -> dict[str, Question]:
    quizzes = (block for page in module.pages for block in page.blocks if isinstance(block, Quiz))
    return {question.id: question for quiz in quizzes for question in quiz.questions}
