"""Compares the meaning of questions and pages: markup, positions and the amount of white space do not count."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape, unescape
from typing import Any, NamedTuple

from lxml import etree

from lokaltmot_lms.importers.markdown.blocks import BLOCKS, blocks_of
from lokaltmot_lms.importers.markdown.inline import Part, root_of
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
_NO_LETTERS = re.compile(r"<[^<>]*>|\W")
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


def meaning(question: Question) -> dict[str, list[Any]]:
    """Return the content of a question by its parts; it is equal for two questions with the same meaning.

    The names are those of markdown.questions.write_question; "other" has no text of its own.
    """
    return {
        "prompt": [canonical(question.prompt)],
        "intro": _elements(question.intro),
        "body": _elements(question.body) if isinstance(question, Gaps) else [],
        "answer": _answers(question),
        "explanation": [canonical(question.explanation)],
        "hint": [canonical(question.hint)],
        "other": [(question.type, Decimal(question.points), question.facts)],
    }


def _elements(text: Text | None) -> list[str]:
    """Return the blocks of running text, each in its canonical form."""
    if text is None or not text.html:
        return []
    blocks = blocks_of(root_of(text))
    found = (etree.tostring(block, encoding="unicode", with_tail=False) for block in blocks)
    return [canonical(Text(html=html, plain="", at=text.at)) for html in found]


def _answers(question: Question) -> list[Any]:
    match question:
        case Hotspot():
            spots = [(spot.x, spot.y, spot.width, spot.height) for spot in question.spots]
            return [*_options(question.spots), (question.picture, _SPACE.sub(" ", question.alt).strip(), spots)]
        case ChoiceQuestion(options=options) | Ordering(items=options):
            return _options(options)
        case ShortText():
            return [" ".join(words.split()) for words in question.accepted]
        case Numeric():
            return [question.low, question.high]
        case Matching():
            return [(pair.key, canonical(pair.left), pair.match, canonical(pair.right)) for pair in question.pairs]
        case Gaps():
            return [
                (gap.key, tuple(" ".join(w.split()) for w in gap.accepted), _options(gap.options))
                for gap in question.gaps
            ]
        case Likert():
            steps = (question.low, question.high, question.steps)
            return [*(canonical(one.text) for one in question.statements), steps]
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


class _PagePiece(NamedTuple):
    """A block of a page, or an element of running text, with the part of the course that writes it."""

    part: Part
    content: Any


def _pieces(page: Page) -> list[_PagePiece]:
    """Return the content of a page without its questions. Our reader joins running text that follows another."""
    found: list[_PagePiece] = []
    for place, block in enumerate(page.blocks):
        name = f"block {place}"
        if isinstance(block, Prose):
            elements = enumerate(_elements(block.text))
            found += [_PagePiece(Part(page.id, name, at), f"<prose/>{content}") for at, content in elements]
        else:
            found.append(_PagePiece(Part(page.id, name), _block(block)))
    return found


def differing(one: Module, other: Module) -> frozenset[Part]:
    """Return the parts of a module whose meaning differs in another, the same module read back."""
    found = {Part(page.id, "page") for page in one.pages}
    found ^= {Part(page.id, "page") for page in other.pages}
    pages = {page.id: page for page in other.pages}
    for page in one.pages:
        if page.id in pages:
            found.update(_in_page(page, pages[page.id]))
    left, right = _questions(one), _questions(other)
    found |= {Part(id_, "question") for id_ in left.keys() ^ right.keys()}
    for id_ in left.keys() & right.keys():
        found.update(_in_question(id_, meaning(left[id_]), meaning(right[id_])))
    notes = [(note.page, note.minutes, canonical(note.text)) for note in one.facilitator]
    if notes != [(note.page, note.minutes, canonical(note.text)) for note in other.facilitator]:
        found |= {Part(note.page, "note") for note in one.facilitator}
    return frozenset(found)


def parts_with(module: Module, owner: str, line: str) -> frozenset[Part]:
    """Return the parts of a page or question that can have written a line: the shortest with its words, or else all."""
    found: dict[Part, Any] = {}
    for page in module.pages:
        if page.id == owner:
            found |= {piece.part: piece.content for piece in [*_title(page), *_pieces(page)]}
    question = _questions(module).get(owner)
    for name, listed in meaning(question).items() if question is not None else ():
        found |= {Part(owner, name, at): content for at, content in enumerate(listed)}
    words = _letters(line)
    lengths = {part: len(own) for part, content in found.items() if words in (own := _letters(str(content)))}
    shortest = min(lengths.values(), default=0)  # exactly its words, if any
    return frozenset(part for part, length in lengths.items() if length == shortest) or frozenset(found)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", unescape(text))


def _title(page: Page) -> list[_PagePiece]:
    return [_PagePiece(Part(page.id, "title"), canonical(page.title))]


def _in_page(one: Page, other: Page) -> Iterator[Part]:
    for left, right in ((_title(one), _title(other)), (_pieces(one), _pieces(other))):
        places = _different([piece.content for piece in left], [piece.content for piece in right])
        yield from (left[at].part if at < len(left) else Part(one.id, "page") for at in places)


def _in_question(id_: str, one: dict[str, list[Any]], other: dict[str, list[Any]]) -> Iterator[Part]:
    for name, listed in one.items():
        yield from (Part(id_, name, at) for at in _different(listed, other[name]))


def _different(one: Sequence[Any], other: Sequence[Any]) -> list[int]:
    """Return the positions in a list that differ in another; for lists of other lengths, those between equal ends."""
    if len(one) == len(other):
        return [at for at, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    end = next((at for at in range(shorter - start) if one[-1 - at] != other[-1 - at]), shorter - start)
    return list(range(start, max(len(one) - end, start + 1)))


def _questions(module: Module) -> dict[str, Question]:
    quizzes = (block for page in module.pages for block in page.blocks if isinstance(block, Quiz))
    return {question.id: question for quiz in quizzes for question in quiz.questions}
