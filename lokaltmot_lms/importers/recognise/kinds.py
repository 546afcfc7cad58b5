"""The kinds of files that can't be imported: what each is, how to know it, and the way to one that can."""

import re
from dataclasses import dataclass

from lokaltmot_lms.importers.recognise.signs import (
    OLE,
    Knows,
    all_of,
    any_of,
    has_entry,
    has_front_matter,
    has_line,
    has_mimetype,
    has_suffix,
    has_words,
    is_damaged_zip,
    is_encrypted,
    is_film,
    is_image,
    is_moodle_tar,
    is_ole,
    starts_with,
)
from lokaltmot_lms.texts import N_

_TO_WORD = N_("Open it in Word or LibreOffice, save it as a Word document (.docx), and import that file.")
_TO_EXCEL = N_("Open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx) or as CSV, and import that file.")
_TO_PLAIN_ZIP = N_("Unpack it, and import the file with the questions or the text.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file that can't be imported. what, way_out: texts for people; knows: whether a file is one."""

    what: str
    way_out: str
    knows: Knows


_HTML = frozenset(
    {
        "html",
        "head",
        "body",
        "div",
        "p",
        "span",
        "a",
        "img",
        "table",
        "center",
        "h1",
        "h2",
        "section",
        "article",
        "details",
    }
)
_MARKDOWN = (".md", ".markdown", ".mdown")
_ANY_MARKDOWN = any_of(has_suffix(*_MARKDOWN), has_line(r"^#{1,6} \S"))
_IN_FOLDER = ("/imsmanifest.xml", "/h5p.json", "/word/document.xml", "/xl/workbook.xml", "/moodle_backup.xml")
_LIASCRIPT_HEAD = re.compile(r"\s*<!--(?:(?!-->).)*^[ \t]*(?:narrator|comment|logo|script|import)\s*:", re.S | re.M)
_BEGINS_WITH_HEADING = re.compile(r"\s*#{1,6} +\S")
_HEADING_WITH_ID = has_line(r"^#{1,6} .*\{[#.][\w-]+[^{}]*\}[ \t]*\r?$")

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
        knows=any_of(has_entry("moodle_backup.xml"), is_moodle_tar),
    ),
    Kind(
        what=N_("The file is protected with a password."),
        way_out=N_("Open it, remove the password under File, Info, Protect, save it, and import it again."),
        knows=is_ole("EncryptedPackage"),
    ),
    Kind(
        what=N_("This is a document from an old version of Word (.doc), which can’t be imported."),
        way_out=_TO_WORD,
        knows=is_ole("WordDocument", suffixes=(".doc", ".dot")),
    ),
    Kind(
        what=N_("This is a workbook from an old version of Excel (.xls), which can’t be imported."),
        way_out=_TO_EXCEL,
        knows=any_of(is_ole("Workbook", "Book", suffixes=(".xls",)), has_entry("xl/workbook.bin")),
    ),
    Kind(
        what=N_("This is a presentation, from PowerPoint or another program, which can’t be imported."),
        way_out=N_("Copy its text into a Word document, or make one with File, Export, Handouts, and import it."),
        knows=any_of(
            has_entry("ppt/presentation.xml"),
            is_ole("PowerPoint Document", suffixes=(".ppt", ".pps")),
            has_mimetype(b"application/vnd.oasis.opendocument.presentation"),
            all_of(has_entry("index/presentation.iwa", "index/slide.iwa"), has_suffix(".key")),
        ),
    ),
    Kind(
        what=N_("This is a file from an old version of Office, or an e-mail from Outlook, which can’t be imported."),
        way_out=_TO_WORD,
        knows=starts_with(OLE),
    ),
    Kind(
        what=N_("This is an OpenDocument or Pages text, which can’t be imported."),
        way_out=_TO_WORD,
        knows=any_of(
            has_mimetype(b"application/vnd.oasis.opendocument.text"),
            all_of(has_entry("index/document.iwa"), has_suffix(".pages")),
        ),
    ),
    Kind(
        what=N_("This is an OpenDocument or Numbers spreadsheet, which can’t be imported."),
        way_out=_TO_EXCEL,
        knows=any_of(
            has_mimetype(b"application/vnd.oasis.opendocument.spreadsheet"),
            all_of(has_entry("index/document.iwa"), has_suffix(".numbers")),
        ),
    ),
    Kind(
        what=N_("This is a document in rich text format (RTF), which can’t be imported."),
        way_out=_TO_WORD,
        knows=starts_with(b"{\\rtf"),
    ),
    Kind(
        what=N_("This is a PDF, which keeps the look of a page and not its text, and can’t be imported."),
        way_out=N_("Import the document that it was made from, or open the PDF in Word and save it as .docx."),
        knows=lambda head: not head.names and b"%PDF-" in head.start[:1024],
    ),
    Kind(
        what=N_("This is an e-book (EPUB), which can’t be imported."),
        way_out=_TO_WORD,
        knows=has_mimetype(b"application/epub+zip"),
    ),
    Kind(
        what=N_("This is an image. Images are not imported on their own."),
        way_out=N_("Put it in the folder media of a course, and write ![what it shows](media/name.png) on a page."),
        knows=is_image,
    ),
    Kind(
        what=N_("This is a video or a sound recording. Such files are not imported on their own."),
        way_out=N_("Put it in the folder media of a course, and write a “::: video” or “::: audio” block on a page."),
        knows=is_film,
    ),
    Kind(
        what=N_("This is an export of tests or pools from Blackboard, which can’t be imported."),
        way_out=N_(
            "Unpack it and import its .dat files one by one, or export a “QTI 2.1 package” from Blackboard instead."
        ),
        knows=any_of(
            has_entry(".bb-package-info"),
            lambda head: any(re.fullmatch(r"(?:.*/)?res\d{5}\.dat", name) for name in head.names),
        ),
    ),
    Kind(
        what=N_("This is a deck of cards from Anki, which can’t be imported."),
        way_out=N_("In Anki, export the notes as plain text, and make a table of them: Question, Right answer."),
        knows=has_entry("collection.anki2", "collection.anki21", "collection.anki21b"),
    ),
    Kind(
        what=N_("This is a project of an authoring tool, not what learners get, and can’t be imported."),
        way_out=N_("Open it in the program that made it, publish it as SCORM, and import that zip file."),
        knows=any_of(
            has_suffix(".story", ".cptx", ".cp", ".elp", ".elpx", ".quiz", ".rise", ".awt", ".ldoc"),
            has_entry("contentv3.xml", "story/story.xml"),
            lambda head: head.root.startswith("hotpot-"),
        ),
    ),
    Kind(
        what=N_("This is a cmi5 or xAPI package, which can’t be imported."),
        way_out=N_("Export it as SCORM from the program that made it, and import that zip file."),
        knows=all_of(
            has_entry("cmi5.xml", "tincan.xml"), lambda head: not has_entry("imsmanifest.xml", "h5p.json")(head)
        ),
    ),
    Kind(
        what=N_("This is a shortcut to a document on the web, not the document."),
        way_out=N_("Open it, choose File and Download, take Word (.docx) or Excel (.xlsx), and import that file."),
        knows=all_of(
            has_suffix(".gdoc", ".gsheet", ".gslides", ".url", ".webloc", ".website"), has_line(r"https?://|doc_id")
        ),
    ),
    Kind(
        what=N_("This is an R/exams exercise, which can’t be imported."),
        way_out=N_("In R, run exams2moodle() on the exercises, and import the XML file that it writes."),
        knows=has_line(r"^[ \t]*(?:ex(?:type|solution):|\\ex(?:type|solution)\{)|^Answerlist[ \t]*\r?\n-{4,}"),
    ),
    Kind(
        what=N_("This is a Quarto or R Markdown document, which can’t be imported."),
        way_out=N_("Make a Word document of it with “quarto render FILE --to docx”, and import that file."),
        knows=any_of(
            has_suffix(".qmd", ".rmd"),
            all_of(
                has_front_matter(r"^(?:format|output|execute|engine|jupyter)\s*:"),
                any_of(has_suffix(".md"), _ANY_MARKDOWN),
            ),
            has_line(r"^```\{(?:r|python|julia|ojs|webr)\b"),
        ),
    ),
    Kind(
        what=N_("This is a LaTeX document, which can’t be imported."),
        way_out=N_("Convert it to Word, for example with “pandoc FILE -o FILE.docx”, and import that file."),
        knows=has_line(r"^[ \t]*\\(?:documentclass|begin\{document\}|usepackage|begin\{(?:question|questions|quiz)\})"),
    ),
    Kind(
        what=N_("This is a LiaScript course, which can’t be imported."),
        way_out=N_(
            "Make a course with “lokaltmot new NAME” and copy the text into it. In a “::: quiz” block, write [(X)] as "
            "- (x) and [[X]] as - [x]. The format is described in docs/course-format.md."
        ),
        knows=any_of(
            has_line(r"^[ \t]*(?:\[\([ xX]\)\]|\[\[[ xX]\]\]|\[\[!\]\])(?:\s|$)"),
            lambda head: bool(_LIASCRIPT_HEAD.match(head.text)),
        ),
    ),
    Kind(
        what=N_("This is a page for mkdocs-quiz, which can’t be imported."),
        way_out=N_(
            "Make a course with “lokaltmot new NAME” and copy the text into it. Write each <quiz> as a “::: quiz” "
            "block with the question as a heading. The format is described in docs/course-format.md."
        ),
        knows=all_of(
            has_words("<quiz>"),
            has_words("- [x] ", "- [X] ", "- [ ] "),
            lambda head: head.root in ("", "quiz") and "<question" not in head.text,
        ),
    ),
    Kind(
        what=N_("This is a file in Lokalt mot’s own format, which needs no import."),
        way_out=N_("Put it in a course folder, and run “lokaltmot check” on the folder."),
        knows=any_of(
            all_of(has_front_matter(r"^id\s*:"), has_front_matter(r"^(?:version|versjon|pass|bestått)\s*:")),
            has_line(r"^:{3,} ?(?:quiz|case|reflection|refleksjon|important|viktig|glossary|ordliste)\b"),
        ),
    ),
    Kind(
        what=N_("This is a web page (HTML), which can’t be imported on its own."),
        way_out=N_(
            "Open it in Word and save it as .docx. If it belongs to a SCORM package, import the zip of the package."
        ),
        knows=any_of(
            lambda head: head.root.lower() in _HTML and head.path.suffix.lower() not in _MARKDOWN,
            lambda head: bool(re.match(r"\s*<!doctype html", head.text, re.IGNORECASE)),
            all_of(has_line(r"^MIME-Version:"), has_line(r"^Content-Type: text/html|multipart/related")),
        ),
    ),
    Kind(
        what=N_("This is ordinary Markdown, which can’t be imported."),
        way_out=N_(
            "A course file begins with ---, a title and an id, and has its questions in “::: quiz” blocks. The format "
            "is described in docs/course-format.md. “lokaltmot new NAME” makes a course to copy the text into."
        ),
        knows=all_of(
            lambda head: not head.root,
            any_of(lambda head: bool(_BEGINS_WITH_HEADING.match(head.text)), _HEADING_WITH_ID, has_front_matter(r"")),
        ),
    ),
)

