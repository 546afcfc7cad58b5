"""GIFT's escapes and formats: what a backslash hides, and how [html], [markdown], [plain] and [moodle] become HTML."""

import re
from html import escape
from typing import NamedTuple

from markdown_it import MarkdownIt

from lokaltmot_lms.importers.clean_html import plain_html

# Moodle first hides escaped signs, then takes the text apart. Hidden here in the private area of Unicode.
_SIGNS = ":#={}~"
_HIDDEN = {sign: chr(0xE010 + at) for at, sign in enumerate(_SIGNS)}
_SHOWN = {hidden: sign for sign, hidden in _HIDDEN.items()} | {"\ue01e": "\\", "\ue01f": "\n"}
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w*);")


class Formatted(NamedTuple):
    """A text that is still hidden, with the name of its format; "" for Moodle's own, which takes HTML and line ends."""

    text: str
    form: str


def hidden(text: str) -> str:
    """Return a text whose escaped signs can't be taken for GIFT's own."""
    return _ESCAPE.sub(lambda found: {"\\": "\ue01e", "n": "\ue01f"}.get(found[1]) or _HIDDEN[found[1]], text)


def shown(text: str) -> str:
    """Return a text with its escaped signs as they are meant."""
    return "".join(_SHOWN.get(sign, sign) for sign in text)


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
    """Return ordinary Markdown as HTML. Places of gaps come through."""
    made = MarkdownIt("commonmark", {"html": True}).enable("table").disable(["code"]).render(words)
    return str(made)


def plain(text: str) -> str:
    """Return the words of an answer that is typed or chosen as words: never HTML."""
    return " ".join(shown(text).split())


def as_words(text: str) -> str:
    """Return plain words as HTML."""
    return escape(shown(text), quote=False)
