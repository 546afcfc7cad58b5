"""Finds the questions in a text: a list after a question, with some of its answers, but not all, marked as right."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imports import MAYBE_A_QUESTION
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer
from lokaltmot_lms.importers.clean_html import Cleaner
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.model import Question

_SIGN = r"(?:[✓✔☑✅]|\*+|\[[xX]\]|\([xX]\))"
_MARK = re.compile(rf"^\s*{_SIGN}\s*|\s*{_SIGN}\s*$|\s*\((?:riktig|rett|korrekt|correct|right)\)\s*\.?$", re.IGNORECASE)
_EMPTY_MARK = re.compile(r"^\s*(?:\[ ?\]|\( ?\)|☐)\s*")
_LETTER = re.compile(r"^\s*(?:[*✓✔]\s*)?[a-hA-H][).]\s+")
_EXPLAINED = re.compile(r"^\s*(?:forklaring|explanation)\s*:\s*", re.IGNORECASE)
_ASKS = re.compile(r"[?:]\s*$")


class FoundQuestion(NamedTuple):
    """A question in a list of text blocks."""

    question: Question


class _Row(NamedTuple):
    element: etree._Element
    is_right: bool


def things_of(
    context: ImportContext, elements: list[etree._Element], clean: Cleaner, at: Position
) -> Iterator[FoundQuestion | list[etree._Element]]:
    """Yield the questions in some elements, and the elements between them."""
    waiting: list[etree._Element] = []
    rest = list(elements)
    while rest:
        rows, count = _rows(rest)
        if not rows:
            waiting.append(rest.pop(0))
            continue
        asks = waiting[-1] if waiting and waiting[-1].tag in ("p", "h2", "h3", "h4", "h5", "h6") else None
        right = [row.is_right for row in rows]
        if asks is not None and any(right) and not all(right):
            below = rest[count] if count < len(rest) and _EXPLAINED.match(_words(rest[count])) else None
            if waiting[:-1]:
                yield waiting[:-1]
            waiting = []
            question = _question(context, asks, rows, below, clean, at)
            if question is not None:
                yield FoundQuestion(question)
            rest = rest[count + (below is not None) :]
            continue
        if asks is not None and _words(asks).rstrip().endswith("?"):
            context.report(MAYBE_A_QUESTION, at, name=_words(asks))
        waiting += rest[:count]
        rest = rest[count:]
    if waiting:
        yield waiting


def _rows(elements: list[etree._Element]) -> tuple[list[_Row], int]:
    """Return the answers at the start of the elements, and the number of elements that they span."""
    first = elements[0]
    if first.tag in ("ul", "ol"):
        items = list(first)
        if len(items) < 2 or any(item.find(".//ul") is not None or item.find(".//ol") is not None for item in items):
            return [], 0
        return _with_marks(items), 1
    lettered = []
    for element in elements:
        if element.tag != "p" or not _LETTER.match(_words(element)):
            break
        lettered.append(element)
    return (_with_marks(lettered), len(lettered)) if len(lettered) > 1 else ([], 0)


def _with_marks(items: list[etree._Element]) -> list[_Row]:
    """Return the items with whether each is marked as right. Bold type counts only when no item has a mark."""
    signed = [bool(_MARK.search(_words(item)) or re.match(r"^\s*[*✓✔]\s*[a-hA-H][).]", _words(item))) for item in items]
    bold = [_is_bold(item) for item in items]
    right = signed if any(signed) else bold
    return [_Row(item, is_right) for item, is_right in zip(items, right, strict=True)]


def _is_bold(item: etree._Element) -> bool:
    words = "".join(_words(item).split())
    bold = "".join("".join("".join(strong.itertext()) for strong in item.iter("strong", "b")).split())
    return bool(words) and len(bold) >= len(words) - 2


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _question(
    context: ImportContext,
    asks: etree._Element,
    rows: list[_Row],
    below: etree._Element | None,
    clean: Cleaner,
    at: Position,
) -> Question | None:
    name = " ".join(_words(asks).split())
    asks.tag = "p"
    several = sum(row.is_right for row in rows) > 1
    share = ALL / sum(row.is_right for row in rows) if several else ALL
    answers = []
    for row in rows:
        text = clean.line(_without_marks(row.element, is_bold=row.is_right))
        if text is not None:
            wrong = -share if several else Decimal(0)
            answers.append(WeightedAnswer(text=text, share=share if row.is_right else wrong))
    explanation = clean.line(_EXPLAINED.sub("", _inside(below))) if below is not None else None
    root = clean.root(etree.tostring(asks, encoding="unicode", method="html", with_tail=False), in_question=True)
    parts = QuestionParts(id=context.take_id("", name, at), name=name, root=root, explanation=explanation, at=at)
    return build_questions.choice(context, parts, answers, single=not several)


def _inside(element: etree._Element) -> str:
    source = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return source[source.index(">") + 1 : source.rindex("<")]


def _without_marks(element: etree._Element, *, is_bold: bool) -> str:
    """Return an answer as HTML, without its letter and the marks of a right answer."""
    if is_bold and _is_bold(element):
        etree.strip_tags(element, "strong", "b")
    source = " ".join(_inside(element).split())
    source = _LETTER.sub("", source)
    return _EMPTY_MARK.sub("", _MARK.sub("", source))
