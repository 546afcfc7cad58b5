"""Finds the questions in a text: answers after a question, with a key that says which of them are right.

A key is a line such as "Riktig svar: b", a sign, hidden text, or a look that some of the answers have: bold,
highlighted or coloured, underlined. A key is never shown as text: what can't become a question is kept as unfinished.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imported_documents import HIDDEN_TEXT, KEY_WITHOUT_QUESTION
from lokaltmot_lms.errors.imports import MAYBE_A_QUESTION
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer
from lokaltmot_lms.importers.clean_html import Cleaner
from lokaltmot_lms.importers.context import ImportContext, clipped
from lokaltmot_lms.importers.draft_modules import unfinished
from lokaltmot_lms.importers.word.keys import (
    BOX,
    HIDDEN_MARK,
    KEY,
    KEY_INSIDE,
    KEY_PART,
    KEY_SAID,
    LETTER,
    LETTERS,
    SIGN,
    SURE_KEY,
    key_of,
)
from lokaltmot_lms.importers.word.lines import HIDDEN_KEY, blocks_of, hidden_in, plain, words
from lokaltmot_lms.model import Question, Unfinished

_MARK = re.compile(
    rf"^\s*{SIGN}\s*|\s*{SIGN}\s*$|\s*\((?:riktig|rett|korrekt|correct|right)(?: svar| answer)?\)\s*\.?$", re.IGNORECASE
)
_SIGNED_LETTER = re.compile(rf"^\s*(?:{SIGN}\s*\(?[a-hA-H1-9][).:]|\(?[a-hA-H1-9]\s*(?:\*\s*[).:]|[).:]\s*{SIGN}))")
_EMPTY_MARK = re.compile(r"^\s*(?:\[ ?\]|\( ?\)|☐)\s*")
_EXPLAINED = re.compile(r"^\s*(?:forklaring|grunngiving|begrunnelse|explanation)\s*:\s*", re.IGNORECASE)
_ASKING = re.compile(
    r"\?|\b(?:vel|velg|kryss|merk|finn|hv\w+|kv\w+|riktig\w*|rett\w*|choose|select|which|what|tick|mark)\b",
    re.IGNORECASE,
)
_ASKED_BY = ("p", "h2", "h3", "h4", "h5", "h6")
_TYPED_NUMBER = re.compile(r"^\s*(?:(?:spørsmål|oppgave|oppgåve|question)\s*)?\d{1,3}\s*[.):]\s+", re.IGNORECASE)
_TRUE_OR_FALSE = frozenset(
    {"sant", "usant", "rett", "galt", "riktig", "feil", "ja", "nei", "true", "false", "yes", "no", "right", "wrong"}
)
_LOOKS = (("strong", "b"), ("mark",), ("u",))


class _Rows(NamedTuple):
    """The answers at the start of some elements. spans: the number of elements that they are in."""

    items: list[etree._Element]
    spans: int


def things_of(
    context: ImportContext, name: str, elements: list[etree._Element], clean: Cleaner, at: Position
) -> Iterator[Question | Unfinished | list[etree._Element]]:
    """Yield the questions in some elements, what must stay unfinished, and the text between. name: of the page."""
    finder = _Finder(context, clean, at)
    if KEY_PART.match(name):
        yield finder.unfinished(name, elements)
        return
    yield from finder.things(list(blocks_of(elements)))


class _Finder:
    def __init__(self, context: ImportContext, clean: Cleaner, at: Position) -> None:
        self._context = context
        self._clean = clean
        self._at = at

    def things(self, rest: list[etree._Element]) -> Iterator[Question | Unfinished | list[etree._Element]]:
        waiting: list[etree._Element] = []
        while rest:
            if KEY_PART.match(words(rest[0])):
                end = next(
                    (at for at, one in enumerate(rest[1:], 1) if re.fullmatch(r"h[1-6]", str(one.tag))), len(rest)
                )
                yield from self._texts(waiting)
                yield self.unfinished(words(rest[0]), rest[:end])
                waiting, rest = [], rest[end:]
                continue
            rows = _rows(rest)
            stem = _stem(waiting) if rows.items else []
            if not rows.items:
                if _is_key(rest[0], is_alone=True):
                    if (
                        _stem(waiting) and len(rest) > 1 and _rows(rest[1:]).items
                    ):  # between the question and its answers
                        waiting[-1].set(HIDDEN_KEY, words(rest.pop(0)))
                        continue
                    stem = [one for one in _stem(waiting) if words(one).endswith(("?", ":", "…"))]
                    yield from self._texts(waiting[: len(waiting) - len(stem)])
                    yield self.unfinished(words((stem or rest)[0]), [*stem, rest[0]])
                    waiting, rest = [], rest[1:]
                else:
                    waiting.append(rest.pop(0))
                continue
            key, below, used = _below(rows, rest[rows.spans :])
            whole = [*stem, *rest[: rows.spans + used]]
            right, is_certain = self._right(stem, rows, key)
            count = rows.spans + used
            if right is not None and stem and any(right) and not all(right):
                yield from self._texts(waiting[: len(waiting) - len(stem)])
                yield self._question(stem, rows.items, right, below, whole)
            elif is_certain:
                yield from self._texts(waiting[: len(waiting) - len(stem)])
                yield self.unfinished(words((stem or rest)[0]), whole)
            else:
                stands_out = len({_has_look(item, _LOOKS[0]) for item in rows.items}) > 1
                if stem and (words(stem[0]).endswith("?") or rest[0].tag == "p" or stands_out):
                    self._context.report(MAYBE_A_QUESTION, self._at, name=words(stem[0]))
                waiting += rest[: rows.spans]
                rest = rest[rows.spans :]
                continue
            waiting, rest = [], rest[count:]
        yield from self._texts(waiting)

    def unfinished(self, name: str, elements: list[etree._Element]) -> Unfinished:
        """Keep elements out of what learners see."""
        return unfinished(self._context, KEY_WITHOUT_QUESTION, self._at, name=clipped(name), text=plain(elements))

    def _texts(self, elements: list[etree._Element]) -> Iterator[list[etree._Element] | Unfinished]:
        """Yield running text, without marks that only matter in questions; hidden text in it is named.

        A key in the middle of a text or in a table, where no question was found, is not shown either.
        """
        waiting: list[etree._Element] = []
        for element in elements:
            if KEY_INSIDE.search(words(element)) or _has_key_column(element):
                if waiting:
                    yield waiting
                yield self.unfinished(words(element), [element])
                waiting = []
                continue
            if hidden := hidden_in(element):
                self._context.report(HIDDEN_TEXT, self._at, text=hidden)
            etree.strip_tags(element, "u", "mark")
            waiting.append(element)
        if waiting:
            yield waiting

    def _right(self, stem: list[etree._Element], rows: _Rows, key: str) -> tuple[list[bool] | None, bool]:
        """Return which answers are right, None when keys contradict each other, and whether there surely is a key."""
        found: list[list[bool]] = []
        hidden = [hidden_in(item) for item in rows.items]
        keys = [key, *(one for element in stem if (one := hidden_in(element)))]
        keys += [one for one in hidden if key_of(one)]
        for one in keys:
            if one and (right := _by_letters(key_of(one) or one, rows.items)) is not None:
                found.append(right)
            elif one and (one == key or key_of(one)):
                return None, True
        by_hand = [
            [bool(_MARK.search(words(item)) or _SIGNED_LETTER.match(words(item))) for item in rows.items],
            [bool(HIDDEN_MARK.match(text)) for text in hidden],
        ]
        found += [right for right in by_hand if any(right)]
        is_certain = bool(found)
        if not found and (_can_ask(stem) or _is_true_or_false(rows.items)):
            found = _looks(rows.items)[:1]
        return (found[0] if found and all(one == found[0] for one in found) else None), is_certain

    def _question(
        self,
        stem: list[etree._Element],
        items: list[etree._Element],
        right: list[bool],
        below: etree._Element | None,
        whole: list[etree._Element],
    ) -> Question | Unfinished:
        name = _TYPED_NUMBER.sub("", words(stem[0]))
        text = plain(whole)
        for element in whole:
            hidden = [
                one
                for one in _hidden_texts(element)
                if not (key_of(one) or HIDDEN_MARK.match(one) or LETTERS.match(one))
            ]
            for one in hidden:
                self._context.report(HIDDEN_TEXT, self._at, text=one)
        several = sum(right) > 1
        share = ALL / sum(right) if several else ALL
        answers = []
        for item, is_right in zip(items, right, strict=True):
            answer = self._clean.line(_without_marks(item))
            if answer is not None:
                wrong = -share if several else Decimal(0)
                answers.append(WeightedAnswer(text=answer, share=share if is_right else wrong))
        if len(answers) < len(items):
            return unfinished(self._context, KEY_WITHOUT_QUESTION, self._at, name=clipped(name), text=text)
        explanation = self._clean.line(_EXPLAINED.sub("", _inside(below))) if below is not None else None
        root = self._clean.root("".join(_as_paragraph(element) for element in stem), in_question=True)
        parts = QuestionParts(
            id=self._context.take_id("", name, self._at), name=name, root=root, explanation=explanation, at=self._at
        )
        question = build_questions.choice(self._context, parts, answers, single=not several)
        return question if question is not None else self.unfinished(name, whole)


def _looks(items: list[etree._Element]) -> list[list[bool]]:
    """Return for each look that some of the answers have, and not all, which of them have it."""
    found = ([_has_look(item, tags) for item in items] for tags in _LOOKS)
    return [look for look in found if any(look) and not all(look)]


def _is_true_or_false(items: list[etree._Element]) -> bool:
    return all(_bare_answer(words(item)).casefold().rstrip(".") in _TRUE_OR_FALSE for item in items)


def _can_ask(stem: list[etree._Element]) -> bool:
    """Return whether a paragraph can be a question. After a statement, a bold item in a list is emphasis."""
    said = words(stem[0]) if stem else ""
    return not said.endswith((".", "!")) or bool(_ASKING.search(said))


def _has_key_column(element: etree._Element) -> bool:
    """Return whether a table has a cell such as "Riktig svar" above the answers."""
    return element.tag == "table" and any(KEY_PART.match(words(cell)) for cell in element.iter("td", "th"))


def _stem(waiting: list[etree._Element]) -> list[etree._Element]:
    """Return the question before the answers: a paragraph, with the images, the table or the hidden text after it."""
    for back in range(1, min(4, len(waiting)) + 1):
        element = waiting[-back]
        is_alone_in_list = element.tag in ("ol", "ul") and len(element) == 1
        if (element.tag in _ASKED_BY or is_alone_in_list) and words(element):
            return waiting[-back:]
        if words(element) and element.tag != "table":
            return []
    return []


def _rows(elements: list[etree._Element]) -> _Rows:
    """Return the answers at the start of the elements: a list, lettered or numbered lines, or lines with boxes."""
    first = elements[0]
    if first.tag in ("ul", "ol"):
        items = [item for item in first if words(item) or item.find(".//img") is not None]
        if len(items) < 2 or any(item.find(".//ul") is not None or item.find(".//ol") is not None for item in items):
            return _Rows([], 0)
        return _Rows(items, 1)
    found: list[etree._Element] = []
    for element in elements:
        letter = LETTER.match(words(element))
        if element.tag != "p" or letter is None or (letter[1] or letter[2]).lower() not in (
            "abcdefgh"[len(found) : len(found) + 1], str(len(found) + 1)
        ):  # fmt: skip
            break
        found.append(element)
    if len(found) < 2:
        found = []
        for element in elements:
            if element.tag != "p" or not BOX.match(words(element)):
                break
            found.append(element)
    return _Rows(found, len(found)) if len(found) > 1 else _Rows([], 0)


def _below(rows: _Rows, after: list[etree._Element]) -> tuple[str, etree._Element | None, int]:
    """Return the key and the explanation below the answers, and how many elements they are.

    A key that is the last of the answers is removed from them.
    """
    key, below, used = "", None, 0
    last = words(rows.items[-1]) or ""
    if len(rows.items) > 2 and key_of(last):
        key = key_of(last)
        rows.items.pop()
    for element in after:
        text = words(element) or hidden_in(element)
        if not text:
            used += 1
            continue
        if below is None and _EXPLAINED.match(text):
            below = element
        elif not key and (key_of(text) or (not words(element) and LETTERS.match(text))):
            key = key_of(text) or text
        else:
            break
        used += 1
    if not key and below is None:
        used = 0
    return key, below, used


def _is_key(element: etree._Element, *, is_alone: bool) -> bool:
    """Return whether a paragraph is a key. Without answers above it, "Svar: …" alone is not clear enough."""
    if element.tag not in ("p", "ul", "ol"):
        return False
    text = words(element) or hidden_in(element)
    return bool((SURE_KEY if is_alone else KEY).match(text) or KEY_SAID.match(text)) and len(text) < 300


def _by_letters(key: str, items: list[etree._Element]) -> list[bool] | None:
    """Return which answers a key names, by their letters, their numbers or their words; None when it names none."""
    if LETTERS.match(key.strip()):
        named = re.findall(r"(?<![^\W\d_])[a-h](?![^\W\d_])|[1-9]", key.lower())
        places = {int(one) - 1 if one.isdigit() else "abcdefgh".index(one) for one in named}
        return [at in places for at in range(len(items))] if max(places) < len(items) else None
    wanted = _same(LETTER.sub("", key))
    right = [_same(_bare_answer(words(item))) == wanted for item in items]
    return right if any(right) else None


def _same(text: str) -> str:
    return " ".join(text.casefold().rstrip(".").split())


def _bare_answer(text: str) -> str:
    text = LETTER.sub("", _MARK.sub("", text) if not LETTER.match(text) else text)
    return _EMPTY_MARK.sub("", _MARK.sub("", text))


def _has_look(item: etree._Element, tags: tuple[str, ...]) -> bool:
    """Return whether an answer has a look as a whole; its letter and its full stop may be without it."""
    whole = "".join(LETTER.sub("", words(item)).split())
    marked = "".join("".join(one.itertext()) for one in item.iter(*tags) if not _inside_same(one, tags))
    marked = "".join(LETTER.sub("", " ".join(marked.split())).split())
    return bool(whole) and len(marked) >= len(whole) - 2 and bool(marked)


def _inside_same(element: etree._Element, tags: tuple[str, ...]) -> bool:
    return any(parent.tag in tags for parent in element.iterancestors())


def _hidden_texts(element: etree._Element) -> Iterator[str]:
    for one in element.iter():
        if isinstance(one.tag, str) and (text := " ".join(one.get(HIDDEN_KEY, "").split())):
            yield text


def _as_paragraph(element: etree._Element) -> str:
    """Return a part of a question as HTML, without a typed number before it."""
    if element.tag == "table":
        return etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    etree.strip_tags(element, "u", "mark", "li")
    return f"<p>{_TYPED_NUMBER.sub('', _inside(element))}</p>"


def _inside(element: etree._Element) -> str:
    source = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return source[source.index(">") + 1 : source.rindex("<")]


def _without_marks(element: etree._Element) -> str:
    """Return an answer as HTML, without its letter, the signs of a right answer, and a look that it has as a whole."""
    for tags in _LOOKS:
        if _has_look(element, tags):
            etree.strip_tags(element, *tags)
    etree.strip_tags(element, "u", "mark")
    if not LETTER.match("".join(element.itertext())):
        _cut(element, _MARK)
    for pattern in (LETTER, _MARK, _EMPTY_MARK):
        _cut(element, pattern)
    return " ".join(_inside(element).split())


def _cut(element: etree._Element, pattern: re.Pattern[str]) -> None:
    """Remove what a pattern finds in the text of an element, also when a part of it is bold."""
    found = pattern.search("".join(element.itertext()))
    if found is None:
        return
    at = 0
    for holder, is_tail in list(_texts_in(element)):
        text = (holder.tail if is_tail else holder.text) or ""
        start, end = max(found.start() - at, 0), max(found.end() - at, 0)
        at += len(text)
        rest = text[:start] + text[end:]
        if is_tail:
            holder.tail = rest
        else:
            holder.text = rest


def _texts_in(element: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Yield the places of an element's text, in order: an element, and whether the text is behind it."""
    yield element, False
    for child in element:
        yield from _texts_in(child)
        yield child, True
