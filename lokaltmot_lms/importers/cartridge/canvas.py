"""Reads a Canvas export or any other Common Cartridge: pages, quizzes and images, in the order of its modules.

The layout is that of Canvas's own converter (lib/cc/importer). A QTI zip is a cartridge with quizzes only.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from lokaltmot_lms.errors.imported_documents import PAGE_EMPTY
from lokaltmot_lms.errors.imports import ITEM_LEFT_OUT
from lokaltmot_lms.importers.base import Draft, Format, Head
from lokaltmot_lms.importers.cartridge.manifest import Cartridge, OutlineItem, open_cartridge
from lokaltmot_lms.importers.cartridge.pages import Addresses, PagePlace, activity, link
from lokaltmot_lms.importers.clean_html import Cleaner
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import DraftModule, DraftPage, modules_of, prose, unfinished
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.qti12 import quizzes
from lokaltmot_lms.importers.safe_open import open_archive
from lokaltmot_lms.model import Module
from lokaltmot_lms.texts import N_

_MANIFEST = "imsmanifest.xml"


def knows(head: Head) -> bool:
    """Return whether a zip is a cartridge. SCORM has the same manifest, so that format must be tried first."""
    return _MANIFEST in head.names


def read(path: Path) -> Draft:
    """Return the pages and quizzes of a cartridge as a draft."""
    with open_archive(path) as archive:
        cartridge = open_cartridge(archive)
        context = ImportContext(path, guess_language(cartridge.words()))
        reader = _CartridgeReader(context, cartridge)
        modules = tuple(reader.modules(cartridge.title or path.stem))
    return Draft(
        title=cartridge.title or path.stem,
        language=context.language,
        modules=modules,
        media=context.media,
        findings=context.findings,
    )


class _Planned(NamedTuple):
    """A page to be filled with items: an outline item with its file, and the headings before it."""

    page: DraftPage
    items: list[tuple[OutlineItem, str | None]]


class _CartridgeReader:
    """Plans the pages of all modules first, so that links between them can be resolved while texts are read."""

    def __init__(self, context: ImportContext, cartridge: Cartridge) -> None:
        self._context = context
        self._cartridge = cartridge
        self._used: set[str] = set()
        self._pages = Addresses(context, cartridge)

    def modules(self, title: str) -> Iterator[Module]:
        """Yield the modules in their order. What is in none of them becomes the last one."""
        planned = [self._plan(item.title or title, item.items) for item in self._cartridge.modules()]
        rest = list(self._cartridge.rest(self._used))
        if rest:
            planned.append(self._plan(title, rest))
        for module, pages in planned:
            self._context.turn_to(module.id)
            self._pages.module = module.id
            for page, items in pages:
                for item, name in items:
                    self._fill(page, item, name)
        for module, pages in planned:
            for page, _ in pages:
                self._close(page)
            yield from modules_of(module, self._context)

    def _plan(self, title: str, items: list[OutlineItem]) -> tuple[DraftModule, list[_Planned]]:
        context, cartridge = self._context, self._cartridge
        at = context.at(1)
        module = DraftModule(id=context.module_id("", title, at), title=title, at=at)
        context.turn_to(module.id)
        pages: list[_Planned] = []
        headings: list[tuple[OutlineItem, str | None]] = []
        for item in items:
            name = cartridge.file_of(item.opens)
            if item.kind == "heading":
                # A heading with the title of the page under it, as in our own exports, is no loss.
                headings += [] if item.is_repeated else [(item, None)]
                continue
            if not self._is_kept(item, name):
                context.report(
                    ITEM_LEFT_OUT, context.at(item.at), name=item.title, kind=context.words(activity(item.kind))
                )
                continue
            if not self._joins(pages, item, name):
                page = quizzes.new_page(context, item.title, context.at(item.at), self._pages.wanted(item.opens))
                module.pages.append(page)
                pages.append(_Planned(page, []))
            pages[-1].items.extend([*headings, (item, name)])
            headings = []
            if name is not None:
                self._used.add(name)
                page = pages[-1].page
                self._pages.places.setdefault(name, PagePlace(module.id, page.id, page.title.plain))
        if pages:
            pages[-1].items.extend(headings)
        else:
            for item, _ in headings:
                context.report(ITEM_LEFT_OUT, context.at(item.at), name=item.title, kind=context.words(N_("a heading")))
        return module, pages

    def _is_kept(self, item: OutlineItem, name: str | None) -> bool:
        is_file = (name is not None and name.startswith("web_resources/")) or item.kind == "Attachment"
        return (
            item.kind == "link" or is_file or (name is not None and (name in self._cartridge.quizzes or _is_page(name)))
        )

    def _joins(self, pages: list[_Planned], item: OutlineItem, name: str | None) -> bool:
        """Return whether a quiz belongs on the page before it, which has its title and no quiz yet."""
        if not pages or name not in self._cartridge.quizzes:
            return False
        page, items = pages[-1]
        has_quiz = any(other in self._cartridge.quizzes for _, other in items)
        return page.title.plain == " ".join(item.title.split()) and not has_quiz

    def _fill(self, page: DraftPage, item: OutlineItem, name: str | None) -> None:
        context = self._context
        if item.kind == "heading":
            heading = f"<h2>{escape(item.title, quote=False)}</h2>"
            page.add(prose(Cleaner(context, item.title, page.at).text(heading)))
        elif item.kind == "link":
            page.add(link(context, item))
        elif name is not None and name in self._cartridge.quizzes:
            root, meta = self._cartridge.quizzes[name]
            with context.inside(name):
                quizzes.fill_page(context, page, root, meta, self._pages.finder(name), self._cartridge.banks)
        elif name is not None and _is_page(name):
            with context.inside(name):
                for block in self._pages.blocks(name, item.title):
                    page.add(block)
        else:
            page.add(self._pages.download(name, item))

    def _close(self, page: DraftPage) -> None:
        """Keep an empty page that other pages link to, as unfinished; the links would lead nowhere."""
        if not page.blocks and not page.waiting and page.id in self._pages.linked:
            title = page.title.plain
            page.add(unfinished(self._context, PAGE_EMPTY, page.at, name=title, text=title))


def _is_page(name: str) -> bool:
    return name.lower().endswith((".html", ".htm", ".xhtml"))


FORMAT = Format(name="canvas", title="Canvas / Common Cartridge / QTI 1.2", knows=knows, read=read)
