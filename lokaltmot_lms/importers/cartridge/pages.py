"""Pages of a cartridge or a package: their HTML with images, videos and links."""

import posixpath
import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree, html

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imported_documents import ACTIVITY_LINK, ANCHOR_LEFT_OUT, LINK_TO_OTHER_MODULE
from lokaltmot_lms.errors.imports import FILE_MISSING
from lokaltmot_lms.importers import pictures
from lokaltmot_lms.importers.base import MOST_UNPACKED
from lokaltmot_lms.importers.cartridge.files import EntryFinder
from lokaltmot_lms.importers.cartridge.manifest import Cartridge, OutlineItem, read_page
from lokaltmot_lms.importers.clean_html import Cleaner, Find, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import prose
from lokaltmot_lms.model import Block, Film, Prose
from lokaltmot_lms.source.headings import suggestion
from lokaltmot_lms.texts import N_

# The addresses that Canvas writes for its own pages and activities (lib/cc/cc_helper.rb).
_CANVAS = re.compile(r"^\$(?:WIKI|CANVAS_OBJECT|CANVAS_COURSE)_REFERENCE\$/*([\w-]*)/*([^?#]*)", re.IGNORECASE)
_PAGE_KINDS = frozenset({"pages", "wiki"})
_PAGES = (".html", ".htm", ".xhtml")


_ACTIVITIES = {
    "assignment": N_("an assignment"),
    "quizze": N_("a quiz"),
    "quiz": N_("a quiz"),
    "discussiontopic": N_("a discussion"),
    "announcement": N_("an announcement"),
    "contextexternaltool": N_("an external tool"),
    "externaltool": N_("an external tool"),
    "module": N_("a module"),
    "attachment": N_("a file"),
    "file": N_("a file"),
}


class PagePlace(NamedTuple):
    """Where a page or quiz of the cartridge is in the course."""

    module: str
    id: str
    title: str


class Addresses:
    """Finds the pages and files that the texts of a cartridge refer to.

    places: by file name. They are complete before the first text is read. module: the one that is being filled.
    """

    def __init__(self, context: ImportContext, cartridge: Cartridge) -> None:
        self._context = context
        self._cartridge = cartridge
        self._entries = EntryFinder(cartridge.archive.names)
        self.places: dict[str, PagePlace] = {}
        self.module = ""
        self.linked: set[str] = set()

    def wanted(self, opens: str) -> str:
        """Return the wanted id of a page: the name of its file, so that links between pages still work."""
        name = self._cartridge.file_of(opens) or ""
        return _stem(name) if name.startswith("wiki_content/") else ""

    def finder(self, name: str) -> Find:
        """Return a function that finds the files a document refers to."""
        folder = posixpath.dirname(name)

        def find(address: str, at: Position) -> str | None:
            if address.startswith("#"):
                return None
            entry = self._entries.find(address, folder)
            if canvas := _CANVAS.match(unquote(address)):
                entry = self._page_of(canvas[1], canvas[2].rstrip("/"))
                if entry is None and canvas[1] not in _PAGE_KINDS:
                    self._context.report(ACTIVITY_LINK, at, kind=self._context.words(activity(canvas[1])))
                    return ""
            if entry is None:
                return None
            if entry in self.places or entry.lower().endswith((*_PAGES, ".xml", ".qti")):
                return self._page_link(entry, address, at)
            return self._context.add_media(posixpath.basename(entry), self._content(entry), at) or ""

        return find

    def _page_of(self, kind: str, name: str) -> str | None:
        """Return the file of a page or quiz, by its identifier or by the name in its address."""
        ident = name.partition("/")[0] if kind == "file_ref" else name
        if (entry := self._cartridge.file_of(ident)) is not None:
            return entry
        if kind not in _PAGE_KINDS:
            return None
        wanted = suggestion(name)
        return next(
            (entry for entry in self.places if entry.startswith("wiki_content/") and _stem(entry) == wanted), None
        )

    def _page_link(self, entry: str, address: str, at: Position) -> str | None:
        """Return a link inside the module. Links to other modules are reported and become plain text."""
        place = self.places.get(entry)
        if place is None:
            return None
        if place.module != self.module:
            self._context.report(LINK_TO_OTHER_MODULE, at, page=place.title)
            return ""
        if "#" in address:
            self._context.report(ANCHOR_LEFT_OUT, at, name=place.title, text=address.rpartition("#")[2])
        self.linked.add(place.id)
        return f"#{place.id}"

    def _content(self, entry: str) -> bytes:
        return self._cartridge.archive.read(entry, most=MOST_UNPACKED)

    def download(self, name: str | None, item: OutlineItem) -> Prose | None:
        """Return a link to a file, or the image when it is one."""
        at = self._context.at(item.at)
        if name is None:
            self._context.report(FILE_MISSING, at, file=item.title)
            return None
        path = self._context.add_media(posixpath.basename(name), self._content(name), at)
        if path is None:
            return None
        clean = Cleaner(self._context, item.title, at, lambda address, _at: address)
        shown = f'<img src="{path}" alt="">' if pictures.suffix_of(path) in pictures.PICTURES else None
        return prose(clean.text(shown or f'<a href="{path}">{escape(item.title)}</a>'))

    def blocks(self, name: str, title: str) -> Iterator[Block | None]:
        """Yield the blocks of a page."""
        content = read_page(self._cartridge.archive, name)
        yield from page_blocks(self._context, content, title, self.finder(name))


