"""Writes the content of a QTI 2 item as HTML, with marks where its interactions are."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

from lxml import etree

from lokaltmot_lms.errors import CourseError, Position
from lokaltmot_lms.errors.imports import FILE_MISSING, FORMULA, HTML_LEFT_OUT, SETTING_LEFT_OUT
from lokaltmot_lms.errors.question_files import TEXT_FOR_OTHERS
from lokaltmot_lms.importers import pictures
from lokaltmot_lms.importers.base import MOST_UNPACKED, READS_AS_TEXT
from lokaltmot_lms.importers.clean_html import Find
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.qti2.math import formula
from lokaltmot_lms.importers.qti2.names import with_plain_names
from lokaltmot_lms.importers.safe_open import place, read_xml
from lokaltmot_lms.model import Block, Film
from lokaltmot_lms.safe_zip import SafeZip

_INTERACTION = re.compile("\ue010([0-9]+)\ue011")
_VOID = frozenset({"br", "hr", "img", "col"})
# Their content is text; the element itself says nothing in our format.
_UNWRAPPED = frozenset(
    {"itemBody", "contentBody", "infoControl", "hottext", "templateInline", "templateBlock", "prompt", "figure",
     "picture", "bdi", "bdo", "label", "blockInteraction", "stimulusBody"}
)  # fmt: skip
_INLINE = frozenset({"textEntryInteraction", "inlineChoiceInteraction", "gap"})
_FEEDBACK = frozenset({"feedbackInline", "feedbackBlock"})
# Read elsewhere: their place in the text says nothing.
_SILENT = frozenset({"track", "source", "param"})
_MEDIA = frozenset({"video", "audio"})
_INCLUDED = 3  # documents in documents


@dataclass(slots=True, kw_only=True)
class ItemFiles:
    """The files next to a document. archive: None for a document that is not in a zip; name: of the document."""

    context: ImportContext
    archive: SafeZip | None
    name: str

    def entry(self, address: str) -> str | None:
        """Return the name in the zip of an address in the document; None when there is none."""
        if self.archive is None or not address:
            return None
        folder = posixpath.dirname(self.name)
        for start in (folder, ""):  # the name as it is first: names can contain % and #
            name = posixpath.normpath(posixpath.join(start, address.replace("\\", "/"))).lstrip("/")
            if name in self.archive.names:
                return name
        return self.archive.find(address, folder)

    def document(self, address: str) -> etree._Element | None:
        """Return the root of another document in the zip; None, with a report, when it is missing or can't be read."""
        entry = self.entry(address)
        if entry is None or self.archive is None:
            self.context.report(FILE_MISSING, self.context.at(1), file=unquote(address))
            return None
        try:
            content = self.archive.read(entry, most=READS_AS_TEXT)
            return with_plain_names(read_xml(content, place(self.archive.path)))
        except CourseError:
            self.context.report(FILE_MISSING, self.context.at(1), file=entry)
            return None

    def find(self, address: str, at: Position) -> str | None:
        """Return the path in the course of a file; "" when it is missing or refused, which is reported."""
        if address.startswith(("http:", "https:", "data:", "mailto:", "#")):
            return None
        entry = self.entry(address)
        if entry is None or self.archive is None:
            self.context.report(FILE_MISSING, at, file=unquote(address))
            return ""
        content = self.archive.read(entry, most=MOST_UNPACKED)
        return self.context.add_media(posixpath.basename(entry), content, at) or ""

    @property
    def finder(self) -> Find:
        """The function that finds the files for Cleaner."""
        return self.find


