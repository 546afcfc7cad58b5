"""The contents of a cartridge: the outline, the quizzes with their settings, the question banks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from lxml import etree

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.importers.base import READS_AS_TEXT
from lokaltmot_lms.importers.qti12.quizzes import assessment_of
from lokaltmot_lms.importers.qti12.reader import fields, without_namespaces
from lokaltmot_lms.importers.safe_open import place, read_xml
from lokaltmot_lms.safe_zip import SafeZip

MANIFEST = "imsmanifest.xml"
_META = "course_settings/module_meta.xml"
_HEAD = 20_000  # characters of a page that are searched for its title
_FULL = "non_cc_assessments/"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineItem:
    """An item of the outline. kind: Canvas's name of it, or heading, link or ""; opens: identifier of a resource.

    is_repeated: the next item has the same title. at: line in the manifest.
    """

    title: str
    kind: str = ""
    opens: str = ""
    url: str = ""
    is_repeated: bool = False
    at: int = 1
    items: "list[OutlineItem]" = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cartridge:
    """An open cartridge.

    resources: the files of each resource, its launch file first. quizzes: QTI and Canvas's settings, by file name.
    """

    archive: SafeZip
    title: str
    manifest: etree._Element
    resources: dict[str, list[str]]
    quizzes: dict[str, tuple[etree._Element, etree._Element | None]]
    banks: dict[str, etree._Element]

    def file_of(self, opens: str) -> str | None:
        """Return the launch file of a resource; for a quiz with two files, the one with Canvas's own question types."""
        names = [name for name in self.resources.get(opens, []) if name in self.archive.names]
        full = f"{_FULL}{opens}.xml.qti"
        if full in self.quizzes:
            return full
        return next((name for name in names if name in self.quizzes), names[0] if names else None)

    def words(self) -> str:
        """Return a sample of the text, to guess its language."""
        quizzes = (text.text or "" for root, _ in self.quizzes.values() for text in root.iter("mattext"))
        pages = [name for name in sorted(self.archive.names) if name.endswith((".html", ".htm"))][:20]
        return " ".join([*quizzes, *(read_page(self.archive, name) for name in pages)])

    def modules(self) -> list[OutlineItem]:
        """Return the modules with their items, from Canvas's own list when there is one, else from the manifest."""
        if _META in self.archive.names:
            root = without_namespaces(read_xml(self.archive.read(_META, most=READS_AS_TEXT), place(self.archive.path)))
            return [_canvas_module(module) for module in root.iterfind("module")]
        tops = list(self.manifest.iterfind("organizations/organization/item"))
        if len(tops) == 1 and not tops[0].get("identifierref"):
            tops = list(tops[0].iterfind("item"))
        modules: list[OutlineItem] = []
        for item in tops:
            if item.find("item") is not None:
                modules.append(replace(_outline_item(item), items=_with_repeats(list(_descendants(item)))))
            elif modules and not modules[-1].title:
                modules[-1].items.append(_outline_item(item))
            else:
                modules.append(OutlineItem(title="", items=[_outline_item(item)]))
        return modules

    def rest(self, used: set[str]) -> Iterator[OutlineItem]:
        """Yield the pages and quizzes that are in no module."""
        for ident in self.resources:
            name = self.file_of(ident)
            is_page = name is not None and name.startswith("wiki_content/")
            if name is not None and name not in used and (name in self.quizzes or is_page):
                used.add(name)
                yield OutlineItem(title=self._title(name), opens=ident, kind="WikiPage" if is_page else "Quizzes::Quiz")

    def _title(self, name: str) -> str:
        if name in self.quizzes:
            element = assessment_of(self.quizzes[name][0])
            return element.get("title") or fields(element).get("bank_title") or name.rpartition("/")[2]
        return page_title(read_page(self.archive, name)) or name.rpartition("/")[2]


