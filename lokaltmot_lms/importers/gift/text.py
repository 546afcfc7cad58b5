"""Escapes and formats of GIFT: backslashes, and [html], [markdown], [plain] and [moodle] as HTML."""

import re
from functools import cache
from html import escape
from typing import NamedTuple

from markdown_it import MarkdownIt

from lokaltmot_lms.importers.clean_html import plain_html

# Like Moodle, replace escaped signs before the text is split. They become private-use characters of Unicode.
_SIGNS = ":#={}~"
_HIDDEN = {sign: chr(0xE010 + at) for at, sign in enumerate(_SIGNS)}
_SHOWN = {hidden: sign for sign, hidden in _HIDDEN.items()} | {"\ue01e": "\\", "\ue01f": "\n"}
_OF_CLOZE = frozenset("}~#=\\")
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w*);")


class Formatted(NamedTuple):
    """A text with hidden signs, and its format; "" for Moodle's own, which takes HTML and line ends."""

    text: str
    form: str


def hidden(text: str) -> str:
    """Return a text with its escaped signs replaced, so that they are not read as GIFT."""
    return _ESCAPE.sub(lambda found: {"\\": "\ue01e", "n": "\ue01f"}.get(found[1]) or _HIDDEN[found[1]], text)


def shown(text: str) -> str:
    """Return a text with its escaped signs restored."""
    return "".join(_SHOWN.get(sign, sign) for sign in text)


def cloze_source(text: str) -> str:
    """Return a text with its escaped signs as a gap of a Moodle cloze question has them."""
    return "".join(f"\\{_SHOWN[sign]}" if _SHOWN.get(sign) in _OF_CLOZE else shown(sign) for sign in text)


def split_format(text: str, default: str) -> tuple[str, str]:
    """Return the format that a text names at its start, or the default, and the text without it."""
    text = text.lstrip()
    found = _FORMAT.match(text)
    return (found[1], text[found.end() :]) if found else (default, text)


def to_html(text: str, form: str) -> str:
    """Return a text of any format as HTML."""
    words = shown(text).strip()
    match form:
        case "html":
            return words
        case "plain":
            return plain_html(words)
        case "markdown":
            return from_markdown(words)
    if _TAG.search(words):
        return re.sub(r"\n\s*\n", "<br><br>", words)
    if _ENTITY.search(words):
        return words.replace("\n", "<br>")
    return plain_html(words)


def from_markdown(words: str) -> str:
    """Return ordinary Markdown as HTML. Marks of gaps stay."""
    return str(_markdown().render(words))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table").disable(["code"])


def plain(text: str) -> str:
    """Return an answer that is plain text, not HTML."""
    return " ".join(shown(text).split())


def as_words(text: str) -> str:
    """Return plain words as HTML."""
    return escape(shown(text), quote=False)
