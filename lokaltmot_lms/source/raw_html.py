"""Cleans HTML that an author wrote: reports what was removed and returns well-formed HTML."""

import re
from collections.abc import Iterator, Sequence

import nh3
from lxml import etree, html
from markdown_it.token import Token

from lokaltmot_lms.errors.lookalikes import TAG_OPEN, TAG_SWALLOWS
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
# HTML's attributes that have no value (WHATWG HTML, "Boolean attributes"), as far as authors paste them.
_SWITCHES = re.compile(
    "allowfullscreen|async|autofocus|autoplay|checked|controls|default|defer|disabled|hidden|inert|loop|multiple|muted|"
    "open|playsinline|readonly|required|reversed|selected"
)
# Elements without an end tag, and those whose end tag HTML lets out (WHATWG HTML, 13.1.2.4).
_NO_END = re.compile("br|hr|img|wbr|li|dd|dt|p|rp|rt|caption|td|th|tr|tbody|thead|tfoot")
_END = re.compile(r"<\s*/")
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# In Markdown these name files and addresses that we have looked at; in HTML nobody would.
_OURS_ALONE = re.compile(r"</?(?:a|img)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<\s*/?\s*([a-zA-Z][\w-]*)([^>]*)>")
_NAME = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")


def cleaned(text: str, tokens: Sequence[Token], snippet: Snippet, report: Report) -> str:
    """Return rendered HTML without what an author may not use. Each tag and attribute left out is reported."""
    reported: set[int] = set()
    written = list(_written(tokens, snippet))
    for words, at in written:
        for what, offset in _removed(words):
            reported.add(at + offset)
            whole = _TAG.match(words, offset)
            if whole and not _is_markup(whole):
                report.add(TAG_SWALLOWS, snippet.at(at + offset), tag=" ".join(whole[0].split())[:60])
                break
            report.add(HTML_REMOVED, snippet.at(at + offset), what=what[:40])
        # An author's own of what else is ours alone goes first, before ours is let through.
        text = text.replace(words, _OURS_ALONE.sub("", re.sub(r"\sdata-", " x-", words)))
    for tag, name, place in _halves(written):
        if place not in reported:
            reported.add(place)
            report.add(TAG_OPEN, snippet.at(place), tag=tag[:60], name=name)
    known = {tag: _ATTRIBUTES_OF.get(tag, frozenset()) | _OURS.get(tag, frozenset()) for tag in TAGS}
    attributes = {tag: set(names | _ATTRIBUTES) for tag, names in known.items()}
    safe = nh3.clean(text, tags=set(TAGS), attributes=attributes, url_schemes=set(_SCHEMES), link_rel=None)
    before, after = _well_formed(text), _well_formed(safe)
    if not reported and _shape(before) != _shape(after):
        report.add(HTML_REMOVED, snippet.at(), what="HTML")
    return after


def _written(tokens: Sequence[Token], snippet: Snippet) -> Iterator[tuple[str, int]]:
    """Yield what was written as HTML, and where in the text. The same words in `code` before it are passed over."""
    place = 0
    for token in tokens:
        for child in token.children or (token,):
            words = child.content.strip()
            start = snippet.text.find(words, place) if words else -1
            is_html = child.type in ("html_block", "html_inline")
            if start >= 0 and (is_html or child.type in ("code_inline", "fence", "text")):
                place = start + len(words)
            if is_html:
                yield words, max(start if start >= 0 else snippet.text.find(words), 0)


def _halves(written: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str, int]]:
    """Yield (tag, name, where) for each start tag without an end tag, and each end tag without a start tag."""
    is_open: dict[str, list[tuple[str, int]]] = {}
    for words, at in written:
        for found in _TAG.finditer(words):
            name, place = found[1].lower(), at + found.start()
            if name not in TAGS or _NO_END.fullmatch(name) or found[2].endswith("/"):
                continue
            starts = is_open.setdefault(name, [])
            if not _END.match(found[0]):
                starts.append((found[0], place))
            elif starts:
                starts.pop()
            else:
                yield found[0], name, place
    for name, starts in is_open.items():
        for tag, place in starts:
            yield tag, name, place


def _is_markup(tag: re.Match[str]) -> bool:
    """Return whether somebody meant a tag as one: words without a value in it are words, as in a<b and c>d."""
    attributes = [name for name in _NAME.finditer(tag[2].rstrip("/")) if "=" not in name[0]]
    return all(_SWITCHES.fullmatch(name[1].lower()) for name in attributes)


def _removed(words: str) -> Iterator[tuple[str, int]]:
    """Yield (what was removed, where it begins) for each tag and attribute that may not be used."""
    for found in _TAG.finditer(words):
        tag = found[1].lower()
        if tag not in TAGS or _OURS_ALONE.match(found[0]):
            yield f"<{tag}>", found.start()
            continue
        for name in _NAME.findall(found[2].rstrip("/")):
            if name.lower() not in _ATTRIBUTES | _ATTRIBUTES_OF.get(tag, frozenset()):
                yield name, found.start()


def _well_formed(text: str) -> str:
    """Return HTML in the form of XML: every element closed, every attribute quoted."""
    root = html.fragment_fromstring(text, create_parent="div")
    whole = etree.tostring(root, encoding="unicode", method="xml")
    return whole.removeprefix("<div>").removesuffix("</div>").removesuffix("<div/>").strip()


def _shape(text: str) -> str:
    return re.sub(r"\s+", " ", text)
