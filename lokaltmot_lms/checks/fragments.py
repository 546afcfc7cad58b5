"""Looks into the HTML of a Text, and finds the line of the source file that a piece of it came from."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.model import Text

# Elements that hold running text of their own; a list item that holds a paragraph is not counted twice.
_PARAGRAPHS = ("p", "li", "dd", "blockquote")


def elements(text: Text, tag: str) -> Iterator[etree._Element]:
    """Yield the elements of one name in a text."""
    if f"<{tag}" in text.html:
        yield from _tree(text.html).iter(tag)


def words_of(element: etree._Element) -> str:
    """Return the text inside an element, with spaces made single."""
    return " ".join("".join(element.itertext()).split())


def paragraphs(text: Text) -> Iterator[str]:
    """Yield the running text, paragraph by paragraph; headings and tables are left out."""
    if text.inline:
        yield text.plain
        return
    for element in _tree(text.html).iter(*_PARAGRAPHS):
        own = _own_words(element)
        if own:
            yield own


def without_facts(text: Text) -> str:
    """Return the plain words an author wrote out, with what the fact register and the municipality fill in left out."""
    if "data-" not in text.html:
        return text.plain
    return " ".join(_outside(_tree(text.html)).split())


def place(start: Position, needle: str) -> Position:
    """Return the first position of a text in a source file after a position, or that position if it is not found.

    A Text knows only where it begins. The file is read again here, as it is done only for a problem to report.
    """
    try:
        lines = Path(start.path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return start
    for number, line in enumerate(lines[start.line - 1 :], start=start.line):
        found = re.search(rf"(?<![\w-]){re.escape(needle)}(?![\w-])", line)
        if found:
            return Position(path=start.path, line=number, column=found.start() + 1)
    return start


def _tree(html: str) -> etree._Element:
    return etree.fromstring(f"<div>{html}</div>".encode(), etree.HTMLParser(encoding="utf-8", no_network=True))


def _own_words(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        if child.tag not in {*_PARAGRAPHS, "ul", "ol", "dl", "table"}:
            pieces.append("".join(child.itertext()))
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def _outside(element: etree._Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        filled = child.get("data-fact") is not None or child.get("data-local") is not None
        # A mark keeps the words on each side apart: «16 {{fact.x}} 11» is not the number 16 11.
        pieces.append(" … " if filled else _outside(child) + ("" if child.tag in _INLINE else " "))
        pieces.append(child.tail or "")
    return "".join(pieces)


_INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup"})
