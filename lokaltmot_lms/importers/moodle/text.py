"""The texts of a Moodle question: each has its own format, and its files next to it."""

import base64
import binascii
from html import escape
from urllib.parse import quote, unquote

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imports import FILE_MISSING
from lokaltmot_lms.importers.clean_html import Cleaner, plain_html, plain_lines
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.gift.text import from_markdown, to_html
from lokaltmot_lms.model import Text
from lokaltmot_lms.source.paths import is_address

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
        return self.root_of(child, self._html(child)) if child is not None else etree.Element("div")

    def root_of(self, element: etree._Element, source: str) -> etree._Element:
        """Return HTML as a tree. element: the owner of the files in it."""
        return self._cleaner(element).root(source, in_question=True)

    def text(self, name: str) -> Text | None:
        """Return a running text."""
        child = self._element.find(name)
        return self._cleaner(child).text(self._html(child)) if child is not None else None

    def line(self, name: str) -> Text | None:
        """Return a text as one line."""
        child = self._element.find(name)
        return self.line_of(child) if child is not None else None

    def line_of(self, element: etree._Element) -> Text | None:
        """Return the text of an element as one line."""
        return self._cleaner(element).line(html(element))

    def _html(self, element: etree._Element) -> str:
        """Return the HTML of an element; for the text of a question, followed by the image of Moodle 1.9."""
        name = self._old_image() if element.tag == "questiontext" else ""
        if not name:
            return html(element)
        address = name if is_address(name) else f"{_FILES}{quote(name)}"
        return f'{html(element)}<p><img src="{escape(address)}" alt=""></p>'

    def _old_image(self) -> str:
        return (self._element.findtext("image") or "").strip()

    def original(self, root: etree._Element) -> str:
        """Return the question as plain text, with its answers and their share of the points. root: its text."""
        answers, pairs = self._element.iterfind("answer"), self._element.iterfind("subquestion")
        lines = [
            plain_lines(root),
            *(f"- {answer.get('fraction', '0')} %: {self._plain(answer)}" for answer in answers),
            *(f"- {self._plain(pair)} => {text_in(pair, 'answer')}" for pair in pairs),
        ]
        for kind in ("selectoption", "dragbox"):
            lines += [f"- {self._plain(choice)}" for choice in self._element.iterfind(kind)]
        about = self._element.find("generalfeedback")
        return "\n".join([*lines, self._plain(about) if about is not None else ""])

    def _plain(self, element: etree._Element) -> str:
        return plain_lines(self._cleaner(element).root(html(element)))

    def _cleaner(self, element: etree._Element) -> Cleaner:
        files = {file.get("name") or "": file for file in element.iterfind("file")}
        old = self._element.find("image_base64")
        if old is not None and element.tag == "questiontext":
            files[self._old_image()] = old

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
