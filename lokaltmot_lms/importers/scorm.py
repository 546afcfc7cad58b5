"""Reads a SCORM zip: the texts and images in its pages. Scripts and players are reported, never run."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.imports import SCRIPT_LEFT_OUT
from lokaltmot_lms.importers.base import MOST_UNPACKED, READS_AS_TEXT, Draft, Format, Head
from lokaltmot_lms.importers.cartridge.manifest import MANIFEST, page_title, read_page
from lokaltmot_lms.importers.cartridge.pages import body_of, page_blocks
from lokaltmot_lms.importers.clean_html import Find
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import DraftModule, modules_of
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.qti12 import quizzes
from lokaltmot_lms.importers.qti12.reader import without_namespaces
from lokaltmot_lms.importers.safe_open import open_archive, place, read_xml
from lokaltmot_lms.safe_zip import SafeZip

_SCORM = re.compile(r"ADL SCORM|adlcp|imscp_rootv1p1p2", re.IGNORECASE)
_PAGES = (".html", ".htm", ".xhtml")
_START = 64 << 10
_FEWEST_WORDS = 3
_NAMELESS = frozenset({"", "index", "default", "start", "launch", "main", "page", "side", "story", "player"})
_UNSEEN = ("script", "style", "noscript", "template")


def knows(head: Head) -> bool:
    """Return whether a zip is a SCORM package, by the text of its manifest."""
    if MANIFEST not in head.names:
        return False
    with open_archive(head.path) as archive:
        start = archive.read(MANIFEST, most=READS_AS_TEXT)[:_START].decode("utf-8", "replace")
    return bool(_SCORM.search(start))


def read(path: Path) -> Draft:
    """Return the pages of a package as a draft.

    Raises:
        CourseError: the manifest can't be read.
    """
    with open_archive(path) as archive:
        at = place(path)
        content = archive.read(MANIFEST, most=READS_AS_TEXT)
        manifest = without_namespaces(read_xml(content, replace(at, path=archive.shown(MANIFEST))))
        pages = list(_listed(manifest, archive))
        contents = {name: read_page(archive, name) for name, _ in pages}
        context = ImportContext(path, guess_language(" ".join(contents.values())))
        title = " ".join((manifest.findtext("organizations/organization/title") or "").split()) or path.stem
        module = DraftModule(id=context.module_id("", title, context.at(1)), title=title, at=context.at(1))
        for name, listed_title in pages:
            _page(context, module, archive, name, listed_title, contents[name])
        modules = tuple(modules_of(module, context))
    return Draft(
        title=title, language=context.language, modules=modules, media=context.media, findings=context.findings
    )


def _listed(manifest: etree._Element, archive: SafeZip) -> Iterator[tuple[str, str]]:
    """Yield the HTML files with their titles: those of the items first, in order, then the others."""
    resources = {element.get("identifier", ""): element for element in manifest.iterfind("resources/resource")}
    seen: set[str] = set()
    for item in manifest.iterfind(".//item"):
        resource = resources.get(item.get("identifierref", ""))
        if resource is None:
            continue
        hrefs = [resource.get("href") or "", *(file.get("href") or "" for file in resource.iterfind("file"))]
        for href in hrefs:
            name = archive.find(href) if href else None
            if name is not None and name.lower().endswith(_PAGES) and name not in seen:
                seen.add(name)
                yield name, " ".join((item.findtext("title") or "").split()) if href == hrefs[0] else ""
    for name in sorted(archive.names):
        if name.lower().endswith(_PAGES) and name not in seen:
            seen.add(name)
            yield name, ""


def _page(context: ImportContext, module: DraftModule, archive: SafeZip, name: str, title: str, content: str) -> None:
    with context.inside(name):
        at = context.at(1)
        if "<script" in content.lower():
            context.report(SCRIPT_LEFT_OUT, at, file=name)
        if not content.strip() or _words(content) < _FEWEST_WORDS:
            return
        page = quizzes.new_page(context, title or page_title(content) or _readable(name) or module.title, at)
        for block in page_blocks(context, content, page.title.plain, _finder(context, archive, name)):
            page.add(block)
        module.pages.append(page)


def _readable(name: str) -> str:
    """Return the name of a file as a title; "" for names that say nothing."""
    stem = re.sub(r"[_\W]+", " ", posixpath.splitext(posixpath.basename(name.replace("\\", "/")))[0]).strip()
    return "" if stem.lower() in _NAMELESS or stem.isdigit() else stem[:1].upper() + stem[1:]


def _words(content: str) -> int:
    """Return the number of words that a page shows before any script runs."""
    body = body_of(content)
    etree.strip_elements(body, *_UNSEEN, with_tail=False)
    return sum(len(text.split()) for text in body.itertext())


def _finder(context: ImportContext, archive: SafeZip, name: str) -> Find:
    folder = posixpath.dirname(name)

    def find(address: str, _at: Position) -> str | None:
        entry = archive.find(address, folder) if address else None
        if entry is None:
            return None
        if entry.lower().endswith((*_PAGES, ".js", ".css")):
            return ""  # another page of the package; its text is imported on its own
        return (
            context.add_media(posixpath.basename(entry), archive.read(entry, most=MOST_UNPACKED), context.at(1)) or ""
        )

    return find


FORMAT = Format(name="scorm", title="SCORM", knows=knows, read=read)
