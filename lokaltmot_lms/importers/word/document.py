"""Reads a Word document: headings become pages, and a list that marks its right answers becomes a question."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from lxml import etree, html

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.errors.imported_documents import (
    EQUATION_AS_TEXT,
    HIDDEN_TEXT,
    PROMPT_LEFT_OUT,
    STYLES_UNKNOWN,
    WORD_PART_LEFT_OUT,
)
from lokaltmot_lms.errors.imports import FILE_MISSING, FORMAT_UNKNOWN, MACROS, WORD_NEEDS_MAMMOTH
from lokaltmot_lms.importers.base import MOST_UNPACKED, READS_AS_TEXT, Draft, Format, Head
from lokaltmot_lms.importers.clean_html import Cleaner, Find
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import DraftModule, DraftPage, modules_of, prose
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.qti12 import quizzes
from lokaltmot_lms.importers.safe_open import open_archive, place, read_xml
from lokaltmot_lms.importers.word.lines import hidden_in, tidy
from lokaltmot_lms.importers.word.numbering import Numbering
from lokaltmot_lms.importers.word.prepare import Seen, prepare
from lokaltmot_lms.importers.word.questions import things_of
from lokaltmot_lms.importers.word.styles import Styles
from lokaltmot_lms.model import Text
from lokaltmot_lms.texts import N_

_DOCUMENT = "word/document.xml"
# Word can save in the strict form of its format, which has other namespaces (ECMA-376 part 1, annex A).
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
_PREPARED = (_DOCUMENT, "word/footnotes.xml", "word/endnotes.xml")
_STYLES = "p[style-name='Title'] => h1.title:fresh\np[style-name='Tittel'] => h1.title:fresh\nu => u\nhighlight => mark"
_PARTS = {
    "chart": N_("a chart"),
    "diagram": N_("a SmartArt drawing"),
    "drawing": N_("a drawing"),
    "object": N_("an embedded file"),
    "comments": N_("comments"),
}
_OTHER_PART = N_("a part that Word calls {name}")
# Messages of Mammoth 1.x.
_UNKNOWN_STYLE = re.compile(r"Unrecognised paragraph style: (.+?) \(Style ID")
_UNKNOWN_ELEMENT = re.compile(r"An unrecognised element was ignored: (\S+)")
# Styles of Word's own for ordinary paragraphs, and elements that show nothing.
_PLAIN_STYLES = frozenset(
    {"normal", "list paragraph", "body text", "caption", "no spacing", "title", "subtitle", "plain text", "text box"}
    | {
        "normal (web)",
        "default",
        "listeavsnitt",
        "ingen mellomrom",
        "footnote text",
        "endnote text",
        "header",
        "footer",
    }
)
_WITHOUT_LOSS = re.compile(
    r"w:(?:perm|customXml\w+Range)(?:Start|End)|w:customXml\w+Range(?:Start|End)|w:(?:subDoc|rPrChange|tblPrEx|customXmlPr)"
    r"|w:(?:smartTagPr|separator|continuationSeparator|delText|delInstrText|fldData|numberingChange)"
    r"|o:(?:lock|OLEObject)|v:(?:path|stroke|fill|formulas|f|handles|line)|w10:\w+|office-word:\w+"
)
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
    seen = Seen()
    content = _prepared(path, seen)
    pictures: list[tuple[str, bytes | None]] = []
    body, messages = _body(path, content, pictures)
    tidy(body)
    context = ImportContext(path, guess_language(" ".join(body.itertext())))
    title = _title(body) or path.stem
    at = context.at(1)
    _report(context, seen, messages, title)
    module = DraftModule(id=context.module_id("", title, at), title=title, at=at)
    find = _finder(context, pictures)
    for page in _pages(context, body, title, find):
        module.pages.append(page)
    modules = tuple(modules_of(module, context))
    return Draft(
        title=title, language=context.language, modules=modules, media=context.media, findings=context.findings
    )


def _prepared(path: Path, seen: Seen) -> bytes:
    """Return a document as Mammoth should read it. Every part is checked, since Mammoth trusts its input."""
    parts: dict[str, bytes] = {}
    roots: dict[str, etree._Element] = {}
    with open_archive(path) as archive:
        names = sorted(archive.names)
        if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            raise CourseError((MACROS.at(place(path)),))
        for name in names:
            parts[name] = archive.read(name, most=MOST_UNPACKED)
            if name.lower().endswith((".xml", ".rels")):
                if len(parts[name]) > READS_AS_TEXT:
                    raise CourseError((FORMAT_UNKNOWN.at(place(path)),))
                for strict, usual in _STRICT.items():
                    parts[name] = parts[name].replace(strict, usual)
                root = roots[name] = read_xml(parts[name], place(path))
                types = root if name == "[Content_Types].xml" else ()
                if any("macroEnabled" in (one.get("ContentType") or "") for one in types):
                    raise CourseError((MACROS.at(place(path)),))
    styles, numbering = Styles(roots.get("word/styles.xml")), Numbering(roots.get("word/numbering.xml"))
    for name in _PREPARED:
        if name in roots:
            prepare(roots[name], styles, numbering, seen)
            parts[name] = etree.tostring(roots[name], encoding="UTF-8", xml_declaration=True)
    changed = BytesIO()
    with ZipFile(changed, "w", ZIP_STORED) as output:
        for name, content in parts.items():
            output.writestr(name, content)
    return changed.getvalue()


def _body(
    path: Path, content: bytes, pictures: list[tuple[str, bytes | None]]
) -> tuple[etree._Element, tuple[str, ...]]:
    """Return the text as HTML, and what Mammoth says that it could not convert."""
    try:
        import mammoth  # type: ignore[import-untyped]  # has no types of its own
    except ModuleNotFoundError as error:
        raise CourseError((WORD_NEEDS_MAMMOTH.at(place(path)),)) from error

    def picture(image: Any) -> dict[str, str]:
        name = f"bilde.{str(image.content_type).rpartition('/')[2].partition('+')[0].replace('jpeg', 'jpg')}"
        try:
            with image.open() as file:
                found: bytes | None = file.read()
        except (OSError, ValueError):  # an image outside the document is never fetched
            found = None
        pictures.append((name, found))
        return {"src": f"{_PICTURE}{len(pictures) - 1}"}

    try:
        converted = mammoth.convert_to_html(
            BytesIO(content),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(picture),
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except _FROM_MAMMOTH as error:
        raise CourseError((FORMAT_UNKNOWN.at(place(path)),)) from error
    root: etree._Element = html.fragment_fromstring(converted.value or " ", create_parent="div")
    return root, tuple(str(message.message) for message in converted.messages)


def _report(context: ImportContext, seen: Seen, messages: tuple[str, ...], title: str) -> None:
    """Report what could not be taken over as it was, from our own look at the document and from Mammoth's messages."""
    at = context.at(1)
    for text in seen.equations:
        context.report(EQUATION_AS_TEXT, at, name=title, text=text)
    for text in seen.prompts:
        if text.strip():
            context.report(PROMPT_LEFT_OUT, at, text=text)
    parts = [context.words(_PARTS[part]) for part in sorted(seen.parts)]
    styles: list[str] = []
    for message in messages:
        if found := _UNKNOWN_STYLE.match(message):
            styles += [] if found[1].strip("'").lower() in _PLAIN_STYLES else [found[1].strip("'")]
        elif (found := _UNKNOWN_ELEMENT.match(message)) and not _WITHOUT_LOSS.fullmatch(found[1]):
            parts.append(context.words(_OTHER_PART).format(name=found[1]))
        elif "w:sym" in message:
            parts.append(context.words(N_("a special character")))
        elif "Could not find image" in message:
            parts.append(context.words(N_("an image that is missing")))
        elif "cell merging" in message:
            parts.append(context.words(N_("a table with merged cells")))
    for what in dict.fromkeys(parts):
        context.report(WORD_PART_LEFT_OUT, at, what=what)
    if styles:
        context.report(STYLES_UNKNOWN, at, what=", ".join(f"“{style}”" for style in dict.fromkeys(styles)))


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
        if child is not None and (hidden := hidden_in(child)):
            context.report(HIDDEN_TEXT, context.at(1), text=hidden)
        name = " ".join("".join(child.itertext()).split()) if child is not None else ""


def _page(context: ImportContext, name: str, elements: list[etree._Element], top: int, find: Find) -> DraftPage:
    at = context.at(1)
    page = quizzes.new_page(context, name, at)
    clean = Cleaner(context, name, at, find)
    for thing in things_of(context, name, elements, clean, at):
        if not isinstance(thing, list):
            page.add(thing)
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
