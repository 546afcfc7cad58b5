"""Reads a Canvas export or any other Common Cartridge: pages, quizzes and images, in the order of its modules.

The layout is that of Canvas's own converter (lib/cc/importer). A QTI zip is a cartridge with quizzes only.
"""

from collections.abc import Iterator
from pathlib import Path

from lokaltmot_lms.errors.imports import ITEM_LEFT_OUT
from lokaltmot_lms.importers.base import Draft, Format, Head
from lokaltmot_lms.importers.cartridge.manifest import Cartridge, OutlineItem, open_cartridge
from lokaltmot_lms.importers.cartridge.pages import Addresses, link
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import DraftModule, DraftPage, modules_of
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.qti12 import quizzes
from lokaltmot_lms.importers.safe_open import open_archive
from lokaltmot_lms.model import Module, Quiz

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


class _CartridgeReader:
    def __init__(self, context: ImportContext, cartridge: Cartridge) -> None:
        self._context = context
        self._cartridge = cartridge
        self._used: set[str] = set()
        self._pages = Addresses(context, cartridge)

    def modules(self, title: str) -> Iterator[Module]:
        """Yield the modules in their order. What is in none of them becomes the last one."""
        listed = self._cartridge.modules()
        modules = [self._module(item.title or title, item.items) for item in listed]
        rest = list(self._cartridge.rest(self._used))
        if rest:
            modules.append(self._module(title, rest))
        for module in modules:
            yield from modules_of(module, self._context)

    def _module(self, title: str, items: list[OutlineItem]) -> DraftModule:
        at = self._context.at(1)
        module = DraftModule(id=self._context.module_id("", title, at), title=title, at=at)
        self._context.turn_to(module.id)
        for item in items:
            self._item(module, item)
        return module

    def _item(self, module: DraftModule, item: OutlineItem) -> None:
        context, cartridge = self._context, self._cartridge
        name = cartridge.file_of(item.opens)
        if item.kind == "heading":
            self._heading(item)
        elif item.kind == "link":
            self._page(module, item).add(link(context, item))
        elif name is not None and name in cartridge.quizzes:
            self._used.add(name)
            self._quiz(module, item, name)
        elif name is not None and name.lower().endswith((".html", ".htm", ".xhtml")):
            self._used.add(name)
            page = self._page(module, item)
            with context.inside(name):
                for block in self._pages.blocks(name, item.title):
                    page.add(block)
        elif (name is not None and name.startswith("web_resources/")) or item.kind == "Attachment":
            self._page(module, item).add(self._pages.download(name, item))
        else:
            context.report(ITEM_LEFT_OUT, context.at(item.at), name=item.title, kind=item.kind or "?")

    def _heading(self, item: OutlineItem) -> None:
        # A heading with the title of the page under it, as in our own exports, is no loss.
        if not item.is_repeated:
            self._context.report(
                ITEM_LEFT_OUT, self._context.at(item.at), name=item.title, kind="ContextModuleSubHeader"
            )

    def _page(self, module: DraftModule, item: OutlineItem) -> DraftPage:
        page = quizzes.new_page(self._context, item.title, self._context.at(item.at), self._pages.wanted(item.opens))
        module.pages.append(page)
        return page

    def _quiz(self, module: DraftModule, item: OutlineItem, name: str) -> None:
        last = module.pages[-1] if module.pages else None
        has_quiz = last is not None and any(isinstance(block, Quiz) for block in last.blocks)
        is_same = last is not None and last.title.plain == " ".join(item.title.split()) and not has_quiz
        page = last if is_same and last is not None else self._page(module, item)
        root, meta = self._cartridge.quizzes[name]
        with self._context.inside(name):
            find = self._pages.finder(name)
            quizzes.fill_page(self._context, page, root, meta, find, self._cartridge.banks)


FORMAT = Format(name="canvas", title="Canvas / Common Cartridge / QTI 1.2", knows=knows, read=read)
