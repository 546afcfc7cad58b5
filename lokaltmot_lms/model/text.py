"""A piece of the author's text, with what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lokaltmot_lms.errors import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Markdown that has been read: clean HTML, and the same as plain words.

    html: a well-formed XHTML-style fragment (every element closed). Besides ordinary elements it may contain
        `<span data-term="WORD">shown</span>` a glossary term, WORD as in the glossary, in lower case
        `<span data-fact="KEY">112</span>` a fact, already filled in
        `<span data-local="KEY">…</span>` a municipality's own text, already filled in or a neutral sentence
        `<span lang="en">…</span>` words of another language; on a fact or local text too, when it has none in this one
        `<img src="media/x.svg" alt="…"/>` pictures, path from the course folder, forward slashes
        `<a href="#page-id">` links inside the module
    plain: the words without marks, one line, for platforms that take plain text only
    facts, local, media: what the text names, in the order it first does
    inline is true when html holds no block elements (it is allowed in a label)
    """

    html: str
    plain: str
    facts: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    inline: bool = False
    at: Position = field(compare=False)


def in_language(language: str, translated: Mapping[str, str], original: str) -> str:
    """Return words in a language such as nn or en-GB; the original where nobody has translated them."""
    return translated.get(language) or translated.get(language.partition("-")[0]) or original