# Kinds that are tried when no supported format knows the file.
LESS_SURE_KINDS = (
    Kind(
        what=N_("This is a test from Respondus, which can’t be imported."),
        way_out=N_("In Respondus, publish it to Moodle XML or as QTI for Canvas, and import that file."),
        knows=any_of(
            has_suffix(".rsp", ".rsp4"),
            all_of(
                has_line(r"^[ \t]*\d+[.)][ \t]*\S"),
                any_of(
                    has_line(r"^[ \t]*\*[a-z][.)][ \t]*\S"), has_line(r"^Type: *(?:MC|MR|TF|E|F|MT|FMB|MA)[ \t]*\r?$")
                ),
            ),
        ),
    ),
    Kind(
        what=N_("The zip file is protected with a password."),
        way_out=N_("Unpack it with the password, and import what is in it."),
        knows=is_encrypted,
    ),
    Kind(
        what=N_("The zip file is damaged or incomplete."),
        way_out=N_("Export or download it again."),
        knows=is_damaged_zip,
    ),
    Kind(
        what=N_("The zip file contains an export inside a folder, where no platform looks for it."),
        way_out=N_("Open the folder, mark everything in it, make a zip file of that, and import it."),
        knows=lambda head: any(name.endswith(_IN_FOLDER) for name in head.names),
    ),
    Kind(
        what=N_("The zip file contains no file of a format that can be imported."),
        way_out=N_("Unpack it, and import the files with questions or texts one by one."),
        knows=lambda head: bool(head.names),
    ),
    Kind(
        what=N_("This is a packed archive, which can’t be imported."),
        way_out=_TO_PLAIN_ZIP,
        knows=any_of(
            starts_with(b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ"), starts_with(b"ustar", at=257)
        ),
    ),
    Kind(
        what=N_("This is ordinary Markdown, which can’t be imported."),
        way_out=KINDS[-1].way_out,
        knows=_ANY_MARKDOWN,
    ),
    Kind(
        what=N_("This is an XML file with the root element <{root}>, which is not a format that can be imported."),
        way_out=N_("Export it again as Moodle XML or QTI."),
        knows=lambda head: bool(head.root),
    ),
)