def activity(kind: str) -> str:
    """Return the words for a kind of activity, as Canvas writes it in its addresses and lists."""
    kind = kind.lower().replace("_", "").rpartition(":")[2].removesuffix("s")
    return _ACTIVITIES.get(kind, N_("another activity of the platform"))


def _stem(name: str) -> str:
    return suggestion(posixpath.splitext(posixpath.basename(name))[0])


def page_blocks(context: ImportContext, content: str, title: str, find: Find) -> Iterator[Block | None]:
    """Yield the text and the videos of an HTML page."""
    at = context.at(1)
    clean = Cleaner(context, title, at, find)
    for part in _parts(content):
        if isinstance(part, str):
            yield prose(clean.text(part))
        else:
            yield _film(context, part, title, find)


def body_of(content: str) -> etree._Element:
    """Return the body of an HTML page."""
    root: etree._Element = html.document_fromstring(content or "<p></p>")
    body = root.find("body")
    return body if body is not None else root


def _parts(content: str) -> Iterator[str | etree._Element]:
    """Yield the HTML between videos, and the videos. A video ends the paragraph that it is in."""
    if "<video" not in content.lower() and "<audio" not in content.lower():
        yield content
        return
    body = body_of(content)
    films = list(body.iter("video", "audio"))
    for number, film in enumerate(films):
        mark = etree.Element("hr", {"title": f"lm-film-{number}"})
        mark.tail, film.tail = film.tail, None
        parent = film.getparent()
        if parent is not None:
            parent.replace(film, mark)
    rest = etree.tostring(body, encoding="unicode", method="html")
    for number, film in enumerate(films):
        before, _, rest = rest.partition(f'<hr title="lm-film-{number}">')
        yield before
        yield film
    yield rest


def _film(context: ImportContext, element: etree._Element, title: str, find: Find) -> Film | None:
    """Return a video or audio element as a block; None when its file is missing."""
    at = context.at(1)
    source = element.find("source")
    address = element.get("src") or (source.get("src") if source is not None else "") or ""
    path = find(address, at) if address else ""
    if path is None:
        context.report(FILE_MISSING, at, file=unquote(address))
    if not path or pictures.suffix_of(path) not in pictures.FILMS | pictures.SOUNDS:
        return None
    tracks = [track.get("src", "") for track in element.iter("track") if track.get("kind", "captions") != "chapters"]
    captions = find(tracks[0], at) if tracks else None
    captions = captions or None
    kind = "video" if pictures.suffix_of(path) in pictures.FILMS else "audio"
    return Film(kind=kind, path=path, title=element.get("title") or title, captions=captions, at=at)


def link(context: ImportContext, item: OutlineItem) -> Prose | None:
    """Return a web link as a paragraph."""
    at = context.at(item.at)
    clean = Cleaner(context, item.title, at)
    text = words_text(item.title, at).html
    return prose(clean.text(f'<p><a href="{escape(item.url)}">{text}</a></p>'))
