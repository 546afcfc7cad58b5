"""Reads a zip of Canvas or any Common Cartridge: pages, quizzes and pictures, in the order of its modules.

What stands where was read in Canvas's own converter (lib/cc/importer); a QTI zip is a cartridge of quizzes alone.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from lokaltmot_lms.errors.imports import ITEM_LEFT_OUT
from lokaltmot_lms.importers.base import Draft, Format, Head
from lokaltmot_lms.importers.cartridge.manifest import Cartridge, OutlineItem, open_cartridge
from lokaltmot_lms.importers.cartridge.pages import Addresses, link
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import ModuleShelf, PageShelf, module_of
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.qti12 import quizzes
from lokaltmot_lms.importers.safe_open import open_archive
from lokaltmot_lms.model import Module, Quiz

_MANIFEST = "imsmanifest.xml"


def knows(head: Head) -> bool:
    """Return whether a zip is a cartridge; SCORM, which has the same manifest, was asked before."""
    return _MANIFEST in head.names


def read(path: Path) -> Draft:
    """Return the pages and quizzes of a cartridge as a draft."""
    with open_archive(path) as archive:
        cartridge = open_cartridge(archive)
        desk = ImportContext(path, guess_language(cartridge.words()))
        reader = _CartridgeReader(desk, cartridge)
        modules = tuple(reader.modules(cartridge.title or path.stem))
    return Draft(
        title=cartridge.title or path.stem,
        language=desk.language,
        modules=modules,
        media=desk.media,
        findings=desk.findings,
    )


class _CartridgeReader:
    def __init__(self, desk: ImportContext, cartridge: Cartridge) -> None:
        self._desk = desk
        self._cartridge = cartridge
        self._used: set[str] = set()
        self._pages = Addresses(desk, cartridge)

    def modules(self, title: str) -> Iterator[Module]:
        """Yield the modules in their order, and what stands in none of them as the last."""
        listed = self._cartridge.modules()
        shelves = [self._module(line.title or title, line.lines) for line in listed]
        rest = list(self._cartridge.rest(self._used))
        if rest:
            shelves.append(self._module(title, rest))
        for shelf in shelves:
            yield from module_of(shelf, self._desk)

    def _module(self, title: str, lines: list[OutlineItem]) -> ModuleShelf:
        at = self._desk.at(1)
        shelf = ModuleShelf(id=self._desk.module_id("", title, at), title=title, at=at)
        self._desk.turn_to(shelf.id)
        for line in lines:
            self._line(shelf, line)
        return shelf

    def _line(self, shelf: ModuleShelf, line: OutlineItem) -> None:
        desk, cartridge = self._desk, self._cartridge
        name = cartridge.file_of(line.opens)
        if line.kind == "heading":
            self._heading(line)
        elif line.kind == "link":
            self._page(shelf, line).add(link(desk, line))
        elif name is not None and name in cartridge.quizzes:
            self._used.add(name)
            self._quiz(shelf, line, name)
        elif name is not None and name.lower().endswith((".html", ".htm", ".xhtml")):
            self._used.add(name)
            page = self._page(shelf, line)
            with desk.inside(name):
                for block in self._pages.blocks(name, line.title):
                    page.add(block)
        elif (name is not None and name.startswith("web_resources/")) or line.kind == "Attachment":
            self._page(shelf, line).add(self._pages.download(name, line))
        else:
            desk.say(ITEM_LEFT_OUT, desk.at(line.at), name=line.title, kind=line.kind or "?")

    def _heading(self, line: OutlineItem) -> None:
        # A heading says nothing here when the page under it is called the same, as in our own exports.
        if not line.is_repeated:
            self._desk.say(ITEM_LEFT_OUT, self._desk.at(line.at), name=line.title, kind="ContextModuleSubHeader")

    def _page(self, shelf: ModuleShelf, line: OutlineItem) -> PageShelf:
        page = quizzes.page(self._desk, line.title, self._desk.at(line.at), self._pages.wanted(line.opens))
        shelf.pages.append(page)
        return page

    def _quiz(self, shelf: ModuleShelf, line: OutlineItem, name: str) -> None:
        last = shelf.pages[-1] if shelf.pages else None
        has_quiz = last is not None and any(isinstance(block, Quiz) for block in last.blocks)
        is_same = last is not None and last.title.plain == " ".join(line.title.split()) and not has_quiz
        page = last if is_same and last is not None else self._page(shelf, line)
        root, meta = self._cartridge.quizzes[name]
        with self._desk.inside(name):
            find = self._pages.finder(name)
            quizzes.fill(self._desk, page, root, meta, find, self._banks())

    def _banks(self) -> dict[str, etree._Element]:
        return self._cartridge.banks


FORMAT = Format(name="canvas", title="Canvas / Common Cartridge / QTI 1.2", knows=knows, read=read)
