"""The texts of a Moodle question: each has its own format, and its files next to it."""

import base64
import binascii
from html import escape
from urllib.parse import unquote

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imports import FILE_MISSING
from lokaltmot_lms.importers.clean_html import Cleaner, plain_html
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.gift.text import from_markdown, to_html
from lokaltmot_lms.model import Text

_FILES = "@@PLUGINFILE@@/"


def text_in(element: etree._Element, name: str) -> str:
    """Return the text in a child element with this name."""
    return (element.findtext(f"{name}/text") or "").strip()


class QuestionTexts:
    """Reads the texts of one question."""

    def __init__(self, context: ImportContext, element: etree._Element, name: str, at: Position) -> None:
        self._context = context
        self._element = element
        self._at = at
        self._name = name

    def root(self, name: str) -> etree._Element:
        """Return a text as a tree, for the text of a question."""
        child = self._element.find(name)
        return self.root_of(child, html(child)) if child is not None else etree.Element("div")

    def root_of(self, element: etree._Element, source: str) -> etree._Element:
        """Return HTML as a tree. element: the owner of the files in it."""
        return self._cleaner(element).root(source, in_question=True)

    def text(self, name: str) -> Text | None:
        """Return a running text."""
        child = self._element.find(name)
        return self._cleaner(child).text(html(child)) if child is not None else None

    def line(self, name: str) -> Text | None:
        """Return a text as one line."""
        child = self._element.find(name)
        return self.line_of(child) if child is not None else None

    def line_of(self, element: etree._Element) -> Text | None:
        """Return the text of an element as one line."""
        return self._cleaner(element).line(html(element))

    def answers(self) -> Text | None:
        """Return the answers of a question that can't be built, so that no text is lost."""
        found = [html(element) for element in self._element.iterfind("answer")]
        found += [
            f"{html(element)} – {escape(text_in(element, 'answer'))}"
            for element in self._element.iterfind("subquestion")
        ]
        found += [html(element) for kind in ("selectoption", "dragbox") for element in self._element.iterfind(kind)]
        items = "".join(f"<li>{item}</li>" for item in found if item.strip())
        return self._cleaner(self._element).text(f"<ul>{items}</ul>") if items else None

    def _cleaner(self, element: etree._Element) -> Cleaner:
        files = {file.get("name") or "": file for file in element.iterfind("file")}

        def find(address: str, at: Position) -> str | None:
            if not address.startswith(_FILES):
                return None
            name = unquote(address.removeprefix(_FILES).partition("?")[0])
            file = files.get(name)
            if file is None:
                file = files.get(name.rpartition("/")[2])
            if file is None:
                self._context.report(FILE_MISSING, at, file=name)
                return ""
            try:
                content = base64.b64decode(file.text or "", validate=False)
            except (binascii.Error, ValueError):
                content = b""
            return self._context.add_media(name.rpartition("/")[2], content, at) or ""

        return Cleaner(self._context, self._name, self._at, find)


def html(element: etree._Element) -> str:
    """Return the text of an element as HTML, whatever its format."""
    words = element.findtext("text") or ""
    match element.get("format", ""):
        case "plain_text":
            return plain_html(words)
        case "markdown":
            return from_markdown(words)
        case "moodle_auto_format":
            return to_html(words, "")
    return words