def open_cartridge(archive: SafeZip) -> Cartridge:
    """Return the contents of a cartridge.

    Raises:
        CourseError: the manifest or a quiz can't be read.
    """
    at = place(archive.path)
    content = archive.read(MANIFEST, most=READS_AS_TEXT)
    manifest = without_namespaces(read_xml(content, replace(at, path=archive.shown(MANIFEST))))
    resources: dict[str, list[str]] = {}
    for resource in manifest.iterfind("resources/resource"):
        listed = [resource.get("href") or "", *(file.get("href") or "" for file in resource.iterfind("file"))]
        names = [name for href in listed if href and (name := archive.find(href)) is not None]
        resources[resource.get("identifier", "")] = list(dict.fromkeys(names))
    documents = dict(_documents(archive))
    metas = {root.get("identifier", ""): root for root in documents.values() if root.tag == "quiz"}
    quizzes: dict[str, tuple[etree._Element, etree._Element | None]] = {}
    banks: dict[str, etree._Element] = {}
    for name, root in documents.items():
        if root.tag != "questestinterop":
            continue
        element = assessment_of(root)
        if element.tag == "objectbank":
            banks[element.get("ident", "")] = root
        quizzes[name] = (root, metas.get(element.get("ident", "")))
    return Cartridge(
        archive=archive, title=_title_of(manifest), manifest=manifest, resources=resources, quizzes=quizzes, banks=banks
    )


def _documents(archive: SafeZip) -> Iterator[tuple[str, etree._Element]]:
    """Yield the XML documents of a cartridge, without its manifest and Canvas's course settings."""
    for name in sorted(archive.names):
        if name != MANIFEST and name.lower().endswith((".xml", ".qti")) and not name.startswith("course_settings/"):
            content = archive.read(name, most=READS_AS_TEXT)
            try:
                at = place(archive.path)
                yield name, without_namespaces(read_xml(content, replace(at, path=archive.shown(name))))
            except CourseError:
                if b"questestinterop" in content[:2000]:
                    raise


def read_page(archive: SafeZip, name: str) -> str:
    """Return the HTML of a page in a zip."""
    return archive.read(name, most=READS_AS_TEXT).decode("utf-8", "replace")


def page_title(content: str) -> str:
    """Return the content of the <title> of an HTML page."""
    found = re.search(r"<title[^>]*>(.*?)</title>", content[:_HEAD], re.IGNORECASE | re.DOTALL)
    return " ".join(unescape(found[1]).split()) if found else ""


def _title_of(manifest: etree._Element) -> str:
    for path in ("metadata/lom/general/title/string", "metadata/lom/general/title/langstring",
                 "organizations/organization/title"):  # fmt: skip
        if title := " ".join((manifest.findtext(path) or "").split()):
            return title
    return ""


def _canvas_module(module: etree._Element) -> OutlineItem:
    items = []
    for item in module.iterfind("items/item"):
        kind = (item.findtext("content_type") or "").strip()
        items.append(
            OutlineItem(
                title=" ".join((item.findtext("title") or "").split()),
                kind={"ContextModuleSubHeader": "heading", "ExternalUrl": "link"}.get(kind, kind),
                opens=(item.findtext("identifierref") or "").strip(),
                url=(item.findtext("url") or "").strip(),
                at=item.sourceline or 1,
            )
        )
    return OutlineItem(title=" ".join((module.findtext("title") or "").split()), items=_with_repeats(items))


def _outline_item(item: etree._Element) -> OutlineItem:
    title = " ".join((item.findtext("title") or "").split())
    opens = item.get("identifierref", "")
    return OutlineItem(title=title, opens=opens, kind="" if opens else "heading", at=item.sourceline or 1)


def _descendants(item: etree._Element) -> Iterator[OutlineItem]:
    for child in item.iterfind("item"):
        yield _outline_item(child)
        yield from _descendants(child)


def _with_repeats(items: list[OutlineItem]) -> list[OutlineItem]:
    following = [*items[1:], OutlineItem(title="")]
    return [replace(one, is_repeated=one.title == other.title) for one, other in zip(items, following, strict=True)]
