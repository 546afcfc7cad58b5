"""Writes an author's text as HTML for a page: glossary words become buttons, links open a new tab."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from lxml import etree
from markupsafe import Markup

from lokaltmot_lms.model import Glossary, Module, Text
from lokaltmot_lms.pages.media import Pictures
from lokaltmot_lms.texts import N_

Say = Callable[..., str]

# A text without any of these is used as the source reader wrote it.
_TOUCHED = ("data-term", "data-fact", "<img", "<a ", "<table")
_TOUCHED_INLINE = ("data-term", "data-fact", "<img", "<a ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """Writes texts as HTML. meanings: of glossary words, by the casefolded word. say: translates interface texts.

    numbers: for the ids of glossary words.
    """

    pictures: Pictures
    meanings: Mapping[str, str]
    say: Say
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def flow(self, text: Text | None) -> Markup:
        """Return a text that may contain blocks and buttons."""
        if text is None:
            return Markup()
        if not any(mark in text.html for mark in _TOUCHED):
            return Markup(text.html)  # noqa: S704  # cleaned by the reader
        root = _parsed(text.html)
        for element in list(root.iter("span", "img", "a", "table")):
            self._touch(element, buttons=True)
        return _written(root)

    def inline(self, text: Text | None) -> Markup:
        """Return a text for a label, heading or link: without buttons and links."""
        if text is None:
            return Markup()
        if not any(mark in text.html for mark in _TOUCHED_INLINE):
            return Markup(text.html)  # noqa: S704  # cleaned by the reader
        root = _parsed(text.html)
        for element in list(root.iter("span", "img")):
            self._touch(element, buttons=False)
        etree.strip_tags(root, "a")
        return _written(root)

    def _touch(self, element: etree._Element, *, buttons: bool) -> None:
        match element.tag:
            case "span" if "data-fact" in element.attrib:
                _unwrap(element)
            case "span" if "data-term" in element.attrib:
                self._term(element, buttons=buttons)
            case "img":
                _replace(element, self.pictures.picture(element.get("src", ""), element.get("alt", "")))
            case "a":
                self._link(element)
            case "table":
                self._table(element)

    def _term(self, element: etree._Element, *, buttons: bool) -> None:
        meaning = self.meanings.get(element.attrib["data-term"].casefold())
        if meaning is None or not buttons:
            _unwrap(element)
            return
        number = next(self.numbers)
        shown = etree.Element("span", {"class": "meaning", "id": f"lm-t{number}", "hidden": "hidden"})
        shown.text = f" ({meaning.rstrip('.')}) "
        shown.tail, element.tail = element.tail, None
        element.addnext(shown)
        element.tag = "button"
        for name, value in {
            "type": "button", "class": "term", "aria-expanded": "false", "aria-controls": f"lm-t{number}",
        }.items():  # fmt: skip
            element.set(name, value)

    def _link(self, element: etree._Element) -> None:
        if not element.get("href", "").startswith(("http:", "https:")):
            return
        # Other sites often refuse to load in an LMS's frame; a new tab also keeps the learner's place.
        element.set("target", "_blank")
        element.set("rel", "noopener noreferrer")
        note = etree.SubElement(element, "span", {"class": "sr"})
        note.text = " ({})".format(self.say(N_("opens in a new tab")))

    def _table(self, element: etree._Element) -> None:
        frame = etree.Element("section", {"class": "wide", "tabindex": "0", "aria-label": self.say(N_("Table"))})
        frame.tail, element.tail = element.tail, None
        parent = element.getparent()
        if parent is not None:
            parent.replace(element, frame)
            frame.append(element)


def subheadings(text: Text) -> list[str]:
    """Return the headings inside a text, as plain text."""
    if "<h" not in text.html:
        return []
    return ["".join(map(str, element.itertext())).strip() for element in _parsed(text.html).iter("h2", "h3", "h4")]


def glossary_meanings(module: Module) -> dict[str, str]:
    """Return the meaning of each word in a module's glossaries, as plain text, by the casefolded word."""
    return {
        term.word.casefold(): term.meaning.plain
        for page in module.pages
        for block in page.blocks
        if isinstance(block, Glossary)
        for term in block.terms
    }


def _parsed(html: str) -> etree._Element:
    # nh3 writes a no-break space by name; XML does not know that name.
    return etree.fromstring(f"<div>{html.replace('&nbsp;', chr(160))}</div>")


def _written(root: etree._Element) -> Markup:
    text = etree.tostring(root, encoding="unicode", method="html")
    return Markup(text.removeprefix("<div>").removesuffix("</div>"))  # noqa: S704  # the reader's text, cleaned


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        element.tag = "lm-unwrap"
        etree.strip_tags(parent, "lm-unwrap")


def _replace(element: etree._Element, new: etree._Element) -> None:
    new.tail = element.tail
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, new)
