"""Cleans HTML that anyone may have written, and gives it as the texts of our model."""

import base64
import re
from collections.abc import Callable
from html import escape, unescape

import nh3
from lxml import etree, html

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imports import FILE_MISSING, FLATTENED, FORMULA, HTML_LEFT_OUT, PICTURE_TO_DESCRIBE
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.markdown.blocks import BLOCKS
from lokaltmot_lms.importers.markdown.normalize import (
    GONE,
    drop_empty,
    flatten,
    in_blocks,
    in_paragraph,
    into_strong,
    lines_of_lists,
    part_pictures,
    trim,
)
from lokaltmot_lms.model import Text
from lokaltmot_lms.source.paths import is_address
from lokaltmot_lms.source.raw_html import TAGS

# A place in a text that is no HTML yet, such as a gap, by its number: it comes through the cleaning untouched.
_OPEN, _CLOSE = "\ue000", "\ue001"
PLACE = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")

# Gives the path in the course for an address in the source, or "#id" for a page; None when there is no such file, and
# "" when the file was refused and that was said.
Find = Callable[[str, Position], str | None]

_EXTRA = frozenset(
    {"h1", "strike", "section", "article", "main", "header", "footer", "center", "tt", "col", "colgroup"}
)
# What stands inside these is no text of the page: programs, and the words on its controls.
_SILENT = frozenset(
    {"script", "style", "title", "template", "noscript", "nav", "button", "select", "textarea", "svg", "dialog"}
)
_RENAMED = {"b": "strong", "i": "em", "h1": "h2", "strike": "del", "tt": "code", "center": "div"}
_QUIET = frozenset(
    {"html", "head", "body", "meta", "title", "font", "big", "o", "style", "link", "label", "nobr", "acronym"}
)
_KEPT = {
    "a": ("href",),
    "img": ("src", "alt"),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
}
_TAG = re.compile(r"<\s*([a-zA-Z][\w-]*)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_FORMULA = re.compile(r"\\\(.{1,300}?\\\)|\\\[.{1,300}?\\\]|\$\$.{1,300}?\$\$", re.DOTALL)
_EMBEDDED = re.compile(r"data:image/([a-z+]{1,10});base64,\s*([A-Za-z0-9+/=\s]*)$")
_ROOMS = frozenset({"div", "section", "article", "main", "header", "footer"})


def place_of(number: int | str) -> str:
    """Return what stands in a text at a place of a number, which PLACE finds again."""
    return f"{_OPEN}{number}{_CLOSE}"


def nowhere(_address: str, _at: Position) -> str | None:
    """Find nothing."""
    return None


def plain_html(words: str) -> str:
    """Return plain words as HTML; an empty line parts paragraphs, a line end stays one."""
    paragraphs = re.split(r"\n\s*\n", words.strip())
    return "".join(
        f"<p>{escape(part.strip(), quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip()
    )


class Cleaner:
    """Reads the HTML of one question or page. name: what it is called in messages."""

    def __init__(self, desk: ImportContext, name: str, at: Position, find: Find = nowhere) -> None:
        self._desk = desk
        self._name = name
        self._at = at
        self._find = find

    def root(self, source: str, *, in_question: bool = False) -> etree._Element:
        """Return clean HTML as a tree under a div: well-formed, with nothing in it that our format has no mark for."""
        source = _CONTROL.sub(" ", source)
        self._tell(source)
        attributes = {tag: {*_KEPT.get(tag, ()), "lang"} for tag in TAGS | _EXTRA}
        safe = nh3.clean(
            source,
            tags=set(TAGS | _EXTRA),
            clean_content_tags=set(_SILENT),
            attributes=attributes,
            link_rel=None,
            url_schemes={"http", "https", "mailto", "tel", "data"},
        )
        root: etree._Element = html.fragment_fromstring(safe or " ", create_parent="div")
        for element in list(root.iter()):
            if element is not root and isinstance(element.tag, str):
                self._touch(element, in_question=in_question)
        etree.strip_tags(root, GONE)
        drop_empty(root)
        root = in_blocks(root)
        for paragraph in list(root.iterchildren("p")):
            trim(paragraph)
            part_pictures(paragraph)
        if in_question:
            lines_of_lists(root)
        return etree.fromstring(etree.tostring(root, encoding="unicode", with_tail=False))

    def text(self, source: str, *, in_question: bool = False) -> Text | None:
        """Return running text; None when there are no words or pictures in it."""
        return text_of(self.root(source, in_question=in_question), self._at)

    def line(self, source: str) -> Text | None:
        """Return a text that must stand on one line: paragraphs and lists become lines in it."""
        root = self.root(source, in_question=True)
        self._flatten(root)
        return text_of(root, self._at, inline=True)

    def flat(self, root: etree._Element) -> Text | None:
        """Return what stands in an element as one line."""
        made = etree.fromstring(etree.tostring(root, with_tail=False))
        made.tag = "div"
        made.attrib.clear()
        self._flatten(made)
        return text_of(made, self._at, inline=True)

    def _flatten(self, root: etree._Element) -> None:
        blocks = [element for element in root.iter() if element is not root and element.tag in BLOCKS]
        if any(element.tag != "p" for element in blocks):
            self._desk.say(FLATTENED, self._at, name=self._name)
        flatten(root)

    def _tell(self, source: str) -> None:
        known = TAGS | _EXTRA | _QUIET
        tags = dict.fromkeys(found.lower() for found in _TAG.findall(source))
        strange = [f"<{tag}>" for tag in tags if tag not in known and tag.partition(":")[0] not in known]
        if strange:
            self._desk.say(HTML_LEFT_OUT, self._at, what=" ".join(strange), name=self._name)
        if _FORMULA.search(source):
            self._desk.say(FORMULA, self._at, name=self._name)

    def _touch(self, element: etree._Element, *, in_question: bool) -> None:
        tag = _RENAMED.get(str(element.tag), str(element.tag))
        element.tag = tag
        language = element.attrib.pop("lang", "")
        for attribute, value in list(element.attrib.items()):
            if attribute not in _KEPT.get(tag, ()):
                del element.attrib[attribute]
            elif PLACE.search(value):  # nothing can stand in a place that nobody sees
                element.set(attribute, PLACE.sub("", value))
        if tag == "img":
            self._picture(element)
        elif tag == "a":
            self._link(element)
        elif tag == "span":
            if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
                element.set("lang", language)
            else:
                element.tag = GONE
        elif tag in _ROOMS:
            has_blocks = any(child.tag in BLOCKS for child in element.iterdescendants() if isinstance(child.tag, str))
            element.tag = GONE if has_blocks or in_paragraph(element) else "p"
        elif in_question and re.fullmatch(r"h[2-6]", tag):
            into_strong(element)

    def _picture(self, element: etree._Element) -> None:
        address = unescape(element.get("src", ""))
        alt = " ".join(element.get("alt", "").split())
        embedded = _EMBEDDED.match(address)
        path = self._embedded(embedded) if embedded else self._find(address, self._at)
        if not path:
            if path == "":
                pass
            elif "equation_images" in address:  # Canvas draws formulas on its server; the description holds the formula
                self._desk.say(FORMULA, self._at, name=self._name)
            elif address.startswith(("http:", "https:")):
                self._desk.say(FILE_MISSING, self._at, file=address)
            element.tag, element.text = GONE, alt
            element.attrib.clear()
            return
        element.set("src", path)
        element.set("alt", alt)
        if not alt:
            self._desk.say(PICTURE_TO_DESCRIBE, self._at, file=path)

    def _embedded(self, found: re.Match[str]) -> str | None:
        """Put a picture that stands in its own address on the shelf."""
        try:
            content = base64.b64decode(found[2], validate=False)
        except ValueError:
            content = b""
        return self._desk.add_media(f"bilde.{found[1].partition('+')[0]}", content, self._at) or ""

    def _link(self, element: etree._Element) -> None:
        address = unescape(element.get("href", "")).strip()
        path = address if is_address(address) and not address.startswith("#") else self._find(address, self._at)
        if not path:
            if path is None and address and not address.startswith("#"):
                self._desk.say(FILE_MISSING, self._at, file=address)
            element.tag = GONE
            element.attrib.clear()
        else:
            element.set("href", path)


def text_of(root: etree._Element, at: Position, *, inline: bool = False) -> Text | None:
    """Return what stands inside an element as a text; None when nothing does."""
    words = " ".join("".join(root.itertext()).split())
    if not words and root.find(".//img") is None:
        return None
    inside = etree.tostring(root, encoding="unicode", with_tail=False)
    inside = inside[inside.index(">") + 1 : inside.rindex("<")].strip()
    inside = PLACE.sub(lambda found: f'<span data-gap="{found[1]}"></span>', inside)
    return Text(html=inside, plain=PLACE.sub("…", words), inline=inline, at=at)


def joined(one: Text | None, other: Text | None) -> Text | None:
    """Return two one-line texts as one."""
    if one is None or other is None:
        return one or other
    return Text(html=f"{one.html}<br/>{other.html}", plain=f"{one.plain} {other.plain}", inline=True, at=one.at)


def words_text(words: str, at: Position) -> Text:
    """Return plain words as a text of one line."""
    words = " ".join(_CONTROL.sub(" ", words).split())
    return Text(html=escape(words, quote=False), plain=words, inline=True, at=at)
