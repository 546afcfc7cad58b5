"""Cleans HTML from untrusted sources and returns it as texts of our model."""

import base64
import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

import nh3
from lxml import etree, html

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imported_documents import ANCHOR_LEFT_OUT
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
    separate_images,
    split_code,
    trim,
)
from lokaltmot_lms.model import Text
from lokaltmot_lms.source.paths import is_address
from lokaltmot_lms.source.raw_html import TAGS
from lokaltmot_lms.texts import N_

# The place of a gap in a text, by its number. Cleaning leaves it as it is.
_OPEN, _CLOSE = "\ue000", "\ue001"
PLACE = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")

# Returns the path in the course for an address in the source, or "#id" for a page; None when there is no such file,
# "" when the file was refused and reported.
Find = Callable[[str, Position], str | None]

_EXTRA = frozenset(
    {"h1", "strike", "section", "article", "main", "header", "footer", "center", "tt", "col", "colgroup"}
)
# Their content is not part of the text: scripts, styles and controls.
_WITHOUT_TEXT = frozenset(
    {"script", "style", "title", "template", "noscript", "nav", "button", "select", "textarea", "svg", "dialog"}
)
_RENAMED = {"b": "strong", "i": "em", "h1": "h2", "strike": "del", "tt": "code", "center": "div"}
_DROPPED = frozenset(
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
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_FORMULA = re.compile(r"\\\(.{1,300}?\\\)|\\\[.{1,300}?\\\]|\$\$.{1,300}?\$\$", re.DOTALL)
_EMBEDDED = re.compile(r"data:image/([a-z+]{1,10});base64,\s*([A-Za-z0-9+/=\s]*)$")
_IMAGE_MISSING = N_("(Image missing: {file})")
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|bmp)", re.IGNORECASE)
_CONTAINERS = frozenset({"div", "section", "article", "main", "header", "footer"})


def place_of(number: int | str) -> str:
    """Return the mark of a place with this number. PLACE matches it."""
    return f"{_OPEN}{number}{_CLOSE}"


def nowhere(_address: str, _at: Position) -> str | None:
    """Find no file."""
    return None


def plain_html(words: str) -> str:
    """Return plain text as HTML. An empty line separates paragraphs; a line end becomes <br>."""
    paragraphs = re.split(r"\n\s*\n", words.strip())
    return "".join(
        f"<p>{escape(part.strip(), quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip()
    )


