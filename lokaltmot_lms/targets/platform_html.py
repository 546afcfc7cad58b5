"""An author's text as HTML for a platform's own editor: without our attributes, with images and links of the format."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from lxml import etree

from lokaltmot_lms.model import Gaps, Question, Text
from lokaltmot_lms.targets import xml

GAP = re.compile(r'<span data-gap="([^"]+)"></span>')  # as html() writes a gap
_GONE = "lm-gone"  # elements renamed to this are unwrapped at the end


def _nowhere(_id: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Addresses of files and pages in a format.

    picture: the address of a file of the course; None where no image can be shown, then its description is used.
    page: the address of an id in the module, None for no link.
    """

    picture: Callable[[str], str | None]
    page: Callable[[str], str | None] = _nowhere


def html(text: Text | None, places: Places) -> str:
    """Return a text as an HTML fragment; "" for none."""
    if text is None:
        return ""
    # &nbsp; is the only entity of the source reader that XML does not know.
    root = etree.fromstring(f"<div>{text.html.replace('&nbsp;', chr(160))}</div>")
    for element in list(root.iter("span", "img", "a")):
        _touch(element, places)
    etree.strip_tags(root, _GONE)
    return inner(root)


def inner(root: etree._Element) -> str:
    """Return the content of an element, as HTML."""
    children = (etree.tostring(child, encoding="unicode", method="html") for child in root)
    return escape(root.text or "", quote=False) + "".join(children)


def asked(question: Question, places: Places, picture: tuple[str, str] | None = None) -> str:
    """Return the HTML of a question: prompt, intro or text with gaps, and an image (path, description) if given."""
    body = question.body if isinstance(question, Gaps) else question.intro
    if body == question.prompt:  # the gaps are in the heading itself
        return f"<p>{html(body, places)}</p>"
    shown = f"<p>{html(question.prompt, places)}</p>{html(body, places)}"
    return shown + (image(*picture, places) if picture else "")


def image(path: str, alt: str, places: Places) -> str:
    """Return an image in a separate paragraph, or its description where no image can be shown."""
    paragraph = etree.Element("p")
    address = places.picture(path)
    if address is None:
        paragraph.text = xml.clean(alt)
    else:
        etree.SubElement(paragraph, "img", src=address, alt=xml.clean(alt))
    return etree.tostring(paragraph, encoding="unicode", method="html")


def is_plain(text: Text) -> bool:
    """Return whether a text has no formatting, so that a plain-text format loses nothing."""
    return "<" not in text.html.replace("<p>", "").replace("</p>", "")


def _touch(element: etree._Element, places: Places) -> None:
    for name in [name for name in element.attrib if str(name).startswith("data-") and name != "data-gap"]:
        del element.attrib[name]
    match element.tag:
        case "span" if not element.attrib:
            element.tag = _GONE
        case "img":
            address = places.picture(element.get("src", ""))
            if address is None:
                element.tag, element.text = _GONE, element.get("alt", "")
            else:
                element.set("src", address)
        case "a" if element.get("href", "").startswith("#"):
            address = places.page(element.get("href", "")[1:])
            if address is None:
                element.tag = _GONE
            else:
                element.set("href", address)
