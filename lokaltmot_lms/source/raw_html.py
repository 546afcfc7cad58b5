"""Cleans HTML that an author wrote: reports what was removed and returns well-formed HTML."""

import re
from collections.abc import Iterator, Sequence

import nh3
from lxml import etree, html
from markdown_it.token import Token

from lokaltmot_lms.errors.text import HTML_REMOVED
from lokaltmot_lms.source.lines import Snippet
from lokaltmot_lms.source.report import Report

# What running text may hold. Scripts, styles, frames, forms and handlers are not text.
_TEXT = "a abbr b br cite code del dfn em i img ins kbd mark q ruby rt rp s samp small span strong sub sup"
_BLOCKS = "blockquote caption dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr li ol p pre summary ul"
_MORE = "time u var wbr table tbody td tfoot th thead tr"
TAGS = frozenset(f"{_TEXT} {_BLOCKS} {_MORE}".split())
_ATTRIBUTES = frozenset({"lang", "dir", "title"})
_ATTRIBUTES_OF = {
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ol": frozenset({"start", "type"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "details": frozenset({"open"}),
}
# Attributes of our own marks. An author's are removed before (they could imitate a fact or a gap).
_OURS = {"span": frozenset({"data-term", "data-fact", "data-local", "data-gap"}), "code": frozenset({"class"})}
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# In Markdown these name files and addresses that we have looked at; in HTML nobody would.
_OURS_ALONE = re.compile(r"</?(?:a|img)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<\s*/?\s*([a-zA-Z][\w-]*)([^>]*)>")
_NAME = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")


def cleaned(text: str, tokens: Sequence[Token], snippet: Snippet, report: Report) -> str:
    """Return rendered HTML without what an author may not use. Each tag and attribute left out is reported."""
    is_clean = True
    for words in map(str.strip, _written(tokens)):
        for removed in _removed(words):
            is_clean = False
            report.add(HTML_REMOVED, snippet.at(max(snippet.text.find(removed[1]), 0)), what=removed[0][:40])
        # An author's own of what else is ours alone goes first, before ours is let through.
        text = text.replace(words, _OURS_ALONE.sub("", re.sub(r"\sdata-", " x-", words)))
    known = {tag: _ATTRIBUTES_OF.get(tag, frozenset()) | _OURS.get(tag, frozenset()) for tag in TAGS}
    attributes = {tag: set(names | _ATTRIBUTES) for tag, names in known.items()}
    safe = nh3.clean(text, tags=set(TAGS), attributes=attributes, url_schemes=set(_SCHEMES), link_rel=None)
    before, after = _well_formed(text), _well_formed(safe)
    if is_clean and _shape(before) != _shape(after):
        report.add(HTML_REMOVED, snippet.at(), what="HTML")
    return after


def _written(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("html_block", "html_inline"):
            yield token.content
        yield from _written(token.children or ())


def _removed(words: str) -> Iterator[tuple[str, str]]:
    """Yield (what was removed, where it begins) for each tag and attribute that may not be used."""
    for found in _TAG.finditer(words):
        tag = found[1].lower()
        if tag not in TAGS or _OURS_ALONE.match(found[0]):
            yield f"<{tag}>", found[0]
            continue
        for name in _NAME.findall(found[2].rstrip("/")):
            if name.lower() not in _ATTRIBUTES | _ATTRIBUTES_OF.get(tag, frozenset()):
                yield name, found[0]


def _well_formed(text: str) -> str:
    """Return HTML in the form of XML: every element closed, every attribute quoted."""
    root = html.fragment_fromstring(text, create_parent="div")
    whole = etree.tostring(root, encoding="unicode", method="xml")
    return whole.removeprefix("<div>").removesuffix("</div>").removesuffix("<div/>").strip()


def _shape(text: str) -> str:
    return re.sub(r"\s+", " ", text)
