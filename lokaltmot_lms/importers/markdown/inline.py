"""Turns the HTML of one line of text into Markdown that our reader turns back into the same HTML."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import NamedTuple

from lxml import etree

from lokaltmot_lms.importers.markdown.escape import entities, spelled
from lokaltmot_lms.model import Text

_EMPHASIS = {"em": "*", "strong": "**"}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_PLAIN_ADDRESS = re.compile(r"[^\s()<>\\&*_\[\]`]+")


class Part(NamedTuple):
    """A text that is written on its own. owner: id of its page or question; at: position among those of its name."""

    owner: str
    name: str
    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Options for writing a text.

    in_question: [[…]] is a gap. gap: returns the source of a gap by its key.
    is_careful: every sign becomes a numeric character reference. careful: the parts that are written like that.
    """

    in_question: bool = False
    gap: Callable[[str], str] = str
    owner: str = ""
    careful: frozenset[Part] = frozenset()
    is_careful: bool = False

    def at(self, name: str, at: int = 0) -> "Hand":
        """Return the options for one part."""
        is_careful = Part(self.owner, name, at) in self.careful
        return replace(self, is_careful=is_careful) if is_careful != self.is_careful else self


class _Piece(NamedTuple):
    """A part of a text. kind: "text" to escape, "markup" to keep, "code", or em or strong with its content."""

    kind: str
    text: str


def inline(text: Text | None, hand: Hand) -> str:
    """Return a text as one line of Markdown."""
    return line_of(root_of(text), hand) if text is not None else ""


def root_of(text: Text) -> etree._Element:
    """Return a text's HTML as one element."""
    return etree.fromstring(f"<div>{text.html.replace('&nbsp;', chr(160))}</div>")


def line_of(element: etree._Element, hand: Hand) -> str:
    """Return the content of an element as one line of Markdown."""
    return _joined(list(_pieces(element, hand)), hand).strip()


def _pieces(element: etree._Element, hand: Hand) -> Iterator[_Piece]:
    if element.text:
        yield _Piece("text", element.text)
    for child in element:
        if isinstance(child.tag, str):
            yield from _piece(child, hand)
        if child.tail:
            yield _Piece("text", child.tail)


def _piece(element: etree._Element, hand: Hand) -> Iterator[_Piece]:
    match element.tag:
        case "em" | "strong" if not element.attrib:
            inside = _joined(list(_pieces(element, hand)), hand)
            words = inside.strip()
            if words:
                yield from _spaced(inside, _Piece(str(element.tag), words))
        case "code":
            yield _Piece("code", "".join(element.itertext()))
        case "br":
            yield _Piece("markup", "<br>")
        case "img":
            title = f' "{element.get("title")}"' if element.get("title") else ""
            alt = spelled(element.get("alt", ""))
            yield _Piece("markup", f"![{alt}]({address(element.get('src', ''))}{title})")
        case "a" if element.get("href"):
            inside = _joined(list(_pieces(element, hand)), hand)
            yield from _spaced(inside, _Piece("markup", f"[{inside.strip()}]({address(element.get('href', ''))})"))
        case "a":
            yield from _pieces(element, hand)
        case "span":
            yield from _span(element, hand)
        case "p" | "div" | "li":
            yield from _pieces(element, hand)
        case _:
            yield _Piece("markup", _opening(element))
            yield from _pieces(element, hand)
            yield _Piece("markup", f"</{element.tag!s}>")


def _spaced(inside: str, piece: _Piece) -> Iterator[_Piece]:
    """Yield a piece with the spaces of its ends outside of it."""
    if inside[:1] == " ":
        yield _Piece("text", " ")
    yield piece
    if inside[-1:] == " " and inside.strip():
        yield _Piece("text", " ")


def _span(element: etree._Element, hand: Hand) -> Iterator[_Piece]:
    shown = " ".join("".join(element.itertext()).split())
    if (term := element.get("data-term")) is not None:
        yield _Piece("markup", f"[[{shown}]]" if shown.casefold() == term else f"[[{term}|{shown}]]")
    elif (fact := element.get("data-fact")) is not None:
        yield _Piece("markup", f"{{{{fact.{fact}}}}}")
    elif (local := element.get("data-local")) is not None:
        yield _Piece("markup", f"{{{{local.{local}}}}}")
    elif (gap := element.get("data-gap")) is not None:
        yield _Piece("markup", hand.gap(gap))
    elif element.get("lang"):
        inside = _joined(list(_pieces(element, hand)), hand).strip()
        yield _Piece("markup", f"[{inside}]{{lang={element.get('lang')}}}")
    else:
        yield from _pieces(element, hand)


def _opening(element: etree._Element) -> str:
    attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in element.attrib.items())
    return f"<{element.tag!s}{attributes}>"


def _joined(pieces: list[_Piece], hand: Hand) -> str:
    merged: list[_Piece] = []
    for piece in pieces:
        if piece.kind == "text" and merged and merged[-1].kind == "text":
            merged[-1] = _Piece("text", merged[-1].text + piece.text)
        else:
            merged.append(piece)
    found = ""
    for index, piece in enumerate(merged):
        following = merged[index + 1] if index + 1 < len(merged) else _Piece("markup", "")
        found += _written(piece, found, following, hand)
    return found


def _written(piece: _Piece, before: str, following: _Piece, hand: Hand) -> str:
    if piece.kind == "text":
        after = "*" if following.kind != "markup" else following.text
        return entities(piece.text) if hand.is_careful else spelled(piece.text, before, after)
    if piece.kind == "markup":
        return piece.text
    if piece.kind == "code":
        return f"<code>{spelled(piece.text)}</code>" if before.endswith("`") else code(piece.text)
    sign = _EMPHASIS[piece.kind]
    after = "*" if following.kind in _EMPHASIS else following.text[:1]
    if hand.is_careful or not _can_hold(piece.text, before[-1:], after):
        return f"<{piece.kind}>{piece.text}</{piece.kind}>"
    return f"{sign}{piece.text}{sign}"


def _can_hold(words: str, before: str, after: str) -> bool:
    """Return whether asterisks around a text are read as emphasis (CommonMark 0.31, 6.2); False when in doubt."""
    if "*" in (before, after, words[0], words[-1]) or words.endswith("\\"):
        return False
    return not (before.isalnum() or after.isalnum())


def code(words: str) -> str:
    """Return a text as inline code, with more backticks around it than it contains."""
    words = _SPACES.sub(" ", words).strip(" ")  # a no-break space is an indent
    if not words:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", words)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if words[0] == "`" or words[-1] == "`" else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def address(written: str) -> str:
    """Return an address for the round brackets of a link."""
    if _PLAIN_ADDRESS.fullmatch(written):
        return written
    return "<" + re.sub(r"[\\<>&*_\[\]`]", lambda sign: f"\\{sign[0]}", written) + ">"
