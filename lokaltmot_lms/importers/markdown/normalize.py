"""Changes a tree of clean HTML into forms that our Markdown can express."""

import re

from lxml import etree

from lokaltmot_lms.importers.markdown.blocks import BLOCKS, blocks_of

GONE = "lm-gone"  # elements renamed to this are unwrapped


def flatten(root: etree._Element) -> None:
    """Turn the blocks inside an element into lines. Code keeps its lines and indents."""
    for code in list(root.iter("pre")):
        _code_lines(code)
    for element in list(root.iter()):
        if element is root or not isinstance(element.tag, str) or element.tag not in BLOCKS:
            continue
        if element.tag == "li":
            element.text = f"– {(element.text or '').lstrip()}"
        if element.tag not in ("ul", "ol", "table", "tbody", "thead", "tr"):
            element.append(etree.Element("br"))
        element.tag = GONE
        element.attrib.clear()
    etree.strip_tags(root, GONE)
    for element in list(root.iter("br")):
        follows = element.getnext()
        is_last = follows is None and not (element.tail or "").strip()
        if is_last or (follows is not None and follows.tag == "br" and not (element.tail or "").strip()):
            _remove(element)


def _code_lines(code: etree._Element) -> None:
    """Turn a code block into inline code, one element per line, with no-break spaces for its indents."""
    for line_break in code.iter("br"):
        line_break.text = "\n"
    lines = "".join(code.itertext()).expandtabs(4).strip("\n").split("\n")
    tail = code.tail
    code.clear()
    code.tag, code.tail = "p", tail
    for number, line in enumerate(lines):
        if number:
            etree.SubElement(code, "br")
        inline = etree.SubElement(code, "code")
        inline.text = re.sub(r"^ +| {2,}", lambda spaces: "\u00a0" * len(spaces[0]), line.rstrip()) or "\u00a0"


def _remove(element: etree._Element) -> None:
    """Remove an element, but not the text after it."""
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def drop_empty(root: etree._Element) -> None:
    """Remove elements without text or images."""
    for element in reversed(list(root.iter())):
        if element is root or element.tag in ("br", "hr", "img", "td", "th", "wbr", "col", "colgroup"):
            continue
        if not "".join(element.itertext()).strip() and element.find(".//img") is None:
            if element.tag not in BLOCKS:
                element.tail = "".join(element.itertext()) + (element.tail or "")
            _remove(element)


def in_blocks(root: etree._Element) -> etree._Element:
    """Return a text with its loose text in paragraphs."""
    result = etree.Element("div")
    for block in list(blocks_of(root)):
        block.tail = None
        result.append(block)
    return result


def trim(paragraph: etree._Element) -> None:
    """Remove line breaks from the ends of a paragraph."""
    for at in (0, -1):
        while len(paragraph) and paragraph[at].tag == "br":
            if at == 0 and (paragraph.text or "").strip():
                break
            if at == -1 and (paragraph[at].tail or "").strip():
                break
            _remove(paragraph[at])


def separate_images(paragraph: etree._Element) -> None:
    """Move an image at the start or end of a paragraph to one of its own, as our format reads it."""
    parent = paragraph.getparent()
    if parent is None or paragraph.find(".//img") is None:
        return
    while len(paragraph) and paragraph[0].tag == "img" and not (paragraph.text or "").strip():
        picture = paragraph[0]
        if len(paragraph) == 1 and not (picture.tail or "").strip():
            break
        paragraph.text, picture.tail = picture.tail, None
        alone = etree.Element("p")
        alone.append(picture)
        paragraph.addprevious(alone)
        trim(paragraph)
    if len(paragraph) > 1 and paragraph[-1].tag == "img" and not (paragraph[-1].tail or "").strip():
        alone = etree.Element("p")
        alone.append(paragraph[-1])
        alone.tail, paragraph.tail = paragraph.tail, None
        paragraph.addnext(alone)
        trim(paragraph)
    elif _ends_with_image(paragraph) and (paragraph.text or "").strip():
        alone = etree.Element("p")
        alone.append(paragraph[0])
        paragraph.addnext(alone)


def _ends_with_image(paragraph: etree._Element) -> bool:
    return len(paragraph) == 1 and paragraph[0].tag == "img" and not (paragraph[0].tail or "").strip()


def lines_of_lists(root: etree._Element, place: str) -> bool:
    """Turn lists and tables with links, images or gaps into lines: the text of a question can't contain such lists.

    place: the sign that begins the place of a gap. Returns whether a table lost its rows and columns.
    """
    is_flattened = False
    for child in list(root):
        has_gap = place in "".join(child.itertext())
        inner = child.find(".//a") is not None or child.find(".//img") is not None
        is_odd = child.tag in ("ul", "table", "dl") or (child.tag == "ol" and child.find(".//ul") is not None)
        is_raw = child.tag in BLOCKS and child.tag != "p" and (child.tag != "ol" or len(child) < 2 or is_odd)
        if (inner and is_odd) or (has_gap and is_raw):
            is_flattened = is_flattened or child.tag == "table"
            flatten(child)
            for leftover in child.iter("ul", "ol", "table", "tbody", "thead", "tr"):
                leftover.tag = GONE
            etree.strip_tags(child, GONE)
            child.tag = "p"
            child.attrib.clear()
            trim(child)
    return is_flattened


def split_code(root: etree._Element) -> None:
    """Give each line of inline code an element of its own, without other markup in it."""
    codes = [code for code in root.iter("code") if len(code) and next(code.iterancestors("pre"), None) is None]
    for code in codes:
        for line_break in code.iter("br"):
            line_break.text = "\n"
        first, *lines = "".join(code.itertext()).split("\n")
        tail = code.tail
        code.clear()
        code.text = first
        last = code
        for line in lines:
            line_break, following = etree.Element("br"), etree.Element("code")
            following.text = line
            last.addnext(line_break)
            line_break.addnext(following)
            last = following
        last.tail = tail


def in_paragraph(element: etree._Element) -> bool:
    """Return whether an element is inside a paragraph, heading or emphasis."""
    return any(parent.tag in ("p", "h2", "h3", "h4", "h5", "h6", "em", "strong") for parent in element.iterancestors())


def into_strong(element: etree._Element) -> None:
    """Turn a heading into a paragraph of strong text."""
    strong = etree.Element("strong")
    strong.text, element.text = element.text, None
    for child in list(element):
        strong.append(child)
    element.append(strong)
    element.tag = "p"
