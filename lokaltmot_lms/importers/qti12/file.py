"""Reads a QTI 1.2 file on its own: a quiz or a question bank without a zip."""

from pathlib import Path

from lokaltmot_lms.importers.base import Draft, Format, Head
from lokaltmot_lms.importers.clean_html import nowhere
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import DraftModule, modules_of
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.qti12 import quizzes
from lokaltmot_lms.importers.qti12.reader import fields, without_namespaces
from lokaltmot_lms.importers.safe_open import place, read_xml


def knows(head: Head) -> bool:
    """Return whether a file is QTI 1.2."""
    return head.root == "questestinterop"


def read(path: Path) -> Draft:
    """Return the questions of a file as a draft."""
    root = without_namespaces(read_xml(path.read_bytes(), place(path)))
    context = ImportContext(path, guess_language(" ".join(text.text or "" for text in root.iter("mattext"))))
    element = quizzes.assessment_of(root)
    title = " ".join((element.get("title") or fields(element).get("bank_title") or path.stem).split())
    at = context.at(1)
    module = DraftModule(id=context.module_id("", title, at), title=title, at=at)
    page = quizzes.new_page(context, title, at, "quiz")
    module.pages.append(page)
    quizzes.fill_page(context, page, root, None, nowhere, {})
    modules = tuple(modules_of(module, context))
    return Draft(
        title=title, language=context.language, modules=modules, media=context.media, findings=context.findings
    )


FORMAT = Format(name="qti", title="QTI 1.2", knows=knows, read=read)
