"""Reads the texts in which H5P marks answers with asterisks: blanks, words to drag, words to mark."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_STARRED = re.compile(r"\*([^*]+)\*")
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"</(?:p|div|li|h[1-6]|tr|td)>|<br\s*/?>", re.IGNORECASE)
_TIP = re.compile(r":([^\\*]+)")
_RIGHT = re.compile(r"\\\+([^\\*:]+)")
_WRONG = re.compile(r"\\-([^\\*:]+)")
_BEFORE = re.compile(r"^[\[({⟨¿¡“\"«„]+")
_AFTER = re.compile(r"[\",….:;?!\])}⟩»”]+$")


class Blank(NamedTuple):
    """A gap. answers: that are right, as plain text; tip, right, wrong: HTML, "" when there is none."""

    answers: tuple[str, ...]
    tip: str = ""
    right: str = ""
    wrong: str = ""


class Word(NamedTuple):
    """A word that learners can mark."""

    text: str
    is_right: bool


def split(source: str) -> Iterator[str | Blank]:
    """Yield the text of H5P.Blanks, and its gaps: *answer/other answer:tip* (h5p-blanks, parseSolution)."""
    for before, inside in _parts(source):
        yield before
        if inside:
            solution, _, tip = inside.partition(":")
            yield Blank(tuple(word for part in solution.split("/") if (word := plain(part))), tip.strip())


def split_draggable(source: str) -> Iterator[str | Blank]:
    r"""Yield the text of H5P.DragText, and its gaps: *word:tip\+if right\-if wrong* (h5p-drag-text, lex)."""
    for before, inside in _parts(source):
        yield before
        if inside:
            tip, right, wrong = (found[1].strip() if (found := sign.search(inside)) else "" for sign in _SIGNS)
            word = plain(_WRONG.sub("", _RIGHT.sub("", _TIP.sub("", inside))))
            yield Blank((word,) if word else (), tip, right, wrong)


_SIGNS = (_TIP, _RIGHT, _WRONG)


def _parts(source: str) -> Iterator[tuple[str, str]]:
    end = 0
    for found in _STARRED.finditer(source):
        yield source[end : found.start()], found[1]
        end = found.end()
    yield source[end:], ""


def words(source: str) -> tuple[Word, ...]:
    """Return the words of a text for H5P.MarkTheWords, without the punctuation around them (h5p-mark-the-words)."""
    text = unescape(_TAG.sub("", _BREAK.sub(" ", source)))
    return tuple(word for token in re.findall(r"(?<!\S)\*[^*\s]+\*(?!\S)|\S+", text) if (word := _word(token)).text)


def _word(token: str) -> Word:
    token = _AFTER.sub("", _BEFORE.sub("", token))
    single = token.replace("**", "")
    is_right = len(single) > 2 and single.startswith("*") and single.endswith("*")
    return Word(token[1:-1].replace("**", "*") if is_right else token.replace("**", "*"), is_right)


def without_stars(source: str) -> str:
    """Return a text for H5P.MarkTheWords without its marks. Two asterisks are one."""
    return "*".join(part.replace("*", "") for part in source.split("**"))


def plain(source: str) -> str:
    """Return HTML as plain text on one line."""
    return " ".join(unescape(_TAG.sub("", source)).split())