class Cleaner:
    """Reads the HTML of one question or page. name: for messages."""

    def __init__(self, context: ImportContext, name: str, at: Position, find: Find = nowhere) -> None:
        self.name = name
        self._context = context
        self._at = at
        self._find = find
        self._lost = ""

    def root(self, source: str, *, in_question: bool = False) -> etree._Element:
        """Return clean HTML as a tree under a div: well-formed, and only with elements that our format can express."""
        source = CONTROL.sub(" ", source)
        self._lost = ""
        self._report_losses(source)
        attributes = {tag: {*_KEPT.get(tag, ()), "lang"} for tag in TAGS | _EXTRA}
        safe = nh3.clean(
            source,
            tags=set(TAGS | _EXTRA),
            clean_content_tags=set(_WITHOUT_TEXT),
            attributes=attributes,
            link_rel=None,
            url_schemes={"http", "https", "mailto", "tel", "data"},
        )
        root: etree._Element = html.fragment_fromstring(safe or " ", create_parent="div")
        for element in list(root.iter()):
            if element is not root and isinstance(element.tag, str):
                self._clean_element(element, in_question=in_question)
        etree.strip_tags(root, GONE)
        split_code(root)
        drop_empty(root)
        root = in_blocks(root)
        for paragraph in list(root.iterchildren("p")):
            trim(paragraph)
            separate_images(paragraph)
        if in_question and lines_of_lists(root, _OPEN):
            self._context.report(FLATTENED, self._at, name=self.name)
        return etree.fromstring(etree.tostring(root, encoding="unicode", with_tail=False))

    def text(self, source: str, *, in_question: bool = False) -> Text | None:
        """Return running text; None when it has no text and no image."""
        return text_of(self.root(source, in_question=in_question), self._at)

    def line(self, source: str) -> Text | None:
        """Return a text on one line. Paragraphs and lists are joined with <br>."""
        root = self.root(source, in_question=True)
        self._flatten(root)
        return text_of(root, self._at, inline=True) or self._for_lost_image()

    def _for_lost_image(self) -> Text | None:
        """Return words for an answer that was nothing but an image that is missing, so that no answer is lost."""
        if not self._lost:
            return None
        words = self._context.words(_IMAGE_MISSING).format(file=self._lost)
        return words_text(words, self._at)

    def flat(self, root: etree._Element) -> Text | None:
        """Return the content of an element as one line."""
        copy = etree.fromstring(etree.tostring(root, with_tail=False))
        copy.tag = "div"
        copy.attrib.clear()
        self._flatten(copy)
        return text_of(copy, self._at, inline=True)

    def _flatten(self, root: etree._Element) -> None:
        blocks = [element for element in root.iter() if element is not root and element.tag in BLOCKS]
        if any(element.tag not in ("p", "pre") for element in blocks):
            self._context.report(FLATTENED, self._at, name=self.name)
        flatten(root)

    def _report_losses(self, source: str) -> None:
        known = TAGS | _EXTRA | _DROPPED
        tags = dict.fromkeys(found.lower() for found in _TAG.findall(source))
        unknown = [f"<{tag}>" for tag in tags if tag not in known and tag.partition(":")[0] not in known]
        if unknown:
            self._context.report(HTML_LEFT_OUT, self._at, what=" ".join(unknown), name=self.name)
        if _FORMULA.search(source):
            self._context.report(FORMULA, self._at, name=self.name)

    def _clean_element(self, element: etree._Element, *, in_question: bool) -> None:
        tag = _RENAMED.get(str(element.tag), str(element.tag))
        element.tag = tag
        language = element.attrib.pop("lang", "")
        for attribute, value in list(element.attrib.items()):
            if attribute not in _KEPT.get(tag, ()):
                del element.attrib[attribute]
            elif PLACE.search(value):  # a gap in an attribute would be invisible
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
        elif tag in _CONTAINERS:
            has_blocks = any(child.tag in BLOCKS for child in element.iterdescendants() if isinstance(child.tag, str))
            element.tag = GONE if has_blocks or in_paragraph(element) else "p"
        elif in_question and re.fullmatch(r"h[2-6]", tag):
            into_strong(element)

    def _picture(self, element: etree._Element) -> None:
        address = unescape(element.get("src", ""))
        alt = " ".join(element.get("alt", "").split())
        if _FILE_NAME.fullmatch(alt):  # programs put the name of the file there; it describes nothing
            alt = ""
        embedded = _EMBEDDED.match(address)
        path = self._embedded(embedded) if embedded else self._find(address, self._at)
        if not path:
            element.tag = GONE
            element.attrib.clear()
            if "equation_images" in address:  # Canvas renders formulas as images on its server; alt is the LaTeX
                self._context.report(FORMULA, self._at, name=self.name)
                element.text = alt
                return
            # The description is not a text that learners have read so far; it can even be the answer.
            self._lost = address.rpartition("/")[2] or "?"
            if path is None:
                self._context.report(FILE_MISSING, self._at, file=unquote(address) or "?")
            return
        element.set("src", path)
        element.set("alt", alt)
        if not alt:
            self._context.report(PICTURE_TO_DESCRIBE, self._at, file=path)

    def _embedded(self, found: re.Match[str]) -> str | None:
        """Store an image embedded as a data URL."""
        try:
            content = base64.b64decode(found[2], validate=False)
        except ValueError:
            content = b""
        return self._context.add_media(f"bilde.{found[1].partition('+')[0]}", content, self._at) or ""

    def _link(self, element: etree._Element) -> None:
        address = unescape(element.get("href", "")).strip()
        inside = address.startswith("#")
        path = address if is_address(address) and not inside else self._find(address, self._at)
        if not path:
            if path is None and inside and address != "#":
                text = "".join(element.itertext())
                self._context.report(ANCHOR_LEFT_OUT, self._at, name=self.name, text=text)
            elif path is None and address and not inside:
                self._context.report(FILE_MISSING, self._at, file=unquote(address))
            element.tag = GONE
            element.attrib.clear()
        else:
            element.set("href", path)


def text_of(root: etree._Element, at: Position, *, inline: bool = False) -> Text | None:
    """Return the content of an element as a text; None when it is empty."""
    words = " ".join("".join(root.itertext()).split())
    if not words and root.find(".//img") is None:
        return None
    inside = etree.tostring(root, encoding="unicode", with_tail=False)
    inside = inside[inside.index(">") + 1 : inside.rindex("<")].strip()
    inside = PLACE.sub(lambda found: f'<span data-gap="{found[1]}"></span>', inside)
    return Text(html=inside, plain=PLACE.sub("…", words), inline=inline, at=at)


def plain_lines(root: etree._Element) -> str:
    """Return the words of an element with a line per block, as plain text. An image is its path and description."""
    parts: list[str] = []

    def put(element: etree._Element) -> None:
        is_line = element.tag in BLOCKS or element.tag == "br"
        if is_line:
            parts.append("\n")
        if element.tag == "img":
            parts.append(f" ![{element.get('alt', '')}]({element.get('src', '')}) ")
        parts.append(element.text or "")
        for child in element:
            put(child)
            parts.append(child.tail or "")
        if is_line:
            parts.append("\n")

    put(root)
    lines = (" ".join(line.split()) for line in PLACE.sub("…", "".join(parts)).split("\n"))
    return "\n".join(line for line in lines if line)


def joined(one: Text | None, other: Text | None) -> Text | None:
    """Return two one-line texts as one."""
    if one is None or other is None:
        return one or other
    return Text(html=f"{one.html}<br/>{other.html}", plain=f"{one.plain} {other.plain}", inline=True, at=one.at)


def words_text(words: str, at: Position) -> Text:
    """Return plain text as a text of one line."""
    words = " ".join(CONTROL.sub(" ", words).split())
    return Text(html=escape(words, quote=False), plain=words, inline=True, at=at)
