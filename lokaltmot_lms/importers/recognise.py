"""Recognises files that can't be imported, by their content, so that the message can say what to do instead.

KINDS is the table: what the file is, how to know it, and the way to a file that can be imported.
"""

import re
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from lokaltmot_lms.errors import CourseError, Problem
from lokaltmot_lms.errors.imports import FORMAT_UNKNOWN, KIND_UNSUPPORTED, ZIP_HOLDS
from lokaltmot_lms.errors.packages import ENCRYPTED_ENTRY
from lokaltmot_lms.importers.base import READS_AS_TEXT, Format, Head
from lokaltmot_lms.importers.safe_open import look, open_archive, place
from lokaltmot_lms.safe_zip import check_zip
from lokaltmot_lms.texts import N_

_Knows = Callable[[Head], bool]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2, the files of Office before 2007
_UNPACKED = 256 << 10  # bytes of a gzip file that are looked at
_MOST_INSIDE = 20  # files of a zip that are looked at
_HIDDEN = ("__macosx/", "thumbs.db", "desktop.ini")

_TO_WORD = N_("Open it in Word or LibreOffice, save it as a Word document (.docx), and import that file.")
_TO_EXCEL = N_("Open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx) or as CSV, and import that file.")
_TO_PLAIN_ZIP = N_("Unpack it, and import the file with the questions or the text.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file that can't be imported. what, way_out: texts for people; knows: whether a file is one."""

    what: str
    way_out: str
    knows: _Knows


def _starts(*starts: bytes, at: int = 0) -> _Knows:
    return lambda head: head.start.startswith(starts, at)


def _contains(*names: str) -> _Knows:
    """Know a zip by the name of one of its entries, in any case."""
    return lambda head: any(name.lower() in names for name in head.names)


def _mimetype(*types: bytes) -> _Knows:
    """Know a zip by its media type: the first entry, not compressed (OpenDocument 1.3 part 2, 3.3; OCF 3.3, 4.3)."""
    return lambda head: head.start[30:].startswith(tuple(b"mimetype" + type_ for type_ in types))


def _line(pattern: str) -> _Knows:
    """Know a text by a line."""
    compiled = re.compile(pattern, re.MULTILINE | re.IGNORECASE)
    return lambda head: bool(head.text) and bool(compiled.search(head.text))


def _all(*tests: _Knows) -> _Knows:
    return lambda head: all(test(head) for test in tests)


def _any(*tests: _Knows) -> _Knows:
    return lambda head: any(test(head) for test in tests)


def _suffix(*suffixes: str) -> _Knows:
    return lambda head: head.path.suffix.lower() in suffixes


def _front_matter(pattern: str) -> _Knows:
    """Know a text by a line of its front matter: what is between --- and --- at its start."""
    compiled = re.compile(pattern, re.MULTILINE | re.IGNORECASE)

    def knows(head: Head) -> bool:
        found = re.match(r"\s*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*$", head.text, re.DOTALL | re.MULTILINE)
        return found is not None and bool(compiled.search(found[1]))

    return knows


def _ole_names(head: Head) -> frozenset[str]:
    """Return the names in the first sectors of the directory of an old Office file ([MS-CFB] 2.2 and 2.6.1)."""
    if not head.start.startswith(_OLE) or len(head.start) < 512:
        return frozenset()
    size = 1 << min(int.from_bytes(head.start[30:32], "little"), 12)
    sector = int.from_bytes(head.start[48:52], "little")
    with head.path.open("rb") as file:
        file.seek((sector + 1) * size)
        directory = file.read(4096)
    entries = (directory[at : at + 64] for at in range(0, len(directory), 128))
    return frozenset(entry.decode("utf-16-le", "replace").partition("\x00")[0] for entry in entries)


def _ole(*names: str, suffixes: tuple[str, ...] = ()) -> _Knows:
    """Know an old Office file by its streams, or by its name when the directory is out of sight."""

    def knows(head: Head) -> bool:
        if not head.start.startswith(_OLE):
            return False
        return any(name.startswith(names) for name in _ole_names(head)) or head.path.suffix.lower() in suffixes

    return knows


def _is_moodle_tar(head: Head) -> bool:
    """Return whether a file is a tar archive of a Moodle course, packed with gzip or not (backup/util/helper)."""
    content = head.start
    if content.startswith(b"\x1f\x8b"):
        try:
            content = zlib.decompressobj(wbits=31).decompress(content, _UNPACKED)
        except zlib.error:
            return False
    return content[257:262] == b"ustar" and (content.startswith(b".ARCHIVE_INDEX") or b"moodle_backup.xml" in content)


def _is_damaged_zip(head: Head) -> bool:
    return head.start.startswith(b"PK") and not head.names


def _is_encrypted(head: Head) -> bool:
    return bool(head.names) and any(found.code == ENCRYPTED_ENTRY.code for found in check_zip(head.path).problems)


def _is_film(head: Head) -> bool:
    start = head.start
    if start[4:8] == b"ftyp":
        return start[8:12] not in (b"heic", b"heix", b"mif1", b"msf1", b"avif")
    riff = start.startswith(b"RIFF") and start[8:12] in (b"AVI ", b"WAVE")
    return riff or start.startswith(
        (
            b"\x1a\x45\xdf\xa3",
            b"ID3\x02",
            b"ID3\x03",
            b"ID3\x04",
            b"\xff\xfb",
            b"\xff\xf3",
            b"OggS",
            b"fLaC",
            b"\x00\x00\x01\xba",
            b"0&\xb2u",
        )
    )


def _is_image(head: Head) -> bool:
    start = head.start
    riff = start.startswith(b"RIFF") and start[8:12] == b"WEBP"
    heif = start[4:8] == b"ftyp" and not _is_film(head)
    return (
        riff
        or heif
        or head.root == "svg"
        or start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"))
        or (start.startswith(b"BM") and b"\x00" in start[:32])
    )


_ANY_MARKDOWN = _any(_suffix(".md", ".markdown", ".mdown"), _line(r"^#{1,6} \S"))
_LIASCRIPT_HEAD = re.compile(r"\s*<!--(?:(?!-->).)*^[ \t]*(?:narrator|comment|logo|script|import)\s*:", re.S | re.M)
_BEGINS_WITH_HEADING = re.compile(r"\s*#{1,6}[ \t]+\S")
_HEADING_WITH_ID = _line(r"^#{1,6} .*\{[#.][\w-]+[^{}]*\}[ \t]*\r?$")

# Kinds that no supported format can be taken for. They are tried first, because GIFT and text2qti see their own signs
# in many texts. Within the table, what is more special is above what is more general.
KINDS = (
    Kind(
        what=N_("The file is empty."),
        way_out=N_("Export or download it again, and check that the file has a size."),
        knows=lambda head: not head.start.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"),
    ),
    Kind(
        what=N_("This is a backup of a Moodle course (.mbz), which can’t be imported."),
        way_out=N_("In Moodle, open the question bank, choose Export and “Moodle XML format”, and import that file."),
        knows=_any(_contains("moodle_backup.xml"), _is_moodle_tar),
    ),
    Kind(
        what=N_("The file is protected with a password."),
        way_out=N_("Open it, remove the password under File, Info, Protect, save it, and import it again."),
        knows=_ole("EncryptedPackage"),
    ),
    Kind(
        what=N_("This is a document from an old version of Word (.doc), which can’t be imported."),
        way_out=_TO_WORD,
        knows=_ole("WordDocument", suffixes=(".doc", ".dot")),
    ),
    Kind(
        what=N_("This is a workbook from an old version of Excel (.xls), which can’t be imported."),
        way_out=_TO_EXCEL,
        knows=_any(_ole("Workbook", "Book", suffixes=(".xls",)), _contains("xl/workbook.bin")),
    ),
    Kind(
        what=N_("This is a presentation, from PowerPoint or another program, which can’t be imported."),
        way_out=N_("Copy its text into a Word document, or make one with File, Export, Handouts, and import it."),
        knows=_any(
            _contains("ppt/presentation.xml"),
            _ole("PowerPoint Document", suffixes=(".ppt", ".pps")),
            _mimetype(b"application/vnd.oasis.opendocument.presentation"),
            _all(_contains("index/presentation.iwa", "index/slide.iwa"), _suffix(".key")),
        ),
    ),
    Kind(
        what=N_("This is a file from an old version of Office, or an e-mail from Outlook, which can’t be imported."),
        way_out=_TO_WORD,
        knows=_starts(_OLE),
    ),
    Kind(
        what=N_("This is an OpenDocument or Pages text, which can’t be imported."),
        way_out=_TO_WORD,
        knows=_any(
            _mimetype(b"application/vnd.oasis.opendocument.text"),
            _all(_contains("index/document.iwa"), _suffix(".pages")),
        ),
    ),
    Kind(
        what=N_("This is an OpenDocument or Numbers spreadsheet, which can’t be imported."),
        way_out=_TO_EXCEL,
        knows=_any(
            _mimetype(b"application/vnd.oasis.opendocument.spreadsheet"),
            _all(_contains("index/document.iwa"), _suffix(".numbers")),
        ),
    ),
    Kind(
        what=N_("This is a document in rich text format (RTF), which can’t be imported."),
        way_out=_TO_WORD,
        knows=_starts(b"{\\rtf"),
    ),
    Kind(
        what=N_("This is a PDF, which keeps the look of a page and not its text, and can’t be imported."),
        way_out=N_("Import the document that it was made from, or open the PDF in Word and save it as .docx."),
        knows=lambda head: not head.names and b"%PDF-" in head.start[:1024],
    ),
    Kind(
        what=N_("This is an e-book (EPUB), which can’t be imported."),
        way_out=_TO_WORD,
        knows=_mimetype(b"application/epub+zip"),
    ),
    Kind(
        what=N_("This is an image. Images are not imported on their own."),
        way_out=N_("Put it in the folder media of a course, and write ![what it shows](media/name.png) on a page."),
        knows=_is_image,
    ),
    Kind(
        what=N_("This is a video or a sound recording. Such files are not imported on their own."),
        way_out=N_("Put it in the folder media of a course, and write a “::: video” or “::: audio” block on a page."),
        knows=_is_film,
    ),
    Kind(
        what=N_("This is an export of tests or pools from Blackboard, which can’t be imported."),
        way_out=N_(
            "In Blackboard, open the test or the pool, choose Export and “QTI 2.1 package”, and import that zip file."
        ),
        knows=_any(
            _contains(".bb-package-info"),
            lambda head: any(re.fullmatch(r"(?:.*/)?res\d{5}\.dat", name) for name in head.names),
            _all(lambda head: head.root.lower() == "questestinterop", _line(r"<bbmd_|mat_formattedtext")),
        ),
    ),
    Kind(
        what=N_("This is a deck of cards from Anki, which can’t be imported."),
        way_out=N_("In Anki, export the notes as plain text, and make a table of them: Question, Right answer."),
        knows=_contains("collection.anki2", "collection.anki21", "collection.anki21b"),
    ),
    Kind(
        what=N_("This is a cmi5 or xAPI package, which can’t be imported."),
        way_out=N_("Export it as SCORM from the program that made it, and import that zip file."),
        knows=_all(
            _contains("cmi5.xml", "tincan.xml"), lambda head: not _contains("imsmanifest.xml", "h5p.json")(head)
        ),
    ),
    Kind(
        what=N_("This is a shortcut to a document on the web, not the document."),
        way_out=N_("Open it, choose File and Download, take Word (.docx) or Excel (.xlsx), and import that file."),
        knows=_all(_suffix(".gdoc", ".gsheet", ".gslides", ".url", ".webloc", ".website"), _line(r"https?://|doc_id")),
    ),
    Kind(
        what=N_("This is an R/exams exercise, which can’t be imported."),
        way_out=N_("In R, run exams2moodle() on the exercises, and import the XML file that it writes."),
        knows=_line(r"^[ \t]*(?:ex(?:type|solution):|\\ex(?:type|solution)\{)|^Answerlist[ \t]*\r?\n-{4,}"),
    ),
    Kind(
        what=N_("This is a Quarto or R Markdown document, which can’t be imported."),
        way_out=N_("Make a Word document of it with “quarto render FILE --to docx”, and import that file."),
        knows=_any(
            _suffix(".qmd", ".rmd"),
            _all(_front_matter(r"^(?:format|output|execute|engine|jupyter)\s*:"), _any(_suffix(".md"), _ANY_MARKDOWN)),
            _line(r"^```\{(?:r|python|julia|ojs|webr)\b"),
        ),
    ),
    Kind(
        what=N_("This is a LaTeX document, which can’t be imported."),
        way_out=N_("Convert it to Word, for example with “pandoc FILE -o FILE.docx”, and import that file."),
        knows=_line(r"^[ \t]*\\(?:documentclass|begin\{document\}|usepackage|begin\{(?:question|questions|quiz)\})"),
    ),
    Kind(
        what=N_("This is a LiaScript course, which can’t be imported."),
        way_out=N_(
            "Make a course with “lokaltmot new NAME” and copy the text into it. In a “::: quiz” block, write [(X)] as "
            "- (x) and [[X]] as - [x]. The format is described in docs/course-format.md."
        ),
        knows=_any(
            _line(r"^[ \t]*(?:\[\([ xX]\)\]|\[\[[ xX]\]\]|\[\[!\]\])(?:\s|$)"),
            lambda head: bool(_LIASCRIPT_HEAD.match(head.text)),
        ),
    ),
    Kind(
        what=N_("This is a page for mkdocs-quiz, which can’t be imported."),
        way_out=N_(
            "Make a course with “lokaltmot new NAME” and copy the text into it. Write each <quiz> as a “::: quiz” "
            "block with the question as a heading. The format is described in docs/course-format.md."
        ),
        knows=_all(_line(r"^[ \t]*<quiz\b[^>\n]*>[ \t]*\r?$"), _line(r"^[ \t]*[-*] \[[ xX]\] ")),
    ),
    Kind(
        what=N_("This is a file in Lokalt mot’s own format, which needs no import."),
        way_out=N_("Put it in a course folder, and run “lokaltmot check” on the folder."),
        knows=_any(
            _all(_front_matter(r"^id\s*:"), _front_matter(r"^(?:version|versjon|pass|bestått)\s*:")),
            _line(r"^:{3,} ?(?:quiz|case|reflection|refleksjon|important|viktig|glossary|ordliste)\b"),
        ),
    ),
    Kind(
        what=N_("This is a web page (HTML), which can’t be imported on its own."),
        way_out=N_(
            "Open it in Word and save it as .docx. If it belongs to a SCORM package, import the zip of the package."
        ),
        knows=_any(
            lambda head: head.root.lower() in ("html", "body", "head"),
            lambda head: bool(re.match(r"\s*<!doctype html", head.text, re.IGNORECASE)),
            _all(_line(r"^MIME-Version:"), _line(r"^Content-Type: text/html|multipart/related")),
        ),
    ),
    Kind(
        what=N_("This is ordinary Markdown, which can’t be imported."),
        way_out=N_(
            "A course file begins with ---, a title and an id, and has its questions in “::: quiz” blocks. The format "
            "is described in docs/course-format.md. “lokaltmot new NAME” makes a course to copy the text into."
        ),
        knows=_all(
            lambda head: not head.root,
            _any(lambda head: bool(_BEGINS_WITH_HEADING.match(head.text)), _HEADING_WITH_ID, _front_matter(r"")),
        ),
    ),
)

# Kinds that are tried when no supported format knows the file.
LESS_SURE_KINDS = (
    Kind(
        what=N_("This is a test from Respondus, which can’t be imported."),
        way_out=N_("In Respondus, publish it to Moodle XML or as QTI for Canvas, and import that file."),
        knows=_any(
            _suffix(".rsp", ".rsp4"),
            _all(
                _line(r"^[ \t]*\d+[.)][ \t]*\S"),
                _any(_line(r"^[ \t]*\*[a-z][.)][ \t]*\S"), _line(r"^Type: *(?:MC|MR|TF|E|F|MT|FMB|MA)[ \t]*\r?$")),
            ),
        ),
    ),
    Kind(
        what=N_("The zip file is protected with a password."),
        way_out=N_("Unpack it with the password, and import what is in it."),
        knows=_is_encrypted,
    ),
    Kind(
        what=N_("The zip file is damaged or incomplete."),
        way_out=N_("Export or download it again."),
        knows=_is_damaged_zip,
    ),
    Kind(
        what=N_("The zip file contains no file of a format that can be imported."),
        way_out=N_("Unpack it, and import the files with questions or texts one by one."),
        knows=lambda head: bool(head.names),
    ),
    Kind(
        what=N_("This is a packed archive, which can’t be imported."),
        way_out=_TO_PLAIN_ZIP,
        knows=_any(_starts(b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"), _starts(b"ustar", at=257)),
    ),
    Kind(
        what=N_("This is ordinary Markdown, which can’t be imported."),
        way_out=KINDS[-1].way_out,
        knows=_all(lambda head: not head.root, _ANY_MARKDOWN),
    ),
    Kind(
        what=N_("This is an XML file with the root element <{root}>, which is not a format that can be imported."),
        way_out=N_("Export it again as Moodle XML or QTI."),
        knows=lambda head: bool(head.root),
    ),
)


def unsupported(head: Head, kinds: tuple[Kind, ...] = KINDS) -> Problem | None:
    """Return what to do with a file of a kind that can't be imported; None when it is of no such kind."""
    kind = next((kind for kind in kinds if kind.knows(head)), None)
    if kind is None:
        return None
    fault = replace(KIND_UNSUPPORTED, message=kind.what, hint=kind.way_out)
    return fault.at(place(head.path), root=head.root)


def unknown(head: Head, formats: Iterable[Format]) -> CourseError:
    """Return what can be said of a file that no format knows. formats: tried for the files in a zip."""
    try:
        found = list(_inside(head, tuple(formats))) if head.names else []
    except CourseError as error:
        if any(problem.code != ENCRYPTED_ENTRY.code for problem in error.problems):
            return error
        found = []
    if found:
        names = ", ".join(f"{name} ({format_.title})" for name, format_ in found[:3])
        return CourseError((ZIP_HOLDS.at(place(head.path), names=names),))
    return CourseError((unsupported(head, LESS_SURE_KINDS) or FORMAT_UNKNOWN.at(place(head.path)),))


def _inside(head: Head, formats: tuple[Format, ...]) -> Iterator[tuple[str, Format]]:
    """Yield the files of a zip that could be imported if they were unpacked."""
    with open_archive(head.path) as archive, tempfile.TemporaryDirectory() as folder:
        visible = [name for name in sorted(archive.names) if _is_visible(name)]
        for number, name in enumerate(visible[:_MOST_INSIDE]):
            if archive.size(name) > READS_AS_TEXT:
                continue
            file = Path(folder) / f"{number}{PurePosixPath(name).suffix}"
            file.write_bytes(archive.read(name, most=READS_AS_TEXT))
            inner = look(file)
            format_ = next((format_ for format_ in formats if format_.knows(inner)), None)
            if format_ is not None and unsupported(inner) is None:
                yield name, format_
            file.unlink()


def _is_visible(name: str) -> bool:
    low = name.lower()
    return not low.startswith(_HIDDEN) and not PurePosixPath(low).name.startswith((".", *_HIDDEN))
