"""Turns the HTML of running text into Markdown: paragraphs, sub-headings, lists, quotes, code and tables."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from lxml import etree

from lokaltmot_lms.importers.markdown.escape import line_start
from lokaltmot_lms.importers.markdown.inline import Hand, line_of, root_of
from lokaltmot_lms.model import Text

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "caption", "details", "dd", "div", "dl", "dt", "figcaption", "figure"}
    | {"footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_LONGEST = 9_000  # the reader takes lines up to 10,000 characters


def prose(text: Text, hand: Hand, name: str = "") -> str:
    """Return running text as Markdown, with a blank line between its blocks. name: of the parts that they are."""
    return "\n\n".join(part for part in _parts(root_of(text), hand, name) if part)


def _parts(root: etree._Element, hand: Hand, name: str = "") -> Iterator[str]:
    last = ""
    for at, element in enumerate(blocks_of(root)):
        part = _part(element, hand.at(name, at) if name else hand)
        # Two lists of one kind in a row would be read as one.
        is_list = str(element.tag) in ("ul", "ol") and not part.startswith("<")
        if is_list and last == element.tag:
            part = raw(element)
        last = str(element.tag) if is_list else ""
        yield part


def blocks_of(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the blocks inside an element. Loose text between them becomes paragraphs."""
    loose = etree.Element("p")
    loose.text = root.text
    for child in root:
        if child.tag in BLOCKS:
            if _has_content(loose):
                yield loose
            yield child
            loose = etree.Element("p")
            loose.text = child.tail
        else:
            loose.append(_copy(child))
    if _has_content(loose):
        yield loose


def _copy(element: etree._Element) -> etree._Element:
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    copy.tail = element.tail
    return copy


def _has_content(element: etree._Element) -> bool:
    return (
        bool("".join(element.itertext()).strip())
        or element.find(".//img") is not None
        or element.find("br") is not None
    )


def _part(element: etree._Element, hand: Hand) -> str:
    match element.tag:
        case "p" if not element.attrib:
            return paragraph(line_of(element, hand), hand)
        case "h2" | "h3" | "h4" | "h5" | "h6" if not element.attrib:
            return f"{'#' * int(element.tag[1])} {line_of(element, hand)}"
        case "hr":
            return "---" if not hand.in_question else "<hr>"
        case "ul" | "ol" if not hand.in_question and _is_plain_list(element):
            return "\n".join(_list(element, hand))
        case "ol" if _is_plain_list(element) and not element.findall(".//ul"):
            return "\n".join(_list(element, hand))
        case "blockquote" if not hand.in_question and not element.attrib:
            inside = "\n\n".join(_parts(element, hand))
            return "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))
        case "pre" if not hand.in_question and (words := _code(element)) is not None:
            return fenced(words)
        case "table" if (rows := _rows(element)) is not None:
            return "\n".join(_table(rows, hand))
    return raw(element)


def paragraph(line: str, hand: Hand) -> str:
    """Return a line as a paragraph, broken between words when it is too long for our reader."""
    line = line_start(line, in_question=hand.in_question)
    lines: list[str] = []
    while len(line) > _LONGEST and (at := line.rfind(" ", 0, _LONGEST)) > 0:
        lines.append(line[:at])
        line = line_start(line[at + 1 :], in_question=hand.in_question)
    return "\n".join([*lines, line])


def _is_plain_list(element: etree._Element) -> bool:
    """Return whether Markdown can express a list: items of text and lists, all with paragraphs or none.

    Our reader refuses a list of one item, which is often a sentence that begins with a dash or a number.
    """
    items = list(element)
    if len(items) < 2 or set(element.attrib) - {"start"} or any(item.tag != "li" or item.attrib for item in items):
        return False
    if len({item.find("p") is not None for item in items}) > 1:
        return False
    is_loose = items[0].find("p") is not None
    for item in items:
        blocks = [str(child.tag) for child in item if child.tag in BLOCKS]
        if not _has_content(item) or set(blocks) - {"p", "ul", "ol"} or not _is_in_order(item, is_loose=is_loose):
            return False
        if not all(_is_plain_list(child) for child in item if child.tag in ("ul", "ol")):
            return False
    return True