@dataclass(slots=True, kw_only=True)
class ItemBody:
    """Writes the HTML of one item. name: for messages; films: the videos and sounds that it has met."""

    files: ItemFiles
    name: str
    at: Position
    gap: Callable[[etree._Element], str]
    interactions: list[etree._Element] = field(default_factory=list)
    films: list[Block] = field(default_factory=list)

    def inside(self, element: etree._Element | None, depth: int = 0) -> str:
        """Return the content of an element as HTML."""
        if element is None:
            return ""
        parts = [_words(element.text)]
        for child in element:
            parts += [self._element(child, depth), _words(child.tail)]
        return "".join(parts)

    def _element(self, element: etree._Element, depth: int) -> str:
        name = str(element.tag)
        if name in _INLINE:
            return self.gap(element)
        if name == "mediaInteraction":
            return self.inside(element, depth)
        if name == "endAttemptInteraction":
            self.files.context.report(SETTING_LEFT_OUT, self.at, name=self.name, what=name)
            return ""
        if name.endswith("Interaction"):
            self.interactions.append(element)
            return f"\ue010{len(self.interactions) - 1}\ue011"
        if name in _FEEDBACK or name in _SILENT:
            return ""
        if name == "rubricBlock":
            return self._rubric(element, depth)
        if name == "math":
            self.files.context.report(FORMULA, self.at, name=self.name)
            return formula(element)
        if name == "object" or name in _MEDIA:
            return self._object(element, depth)
        if name == "include" and depth < _INCLUDED:
            root = self.files.document(element.get("href", ""))
            return self.inside(root, depth + 1)
        if name in _UNWRAPPED:
            return self.inside(element, depth)
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in element.attrib.items() if "{" not in key)
        if name in _VOID:
            return f"<{name}{attributes}>"
        return f"<{name}{attributes}>{self.inside(element, depth)}</{name}>"

    def _rubric(self, element: etree._Element, depth: int) -> str:
        readers = (element.get("view") or "candidate").split()
        if "candidate" in readers:
            return f"<div>{self.inside(element, depth)}</div>"
        self.files.context.report(TEXT_FOR_OTHERS, self.at, name=self.name, who=", ".join(readers))
        return ""

    def _object(self, element: etree._Element, depth: int) -> str:
        """Return an image as <img>. A video or sound becomes a block of its own; another object its text."""
        source = element.find("source")
        address = element.get("data") or element.get("src") or (source.get("src") if source is not None else "") or ""
        kind = element.get("type") or ""
        suffix = pictures.suffix_of(unquote(address.partition("?")[0]))
        if suffix in pictures.FILMS | pictures.SOUNDS or element.tag in _MEDIA or kind.startswith(("video/", "audio/")):
            self._film(element, address)
            return ""
        if suffix in pictures.PICTURES or kind.startswith("image/"):
            words = element.get("alt") or " ".join("".join(element.itertext()).split())
            return f'<img src="{escape(address)}" alt="{escape(words)}">'
        self.files.context.report(HTML_LEFT_OUT, self.at, what=f"<{element.tag!s}> {address}".strip(), name=self.name)
        return self.inside(element, depth)

    def _film(self, element: etree._Element, address: str) -> None:
        path = self.files.find(address, self.at)
        if not path:
            if path is None:
                self.files.context.report(FILE_MISSING, self.at, file=address or f"<{element.tag!s}>")
            return
        suffix = pictures.suffix_of(path)
        if suffix not in pictures.FILMS | pictures.SOUNDS:
            return
        tracks = [
            track.get("src", "") for track in element.iter("track") if track.get("kind", "captions") != "chapters"
        ]
        captions = self.files.find(tracks[0], self.at) if tracks else None
        kind = "video" if suffix in pictures.FILMS else "audio"
        title = element.get("title") or self.name
        self.films.append(Film(kind=kind, path=path, title=title, captions=captions or None, at=self.at))


def _words(text: str | None) -> str:
    return escape(text or "", quote=False)


def parts(html: str) -> Iterator[str | int]:
    """Yield the HTML between interactions, and the numbers of the interactions."""
    for at, part in enumerate(_INTERACTION.split(html)):
        yield int(part) if at % 2 else part


def feedback_of(element: etree._Element) -> list[etree._Element]:
    """Return the feedback inside an element, but not inside other feedback."""
    return [
        found
        for found in element.iter(*_FEEDBACK)
        if not any(parent.tag in _FEEDBACK for parent in found.iterancestors())
    ]
