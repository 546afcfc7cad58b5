"""An author's text as data for paper: paragraphs, lists, tables and marks; none of it is ever Typst source."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

from lokaltmot_lms.model import Text
from lokaltmot_lms.targets.paper.context import PaperContext, Part

_INLINE: Mapping[str, str] = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
    "code": "code", "kbd": "code", "samp": "code", "sub": "sub", "sup": "sup", "small": "small",
}  # fmt: skip
_HEADINGS = {"h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCKS = frozenset({"p", "ul", "ol", "dl", "table", "blockquote", "pre", "div", "figure", "details", "hr"}) | set(
    _HEADINGS
)


def parts(text: Text | None, context: PaperContext) -> list[Part]:
    """Return a text as a list of block parts."""
    return [] if text is None else list(_flow(_parsed(text), context))


def inline(text: Text | None, context: PaperContext) -> list[Part]:
    """Return a text as a list of inline parts."""
    return [] if text is None else list(_line(_parsed(text), context))


def _parsed(text: Text) -> etree._Element:
    return etree.fromstring(f"<div>{text.html.replace('&nbsp;', chr(160))}</div>")


def _flow(element: etree._Element, context: PaperContext) -> Iterator[Part]:
    """Yield the blocks in an element; inline content between them becomes paragraphs."""
    loose: list[Part] = [element.text] if element.text else []
    for child in element:
        if child.tag in _BLOCKS:
            yield from _paragraph(loose)
            loose = []
            yield from _block(child, context)
        else:
            loose += _mark(child, context)
        if child.tail:
            loose.append(child.tail)
    yield from _paragraph(loose)


def _paragraph(loose: list[Part]) -> Iterator[Part]:
    if any(not isinstance(part, str) or part.strip() for part in loose):
        yield {"t": "p", "c": loose}


def _block(element: etree._Element, context: PaperContext) -> Iterator[Part]:
    match element.tag:
        case "p":
            yield from _picture_or_paragraph(element, context)
        case "ul" | "ol":
            start = element.get("start", "1")
            items = [list(_flow(item, context)) for item in element if item.tag == "li"]
            yield {"t": element.tag, "start": int(start) if start.isdecimal() else 1, "items": items}
        case "dl":
            yield {"t": "terms", "items": list(_terms(element, context))}
        case "table":
            yield _table(element, context)
        case "blockquote":
            yield {"t": "quote", "c": list(_flow(element, context))}
        case "pre":
            yield {"t": "p", "c": [{"t": "code", "c": ["".join(map(str, element.itertext()))]}]}
        case "hr":
            yield {"t": "rule"}
        case tag if tag in _HEADINGS:
            yield {"t": "heading", "level": _HEADINGS[str(tag)], "c": list(_line(element, context))}
        case _:
            yield from _flow(element, context)


def _picture_or_paragraph(element: etree._Element, context: PaperContext) -> Iterator[Part]:
    pictures = element.findall(".//img")
    words = "".join(map(str, element.itertext())).strip()
    if words or not pictures:
        yield {"t": "p", "c": list(_line(element, context))}
    for picture in pictures:
        name = context.picture(picture.get("src", ""))
        if name:
            yield {"t": "figure", "src": name, "alt": picture.get("alt", ""), "caption": []}


def _line(element: etree._Element, context: PaperContext) -> Iterator[Part]:
    if element.text:
        yield element.text
    for child in element:
        yield from _mark(child, context)
        if child.tail:
            yield child.tail


def _mark(element: etree._Element, context: PaperContext) -> Iterator[Part]:
    tag = str(element.tag)
    inside = list(_line(element, context))
    address = element.get("href", "")
    if tag == "br":
        yield {"t": "br"}
    elif element.get("data-gap"):
        yield {"t": "blank", "c": [element.get("data-gap")]}
    elif tag == "a" and address.startswith(("http:", "https:")):
        # On paper the address must be visible.
        yield {"t": "link", "to": address, "c": inside, "told": address not in "".join(map(str, element.itertext()))}
    elif tag == "a" and address.startswith(("tel:", "mailto:")):
        # No link: Typst names the links of telephones and mailboxes in English, and readers hear that name.
        yield from _with_address(inside, address.partition(":")[2].partition("?")[0])
    elif element.get("lang"):
        yield {"t": "lang", "lang": element.get("lang", "").split("-")[0], "c": inside}
    elif tag in _INLINE:
        yield {"t": _INLINE[tag], "c": inside}
    else:
        yield from inside


def _with_address(inside: list[Part], address: str) -> Iterator[Part]:
    """Yield the words of a link with the number or mailbox behind them, unless they are just that."""
    yield from inside
    words = "".join(part for part in inside if isinstance(part, str))
    if re.sub(r"\W", "", address) not in re.sub(r"\W", "", words):
        yield f" ({unquote(address)})"


def _terms(element: etree._Element, context: PaperContext) -> Iterator[Part]:
    word: list[Part] = []
    for child in element:
        if child.tag == "dt":
            word = list(_line(child, context))
        elif child.tag == "dd":
            yield {"word": word, "c": list(_flow(child, context))}


def _table(element: etree._Element, context: PaperContext) -> Part:
    rows = [[list(_flow(cell, context)) for cell in row if cell.tag in ("th", "td")] for row in element.iter("tr")]
    width = max((len(row) for row in rows), default=1)
    full = [row + [[]] * (width - len(row)) for row in rows]
    is_headed = element.find(".//tr/th") is not None
    return {"t": "table", "head": full[0] if is_headed else [], "rows": full[1:] if is_headed else full, "widths": []}