def _is_in_order(item: etree._Element, *, is_loose: bool) -> bool:
    """Return whether an item has its text before its lists."""
    kinds = [str(block.tag) for block in blocks_of(item)]
    if kinds[:1] != ["p"] or (not is_loose and (kinds.count("p") > 1 or len(kinds) > 2)):
        return False
    lists = kinds[kinds.count("p") :]
    return "p" not in lists and all(one != other for one, other in pairwise(lists))


def _list(element: etree._Element, hand: Hand) -> Iterator[str]:
    number = int(element.get("start", "1")) if element.get("start", "1").isdigit() else 1
    is_loose = element[0].find("p") is not None
    for index, item in enumerate(element):
        mark = "- " if element.tag == "ul" else f"{number + index}. "
        if index and is_loose:
            yield ""
        first = True
        for block in blocks_of(item):
            is_words = block.tag == "p"
            lines = [paragraph(line_of(block, hand), hand)] if is_words else list(_list(block, hand))
            if is_loose and not first:
                yield ""
            for line in "\n".join(lines).split("\n"):
                yield f"{mark if first else ' ' * len(mark)}{line}".rstrip()
                first = False


def _code(element: etree._Element) -> str | None:
    """Return the text of a code block without a language; None when it contains anything else."""
    inner = (
        element[0] if len(element) == 1 and element[0].tag == "code" and not (element.text or "").strip() else element
    )
    if len(inner) or (inner is not element and (inner.tail or "").strip()):
        return None
    return inner.text or ""


def fenced(words: str) -> str:
    """Return a text as a code block, inside a fence that is longer than any in the text."""
    fence = "```"
    while fence in words:
        fence += "`"
    return f"{fence}\n{words.rstrip(chr(10))}\n{fence}"


def _rows(table: etree._Element) -> list[etree._Element] | None:
    """Return the rows of a table that Markdown can express: one header row, no merged cells, only inline text."""
    head = table.find("thead")
    parts = [str(child.tag) for child in table]
    if head is None or len(head) != 1 or set(parts) - {"thead", "tbody"} or table.attrib:
        return None
    rows = list(table.iter("tr"))
    width = len(rows[0])
    for row in rows:
        cells = list(row)
        if len(cells) != width or row.attrib or any(cell.attrib or cell.find(".//*[p]") is not None for cell in cells):
            return None
        if any(descendant.tag in BLOCKS for cell in cells for descendant in cell.iterdescendants()):
            return None
    return rows if width else None


def _table(rows: list[etree._Element], hand: Hand) -> Iterator[str]:
    for index, row in enumerate(rows):
        cells = (line_of(cell, hand).replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(cells)} |"
        if not index:
            yield f"|{' --- |' * len(row)}"


def raw(element: etree._Element) -> str:
    """Return an element as HTML. Each line begins with a tag, so that none is read as Markdown."""
    parts: list[str] = []
    _put(element, parts, is_code=False)
    return "".join(parts)


def _put(element: etree._Element, parts: list[str], *, is_code: bool) -> None:
    attributes = "".join(f' {name}="{escape(str(value))}"' for name, value in element.attrib.items())
    parts.append(f"<{element.tag!s}{attributes}>")
    is_code = is_code or element.tag == "pre"
    parts.append(_words(element.text, is_code=is_code))
    for child in element:
        if element.tag in ("table", "tbody", "thead", "ul", "ol", "dl") and len(parts) > 40:
            parts.append("\n")
        _put(child, parts, is_code=is_code)
        parts.append(_words(child.tail, is_code=is_code))
    if element.tag not in ("br", "hr", "img", "wbr"):
        parts.append(f"</{element.tag!s}>")


def _words(text: str | None, *, is_code: bool) -> str:
    words = escape(text or "", quote=False)
    return words.replace("\n", "&#10;") if is_code else " ".join(words.split(" ")).replace("\n", " ")
