"""Tidies a tree of clean HTML into the forms that our Markdown has marks for."""

from lxml import etree

from lokaltmot_lms.importers.markdown.blocks import BLOCKS, blocks_of

GONE = "lm-gone"  # elements renamed to this are unwrapped


def flatten(root: etree._Element) -> None:
    """Turn the blocks inside an element into lines."""
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


def _remove(element: etree._Element) -> None:
    """Take an element out, and leave the words after it."""
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
    """Take out elements without words or pictures."""
    for element in reversed(list(root.iter())):
        if element is root or element.tag in ("br", "hr", "img", "td", "th", "wbr", "col", "colgroup"):
            continue
        if not "".join(element.itertext()).strip() and element.find(".//img") is None:
            if element.tag not in BLOCKS:
                element.tail = "".join(element.itertext()) + (element.tail or "")
            _remove(element)


def in_blocks(root: etree._Element) -> etree._Element:
    """Return a text whose loose words stand in paragraphs."""
    made = etree.Element("div")
    for block in list(blocks_of(root)):
        block.tail = None
        made.append(block)
    return made


def trim(paragraph: etree._Element) -> None:
    """Take line breaks away from the ends of a paragraph."""
    for at in (0, -1):
        while len(paragraph) and paragraph[at].tag == "br":
            if at == 0 and (paragraph.text or "").strip():
                break
            if at == -1 and (paragraph[at].tail or "").strip():
                break
            _remove(paragraph[at])


def part_pictures(paragraph: etree._Element) -> None:
    """Give a picture at the start or the end of a paragraph one of its own: our format reads it so."""
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
    elif len(paragraph) == 1 and paragraph[0].tag == "img" and (paragraph.text or "").strip():
        alone = etree.Element("p")
        alone.append(paragraph[0])
        paragraph.addnext(alone)


def lines_of_lists(root: etree._Element) -> None:
    """Turn lists that hold links or pictures into lines: in the text of a question such a list has no Markdown."""
    for child in list(root):
        links = child.find(".//a") is not None or child.find(".//img") is not None
        if (links and child.tag in ("ul", "table", "dl")) or (
            links and child.tag == "ol" and child.find(".//ul") is not None
        ):
            flatten(child)
            for leftover in child.iter("ul", "ol", "table", "tbody", "thead", "tr"):
                leftover.tag = GONE
            etree.strip_tags(child, GONE)
            child.tag = "p"
            child.attrib.clear()
            trim(child)


def in_paragraph(element: etree._Element) -> bool:
    """Return whether an element stands inside a line of text."""
    return any(parent.tag in ("p", "h2", "h3", "h4", "h5", "h6", "em", "strong") for parent in element.iterancestors())


def into_strong(element: etree._Element) -> None:
    """Turn a heading into a paragraph of strong words."""
    strong = etree.Element("strong")
    strong.text, element.text = element.text, None
    for child in list(element):
        strong.append(child)
    element.append(strong)
    element.tag = "p"
