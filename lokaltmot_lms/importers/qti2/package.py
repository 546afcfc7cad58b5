"""The documents of a QTI 2 or 3 package: its tests, sections and items, in the order that they are taken."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lxml import etree

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.errors.imports import FILE_MISSING, SETTING_LEFT_OUT
from lokaltmot_lms.importers.base import READS_AS_TEXT
from lokaltmot_lms.importers.clean_html import Cleaner, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import DraftModule, DraftPage, prose
from lokaltmot_lms.importers.qti2.body import ItemBody, ItemFiles
from lokaltmot_lms.importers.qti2.items import ItemReader
from lokaltmot_lms.importers.qti2.names import ROOTS, with_plain_names
from lokaltmot_lms.importers.qti2.variables import finite
from lokaltmot_lms.importers.safe_open import place, read_xml
from lokaltmot_lms.safe_zip import SafeZip

_MANIFEST = "imsmanifest.xml"
_DEEPEST = 10  # sections in sections
_SHUFFLED = ("choiceInteraction", "inlineChoiceInteraction")
_RULES = ("preCondition", "branchRule", "timeLimits", "testFeedback")


@dataclass(frozen=True, slots=True, kw_only=True)
class QtiPackage:
    """The documents of a package. archive: None for a single file; documents: by name, in the order of the manifest."""

    archive: SafeZip | None
    title: str
    documents: dict[str, etree._Element]

    def named(self, root: str) -> list[str]:
        """Return the names of the documents with this root element."""
        return [name for name, document in self.documents.items() if document.tag == root]

    def words(self) -> str:
        """Return the text of the package, to guess its language."""
        bodies = (body for document in self.documents.values() for body in document.iter("itemBody", "rubricBlock"))
        return " ".join(words for body in bodies for words in body.itertext())

    @property
    def language(self) -> str:
        """The language that the documents declare; "" when they declare none."""
        return next((language for document in self.documents.values() if (language := document.get("lang", ""))), "")


def open_package(archive: SafeZip, title: str) -> QtiPackage:
    """Return the documents of a zip. A document that is no QTI 2 or 3 is skipped.

    Raises:
        CourseError: the manifest or a QTI document can't be read.
    """
    documents = {}
    manifest: etree._Element | None = None
    for name in sorted(archive.names):
        if not name.lower().endswith((".xml", ".qti")) or "__MACOSX" in name:
            continue
        content = archive.read(name, most=READS_AS_TEXT)
        is_manifest = name.rpartition("/")[2].lower() == _MANIFEST
        try:
            root = with_plain_names(read_xml(content, replace(place(archive.path), path=archive.shown(name))))
        except CourseError:
            if is_manifest or b"assessment" in content[:2000]:
                raise
            continue
        if is_manifest and manifest is None:
            manifest = root
        elif root.tag in ROOTS:
            documents[name] = root
    order = list(_listed(manifest, archive)) if manifest is not None else []
    names = [*dict.fromkeys(name for name in order if name in documents)]
    names += [name for name in documents if name not in set(names)]
    found = _title_of(manifest) if manifest is not None else ""
    return QtiPackage(archive=archive, title=found or title, documents={name: documents[name] for name in names})


def _listed(manifest: etree._Element, archive: SafeZip) -> Iterator[str]:
    for resource in manifest.iterfind("resources/resource"):
        for href in (resource.get("href"), *(file.get("href") for file in resource.iterfind("file"))):
            name = archive.find(href) if href else None
            if name is not None:
                yield name


def _title_of(manifest: etree._Element) -> str:
    for path in ("metadata/lom/general/title/string", "metadata/lom/general/title/langstring",
                 "organizations/organization/title"):  # fmt: skip
        if title := " ".join((manifest.findtext(path) or "").split()):
            return title
    return ""


@dataclass(slots=True, kw_only=True)
class PackageReader:
    """Turns the documents of a package into modules. used: the items that a test has taken."""

    context: ImportContext
    package: QtiPackage
    noted: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def modules(self) -> Iterator[DraftModule]:
        """Yield a module per test, and one for the items that are in none."""
        for name in self.package.named("assessmentTest"):
            test = self.package.documents[name]
            title = " ".join((test.get("title") or "").split()) or self.package.title
            module = self._new_module(title)
            with self.context.inside(name):
                self._settings(test, title)
                for section in test.iterfind("testPart"):
                    self._settings(section, title)
                    self._sections(module, section, name, _attempts(section), 0)
            yield module
        rest = [name for name in self.package.named("assessmentItem") if name not in self.used]
        if rest:
            module = self._new_module(self.package.title)
            page = self._page(module, self.package.title, {})
            self._fill(page, [(name, Decimal(1)) for name in rest])
            page.close()
            yield module

    def _new_module(self, title: str) -> DraftModule:
        at = self.context.at(1)
        module = DraftModule(id=self.context.module_id("", title, at), title=title, at=at)
        self.context.turn_to(module.id)
        return module

    def _page(self, module: DraftModule, title: str, settings: dict[str, object]) -> DraftPage:
        at = self.context.at(1)
        title = " ".join(title.split()) or "Quiz"
        page = DraftPage(id=self.context.take_id("", title, at), title=words_text(title, at), at=at, settings=settings)
        module.pages.append(page)
        return page

    def _sections(
        self, module: DraftModule, parent: etree._Element, name: str, attempts: int | None, depth: int
    ) -> None:
        for child in parent:
            if child.tag == "assessmentSection" and depth < _DEEPEST:
                self._section(module, child, name, attempts, depth)
            elif child.tag == "assessmentSectionRef" and depth < _DEEPEST:
                document = self._files(name).entry(child.get("href", "")) or ""
                section = self.package.documents.get(document)
                if section is None or section.tag != "assessmentSection":
                    self._missing(child)
                else:
                    self._section(module, section, document, attempts, depth)

    def _section(
        self, module: DraftModule, section: etree._Element, name: str, attempts: int | None, depth: int
    ) -> None:
        """Add a page with the items of a section, and pages for the sections in it."""
        title = section.get("title") or module.title
        self._settings(section, title)
        attempts = _attempts(section) or attempts
        chosen = section.find("selection")
        draw = chosen.get("select", "") if chosen is not None else ""
        if chosen is not None and chosen.get("withReplacement") == "true":
            self._setting(title, "withReplacement")
        order = section.find("ordering")
        if order is not None and order.get("shuffle") == "true":
            self._setting(title, "ordering shuffle")
        items = [found for child in section.iterfind("assessmentItemRef") if (found := self._item(child, name))]
        texts = list(section.iterfind("rubricBlock"))
        if items or texts:
            page = self._page(module, title, {"attempts": attempts})
            for text in texts:
                self._rubric(page, text, name)
            self._fill(page, items)
            count = len(page.waiting)
            page.close(draw=min(int(draw), count) if draw.isdigit() and int(draw) > 0 and count else None)
        elif draw:
            self._setting(title, f"select = {draw}")
        self._sections(module, section, name, attempts, depth + 1)

    def _item(self, reference: etree._Element, name: str) -> tuple[str, Decimal] | None:
        entry = self._files(name).entry(reference.get("href", ""))
        if entry is None or entry not in self.package.documents:
            self._missing(reference)
            return None
        self._settings(reference, reference.get("identifier", ""))
        weight = reference.find("weight")
        value = finite(weight.get("value", "")) if weight is not None else None
        self.used.add(entry)
        return entry, value if value is not None and value >= 0 else Decimal(1)

    def _missing(self, element: etree._Element) -> None:
        self.context.report(FILE_MISSING, self.context.at(element.sourceline), file=element.get("href", "?"))

    def _fill(self, page: DraftPage, items: list[tuple[str, Decimal]]) -> None:
        """Add items to a page. Options are shuffled when the items say so everywhere."""
        shuffled = {
            name: [one.get("shuffle") == "true" for one in self.package.documents[name].iter(*_SHUFFLED)]
            for name, _ in items
        }
        all_of_them = [one for listed in shuffled.values() for one in listed]
        page.settings = {**page.settings, "shuffle": bool(all_of_them) and all(all_of_them)}
        shown: set[str] = set()
        for name, weight in items:
            element = self.package.documents[name]
            with self._place(name):
                if any(shuffled[name]) and not page.settings["shuffle"]:
                    self._setting(element.get("title") or element.get("identifier") or name, "shuffle")
                for reference in element.iterfind("assessmentStimulusRef"):
                    self._stimulus(page, reference, name, shown)
                reader = ItemReader(
                    context=self.context, element=element, files=self._files(name), noted=self.noted, weight=weight
                )
                for thing in reader.things():
                    page.add(thing)

    def _stimulus(self, page: DraftPage, reference: etree._Element, name: str, shown: set[str]) -> None:
        entry = self._files(name).entry(reference.get("href", ""))
        if entry is None or entry not in self.package.documents:
            self._missing(reference)
        elif entry not in shown:
            shown.add(entry)
            self._text(page, self.package.documents[entry], entry)

    def _rubric(self, page: DraftPage, element: etree._Element, name: str) -> None:
        holder = etree.Element("div")
        holder.append(element)
        self._text(page, holder, name)

    def _text(self, page: DraftPage, element: etree._Element, name: str) -> None:
        at = self.context.at(element.sourceline)
        title = element.get("title") or page.title.plain
        files = self._files(name)
        body = ItemBody(files=files, name=title, at=at, gap=lambda _element: "…")
        html = body.inside(element)
        page.add(prose(Cleaner(self.context, title, at, files.finder).text(html)))
        for film in body.films:
            page.add(film)

    def _place(self, name: str) -> AbstractContextManager[None]:
        return self.context.inside(name) if self.package.archive is not None else nullcontext()

    def _files(self, name: str) -> ItemFiles:
        return ItemFiles(context=self.context, archive=self.package.archive, name=name)

    def _settings(self, element: etree._Element, title: str) -> None:
        for rule in _RULES:
            for found in element.iterfind(rule):
                values = " ".join(f"{key} = {value}" for key, value in found.attrib.items() if key != "identifier")
                self._setting(title, f"{rule} {values}".strip())
        control = element.find("itemSessionControl")
        if control is not None and element.tag == "assessmentItemRef" and control.get("maxAttempts", "0") != "0":
            self._setting(title, f"maxAttempts = {control.get('maxAttempts')}")

    def _setting(self, name: str, what: str) -> None:
        self.context.report(SETTING_LEFT_OUT, self.context.at(1), name=name, what=what)


def _attempts(element: etree._Element) -> int | None:
    control = element.find("itemSessionControl")
    written = control.get("maxAttempts", "") if control is not None else ""
    return int(written) if written.isdigit() and 1 <= int(written) <= 99 else None
