"""Pages of a cartridge or a package: their HTML with images, videos and links."""

import posixpath
from collections.abc import Iterator
from html import escape
from urllib.parse import unquote

from lxml import etree, html

from lokaltmot_lms.errors import Position
from lokaltmot_lms.importers import pictures
from lokaltmot_lms.importers.base import MOST_UNPACKED
from lokaltmot_lms.importers.cartridge.manifest import Cartridge, OutlineItem, read_page
from lokaltmot_lms.importers.clean_html import Cleaner, Find, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import prose
from lokaltmot_lms.model import Block, Film, Prose
from lokaltmot_lms.source.headings import suggestion

_FILES = "$IMS-CC-FILEBASE$"
_WIKI = "$WIKI_REFERENCE$/pages/"


class Addresses:
    """Finds the pages and files that the texts of a cartridge refer to."""

    def __init__(self, context: ImportContext, cartridge: Cartridge) -> None:
        self._context = context
        self._cartridge = cartridge

    def wanted(self, opens: str) -> str:
        """Return the wanted id of a page: the name of its file, so that links between pages still work."""
        name = self._cartridge.file_of(opens) or ""
        return suggestion(posixpath.splitext(posixpath.basename(name))[0]) if name.startswith("wiki_content/") else ""

    def finder(self, name: str) -> Find:
        """Return a function that finds the files a document refers to."""
        folder = posixpath.dirname(name)

        def find(address: str, at: Position) -> str | None:
            bare = unquote(address)
            if bare.startswith(_WIKI):
                return f"#{suggestion(bare.removeprefix(_WIKI).partition('?')[0])}"
            inside = bare.removeprefix(_FILES).lstrip("/") if bare.startswith(_FILES) else address
            entry = self._cartridge.archive.find(f"web_resources/{inside}") or self._cartridge.archive.find(
                inside, folder
            )
            if entry is None or entry.endswith((".html", ".htm", ".xml", ".qti")):
                return None
            return self._context.add_media(posixpath.basename(entry), self._content(entry), at) or ""

        return find

    def _content(self, entry: str) -> bytes:
        return self._cartridge.archive.read(entry, most=MOST_UNPACKED)

    def download(self, name: str | None, item: OutlineItem) -> Prose | None:
        """Return a link to a file, or the image when it is one."""
        at = self._context.at(item.at)
        if name is None:
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
