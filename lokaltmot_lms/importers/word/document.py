"""Reads a Word document: headings become pages, and a list that marks its right answers becomes a question."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree, html

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.errors.imports import FILE_MISSING, FORMAT_UNKNOWN, MACROS, WORD_NEEDS_MAMMOTH
from lokaltmot_lms.importers.base import READS_AS_TEXT, Draft, Format, Head
from lokaltmot_lms.importers.clean_html import Cleaner, Find
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import DraftModule, DraftPage, modules_of, prose
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.qti12 import quizzes
from lokaltmot_lms.importers.safe_open import open_archive, place, read_xml
from lokaltmot_lms.importers.word.questions import FoundQuestion, things_of
from lokaltmot_lms.model import Text

_DOCUMENT = "word/document.xml"
_STYLES = "p[style-name='Title'] => h1.title:fresh\np[style-name='Tittel'] => h1.title:fresh"
_FROM_MAMMOTH = (KeyError, ValueError, AttributeError, TypeError, IndexError, RecursionError, SyntaxError)
_PICTURE = "lm-picture/"


def knows(head: Head) -> bool:
    """Return whether a zip is a Word document."""
    return _DOCUMENT in head.names


def read(path: Path) -> Draft:
    """Return the pages and questions of a document as a draft.

    Raises:
        CourseError: the document has macros, is hostile or damaged, or Mammoth is missing.
    """
    _refuse_hostile(path)
    pictures: list[tuple[str, bytes | None]] = []
    body = _body(path, pictures)
    words = " ".join(body.itertext())
    context = ImportContext(path, guess_language(words))
    title = _title(body) or path.stem
    at = context.at(1)
    module = DraftModule(id=context.module_id("", title, at), title=title, at=at)
    find = _finder(context, pictures)
    for page in _pages(context, body, title, find):
        module.pages.append(page)
    modules = tuple(modules_of(module, context))
    return Draft(
        title=title, language=context.language, modules=modules, media=context.media, findings=context.findings
    )


def _refuse_hostile(path: Path) -> None:
    """Check every part of the document, since Mammoth trusts its input."""
    with open_archive(path) as archive:
        names = sorted(archive.names)
        if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            raise CourseError((MACROS.at(place(path)),))
        for name in names:
            if name.lower().endswith((".xml", ".rels")):
                root = read_xml(archive.read(name, most=READS_AS_TEXT), place(path))
                types = root if name == "[Content_Types].xml" else ()
                if any("macroEnabled" in (one.get("ContentType") or "") for one in types):
                    raise CourseError((MACROS.at(place(path)),))


def _body(path: Path, pictures: list[tuple[str, bytes | None]]) -> etree._Element:
    try:
        import mammoth  # type: ignore[import-untyped]  # has no types of its own
    except ModuleNotFoundError as error:
        raise CourseError((WORD_NEEDS_MAMMOTH.at(place(path)),)) from error

    def picture(image: Any) -> dict[str, str]:
        name = f"bilde.{str(image.content_type).rpartition('/')[2].partition('+')[0].replace('jpeg', 'jpg')}"
        try:
            with image.open() as file:
                content: bytes | None = file.read()
        except (OSError, ValueError):  # an image outside the document is never fetched
            content = None
        pictures.append((name, content))
        return {"src": f"{_PICTURE}{len(pictures) - 1}"}

    try:
        converted = mammoth.convert_to_html(
            BytesIO(path.read_bytes()),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(picture),
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except _FROM_MAMMOTH as error:
        raise CourseError((FORMAT_UNKNOWN.at(place(path)),)) from error
    root: etree._Element = html.fragment_fromstring(converted.value or " ", create_parent="div")
    return root


def _finder(context: ImportContext, pictures: list[tuple[str, bytes | None]]) -> Find:
    def find(address: str, at: Any) -> str | None:
        if not address.startswith(_PICTURE):
            return None
        name, content = pictures[int(address.removeprefix(_PICTURE))]
        if content is None:
            context.report(FILE_MISSING, at, file=name)
            return ""
        return context.add_media(name, content, at) or ""

    return find


def _title(body: etree._Element) -> str:
    """Return the title of the document, and remove it from the text."""
    for heading in body.iterchildren("h1"):
        if heading.get("class") == "title":
            body.remove(heading)
            return " ".join("".join(heading.itertext()).split())
    return ""


def _pages(context: ImportContext, body: etree._Element, title: str, find: Find) -> Iterator[DraftPage]:
    """Yield a page per heading of the highest level in use. The text before the first is a page too."""
    levels = sorted({int(str(child.tag)[1]) for child in body if re.fullmatch(r"h[1-6]", str(child.tag))})
    top = levels[0] if levels else 0
    waiting: list[etree._Element] = []
    name = title
    for child in [*body, None]:
        is_heading = child is not None and top and child.tag == f"h{top}"
        if child is not None and not is_heading:
            waiting.append(child)
            continue
        if waiting:
            yield _page(context, name, waiting, top, find)
        waiting = []
        name = " ".join("".join(child.itertext()).split()) if child is not None else ""


def _page(context: ImportContext, name: str, elements: list[etree._Element], top: int, find: Find) -> DraftPage:
    at = context.at(1)
    page = quizzes.new_page(context, name, at)
    clean = Cleaner(context, name, at, find)
    for thing in things_of(context, elements, clean, at):
        if isinstance(thing, FoundQuestion):
            page.add(thing.question)
        else:
            page.add(prose(_text(clean, thing, top)))
    return page


def _text(clean: Cleaner, elements: list[etree._Element], top: int) -> Text | None:
    for element in elements:
        found = re.fullmatch(r"h([1-6])", str(element.tag))
        if found:
            element.tag = f"h{min(6, max(2, int(found[1]) - max(0, top - 1)))}"
    return clean.text("".join(etree.tostring(one, encoding="unicode", method="html") for one in elements))


FORMAT = Format(name="word", title="Word", knows=knows, read=read)
