"""Divides the text of a question into its prompt and the text between that and the answers."""

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.importers.clean_html import PLACE, text_of, words_text
from lokaltmot_lms.importers.markdown.blocks import BLOCKS
from lokaltmot_lms.importers.markdown.normalize import GONE
from lokaltmot_lms.model import Text

_LONGEST_PROMPT = 500


def split_prompt(root: etree._Element, name: str, at: Position) -> tuple[Text, Text | None]:
    """Return the prompt of a question, and the text between it and the answers.

    The prompt is the first paragraph, or the question's name when that is a list, an image, a gap or too long. Images
    in the first paragraph come after it.
    """
    root = _images_behind(root)
    blocks = [child for child in root if child.tag in BLOCKS]
    loose = (root.text or "").strip() or any((child.tail or "").strip() for child in blocks)
    if not blocks:
        first, rest = root, None
    elif loose or blocks[0] is not root[0] or blocks[0].tag != "p":
        first, rest = None, root
    else:
        first = blocks[0]
        rest = _without_first(root) if len(root) > 1 else None
    prompt = text_of(_bare(first), at, inline=True) if first is not None else None
    if prompt is None or len(prompt.plain) > _LONGEST_PROMPT or "<img" in prompt.html or "data-gap" in prompt.html:
        return words_text(PLACE.sub("…", name) or "?", at), text_of(root, at)
    return prompt, text_of(rest, at) if rest is not None else None


def _images_behind(root: etree._Element) -> etree._Element:
    """Return a text with the images of a first paragraph that has words in paragraphs of their own behind it."""
    if not len(root) or root[0].tag != "p" or root[0].find(".//img") is None or not "".join(root[0].itertext()).strip():
        return root
    copy = etree.fromstring(etree.tostring(root, with_tail=False))
    first = copy[0]
    if PLACE.search("".join(first.itertext())):  # a text with gaps is no prompt
        return root
    for at, image in enumerate(list(first.iter("img")), start=1):
        alone = etree.Element("p")
        alone.append(etree.fromstring(etree.tostring(image, with_tail=False)))
        copy.insert(at, alone)
        image.tag = GONE
        image.attrib.clear()
    etree.strip_tags(first, GONE)
    return copy


def _bare(element: etree._Element) -> etree._Element:
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    copy.tag = "div"
    return copy


def _without_first(root: etree._Element) -> etree._Element:
    copy = etree.fromstring(etree.tostring(root, with_tail=False))
    copy.remove(copy[0])
    return copy
